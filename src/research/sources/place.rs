//! Files and what is said of their places.

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
    told: Vec<String>,
    untold: usize,
}

impl<'f> Problems<'f> {
    pub(super) fn of(file: &'f Path) -> Self {
        Self { file, told: Vec::new(), untold: 0 }
    }

    pub(super) fn tell(&mut self, problem: impl FnOnce() -> String) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.untold += 1;
        }
    }

    /// Gives them as an error, if there are any.
    pub(super) fn or_none(mut self, hint: &str) -> Result<(), SourceError> {
        if self.told.is_empty() {
            return Ok(());
        }
        if self.untold > 0 {
            self.told.push(format!("and {} more", self.untold));
        }
        Err(SourceError::Content { file: self.file.to_owned(), problems: self.told, hint: hint.to_owned() })
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
