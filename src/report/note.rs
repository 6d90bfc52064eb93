//! What is said beside the output of a command, on standard error.

use std::io::{self, Write};

use super::escape::escape;
use super::fit::{columns_of, fit};

/// Tells something that is neither output nor a failure, such as what to do next where there is nothing yet.
pub(crate) fn note(program: &str, text: &str) {
    tell(&words(program, text));
}

/// Tells something as [`note`] does, and below it bytes that stand in the lines they have.
pub(crate) fn note_with(program: &str, text: &str, bytes: &str) {
    tell(&format!("{}\n{}", words(program, text), escape(bytes.trim_end())));
}

fn words(program: &str, text: &str) -> String {
    fit(&format!("{program}: {}", escape(text.trim_end())), columns_of(io::stderr()))
}

fn tell(text: &str) {
    // Standard error may be closed; what is told here is never needed.
    let _ = writeln!(io::stderr(), "{text}");
}
