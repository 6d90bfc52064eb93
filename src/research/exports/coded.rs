//! Variables as SPSS and Stata know them: numbers with labels, and a number of its own for each kind of absence.

use super::names::{self, Rules};
use super::table::{Column, Of};
use crate::research::data::{Column as Data, Variable, VariableKind};

/// One variable of a file.
#[derive(Debug)]
pub(super) struct Coded<'t, 'a> {
    /// Its name by the rules of the format.
    pub(super) name: String,
    /// What it is about, beginning with the column's name where that is another.
    pub(super) label: String,
    /// The column it holds.
    pub(super) column: &'t Column<'a>,
    /// The number and the label of each level, by its place; none of a variable that holds numbers or texts.
    pub(super) levels: Vec<(f64, String)>,
}

/// Gives the variables of a table: all columns but those that say why there is no answer, since the answers say so themselves.
pub(super) fn variables<'t, 'a>(columns: &'t [Column<'a>], rules: Rules) -> Vec<Coded<'t, 'a>> {
    let columns: Vec<_> = columns.iter().filter(|column| !matches!(column.of, Of::Missing(_))).collect();
    let names = rules.names(columns.iter().map(|column| column.name.as_str()));
    let coded = |(column, name): (&'t Column<'a>, String)| {
        let levels = if let Of::Answer(variable) = &column.of { levels(variable) } else { Vec::new() };
        Coded { label: names::label(&column.name, &name, &column.title()), name, column, levels }
    };
    columns.into_iter().zip(names).map(coded).collect()
}

/// Gives the number of each level: its point, or for choices its place from 1; and its words, empty where it has none but its number.
fn levels(variable: &Variable) -> Vec<(f64, String)> {
    let has_points = variable.kind != VariableKind::Choice && variable.levels.iter().all(|level| level.point.is_some());
    let level = |(place, level): (u8, &crate::research::data::Level)| {
        let words = if level.label.is_empty() && !has_points { &level.code } else { &level.label };
        (f64::from(level.point.filter(|_| has_points).unwrap_or(place)), words.clone())
    };
    (1..).zip(&variable.levels).map(level).collect()
}

impl Coded<'_, '_> {
    /// Gives the texts of a wave or a grouping, by their places; none of a variable that holds numbers.
    pub(super) fn texts(&self) -> Option<Vec<&str>> {
        match &self.column.of {
            Of::Wave(_) => Some(self.column.cells().iter().map(|cell| cell.text().unwrap_or_default()).collect()),
            Of::Group(grouping) => Some(grouping.levels.iter().map(|level| level.code.as_str()).collect()),
            _ => None,
        }
    }

    /// Says whether it holds numbers of its own.
    pub(super) fn is_number(&self) -> bool {
        match &self.column.of {
            Of::Weight(_) => true,
            Of::Answer(variable) => matches!(variable.column, Data::Numbers(..)),
            _ => false,
        }
    }

    /// Gives the least of its numbers, infinite where it has none.
    pub(super) fn least(&self) -> f64 {
        match &self.column.of {
            Of::Answer(Variable { column: Data::Numbers(numbers, _), .. }) => {
                numbers.iter().copied().fold(f64::INFINITY, f64::min)
            }
            _ => f64::INFINITY,
        }
    }
}
