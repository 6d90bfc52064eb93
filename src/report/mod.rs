//! What a program says to whoever called it: its output, its failures and the exit code, made safe to print.
//!
//! Every program of the house ends this way. It knows no commands, and decides nothing but how something is said.

pub(crate) mod bug;
mod escape;
mod failure;
mod fit;
mod limits;
mod note;
pub(crate) mod output;

pub use bug::{end_at_panics, tell_panics};
pub(crate) use escape::escape;
pub(crate) use failure::report;
pub use failure::{Exit, Failure};
pub use limits::tell_limits;
pub(crate) use note::{note, note_with};
