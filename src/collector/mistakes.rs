//! What is wrong with a file that an administrator wrote: every mistake at once, each with its line and remedy.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::report::{Failure, escape};

/// The most mistakes that are told of one file.
const MOST_TOLD: usize = 50;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The line, from 1.
    pub(crate) line: usize,
    /// What is wrong, as a lower-case fragment.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) remedy: String,
}

/// Everything that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistakes {
    /// The file.
    pub(crate) path: PathBuf,
    /// The mistakes, in the order of their lines.
    pub(crate) all: Vec<Mistake>,
}

impl Mistake {
    /// Notes a mistake on a line.
    pub(crate) fn new(line: usize, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line, message: message.into(), remedy: remedy.into() }
    }
}

impl Mistakes {
    /// Gathers the mistakes of a file; `Ok` where there are none.
    pub(crate) fn none_in(path: &Path, mut all: Vec<Mistake>) -> Result<(), Self> {
        all.sort_by_key(|mistake| mistake.line);
        if all.is_empty() { Ok(()) } else { Err(Self { path: path.to_owned(), all }) }
    }
}

impl From<Mistakes> for Failure {
    fn from(mistakes: Mistakes) -> Self {
        let path = mistakes.path.display();
        let mut details = String::new();
        for mistake in mistakes.all.iter().take(MOST_TOLD) {
            let text = format!("{path}:{}: {}\n  help: {}", mistake.line, mistake.message, mistake.remedy);
            let _ = writeln!(details, "{}", escape(&text));
        }
        if let Some(more @ 1..) = mistakes.all.len().checked_sub(MOST_TOLD) {
            let _ = writeln!(details, "and {more} more");
        }
        let count = mistakes.all.len();
        let noun = if count == 1 { "mistake" } else { "mistakes" };
        Self { details: Some(details), ..Self::new(format!("{path} has {count} {noun}")) }
            .hint("correct the file, then try again")
    }
}

/// Gives the line, from 1, that holds a byte of a text.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
