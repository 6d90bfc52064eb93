//! The author's command line from outside: the built binary, and the files it makes or reads.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod diff;
mod formats;
mod graph;
mod hooks;
mod lint;
mod locks;
mod new;
mod preview;
#[path = "../support/published.rs"]
mod published;
#[allow(dead_code, reason = "the commands of the developer need more of it")]
#[path = "../cli/sandbox.rs"]
mod sandbox;
mod schema;
mod sign;
mod simulate;
mod tools;
