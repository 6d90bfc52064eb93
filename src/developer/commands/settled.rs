//! What is settled for good in a wave of a collector: after its close nothing is changed, and what was taken back stays so.

use chrono::{DateTime, Utc};

use crate::anonymous::Part;
use crate::developer::store::{KnownWave, Sealed, Store};
use crate::report::Failure;

/// Refuses to change what was answered in a wave that is over.
///
/// # Errors
/// That it is closed, as far as is known here.
pub(super) fn refuse_closed(known: &KnownWave, own: &[Sealed], now: DateTime<Utc>) -> Result<(), Failure> {
    if !known.is_over(now) && !own.iter().any(Sealed::is_late) {
        return Ok(());
    }
    let manifest = &known.wave.manifest;
    Err(Failure::new(format!("the wave {} of {} is closed: nothing can be changed any more", manifest.wave, manifest.survey))
        .hint(
            "`dxpulse verify` looks for what was sent; who published it can leave it out of what is reported, but can't tell which \
            answer is yours",
        ))
}

/// Refuses an answer that a wave's collector would never take.
///
/// # Errors
/// Why it wouldn't, or that the store can't be read.
pub(super) fn refuse_vain(store: &Store, known: &KnownWave, now: DateTime<Utc>) -> Result<(), Failure> {
    let id = known.wave.id;
    let own: Vec<Sealed> = store.outbox()?.into_iter().filter(|sealed| sealed.wave() == id).collect();
    refuse_closed(known, &own, now)?;
    let survey = &known.wave.manifest.survey;
    let is_taken_back = |sealed: &Sealed| sealed.part() == Part::Scores && sealed.is_withdrawal();
    if own.iter().any(is_taken_back) {
        return Err(Failure::new(format!(
            "your answer to {survey} was taken back, which is final: everybody has one in each wave"
        ))
        .hint("it can be answered again in the next wave; `dxpulse outbox` shows what was taken back"));
    }
    let is_refused = store.tokens()?.into_iter().filter(|held| held.wave() == id && held.part() == Part::Scores);
    match is_refused.filter(|held| held.token().is_none()).find_map(|held| held.refusal) {
        Some(refusal) => Err(Failure::new(format!("an answer to {survey} can't be sent from here: {refusal}"))
            .hint("answer it on the machine where you joined first, or ask whoever invited you")),
        None => Ok(()),
    }
}
