//! What research leads get out of answers, against the programs they read it with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod adversary;
mod dashboard;
mod docs;
mod exports;
mod intervals;
mod manual;
mod naming;
mod overwriting;
mod populations;
mod publishing;
mod reading;
mod reference;
mod reliability;
mod report;
#[path = "../support/mod.rs"]
mod support;
mod trends;
mod worked_example;

/// The program of research leads, built by Cargo with the test's own profile.
const RESEARCH: &str = env!("CARGO_BIN_EXE_dxpulse-research");
