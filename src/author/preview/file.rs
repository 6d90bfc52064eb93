//! What stands in the file: a survey, or what keeps it from being one.

use crate::author::lint::{self, Checked};
use crate::survey::Survey;

/// What stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    /// A survey.
    Sound(Box<Survey>),
    /// No survey.
    Broken(Trouble),
}

/// What keeps a file from being a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It can't be read, and why not.
    Unreadable(String),
    /// It has problems.
    Problems(Checked),
}

/// Gives what stands in a file; `bytes` are its content, or why there is none.
pub(crate) fn source(name: &str, bytes: Result<Vec<u8>, String>) -> Source {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(reason) => return Source::Broken(Trouble::Unreadable(reason)),
    };
    match lint::read(name.to_owned(), bytes) {
        Ok(sound) => Source::Sound(Box::new(sound.survey)),
        Err(checked) => Source::Broken(Trouble::Problems(checked)),
    }
}
