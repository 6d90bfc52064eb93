//! What is said beside the output of a command, on standard error.

/// Tells something that is neither output nor a failure, such as what to do next where there is nothing yet.
pub(crate) fn note(text: &str) {
    crate::report::note("dxpulse", text);
}
