//! One line of what `dxpulse doctor` finds.

use std::fmt;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    Warning,
    Failed,
}

/// One check and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) check: &'static str,
    pub(super) state: State,
    pub(super) detail: String,
    pub(super) hint: Option<String>,
}

impl State {
    /// Gives the word of a state, as `--json` has it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }

    const fn glyph(self) -> char {
        match self {
            Self::Ok => '✓',
            Self::Warning => '!',
            Self::Failed => '✗',
        }
    }
}

impl Finding {
    /// Nothing is wrong.
    pub(super) fn ok(check: &'static str, detail: impl Into<String>) -> Self {
        Self { check, state: State::Ok, detail: detail.into(), hint: None }
    }

    /// Something to know about; dxpulse works all the same.
    pub(super) fn warning(check: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Warning, ..Self::ok(check, detail) }
    }

    /// Something to mend before dxpulse can work.
    pub(super) fn failed(check: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Failed, ..Self::ok(check, detail) }
    }

    /// Adds what to do next.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:<7}  {:<13}  {}", self.state.glyph(), self.state.word(), self.check, self.detail)?;
        self.hint.iter().try_for_each(|hint| write!(formatter, " (help: {hint})"))
    }
}
