//! The server `dxpulse-collector`: it invites, issues tokens, takes submissions, and proves at the close what it took.
//!
//! ```text
//! roster, survey ─▶ prepare ─▶ (a publisher signs elsewhere) ─▶ publish
//! invitation ─▶ credential ─▶ blind signature                 who asks is known, what is signed isn't
//! token, submission ─▶ writer ─▶ receipt                      what is said is known, who says it isn't
//! close ─▶ ledger, signed closing; keys destroyed
//! ```
//!
//! It never holds a publisher's key, and keeps nothing that joins the two middle lines: no times, no addresses, no order of arrival.

mod certificate;
mod chance;
mod clock;
mod closing;
pub mod commands;
mod counted;
mod folder;
mod identity;
mod keys;
mod mistakes;
mod preparing;
mod publishing;
mod reader;
mod rewriting;
mod roster;
mod schedule;
mod server;
mod settings;
mod store;
mod windows;
mod writer;

/// The name that messages begin with.
const PROGRAM: &str = "dxpulse-collector";
