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

pub(crate) use listener::{ListenError, Listener, check_certificate};
pub(crate) use routes::router;
pub(crate) use state::Collector;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::PROGRAM;

/// How often a failure of requests is told: told each time, it would tell when requests came.
const SELDOM: Duration = Duration::from_secs(300);

static LAST_TOLD: Mutex<Option<Instant>> = Mutex::new(None);

/// Tells the operator something.
pub(crate) fn log(text: &str) {
    crate::report::note(PROGRAM, text);
}

/// Tells the operator why requests fail, and not of each one.
pub(crate) fn log_seldom(text: &str) {
    let mut last = LAST_TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_none_or(|last| last.elapsed() >= SELDOM) {
        *last = Some(Instant::now());
        log(&format!("{text}; more of this in the next five minutes is not told"));
    }
}
