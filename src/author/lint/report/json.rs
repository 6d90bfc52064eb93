//! The report for scripts: one JSON object.
//!
//! Its shape is stable: keys are added, never renamed or taken out.
//!
//! ```text
//! { "files": [{ "path", "unreadable", "findings": [
//!       { "severity", "code", "message", "help", "line", "column", "end_line", "end_column",
//!         "related": [{ "message", "line", "column", "end_line", "end_column" }] }] }],
//!   "failures": [{ "path", "message" }],
//!   "summary": { "files", "errors", "warnings" } }
//! ```

use std::ops::Range;

use serde_json::{Value, json};

use super::super::positions::Positions;
use super::super::{Checked, Finding, Severity};
use super::{Failed, Report, safe, word};

/// Writes the report as JSON.
pub fn json(report: &Report) -> String {
    safe::json(&json!({
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
        "failures": failures(&report.failures),
        "summary": {
            "files": report.files.len(),
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
        },
    }))
}

/// Gives the paths that couldn't be read.
pub(in crate::author) fn failures(failures: &[Failed]) -> Value {
    failures.iter().map(|failed| json!({ "path": failed.path, "message": failed.message })).collect()
}

/// Gives what was found in a file.
pub(in crate::author) fn file(file: &Checked) -> Value {
    let positions = Positions::new(&file.text);
    let findings: Vec<Value> = file.findings.iter().map(|it| finding(it, &positions)).collect();
    json!({ "path": file.path, "unreadable": file.is_unreadable, "findings": findings })
}

fn finding(finding: &Finding, positions: &Positions<'_>) -> Value {
    let mut object = json!({
        "severity": word(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "help": finding.help,
    });
    add_place(&mut object, &finding.place, positions);
    let related = finding.related.iter().map(|related| {
        let mut object = json!({ "message": related.message });
        add_place(&mut object, &related.place, positions);
        object
    });
    object["related"] = related.collect();
    object
}

fn add_place(object: &mut Value, place: &Range<usize>, positions: &Positions<'_>) {
    let [start, end] = positions.of_range(place);
    object["line"] = start.line.into();
    object["column"] = start.column.into();
    object["end_line"] = end.line.into();
    object["end_column"] = end.column.into();
}
