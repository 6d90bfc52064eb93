//! Tables in blocks of rows, whatever their format: of each column its different cells, and which of them every row has.

use std::collections::HashMap;

use super::SourceError;

/// How many rows a block has at most.
pub(super) const ROWS: usize = 1 << 14;

/// What a table says of itself before its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The names of its columns.
    pub(super) names: Vec<String>,
    /// The id of the survey it is about, where it tells.
    pub(super) survey: Option<String>,
}

/// A table that is open.
pub(super) struct Table<'f> {
    pub(super) header: Header,
    /// Reads the columns in these places, and hands on one block after the other.
    pub(super) blocks: Box<Blocks<'f>>,
}

type Blocks<'f> = dyn FnOnce(&[usize], Take<'_>) -> Result<(), SourceError> + 'f;

/// Takes a block.
pub(super) type Take<'t> = &'t mut dyn FnMut(&Block) -> Result<(), SourceError>;

/// Some rows of a table.
#[derive(Debug)]
pub(super) struct Block {
    /// The number of its first row, as people count them.
    pub(super) first: u64,
    /// How many rows there are, one after the other.
    pub(super) rows: usize,
    /// The columns in the order of the header; those that aren't read have no cells.
    pub(super) columns: Vec<Cells>,
    /// The row that comes next and isn't in UTF-8, where there is one; it is left out.
    pub(super) garbled: Option<u64>,
}

/// The cells of a column.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The different ones, without blanks around them.
    pub(super) different: Vec<String>,
    /// Which of them each row has.
    pub(super) of_row: Vec<u32>,
    places: HashMap<String, u32>,
}

impl Block {
    /// Gives one without rows that begins with this one.
    pub(super) fn new(columns: usize, first: u64) -> Self {
        Self { first, rows: 0, columns: (0..columns).map(|_| Cells::default()).collect(), garbled: None }
    }

    /// Goes on with the rows that come next, of which there are none yet.
    pub(super) fn go_on(&mut self) {
        self.first += self.rows as u64 + u64::from(self.garbled.is_some());
        (self.rows, self.garbled) = (0, None);
        for cells in &mut self.columns {
            cells.different.clear();
            cells.of_row.clear();
            cells.places.clear();
        }
    }
}

impl Cells {
    /// Adds the cell of the next row.
    pub(super) fn push(&mut self, text: &str) {
        let place = self.place(text);
        self.of_row.push(place);
    }

    /// Gives the place of a cell among the different ones, of which it is one from now on.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        let text = text.trim_ascii();
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.different.len()).unwrap_or(u32::MAX);
        self.different.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    /// Gives the cell of each row.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.of_row.iter().map(|place| self.different[*place as usize].as_str())
    }
}
