//! What an author should know of a survey file before anybody is asked: contradictions, and what is worth a second look.
//!
//! Pure: it's handed texts and gives findings; which files there are, and where the findings go, is decided elsewhere.
//!
//! ```text
//! text ── survey::parse ──┬── problems ──────────────────────────── errors ──┐
//!                         └── Survey ── findings(): every other source ──────┼── Checked ── report::{text, json, sarif, github}
//!                                 lock ── versions: what it asks for ────────┘
//! ```
//!
//! What surveys are to one another, [`tell_shared_ids`] adds to all that were checked.

mod explain;
mod finding;
mod keys;
mod positions;
pub mod report;
mod shared;
mod versions;
pub mod wording;

pub use explain::{codes, explain};
pub use finding::{Finding, Related};
pub use positions::Position;
pub(in crate::author) use positions::Positions;
pub use shared::tell_shared_ids;
pub use versions::renewed;
pub use wording::Explanation;

use std::ops::Range;

use crate::author::lock::Lock;
use crate::survey::Survey;
use crate::survey::parse::{self, Problem, Reading, Severity};
use wording::{About, Rule};

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

/// Checks the bytes of a file that no lock stands beside.
pub fn check(path: String, bytes: Vec<u8>) -> Checked {
    check_with(path, bytes, None)
}

/// Checks the bytes of a file, and what changed in it since it was locked.
pub fn check_with(path: String, bytes: Vec<u8>, lock: Option<&Lock>) -> Checked {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return not_text(path, &error),
    };
    let Reading { survey, problems } = parse::parse_with_problems(&text);
    let found = match survey {
        Some(survey) if problems.is_empty() => {
            let changes = lock.map(|lock| versions::findings(&text, &survey, lock)).unwrap_or_default();
            changes.into_iter().chain(findings(&text, &survey)).collect()
        }
        Some(survey) => apparent(&text, survey),
        None => Vec::new(),
    };
    let mut checked = broken(path, text, problems);
    checked.findings = sorted(checked.findings.into_iter().chain(found).collect());
    checked
}

/// Reads the bytes of a file as a survey.
///
/// # Errors
/// The file with all that contradicts itself in it; nothing that is only worth a second look is told.
pub fn read(path: String, bytes: Vec<u8>) -> Result<Sound, Checked> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_text(path, &error)),
    };
    match parse::parse(&text) {
        Ok(survey) => Ok(Sound { path, text, survey }),
        Err(problems) => Err(broken(path, text, problems)),
    }
}

/// Makes a report of a file that can't be used: a survey, or a lock.
pub fn broken(path: String, text: String, problems: Vec<Problem>) -> Checked {
    let is_unreadable = problems.iter().any(|problem| problem.unreadable);
    let findings = sorted(problems.into_iter().map(Finding::from).collect());
    Checked { path, text, findings, is_unreadable }
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| (finding.place.start, finding.place.end));
    findings
}

/// What is only told of a survey without contradictions: with a part of it left out or misread, these would be false alarms.
const OF_WHOLE_SURVEYS: &[About] = &[
    About::Rule(Rule::NoWayOut),
    About::Rule(Rule::LongAgreementBattery),
    About::Rule(Rule::SensitiveOrOpenFirst),
    About::Rule(Rule::Burden),
    About::UnusedWaiver,
];

/// Gives what is worth a second look in as much of a survey as could be read.
fn apparent(source: &str, mut survey: Survey) -> Vec<Finding> {
    // Without a promise nobody is simulated: contradictory conditions and jumps lead nowhere.
    survey.minutes = None;
    let is_of_whole = |finding: &Finding| OF_WHOLE_SURVEYS.iter().any(|about| about.name() == finding.code);
    findings(source, &survey).into_iter().filter(|finding| !is_of_whole(finding)).collect()
}

/// Gives what is worth a second look in a survey without contradictions: every source of such findings is asked here.
pub fn findings(source: &str, survey: &Survey) -> Vec<Finding> {
    let warning = |found: wording::Finding| {
        let place = place_of(source, survey, &found);
        Finding::warning(found.about.name(), place, found.message, found.help)
    };
    wording::survey(survey).into_iter().map(warning).collect()
}

/// Gives the place of a finding about wording: its part of the text where that can be counted, else the whole text; what is about
/// no text of the file stands at its key, else at the title.
fn place_of(source: &str, survey: &Survey, found: &wording::Finding) -> Range<usize> {
    if found.span.is_empty() {
        return keys::of_survey(source, found.about.name(), found.key).unwrap_or_else(|| survey.title.place());
    }
    let written = source.get(found.span.clone()).unwrap_or_default();
    let quote = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
    // The parser takes the white space around a text away; behind a backslash nothing can be counted.
    let inner = written.get(quote..).unwrap_or_default();
    let text = inner.trim_start();
    let start = found.span.start + quote + inner.len() - text.len();
    match &found.part {
        Some(part) if !inner.contains('\\') => start + as_written(text, part.start)..start + as_written(text, part.end),
        _ => found.span.clone(),
    }
}

/// Gives the byte of a text as it is written that a byte is of the text as it is read, where every line ends with `\n` alone.
fn as_written(written: &str, read: usize) -> usize {
    written.match_indices("\r\n").fold(read, |at, (end, _)| if end < at { at + 1 } else { at })
}

fn not_text(path: String, error: &std::string::FromUtf8Error) -> Checked {
    let place = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let place = place..place + char::REPLACEMENT_CHARACTER.len_utf8();
    let finding = Finding::error(NOT_UTF_8, place, "the file is not a text in UTF-8", "save it as UTF-8");
    Checked { path, text, findings: vec![finding], is_unreadable: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A leading question, one that must be answered with a condition that can't be read, and waivers of which one names no rule.
    const BROKEN: &str = "\
id = \"pulse\"
title = \"Pulse\"
minutes = 0.1
waive = [{ rule = \"loaded\", reason = \"Nothing is.\" }, { rule = \"leding\", reason = \"We lead.\" }]

[[question]]
id = \"ease\"
type = \"rating\"
text = \"Don't you agree that the portal is great?\"

[[question]]
id = \"trouble\"
type = \"single\"
required = true
show_if = \"ease <\"
text = \"Where did you have trouble?\"
choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"docs\", label = \"Documentation\" }]

[[question]]
id = \"lost\"
type = \"ratin\"
text = \"How easy was your last deployment?\"
";

    fn codes(source: &str) -> Vec<(Severity, &'static str)> {
        let checked = check("pulse.toml".to_owned(), source.as_bytes().to_vec());
        checked.findings.iter().map(|finding| (finding.severity, finding.code)).collect()
    }

    #[test]
    fn what_is_worth_a_second_look_is_told_beside_contradictions_unless_it_could_follow_from_them() {
        let (error, warning) = (Severity::Error, Severity::Warning);
        let expected = [(warning, "unknown-rule"), (warning, "leading"), (error, "invalid-condition"), (error, "unknown-type")];
        assert_eq!(codes(BROKEN), expected);
    }

    #[test]
    fn a_head_that_cannot_be_used_hides_no_wording() {
        let found = codes(&BROKEN.replace("id = \"pulse\"\ntitle = \"Pulse\"", "id = \"Pulse!\""));
        assert!(
            found.contains(&(Severity::Error, "missing-key")) && found.contains(&(Severity::Warning, "leading")),
            "{found:?}"
        );
    }

    #[test]
    fn a_part_of_a_text_is_found_whatever_its_lines_end_with() {
        let survey = "id = \"pulse\"\ntitle = \"Pulse\"\n[[question]]\nid = \"q\"\ntype = \"rating\"\n";
        let source =
            format!("{survey}text = \"\"\"\nThink of your team.\nThink of your work.\nHow well is each QBR run?\"\"\"\n");
        for source in [source.replace('\n', "\r\n"), source] {
            let checked = check("pulse.toml".to_owned(), source.into_bytes());
            let places: Vec<&str> = checked.findings.iter().map(|found| &checked.text[found.place.clone()]).collect();
            assert_eq!(places, ["QBR"]);
        }
    }

    #[test]
    fn contradictory_jumps_and_conditions_are_never_walked() {
        let jump = "[[question]]\nid = \"back\"\ntype = \"nps\"\ntext = \"Likely?\"\njump = [{ to = \"ease\" }]\nshow_if = \"back > 1\"\n";
        assert!(codes(&format!("{BROKEN}\n{jump}")).contains(&(Severity::Error, "backward-jump")));
    }
}
