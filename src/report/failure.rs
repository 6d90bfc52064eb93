//! How a command ends: the exit codes, and what a failure says.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::escape::escape;
use super::fit::{columns_of, fit};

/// The exit code of a command that did what it was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit(u8);

impl Exit {
    /// All went well.
    pub(crate) const SUCCESS: Self = Self(0);

    /// A command's own exit code, such as 3 for a survey saved for later.
    pub(crate) const fn code(code: u8) -> Self {
        Self(code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// Why a command ended early: what is said on standard error, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code: 1 failed, 2 wrong usage, 0 when nobody reads on.
    pub(crate) exit: u8,
    /// What went wrong, as a lower-case fragment; nothing is said if it is empty.
    pub(crate) message: String,
    /// All that is wrong, in lines that are already safe to print; colours may be among them.
    pub(crate) details: Option<String>,
    /// What to do next.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// Something went wrong.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { exit: 1, message: message.into(), details: None, hint: None }
    }

    /// The command was used wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { exit: 2, ..Self::new(message) }
    }

    /// Adds what to do next.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Nothing more is to be said: the reader of standard output is gone, or has all it asked for.
    pub(crate) fn quiet() -> Self {
        Self { exit: 0, ..Self::new(String::new()) }
    }

    /// The process was told to end; `reason` is what could not be kept.
    pub(crate) fn ended(exit: u8, reason: Option<String>) -> Self {
        Self { exit, ..Self::new(reason.unwrap_or_default()) }
    }

    /// Gives message and hint in one line, for a screen that has no more.
    pub(crate) fn in_one_line(&self) -> String {
        let first = self.message.lines().next().unwrap_or_default();
        self.hint.as_ref().map_or_else(|| first.to_owned(), |hint| format!("{first}; {hint}"))
    }

    /// Prints help or the version, which nobody needs a command for, or tells what was wrong with the command line.
    pub(crate) fn of_usage(error: &clap::Error) -> Self {
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                // A closed pipe is no failure, and there is nothing else to do about a help text nobody gets.
                let _ = error.print();
                Self { exit: if error.use_stderr() { 2 } else { 0 }, ..Self::quiet() }
            }
            _ => {
                let text = error.render().to_string();
                Self::usage(text.strip_prefix("error: ").unwrap_or(&text).trim_end())
            }
        }
    }
}

/// Tells a failure of a program on standard error and gives its exit code.
pub(crate) fn report(program: &str, failure: Failure) -> ExitCode {
    let columns = columns_of(std::io::stderr());
    let mut text = String::new();
    if !failure.message.is_empty() {
        text = fit(&format!("{program}: {}\n", escape(&failure.message)), columns);
    }
    if let Some(details) = failure.details {
        let _ = writeln!(text, "\n{}\n", details.trim_end());
    }
    if let Some(hint) = failure.hint {
        text += &fit(&format!("  help: {}\n", escape(&hint)), columns);
    }
    // Standard error may be closed; the exit code still tells.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(failure.exit)
}
