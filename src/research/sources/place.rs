//! Files and what is said of their places.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::SourceError;

/// More problems of one file than these are not told.
const MOST: usize = 20;

/// The problems of one file.
#[derive(Debug)]
pub(super) struct Problems<'f> {
    file: &'f Path,
    /// Those of the first rows, by row and column.
    told: BTreeMap<(u64, usize), String>,
    count: usize,
}

impl<'f> Problems<'f> {
    pub(super) fn of(file: &'f Path) -> Self {
        Self { file, told: BTreeMap::new(), count: 0 }
    }

    /// Tells the next problem.
    pub(super) fn tell(&mut self, problem: impl FnOnce() -> String) {
        self.tell_at((self.count as u64, 0), problem);
    }

    /// Tells the problem of a cell, by its row and column: whichever comes first, those of the first rows are told.
    pub(super) fn tell_at(&mut self, place: (u64, usize), problem: impl FnOnce() -> String) {
        self.count += 1;
        if self.told.len() < MOST || self.told.last_key_value().is_some_and(|(last, _)| place < *last) {
            self.told.insert(place, problem());
        }
        if self.told.len() > MOST {
            self.told.pop_last();
        }
    }

    /// Gives them as an error, if there are any.
    pub(super) fn or_none(self, hint: &str) -> Result<(), SourceError> {
        if self.told.is_empty() {
            return Ok(());
        }
        let untold = self.count - self.told.len();
        let more = (untold > 0).then(|| format!("and {untold} more"));
        let problems = self.told.into_values().chain(more).collect();
        Err(SourceError::Content { file: self.file.to_owned(), problems, hint: hint.to_owned() })
    }
}

/// Gives a problem of a file as an error.
pub(super) fn wrong(file: &Path, problem: impl Into<String>, hint: &str) -> SourceError {
    SourceError::Content { file: file.to_owned(), problems: vec![problem.into()], hint: hint.to_owned() }
}

/// Opens a file for reading.
pub(super) fn open(file: &Path) -> Result<BufReader<File>, SourceError> {
    let opened = File::open(file).map_err(|error| SourceError::File { file: file.to_owned(), error })?;
    Ok(BufReader::with_capacity(1 << 18, opened))
}

/// Gives all of a file as text.
pub(super) fn text_of(file: &Path) -> Result<String, SourceError> {
    std::fs::read_to_string(file).map_err(|error| SourceError::File { file: file.to_owned(), error })
}
