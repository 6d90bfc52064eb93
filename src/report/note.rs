//! What is said beside the output of a command, on standard error.

use std::io::{self, Write};

use super::escape::escape;

/// Tells something that is neither output nor a failure, such as what to do next where there is nothing yet.
pub(crate) fn note(program: &str, text: &str) {
    // Standard error may be closed; what is told here is never needed.
    let _ = writeln!(io::stderr(), "{program}: {}", escape(text.trim_end()));
}
