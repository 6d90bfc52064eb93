//! Codebooks: what each column of the wide table is, and what its values mean.

mod ddi;
mod package;

pub use ddi::write as write_ddi;
pub use package::write as write_package;

use super::table::{Cell, Column, Holds, Of};
use crate::research::data::{Absent, Level};

/// A column in words.
#[derive(Debug)]
pub(super) struct Described<'a> {
    /// What it is about.
    pub(super) title: String,
    /// What its values are: `string`, `integer`, `number`, `boolean` or `date`.
    pub(super) kind: &'static str,
    /// The values it can have, with their labels; none where it holds numbers.
    pub(super) values: Vec<(Cell<'a>, &'a str)>,
}

impl<'a> Described<'a> {
    pub(super) fn of(column: &Column<'a>) -> Self {
        let levels: &[Level] = match &column.of {
            Of::Answer(variable) => &variable.levels,
            Of::Group(grouping) => &grouping.levels,
            _ => &[],
        };
        let values = match &column.of {
            Of::Missing(_) => Absent::all().map(|kind| (Cell::Text(kind.name()), meaning(kind))).collect(),
            Of::Wave(_) => column.cells().iter().map(|cell| (*cell, "")).collect(),
            _ => column.cells().iter().zip(levels).map(|(cell, level)| (*cell, level.label.as_str())).collect(),
        };
        let kind = match column.holds {
            Holds::Text => "string",
            Holds::Integer => "integer",
            Holds::Boolean => "boolean",
            Holds::Decimal => "number",
            Holds::Date => "date",
        };
        Self { title: column.title(), kind, values }
    }
}

/// Gives what a kind of absence means, in a sentence.
pub(super) fn meaning(kind: Absent) -> &'static str {
    use crate::response::Missing;
    match kind {
        Absent::Missing(Missing::Skipped) => "The respondent chose to skip the question.",
        Absent::Missing(Missing::Unanswered) => "The respondent went past the question.",
        Absent::Missing(Missing::NotShown) => "The question was not shown.",
        Absent::Missing(Missing::NotApplicable) => "The respondent said that it doesn't apply.",
        Absent::Missing(Missing::PreferNotToSay) => "The respondent would rather not say.",
        Absent::Missing(Missing::DontKnow) => "The respondent doesn't know.",
        Absent::NotAsked => "This wave didn't ask the question.",
    }
}
