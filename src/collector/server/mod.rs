//! The HTTP server: what may be asked, by whom, when, and in which form it is answered.
//!
//! It logs nothing of a request. Time is read here, and nowhere below.

mod limits;
mod listener;
mod metrics;
mod oblivious;
mod problem;
mod request;
mod routes;
mod shapes;
mod state;

pub(crate) use listener::{ListenError, Listener};
pub(crate) use routes::router;
pub(crate) use state::Collector;

use super::PROGRAM;

/// Tells the operator something.
pub(crate) fn log(text: &str) {
    crate::report::note(PROGRAM, text);
}
