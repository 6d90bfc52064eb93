//! What came of a wave: every figure a report shows, with its interval, and nothing that a small group must not show.
//!
//! Pages, documents and screens are drawn from this alone, so that what isn't in it can't be shown.

mod association;
mod funnel;
mod groups;
mod items;
mod sample;
mod shown;
#[cfg(test)]
mod tests;
mod trend;
mod words;

use serde::Serialize;
use thiserror::Error;

pub use association::{Crossed, Reliability, complete};
pub use funnel::{ClassRate, Funnel, Reached};
pub use groups::{ByGroup, Group};
pub use items::{Bar, Item, Top};
pub use sample::{CONFIDENCE, Difference, Estimate, Measured, Sample};
pub use trend::{Change, Point, Series, Slope};
pub use words::{FEWEST, Words};

use super::cube::Cube;
use super::data::{Dataset, Source, Variable, VariableKind};
use crate::survey::Measure;

/// What came of a wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// The survey's id.
    pub survey: String,
    /// Its heading.
    pub title: String,
    /// The wave.
    pub wave: String,
    /// The wave it is compared with.
    pub compared_with: Option<String>,
    /// The fewest answers a group has that is shown.
    pub smallest_group: u64,
    /// Who took part.
    pub funnel: Funnel,
    /// Every item.
    pub items: Vec<Item>,
    /// Headline items by group.
    pub by_group: Vec<ByGroup>,
    /// Items over the waves.
    pub trend: Vec<Series>,
    /// What changed since the wave before.
    pub changes: Vec<Change>,
    /// Choices crossed with groupings.
    pub crossed: Vec<Crossed>,
    /// How reliable scales of several items are.
    pub reliability: Vec<Reliability>,
    /// Own words.
    pub words: Vec<Words>,
}

/// What is to be told.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The wave; the last that is closed without one.
    pub wave: Option<String>,
    /// The wave to compare with; the one before without one.
    pub against: Option<String>,
    /// A stricter threshold than the survey's.
    pub smallest_group: Option<u32>,
}

/// Why there are no findings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoFindings {
    /// There is no wave of this name.
    #[error("there is no wave {0:?}; there are {1}")]
    Unknown(String, String),
    /// No wave has ended.
    #[error("no wave has ended yet")]
    NoneClosed,
}

impl Findings {
    /// Works out everything.
    ///
    /// # Errors
    /// A wave isn't there.
    pub fn of(dataset: &Dataset, request: &Request) -> Result<Self, NoFindings> {
        let find = |name: &String| {
            let names = || dataset.waves.iter().map(|wave| wave.name.as_str()).collect::<Vec<_>>().join(", ");
            dataset.wave(name).ok_or_else(|| NoFindings::Unknown(name.clone(), names()))
        };
        let last = dataset.waves.iter().rposition(|wave| !wave.is_open);
        let wave = request.wave.as_ref().map(find).transpose()?.or(last).ok_or(NoFindings::NoneClosed)?;
        let against = request.against.as_ref().map(find).transpose()?.or_else(|| wave.checked_sub(1));
        let smallest = u64::from(dataset.smallest_group.max(request.smallest_group.unwrap_or(0)));
        let at = (wave, smallest);
        let asked = |variable: &&Variable| variable.asked.get(wave).is_some_and(Option::is_some);
        let headlines = || dataset.variables.iter().filter(asked).filter(|variable| is_headline(variable));
        Ok(Self {
            survey: dataset.survey.clone(),
            title: dataset.title.clone(),
            wave: dataset.waves[wave].name.clone(),
            compared_with: against.map(|against| dataset.waves[against].name.clone()),
            smallest_group: smallest,
            funnel: Funnel::of(dataset, at),
            items: dataset.variables.iter().filter(asked).map(|variable| Item::of(dataset, variable, at)).collect(),
            by_group: groups::by_groups(dataset, &headlines().collect::<Vec<_>>(), at),
            trend: headlines().filter_map(|variable| trend::series(dataset, variable, at)).collect(),
            changes: against.map_or_else(Vec::new, |against| trend::changes(dataset, (against, wave), smallest)),
            crossed: crossed(dataset, at),
            reliability: association::reliabilities(dataset, at),
            words: words::words(dataset, wave),
        })
    }
}

/// Says whether a variable is among those that are shown by group and over time: everything with one figure.
fn is_headline(variable: &Variable) -> bool {
    matches!(variable.kind, VariableKind::Scale { .. } | VariableKind::YesNo | VariableKind::Score | VariableKind::Picked)
}

/// Crosses the classes of an NPS and every choice with each segment.
fn crossed(dataset: &Dataset, (wave, smallest): (usize, u64)) -> Vec<Crossed> {
    let is_crossed = |variable: &&Variable| {
        let is_nps = matches!(variable.kind, VariableKind::Scale { measure: Measure::Nps, .. });
        (is_nps || matches!(variable.kind, VariableKind::Choice)) && variable.asked.get(wave).is_some_and(Option::is_some)
    };
    let segments = dataset.groupings.iter().filter(|grouping| grouping.source == Source::Segment);
    let mut all = Vec::new();
    for grouping in segments {
        for variable in dataset.variables.iter().filter(is_crossed) {
            let cube = Cube::of(dataset, variable, Some(grouping));
            let n: Vec<u64> = (0..cube.groups()).map(|group| cube.cell(wave, group).n()).collect();
            let is_shown = shown::shown(&n, n.iter().sum(), smallest);
            all.extend(association::crossed(dataset, (variable, grouping), (wave, &is_shown)));
        }
    }
    all
}
