//! The surveys of collectors: of each the wave that is open, else the next one, else the last.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Listed, Origin, listed};
use crate::developer::store::KnownWave;
use crate::survey::wave::Window;
use crate::survey::{SurveyId, Wave};

/// Gives the surveys of some waves, each with the windows of all of its waves.
pub(super) fn published(waves: Vec<KnownWave>, today: NaiveDate) -> Vec<Listed> {
    let mut by_survey: BTreeMap<SurveyId, Vec<KnownWave>> = BTreeMap::new();
    for known in waves {
        by_survey.entry(known.wave.survey.id.clone()).or_default().push(known);
    }
    by_survey.into_values().filter_map(|waves| current(waves, today)).collect()
}

fn current(mut waves: Vec<KnownWave>, today: NaiveDate) -> Option<Listed> {
    waves.sort_by_key(|known| known.wave.manifest.opens);
    let windows: Vec<Window> = waves.iter().map(|known| window(known, today)).collect();
    let at = windows.iter().position(|window| window.closes >= today).unwrap_or(windows.len().checked_sub(1)?);
    let KnownWave { wave, moved, .. } = waves.swap_remove(at);
    let survey = listed(wave.survey, Origin::Wave(wave.id), wave.manifest.source.into());
    Some(Listed { wave: Some(Wave::Windows(windows)), is_elsewhere: moved.is_some(), ..survey })
}

/// Gives the days of a wave; they begin and end with the developer's own day, and what is collected for longer makes up for it. One that was
/// closed before its time ended yesterday.
fn window(known: &KnownWave, today: NaiveDate) -> Window {
    let manifest = &known.wave.manifest;
    let last = manifest.last_day();
    let yesterday = today.pred_opt().unwrap_or(today);
    let closes = if known.is_closed { last.min(yesterday) } else { last };
    Window { id: manifest.wave.clone(), opens: manifest.opens.date_naive().min(closes), closes }
}
