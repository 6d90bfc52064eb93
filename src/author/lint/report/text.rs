//! The report for people: every finding with its line of the file, a caret and the remedy.

use super::super::positions::Positions;
use super::Report;
use crate::survey::parse::{Problem, render_graded};

/// Draws every finding under its file; `colour` adds escape sequences of our own.
pub fn text(report: &Report, colour: bool) -> String {
    let mut out = String::new();
    for file in report.files.iter().filter(|file| !file.findings.is_empty()) {
        let positions = Positions::new(&file.text);
        let problems: Vec<Problem> = file.findings.iter().map(|finding| finding.to_problem(&positions)).collect();
        let graded: Vec<_> = file.findings.iter().map(|finding| finding.severity).zip(&problems).collect();
        out.push_str(&render_graded(&graded, &file.path, &file.text, colour));
    }
    out
}
