//! What came of a wave: every figure a report shows, with its interval, and nothing that a small group must not show.
//!
//! Pages, documents and screens are drawn from this alone, so that what isn't in it can't be shown.

mod answers;
mod association;
mod drivers;
mod funnel;
mod gate;
mod groups;
mod items;
mod sample;
mod scorecard;
mod scores;
mod sides;
#[cfg(test)]
mod tests;
mod trend;
mod weights;
mod words;

use serde::Serialize;
use thiserror::Error;

use answers::Answers;
pub use association::{Crossed, Reliability, complete};
pub use drivers::{Driver, Drivers};
pub use funnel::{ClassRate, Funnel, Reached};
use gate::Gate;
pub use groups::{ByGroup, Group};
pub use items::{Bar, Item, Top};
pub use sample::{CONFIDENCE, Difference, Estimate, Measured, Sample};
pub use scorecard::{Score, Scorecard, Value};
pub use sides::{Side, Sides};
pub use trend::{Change, Point, Series, Slope};
pub use words::{Key, Words};

use super::data::{Dataset, Source, Variable, VariableKind};
use super::facts::Facts;
use super::suppression::{Comments, Ledger, Published};
use crate::anonymous::Digest;
use crate::anonymous::results::Action;
use crate::statistics::{Methods, effective};
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
    /// The fewest comments on a question that are shown.
    pub smallest_comment_group: u64,
    /// By which methods intervals are worked out.
    pub methods: Methods,
    /// Who took part.
    pub funnel: Funnel,
    /// What weights cost, where answers are weighted.
    pub weighting: Option<Weighting>,
    /// Every item.
    pub items: Vec<Item>,
    /// Headline items by group.
    pub by_group: Vec<ByGroup>,
    /// What nothing may be shown by: of no item two groups may.
    pub hidden_groupings: Vec<String>,
    /// Items over the waves.
    pub trend: Vec<Series>,
    /// What changed since the wave before.
    pub changes: Vec<Change>,
    /// Two groups side by side: producers and consumers, a pilot and the rest, both arms of an experiment.
    pub sides: Vec<Sides>,
    /// Which items go with the outcome.
    pub drivers: Option<Drivers>,
    /// Choices crossed with groupings.
    pub crossed: Vec<Crossed>,
    /// How reliable scales of several items are.
    pub reliability: Vec<Reliability>,
    /// Own words.
    pub words: Vec<Words>,
    /// What the platform is judged by.
    pub scorecard: Option<Scorecard>,
    /// What is done about what was found before.
    pub actions: Vec<Action>,
    /// The SHA-256 of all the rest as JSON, so that two reports can be told to say the same. Nothing goes into it that isn't told: with a hash
    /// of all answers, who knows most of them could try out the others.
    pub hash: String,
}

/// What weights cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Weighting {
    /// How many answers that count alike would tell as much (Kish 1965).
    pub effective_n: f64,
    /// By how many times the weights inflate a variance.
    pub design_effect: f64,
}

/// What is to be told.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The wave; the last that is closed without one.
    pub wave: Option<String>,
    /// The wave to compare with; without one, the last before that enough answered.
    pub against: Option<String>,
    /// A stricter threshold than the survey's.
    pub smallest_group: Option<u32>,
    /// What to group by; everything there is without any. The fewer groupings, the more of each may be shown.
    pub by: Vec<String>,
    /// By which methods intervals are worked out.
    pub methods: Methods,
    /// What the platform knows of itself.
    pub facts: Facts,
    /// What is done about what was found before.
    pub actions: Vec<Action>,
}

/// Why there are no findings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoFindings {
    /// There is no wave of this name.
    #[error("there is no wave {0:?}; there are {1}")]
    Unknown(String, String),
    /// There is no grouping of this name.
    #[error("nothing is grouped by {0:?}; there are {1}")]
    NoGrouping(String, String),
    /// What was published before is of groupings that aren't there now.
    #[error("what was published of {0} is by groupings that these answers don't have")]
    Ledger(String),
    /// What was published before is of a group that isn't there now.
    #[error("{1} of {0} was published, and these answers have no such group: what became of it could give small groups away")]
    Group(String, String),
    /// The wave to compare with is the wave itself.
    #[error("{0} can't be compared with itself")]
    Itself(String),
    /// No wave has ended.
    #[error("no wave has ended yet")]
    NoneClosed,
}

impl Findings {
    /// Works out everything that may be shown beside what was published before, and gives it with what has to go into the ledger.
    ///
    /// # Errors
    /// A wave isn't there, or the ledger is of other groupings.
    pub fn of(dataset: &Dataset, request: &Request, ledger: &Ledger) -> Result<(Self, Vec<Published>), NoFindings> {
        let find = |name: &String| {
            let names = || dataset.waves.iter().map(|wave| wave.name.as_str()).collect::<Vec<_>>().join(", ");
            dataset.wave(name).ok_or_else(|| NoFindings::Unknown(name.clone(), names()))
        };
        let last = dataset.waves.iter().rposition(|wave| !wave.is_open);
        let wave = request.wave.as_ref().map(find).transpose()?.or(last).ok_or(NoFindings::NoneClosed)?;
        let smallest = u64::from(dataset.smallest_group.max(request.smallest_group.unwrap_or(0)));
        let before = || (0..wave).rev().find(|before| dataset.answered(*before) as u64 >= smallest);
        let against = request.against.as_ref().map(find).transpose()?.or_else(before);
        if against == Some(wave) {
            return Err(NoFindings::Itself(dataset.waves[wave].name.clone()));
        }
        let unknown = request.by.iter().find(|name| dataset.grouping(name).is_none());
        if let Some(name) = unknown {
            let names = dataset.groupings.iter().map(|grouping| grouping.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(NoFindings::NoGrouping(name.clone(), names));
        }
        if let Some((grouping, group)) = gate::vanished(dataset, ledger) {
            return Err(NoFindings::Group(grouping, group));
        }
        let mut gate = Gate::new(dataset, (ledger, &request.by), smallest);
        let asked = dataset.variables.iter().filter(|variable| variable.asked.get(wave).is_some_and(Option::is_some));
        let last = against.map_or(wave, |against| against.max(wave));
        let by = gate.by();
        let answers = asked
            .map(|variable| Ok(Answers::of((dataset, variable), gate.decide(variable, (wave, last))?, (&by, request.methods))));
        let asked = answers.collect::<Result<Vec<_>, NoFindings>>()?;
        let findings = Self::shown((dataset, ledger), request, (wave, against, smallest), &asked);
        Ok((findings, gate.published()))
    }

    /// Gives what the ledger has to keep of comments that are shown.
    pub fn comments(&self) -> Vec<Comments> {
        let shown = self.words.iter().filter(|words| words.n.is_some());
        shown.map(|words| words::told_of((&self.survey, &self.wave), (&words.question, &words.texts))).collect()
    }

    fn shown(
        (dataset, ledger): (&Dataset, &Ledger),
        request: &Request,
        (wave, against, smallest): (usize, Option<usize>, u64),
        asked: &[Answers<'_>],
    ) -> Self {
        let (at, fewest) = ((wave, smallest), smallest.max(dataset.smallest_comment_group.into()));
        let headlines = || asked.iter().filter(|answers| is_headline(answers.variable));
        let by_group = groups::by_groups(headlines(), wave);
        let nps = asked.iter().find(|answers| is_nps(answers.variable));
        let nps_of = |wave: usize| nps.map(|answers| Item::of(answers, wave));
        let scores = [nps_of(wave), against.and_then(nps_of)];
        let names = (dataset.waves[wave].name.as_str(), against.map(|against| dataset.waves[against].name.as_str()));
        let findings = Self {
            survey: dataset.survey.clone(),
            title: if dataset.title.is_empty() { dataset.survey.clone() } else { dataset.title.clone() },
            wave: names.0.to_owned(),
            compared_with: names.1.map(str::to_owned),
            smallest_group: smallest,
            smallest_comment_group: fewest,
            methods: request.methods,
            funnel: Funnel::of(dataset, asked, at),
            weighting: Weighting::of(dataset, at),
            sides: sides::sides(&by_group),
            trend: headlines().filter_map(|answers| trend::series(answers, wave)).collect(),
            changes: against.map_or_else(Vec::new, |against| trend::changes(asked, (against, wave))),
            drivers: drivers::drivers(asked, at),
            crossed: crossed(asked, wave),
            reliability: association::reliabilities(asked, at),
            words: words::words((dataset, ledger), (wave, fewest), against),
            scorecard: scorecard::scorecard((&request.facts, request.methods), names, scores.each_ref().map(Option::as_ref)),
            actions: request.actions.clone(),
            hash: String::new(),
            items: asked.iter().map(|answers| Item::of(answers, wave)).collect(),
            hidden_groupings: groups::hidden(asked, (wave, &request.by)),
            by_group,
        };
        let told = serde_json::to_vec(&findings).unwrap_or_default();
        Self { hash: Digest::of(&[&told]).to_string(), ..findings }
    }
}

impl Weighting {
    /// Gives what the weights of a wave cost; `None` where there are none, or too few answered to tell.
    fn of(dataset: &Dataset, (wave, smallest): (usize, u64)) -> Option<Self> {
        let all = dataset.weights.as_ref()?;
        let weights: Vec<f64> = dataset.rows_of(wave).map(|row| all[row]).collect();
        let effective_n = effective::of_weights(weights.iter().copied()).filter(|_| weights.len() as u64 >= smallest)?;
        Some(Self { effective_n, design_effect: weights.len() as f64 / effective_n })
    }
}

fn is_nps(variable: &Variable) -> bool {
    matches!(variable.kind, VariableKind::Scale { measure: Measure::Nps, .. })
}

/// Says whether a variable is among those that are shown by group and over time: everything with one figure.
fn is_headline(variable: &Variable) -> bool {
    matches!(variable.kind, VariableKind::Scale { .. } | VariableKind::YesNo | VariableKind::Score | VariableKind::Picked)
}

/// Crosses an NPS and every choice with each segment.
fn crossed(asked: &[Answers<'_>], wave: usize) -> Vec<Crossed> {
    let is_crossed = |variable: &Variable| is_nps(variable) || matches!(variable.kind, VariableKind::Choice);
    let by_segment = |answers: &'_ Answers<'_>| {
        let segments = answers.by().iter().filter(|by| by.grouping.source == Source::Segment);
        segments.filter_map(|by| association::crossed(answers.variable, by, wave)).collect::<Vec<_>>()
    };
    asked.iter().filter(|answers| is_crossed(answers.variable)).flat_map(by_segment).collect()
}
