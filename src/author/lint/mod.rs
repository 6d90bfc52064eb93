//! What an author should know of a survey file before anybody is asked: contradictions, and what is worth a second look.
//!
//! Pure: it's handed texts and gives findings; which files there are, and where the findings go, is decided elsewhere.
//!
//! ```text
//! text ── survey::parse ──┬── problems ──────────────────────────── errors ──┐
//!                         └── Survey ── findings(): every other source ──────┴── Checked ── report::{text, json, sarif, github}
//! ```

mod explain;
mod finding;
mod positions;
pub mod report;
pub mod wording;

pub use explain::{Explanation, codes, explain};
pub use finding::{Finding, Related};
pub use positions::Position;
pub(in crate::author) use positions::Positions;

use crate::survey::Survey;
use crate::survey::parse::{self, Problem, Severity};

/// The code of the finding in a file that isn't UTF-8 and so was never read as TOML.
pub const NOT_UTF_8: &str = "not-utf-8";

/// A file's text and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The file's path, as it is shown.
    pub path: String,
    /// The text that the findings point into.
    pub text: String,
    /// What was found, by place.
    pub findings: Vec<Finding>,
    /// Whether the text isn't TOML at all.
    pub is_unreadable: bool,
}

/// A file without contradictions.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// The file's path, as it is shown.
    pub path: String,
    /// The text that places of the survey point into.
    pub text: String,
    /// The survey.
    pub survey: Survey,
}

impl Checked {
    /// Counts the findings that weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Checks the bytes of a file.
pub fn check(path: String, bytes: Vec<u8>) -> Checked {
    match read(path, bytes) {
        Ok(Sound { path, text, survey }) => Checked { findings: sorted(findings(&text, &survey)), path, text, is_unreadable: false },
        Err(checked) => checked,
    }
}

/// Reads the bytes of a file as a survey.
///
/// # Errors
/// The file with all that contradicts itself in it; nothing that is only worth a second look is told.
pub fn read(path: String, bytes: Vec<u8>) -> Result<Sound, Checked> {
    let text = String::from_utf8(bytes).map_err(|error| not_text(path.clone(), &error))?;
    match parse::parse(&text) {
        Ok(survey) => Ok(Sound { path, text, survey }),
        Err(problems) => {
            let is_unreadable = problems.iter().any(|problem| problem.unreadable);
            let findings = sorted(problems.into_iter().map(Finding::from).collect());
            Err(Checked { path, text, findings, is_unreadable })
        }
    }
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.place.start, finding.place.end));
    findings
}

/// Gives what is worth a second look in a survey without contradictions: every source of such findings is asked here.
pub fn findings(_source: &str, _survey: &Survey) -> Vec<Finding> {
    Vec::new()
}

fn not_text(path: String, error: &std::string::FromUtf8Error) -> Checked {
    let place = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let place = place..place + char::REPLACEMENT_CHARACTER.len_utf8();
    let finding = Finding::error(NOT_UTF_8, place, "the file is not a text in UTF-8", "save it as UTF-8");
    Checked { path, text, findings: vec![finding], is_unreadable: true }
}
