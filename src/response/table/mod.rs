//! Responses as tables of typed cells: wide, with one row per response, and long, with one row per answer.
//!
//! It decides columns and cells and never how they are written: a file format is the business of whoever asks.
//!
//! ```text
//! wide   response  version  nps  nps.missing  barriers.docs  barriers.ci  barriers.other_text  barriers.missing
//!        5f0c…     1        9                 1              0
//!        77ab…     1             skipped                                                       prefer_not_to_say
//!
//! long   response  question  type   row  value  other_text  rank  missing
//!        5f0c…     nps       nps         9
//!        5f0c…     barriers  multi       docs
//!        77ab…     nps       nps                                  skipped
//! ```
//!
//! A survey's variants have a column each, `variant.NAME` for the arm, behind those that describe the response.
//!
//! Columns are named by ids and codes, never by wording, so that they stay the same when a label is improved. The
//! program's own columns (`response`, `question.missing`, `instrument_score`, …) always keep their names; a question, row or choice that has
//! the same name gets a trailing `_`. Words are those of the survey's own language, without an arm or anyone's answers in them, so
//! that they are the same in every row.

mod long;
#[cfg(test)]
mod tests;
mod whole;
mod wide;

pub use long::long;
pub use wide::{NOT_ASKED, wide};

use super::Pick;
use super::facts::unfilled;
use crate::survey::{Question, Scale, Text};

/// A table: names of columns, and rows with one cell for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The names of the columns, all different.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: never the same as a zero.
    Empty,
    /// A code, a label, a date or the respondent's own words.
    Text(String),
    /// A point of a scale, a rank, a whole number, or 1 and 0 for a choice that was taken or not.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// A number that is not whole.
    Decimal(f64),
}

/// Whether a table shows codes or the survey's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Codes and points.
    Codes,
    /// Labels: in a wide table in place of codes, in a long one in columns of their own.
    Labels,
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Gives words of the survey in its own language, with the fallback where they take an answer in: the same for every response.
fn words(text: &Text) -> Cell {
    Cell::Text(unfilled(text).into_owned())
}

/// Gives whole numbers as integers, so that no reader sees 3.0 where 3 was typed.
#[expect(clippy::cast_possible_truncation, reason = "guarded: whole and within 9e15")]
fn number(number: f64) -> Cell {
    if number.fract() == 0.0 && number.abs() <= 9e15 {
        return Cell::Integer(number as i64);
    }
    Cell::Decimal(number)
}

/// Gives the label of a point only where every point has one, so that a column is all words or all numbers.
fn point(scale: &Scale, point: u8, values: Values) -> Cell {
    match scale.label(point) {
        Some(label) if values == Values::Labels && !scale.labels.is_empty() => text(label),
        _ => Cell::Integer(point.into()),
    }
}

fn yes_or_no(yes: bool, values: Values) -> Cell {
    match values {
        Values::Codes => Cell::Boolean(yes),
        Values::Labels => text(if yes { "yes" } else { "no" }),
    }
}

fn choice(question: &Question, pick: &Pick, values: Values) -> Cell {
    match (pick.choice(question.kind.choices()), values) {
        (Some(choice), Values::Labels) => words(&choice.label),
        (Some(choice), Values::Codes) => text(choice.code.as_str()),
        (None, _) => Cell::Empty,
    }
}

fn own_words(picks: &[Pick]) -> Cell {
    picks.iter().find_map(Pick::own_words).map_or(Cell::Empty, text)
}
