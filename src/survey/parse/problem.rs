//! A problem of a survey file: what is wrong, where, and what to do about it.

use std::fmt;
use std::ops::Range;

/// What is wrong at one place of a survey file.
///
/// Its texts hold no control or direction characters, even where they quote the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The problem's stable name in kebab case, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
    /// The place in bytes of the file.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Other places that explain the problem, such as the first of two duplicates.
    pub related: Vec<Related>,
    /// Whether it keeps the file from being TOML at all, rather than from being a survey.
    pub unreadable: bool,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It keeps the file from being used.
    Error,
    /// The file can be used, and should be looked at again.
    Warning,
}

/// A place that explains a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What stands there, a lower-case fragment.
    pub label: String,
    /// The place in bytes of the file.
    pub span: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Writes one line: `line:column: code: message; remedy`.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}: {}", self.line, self.column, self.code, self.message)?;
        for related in &self.related {
            write!(formatter, " ({}, line {})", related.label, related.line)?;
        }
        write!(formatter, "; {}", self.help)
    }
}
