//! What research leads get out of answers, against the programs they read it with.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod dashboard;
#[path = "../support/mod.rs"]
mod support;
