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
mod order;

pub(super) use column::day;
pub use column::{Cell, Column, Gathered, Holds, Of};
pub(crate) use long::kind;
pub use long::{LINE, Long};

use crate::research::data::Dataset;
use crate::response::table::Values;

/// How many rows are gathered at a time where they are written one by one: few enough to stay in a processor's cache.
pub const BLOCK: usize = 4096;

/// The columns of a dataset, and the order of its rows.
#[derive(Debug)]
pub struct Table<'a> {
    /// The columns, each with a name of its own.
    pub columns: Vec<Column<'a>>,
    order: Vec<usize>,
}

impl<'a> Table<'a> {
    /// Gives the table with codes or labels.
    pub fn new(dataset: &'a Dataset, values: Values) -> Self {
        Self { columns: layout::columns(dataset, values), order: order::of(dataset) }
    }

    /// Gives the names of the columns.
    pub fn names(dataset: &Dataset) -> Vec<String> {
        layout::names(&layout::held(dataset))
    }

    /// Gives how many rows there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Says whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Gives the rows' places in the dataset, block by block, in an order that follows from what they hold.
    pub fn blocks(&self, rows: usize) -> std::slice::Chunks<'_, usize> {
        self.order.chunks(rows)
    }

    /// Gives a place for the cells of each column of a block.
    pub fn gathered(&self) -> Vec<Gathered> {
        self.columns.iter().map(|_| Gathered::default()).collect()
    }

    /// Takes the cells of a block out of the columns of the dataset: each answer once, also where another column tells why there is none.
    pub fn gather(&self, rows: &[usize], into: &mut [Gathered]) {
        for (at, column) in self.columns.iter().enumerate() {
            let (before, gathered) = into.split_at_mut(at);
            match &column.of {
                // What is asked stands right before why there is no answer.
                Of::Missing(variables) => gathered[0].gather_missing(&before[at - variables.len()..], rows.len()),
                of => gathered[0].gather(of, rows),
            }
        }
    }
}
