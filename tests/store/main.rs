//! The store with real files: what is kept, what is refused, and what survives.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod damage;
mod places;
mod processes;
mod rows;
mod support;
