//! The types of questions, and what each is answered with.

use chrono::NaiveDate;

use super::{Code, Condition, Measure, Scale, Text};

/// What kind of answer a question asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One point of an ordinal scale.
    Scale {
        /// What the scale measures, which decides its score.
        measure: Measure,
        /// The scale itself.
        scale: Scale,
    },
    /// Exactly one choice.
    Single {
        /// At least two, at most one of them `other`.
        choices: Vec<Choice>,
    },
    /// Any number of choices within bounds.
    Multi {
        /// At least two, at most one of them `other`.
        choices: Vec<Choice>,
        /// The least number of choices in an answer; 1 unless said.
        min: usize,
        /// The greatest number of choices in an answer.
        max: usize,
    },
    /// All choices in order of preference.
    Ranking {
        /// Two to ten, none `other` or `exclusive`.
        choices: Vec<Choice>,
    },
    /// The same scale for several rows.
    Matrix {
        /// At least one.
        rows: Vec<Row>,
        /// The scale of every row.
        scale: Scale,
    },
    /// Free text.
    Text {
        /// Whether one line or several are expected.
        length: Length,
        /// The greatest number of characters (grapheme clusters).
        max_length: usize,
    },
    /// A number.
    Number {
        /// The least value, inclusive.
        min: Option<f64>,
        /// The greatest value, inclusive.
        max: Option<f64>,
        /// What is counted, such as `hours`.
        unit: Option<Text>,
        /// Decimal places accepted, 0 to 6; 0 means whole numbers.
        decimals: u8,
    },
    /// Yes or no.
    Boolean,
    /// A calendar date.
    Date {
        /// The earliest date, inclusive.
        min: Option<NaiveDate>,
        /// The latest date, inclusive.
        max: Option<NaiveDate>,
    },
    /// Text to read; no answer.
    Note,
}

/// One choice of a single, multi or ranking question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What an answer stores.
    pub code: Code,
    /// What the respondent reads.
    pub label: Text,
    /// Choosing it clears all the others.
    pub exclusive: bool,
    /// It keeps its place when the order is randomised.
    pub pin: bool,
    /// Choosing it opens a line for the respondent's own words.
    pub other: bool,
    /// When it is offered; always without one.
    pub show_if: Option<Condition>,
}

/// One row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What an answer stores.
    pub code: Code,
    /// What the respondent reads.
    pub label: Text,
    /// It keeps its place when the order is randomised.
    pub pin: bool,
    /// When it is asked; always without one.
    pub show_if: Option<Condition>,
}

/// A choice or a row, as far as they are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered<'k> {
    /// What an answer stores.
    pub code: &'k Code,
    /// What the respondent reads.
    pub label: &'k Text,
    /// Whether it keeps its place when the order is randomised.
    pub pin: bool,
    /// When it is there; always without one.
    pub show_if: Option<&'k Condition>,
}

/// How much text is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// One line.
    Short,
    /// Several lines.
    Long,
}

impl Choice {
    /// Makes a choice without marks, always offered.
    pub fn new(code: Code, label: impl Into<Text>) -> Self {
        Self { code, label: label.into(), exclusive: false, pin: false, other: false, show_if: None }
    }
}

impl Row {
    /// Makes a row that is always asked.
    pub fn new(code: Code, label: impl Into<Text>) -> Self {
        Self { code, label: label.into(), pin: false, show_if: None }
    }
}

impl Kind {
    /// Gives the choices of a single, multi or ranking question; empty for every other type.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Single { choices } | Self::Multi { choices, .. } | Self::Ranking { choices } => choices,
            _ => &[],
        }
    }

    /// Gives the rows of a matrix; empty for every other type.
    pub fn rows(&self) -> &[Row] {
        match self {
            Self::Matrix { rows, .. } => rows,
            _ => &[],
        }
    }

    /// Gives the choices or the rows; empty for a type that has neither.
    pub fn options(&self) -> impl Iterator<Item = Offered<'_>> {
        let choices = self.choices().iter().map(|Choice { code, label, pin, show_if, .. }| (code, label, pin, show_if));
        let rows = self.rows().iter().map(|Row { code, label, pin, show_if }| (code, label, pin, show_if));
        choices.chain(rows).map(|(code, label, pin, show_if)| Offered { code, label, pin: *pin, show_if: show_if.as_ref() })
    }

    /// Gives the scale of a question, or the one its rows share; `None` for every other type.
    pub fn scale(&self) -> Option<&Scale> {
        match self {
            Self::Scale { scale, .. } | Self::Matrix { scale, .. } => Some(scale),
            _ => None,
        }
    }

    /// Gives what the choice or row with this code is called.
    pub fn label(&self, code: &str) -> Option<&Text> {
        self.options().find(|option| option.code.as_str() == code).map(|option| option.label)
    }

    /// Gives the type's name as an author writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scale { measure, .. } => measure.name(),
            Self::Single { .. } => "single",
            Self::Multi { .. } => "multi",
            Self::Ranking { .. } => "ranking",
            Self::Matrix { .. } => "matrix",
            Self::Text { .. } => "text",
            Self::Number { .. } => "number",
            Self::Boolean => "boolean",
            Self::Date { .. } => "date",
            Self::Note => "note",
        }
    }
}
