//! Whole exchanges with real programs: an answer on its way into the ledger, and collectors that cheat.

mod pages;
mod relay;
#[path = "../support/mod.rs"]
mod support;
mod whole;
