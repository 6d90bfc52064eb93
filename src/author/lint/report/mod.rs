//! What was found in all files, in the formats that people, scripts and code hosts read.
//!
//! Pure: a report becomes one text. Nothing of a file acts on the terminal, whatever the format.

mod github;
mod json;
mod safe;
mod sarif;
mod text;

pub use github::github;
pub use json::json;
pub(in crate::author) use json::{failures, file};
pub(in crate::author) use safe::json as safe_json;
pub use sarif::sarif;
pub use text::{drawn, fitting, text};

use std::fmt;

use super::{Checked, Severity};

/// What was found in all files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The files that could be read, in the order they are reported in.
    pub files: Vec<Checked>,
    /// The paths that couldn't be read.
    pub failures: Vec<Failed>,
}

/// A path that couldn't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The path, as it is shown.
    pub path: String,
    /// What went wrong, a lower-case fragment.
    pub message: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// How a report came out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found.
    Findings,
    /// Some file couldn't be read or written, or isn't TOML.
    Unreadable,
}

impl Report {
    /// Gives the worst that happened.
    pub fn verdict(&self) -> Verdict {
        if !self.failures.is_empty() || self.files.iter().any(|file| file.is_unreadable) {
            Verdict::Unreadable
        } else if self.files.iter().all(|file| file.findings.is_empty()) {
            Verdict::Clean
        } else {
            Verdict::Findings
        }
    }

    /// Counts the findings that weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.files.iter().map(|file| file.count(severity)).sum()
    }

    /// Says in one line how many files were checked and what was found.
    pub fn summary(&self) -> String {
        let files = counted(self.files.len(), "file");
        let errors = counted(self.count(Severity::Error), "error");
        let warnings = counted(self.count(Severity::Warning), "warning");
        match self.failures.len() {
            0 => format!("{files}, {errors}, {warnings}"),
            unread => format!("{files}, {errors}, {warnings}, {} not read", counted(unread, "path")),
        }
    }
}

/// Gives a count with what it counts.
pub(in crate::author) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Gives the word for a severity in JSON, SARIF and workflow commands alike.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
