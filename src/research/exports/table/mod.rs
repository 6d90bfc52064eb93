//! The wide table of a dataset: which columns there are, and what each cell holds, once for all formats.
//!
//! ```text
//! wave     team      nps  nps.missing  barriers.docs  barriers.ci  barriers.missing  weight
//! 2026-Q4  payments  9                 1              0                              1.25
//! 2026-Q4            –    skipped      –              –            prefer_not_to_say 0.75
//! ```
//!
//! Names are those of a developer's own export ([`crate::response::table`]), so that whoever reads one reads the other: `question`,
//! `question.choice`, `question.row`, `question.missing`, `instrument_score`. The program's own names stand; a question or a group of
//! the same name gets a trailing `_`.

mod column;
mod layout;
mod long;

pub(super) use column::day;
pub use column::{Cell, Column, Gathered, Holds, Of};
pub(crate) use long::kind;
pub use long::{LINE, Long};

use std::ops::Range;

use crate::research::data::Dataset;
use crate::response::table::Values;

/// How many rows are gathered at a time where they are written one by one: few enough to stay in a processor's cache.
pub const BLOCK: usize = 4096;

/// The columns of a dataset.
#[derive(Debug)]
pub struct Table<'a> {
    /// The columns, each with a name of its own.
    pub columns: Vec<Column<'a>>,
    rows: usize,
}

impl<'a> Table<'a> {
    /// Gives the table with codes or labels.
    pub fn new(dataset: &'a Dataset, values: Values) -> Self {
        Self { columns: layout::columns(dataset, values), rows: dataset.len() }
    }

    /// Gives the names of the columns.
    pub fn names(dataset: &Dataset) -> Vec<String> {
        layout::names(&layout::held(dataset))
    }

    /// Gives how many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Says whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Gives the rows, block by block.
    pub fn blocks(&self, rows: usize) -> impl Iterator<Item = Range<usize>> {
        let all = self.rows;
        (0..all).step_by(rows).map(move |first| first..(first + rows).min(all))
    }

    /// Gives a place for the cells of each column of a block.
    pub fn gathered(&self) -> Vec<Gathered> {
        self.columns.iter().map(|_| Gathered::default()).collect()
    }

    /// Takes the cells of a block out of the columns of the dataset.
    pub fn gather(&self, rows: &Range<usize>, into: &mut [Gathered]) {
        for (at, column) in self.columns.iter().enumerate() {
            let (before, gathered) = into.split_at_mut(at);
            match &column.of {
                // What is asked stands right before why there is no answer.
                Of::Missing(variables) => gathered[0].gather_missing(&before[at - variables.len()..], rows.len()),
                of => gathered[0].gather(of, rows.clone()),
            }
        }
    }
}
