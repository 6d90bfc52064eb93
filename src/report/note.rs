//! What is said beside the output of a command, on standard error.

use std::io::{self, Write};

use super::escape::escape;
use super::fit::{columns_of, fit};

/// Tells something that is neither output nor a failure, such as what to do next where there is nothing yet.
pub(crate) fn note(program: &str, text: &str) {
    // Standard error may be closed; what is told here is never needed.
    let text = format!("{program}: {}", escape(text.trim_end()));
    let _ = writeln!(io::stderr(), "{}", fit(&text, columns_of(io::stderr())));
}
