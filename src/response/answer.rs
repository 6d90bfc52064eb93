//! Answers and the kinds of missing, kept apart: a skipped answer is never a zero.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::survey::{Choice, Code, QuestionId};

/// The replies of one respondent by question; a question without an entry is unanswered.
pub type Replies = BTreeMap<QuestionId, Reply>;

/// What a respondent did with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The answer.
    Given(Answer),
    /// Why there is no answer.
    Missing(Missing),
}

/// An answer, by the type of its question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A point of the scale (nps, rating, likert, csat, ces).
    Scale(u8),
    /// Yes or no.
    Boolean(bool),
    /// The one choice.
    Single(Pick),
    /// The choices in the order the survey lists them, never empty.
    Multi(Vec<Pick>),
    /// The codes in order of preference; a draft may hold only the first few.
    Ranking(Vec<Code>),
    /// The rows that were touched.
    Matrix(BTreeMap<Code, Cell>),
    /// Free text, never blank.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A calendar date.
    Date(NaiveDate),
}

/// A choice that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// A listed choice.
    Code(Code),
    /// The respondent's own words for the choice marked `other`.
    Other(String),
}

/// What a respondent did with a row of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A point of the scale.
    Given(u8),
    /// Why there is none.
    Missing(Missing),
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The respondent chose to skip the question.
    Skipped,
    /// The respondent went past it.
    Unanswered,
    /// The question was not shown.
    NotShown,
    /// The respondent said it doesn't apply.
    NotApplicable,
    /// The respondent would rather not say.
    PreferNotToSay,
    /// The respondent doesn't know.
    DontKnow,
}

impl Missing {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Skipped, Self::Unanswered, Self::NotShown, Self::NotApplicable, Self::PreferNotToSay, Self::DontKnow];

    /// Gives the kind's name in files and exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Unanswered => "unanswered",
            Self::NotShown => "not_shown",
            Self::NotApplicable => "not_applicable",
            Self::PreferNotToSay => "prefer_not_to_say",
            Self::DontKnow => "dont_know",
        }
    }

    /// Finds the kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Answer {
    /// Gives what was taken of the choices of a single or multi question; empty for every other type.
    pub fn picks(&self) -> &[Pick] {
        match self {
            Self::Single(pick) => std::slice::from_ref(pick),
            Self::Multi(picks) => picks,
            _ => &[],
        }
    }
}

impl Pick {
    /// Says whether it takes this choice; own words take the one marked `other`.
    pub fn takes(&self, choice: &Choice) -> bool {
        match self {
            Self::Code(code) => *code == choice.code,
            Self::Other(_) => choice.other,
        }
    }

    /// Finds the choice it takes; `None` where that isn't among them.
    pub fn choice<'a>(&self, choices: &'a [Choice]) -> Option<&'a Choice> {
        choices.iter().find(|choice| self.takes(choice))
    }

    /// Gives the respondent's own words.
    pub fn own_words(&self) -> Option<&str> {
        match self {
            Self::Code(_) => None,
            Self::Other(words) => Some(words),
        }
    }
}

/// Says whether a choice is among the picks.
pub fn holds(picks: &[Pick], choice: &Choice) -> bool {
    picks.iter().any(|pick| pick.takes(choice))
}

/// Puts picks in the order the survey lists their choices.
pub fn in_order(choices: &[Choice], mut picks: Vec<Pick>) -> Vec<Pick> {
    picks.sort_by_key(|pick| choices.iter().position(|choice| pick.takes(choice)));
    picks
}
