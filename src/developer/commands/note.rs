//! What is said beside the output of a command, on standard error.

/// Tells something that is neither output nor a failure, such as what to do next where there is nothing yet.
pub(crate) fn note(text: &str) {
    crate::report::note("dxpulse", text);
}

/// Tells something, and below it bytes that stand in the lines they have.
pub(crate) fn note_with(text: &str, bytes: &str) {
    crate::report::note_with("dxpulse", text, bytes);
}
