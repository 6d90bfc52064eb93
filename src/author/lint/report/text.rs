//! The report for people: every finding with its line of the file, a caret and the remedy.

use super::super::positions::Positions;
use super::super::{Checked, Severity};
use super::Report;
use crate::survey::parse::{Problem, render_fitting, render_graded};

/// Draws every finding under its file; `colour` adds escape sequences of our own.
pub fn text(report: &Report, colour: bool) -> String {
    report.files.iter().map(|file| drawn(file, colour)).collect()
}

/// Draws the findings of one file as [`text`] does.
pub fn drawn(file: &Checked, colour: bool) -> String {
    draw(file, |graded| render_graded(graded, &file.path, &file.text, colour))
}

/// Draws the findings of a file as [`drawn`] does, with its lines cut to fit these columns.
pub fn fitting(file: &Checked, columns: usize) -> String {
    draw(file, |graded| render_fitting(graded, &file.path, &file.text, columns))
}

fn draw(file: &Checked, render: impl FnOnce(&[(Severity, &Problem)]) -> String) -> String {
    if file.findings.is_empty() {
        return String::new();
    }
    let positions = Positions::new(&file.text);
    let problems: Vec<Problem> = file.findings.iter().map(|finding| finding.to_problem(&positions)).collect();
    let graded: Vec<_> = file.findings.iter().map(|finding| finding.severity).zip(&problems).collect();
    render(&graded)
}
