//! A finding: what is wrong or worth a second look at one place of a file, and what to do about it.

use std::ops::Range;

use super::Problem;
use super::positions::Positions;
use crate::survey::parse::{self, Severity};

/// What was found at one place of a survey file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// Its stable name in kebab case: what `--explain` takes, and for a rule of wording what a waiver names.
    pub code: &'static str,
    /// What was found, a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
    /// The place in bytes of the file.
    pub place: Range<usize>,
    /// Other places that explain it.
    pub related: Vec<Related>,
}

/// A place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What stands there, a lower-case fragment.
    pub message: String,
    /// The place in bytes of the file.
    pub place: Range<usize>,
}

impl Finding {
    /// Makes a finding that keeps the file from being used.
    pub fn error(code: &'static str, place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), help: help.into(), place, related: Vec::new() }
    }

    /// Makes a finding that is worth a second look.
    pub fn warning(code: &'static str, place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message, help) }
    }

    /// Adds another place that explains it.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, place: Range<usize>) -> Self {
        self.related.push(Related { message: message.into(), place });
        self
    }

    /// Gives it as the problem that [`parse::render_graded`] draws.
    pub(super) fn to_problem(&self, positions: &Positions<'_>) -> Problem {
        let at = positions.of(self.place.start);
        let related = self.related.iter().map(|related| {
            let at = positions.of(related.place.start);
            parse::Related { label: related.message.clone(), span: related.place.clone(), line: at.line, column: at.column }
        });
        Problem {
            code: self.code,
            message: self.message.clone(),
            help: self.help.clone(),
            span: self.place.clone(),
            line: at.line,
            column: at.column,
            related: related.collect(),
            unreadable: false,
        }
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        let related = |related: parse::Related| Related { message: related.label, place: related.span };
        let finding = Self::error(problem.code, problem.span, problem.message, problem.help);
        Self { related: problem.related.into_iter().map(related).collect(), ..finding }
    }
}
