//! What a collector publishes: its waves are taken in only where they hold and contradict nothing that is known.

use chrono::{DateTime, Utc};

use super::http::Http;
use super::{SyncError, draw, proof, schedule};
use crate::anonymous::{Bundle, Results, Wave};
use crate::developer::store::{Enrolment, KnownWave, Store};

/// Looks for new waves, and keeps those that are accepted; gives them and what was refused.
///
/// It is asked for without the invitation.
///
/// # Errors
/// When the collector can't be reached, or what it publishes can't be kept.
pub fn refresh(store: &mut Store, enrolment: &Enrolment, now: DateTime<Utc>) -> Result<(Vec<Wave>, Vec<SyncError>), SyncError> {
    let bundles: Vec<Bundle> = Http::new(&enrolment.collector)?.get_json("/v1/bundles")?;
    let mut known = store.waves(DateTime::<Utc>::MIN_UTC)?;
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    let mut opened = Vec::new();
    for bundle in bundles {
        // A wave that is known was checked when it came, and a collector may publish for others than ours.
        if known.iter().any(|known| known.wave.id == bundle.wave_id()) {
            continue;
        }
        match bundle.open(&enrolment.publishers) {
            Ok(wave) => opened.push((wave, bundle)),
            Err(error) => refused.push(error.into()),
        }
    }
    opened.sort_by_key(|(wave, _)| wave.manifest.sequence);
    for (wave, bundle) in opened {
        match contradiction(&wave, &known, enrolment) {
            Some(reason) => refused.push(SyncError::Contradiction(reason)),
            None => {
                let fetch_at = [draw()?, draw()?].map(|draw| schedule::fetch_at(&wave.manifest, now, draw));
                let taken = KnownWave {
                    collector: enrolment.collector.clone(),
                    wave: wave.clone(),
                    bundle,
                    moved: None,
                    is_closed: false,
                };
                store.keep_wave(&taken, fetch_at)?;
                known.push(taken);
                accepted.push(wave);
            }
        }
    }
    learn_of_closings(store, enrolment, now)?;
    take_results(store, enrolment, &mut refused)?;
    store.keep_enrolment(&Enrolment { refresh_at: schedule::refresh_at(now, draw()?), ..enrolment.clone() })?;
    Ok((accepted, refused))
}

/// Keeps which waves were closed before their time: nothing is asked for them any more.
fn learn_of_closings(store: &mut Store, enrolment: &Enrolment, now: DateTime<Utc>) -> Result<(), SyncError> {
    let is_open =
        |known: &KnownWave| !known.is_over(now) && known.wave.manifest.opens <= now && known.collector == enrolment.collector;
    for known in store.waves(now)?.into_iter().filter(is_open) {
        // What can't be had or doesn't hold is told where the proof is looked for.
        if let Ok(Some(_)) = proof::fetch(&known.wave) {
            store.keep_closed(known.wave.id)?;
        }
    }
    Ok(())
}

/// Takes the results in that a publisher signed who is trusted here.
fn take_results(store: &mut Store, enrolment: &Enrolment, refused: &mut Vec<SyncError>) -> Result<(), SyncError> {
    let published: Vec<Results> = Http::new(&enrolment.collector)?.get_json("/v1/results")?;
    for results in published {
        match results.open(&enrolment.publishers) {
            Ok(_) => store.keep_results(&enrolment.collector, &results)?,
            Err(error) => refused.push(error.into()),
        }
    }
    Ok(())
}

/// Says what of a wave contradicts what is known.
fn contradiction(wave: &Wave, known: &[KnownWave], enrolment: &Enrolment) -> Option<String> {
    let manifest = &wave.manifest;
    if manifest.collector.trim_end_matches('/') != enrolment.collector {
        return Some(format!("it is made for {}", manifest.collector));
    }
    let of_survey = || known.iter().map(|known| &known.wave.manifest).filter(|known| known.survey == manifest.survey);
    if of_survey().any(|known| known.wave == manifest.wave) {
        return Some(format!(
            "a second manifest for the wave {} of {}, with other keys or words",
            manifest.wave, manifest.survey
        ));
    }
    let newest = of_survey().map(|known| known.sequence).max();
    newest
        .filter(|newest| manifest.sequence <= *newest)
        .map(|_| format!("the wave {} of {} is older than one that is known", manifest.wave, manifest.survey))
}
