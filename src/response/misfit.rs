//! Why a value is no reply to a question, as facts; how that is said to whom is decided elsewhere.

use chrono::NaiveDate;
use thiserror::Error;

/// Why a value is no reply to a question. It never repeats the value of a text.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Misfit {
    /// No point of the scale.
    #[error("expected a whole number from {first} to {last}")]
    Point {
        /// The lowest point.
        first: u8,
        /// The highest point.
        last: u8,
    },
    /// Own words where no choice takes any.
    #[error("has no choice for own words")]
    NoOwnWords,
    /// Own words that are blank.
    #[error("expected own words as text")]
    BlankOwnWords,
    /// A choice twice.
    #[error("names a choice twice")]
    Twice,
    /// More choices than the greatest number.
    #[error("takes at most {0} choice{s}", s = plural(*.0))]
    TooMany(usize),
    /// A choice that stands alone, and others.
    #[error("names an exclusive choice beside others")]
    NotAlone,
    /// A text without anything in it.
    #[error("expected a text that is not blank, or null to skip")]
    Blank,
    /// A text that is too long.
    #[error("takes at most {most} character{s}, {given} given", s = plural(*.most))]
    TooLong {
        /// The greatest number of characters.
        most: usize,
        /// How many there are.
        given: usize,
    },
    /// A number with too many digits.
    #[error("expected a number of at most 15 digits")]
    TooManyDigits,
    /// A number with decimals where none are taken.
    #[error("expected a whole number")]
    NotWhole,
    /// A number with more decimal places than are taken.
    #[error("expected at most {0} decimal place{s}", s = plural((*.0).into()))]
    TooPrecise(u8),
    /// A number outside its bounds.
    #[error("expected {least} to {most}")]
    OutOfRange {
        /// The least number.
        least: f64,
        /// The greatest number.
        most: f64,
    },
    /// A number below its bound.
    #[error("expected {0} or more")]
    TooSmall(f64),
    /// A number above its bound.
    #[error("expected {0} or less")]
    TooGreat(f64),
    /// A date before the first one taken.
    #[error("expected {0} or later")]
    TooEarly(NaiveDate),
    /// A date after the last one taken.
    #[error("expected {0} or earlier")]
    TooLate(NaiveDate),
    /// JSON of another shape than the question takes, told to whoever wrote it.
    #[error("{0}")]
    Shape(String),
}

/// Gives what a noun ends in after a number.
pub(super) fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}

impl Misfit {
    /// Makes a misfit of JSON's shape.
    pub(super) fn shape(told: impl Into<String>) -> Self {
        Self::Shape(told.into())
    }
}
