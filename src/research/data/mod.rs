//! The answers to a survey over its waves, as columns.
//!
//! An answer takes one byte: the place of its level, or why there is none. Whatever a survey came from (a collector, exported files,
//! other people's tables), everything above sees only this. The order of responses follows from what they hold: nothing tells who
//! answered when, and the same answers are the same dataset.
//!
//! ```text
//!            wave   team      nps   barriers.docs  barriers.ci   seq_score
//! response 0   0    payments   9         1              0          6.0
//! response 1   1    –          skipped   not_asked      not_asked  –
//! ```

mod builder;
mod narrowed;
mod order;
mod surveyed;
#[cfg(test)]
mod tests;
mod variable;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use builder::{Builder, TooMany};
pub use order::hash_of_texts;
pub use surveyed::{Facts, Plan, Surveyed, days};
pub use variable::{Absent, Asked, Column, Each, Level, MOST_LEVELS, Value, Variable, VariableKind, with_part};

/// The answers to one survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// The survey's id.
    pub survey: String,
    /// Its heading.
    pub title: String,
    /// The language its texts are in.
    pub language: String,
    /// The fewest answers a group may have to be shown; never under the floor of [`crate::survey::privacy`].
    pub smallest_group: u32,
    /// The fewest comments that are shown of a question in a wave; never under that module's floor for them.
    pub smallest_comment_group: u32,
    /// The waves, the oldest first.
    pub waves: Vec<Wave>,
    /// The wave of each response, by its place; here and in all columns, responses stand in the order of [`Builder::finish`].
    pub wave_of: Vec<u16>,
    /// What responses are grouped by.
    pub groupings: Vec<Grouping>,
    /// What was asked, in the order of the survey.
    pub variables: Vec<Variable>,
    /// How much each response counts; each as one where there are none.
    pub weights: Option<Vec<f64>>,
    /// The groupings whose known sizes the weights were worked out of; none where weights came with the answers.
    pub weighted_by: BTreeSet<String>,
    /// Own words, apart from the responses they were given with: by wave and question, and within these shuffled, in the same way for the
    /// same words.
    pub comments: Vec<Comment>,
}

/// What the members of a class have in common: the value of each grouping, by its name.
pub type Nodes = Vec<(String, String)>;

/// One wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// What it is called, such as `2026-Q4`.
    pub name: String,
    /// The first day of answers.
    pub opens: Option<NaiveDate>,
    /// The last day of answers.
    pub closes: Option<NaiveDate>,
    /// How many were invited.
    pub invited: Option<u32>,
    /// How many were invited of each class: the value of each grouping, by name.
    pub classes: Vec<(Nodes, u32)>,
    /// Whether answers are still taken.
    pub is_open: bool,
}

/// Something responses are grouped by: a segment, an arm, a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// Its name, such as `team`.
    pub name: String,
    /// Where it comes from.
    pub source: Source,
    /// The groups, in order of their codes.
    pub levels: Vec<Level>,
    /// The group of each response, by its place; [`NONE`] where that isn't known.
    pub column: Vec<u16>,
}

/// A response that is in none of the groups.
pub const NONE: u16 = u16::MAX;

/// Where a grouping comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// What the organisation knows of the invited.
    Segment,
    /// The arm of a variant, drawn by chance.
    Arm,
    /// How it was answered: the language, the time it took.
    Answering,
}

/// Words somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The wave they were given in, by its place.
    pub wave: u16,
    /// The question they answer.
    pub question: String,
    /// The words.
    pub text: String,
}

impl Dataset {
    /// Gives how many responses there are.
    pub fn len(&self) -> usize {
        self.wave_of.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.wave_of.is_empty()
    }

    /// Gives the variable of this name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// Gives the grouping of this name.
    pub fn grouping(&self, name: &str) -> Option<&Grouping> {
        self.groupings.iter().find(|grouping| grouping.name == name)
    }

    /// Gives the place of the wave of this name.
    pub fn wave(&self, name: &str) -> Option<usize> {
        self.waves.iter().position(|wave| wave.name == name)
    }

    /// Gives the places of the responses of a wave.
    pub fn rows_of(&self, wave: usize) -> impl Iterator<Item = usize> {
        self.wave_of.iter().enumerate().filter(move |(_, of)| usize::from(**of) == wave).map(|(row, _)| row)
    }

    /// Gives how many answered in a wave.
    pub fn answered(&self, wave: usize) -> usize {
        self.rows_of(wave).count()
    }

    /// Gives how many were invited to a wave; `None` where that isn't known, or more answered than that.
    pub fn invited(&self, wave: usize) -> Option<u32> {
        self.waves[wave].invited.filter(|invited| self.answered(wave) <= *invited as usize)
    }

    /// Gives how much a response counts.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().and_then(|weights| weights.get(row)).copied().unwrap_or(1.0)
    }
}
