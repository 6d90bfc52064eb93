//! The manual pages of `dxpulse-research`: each must be as the commands would make it now.
//!
//! `DXPULSE_WRITE_ASSETS=1 cargo test --features research --test research manual` writes them anew.

#[path = "../support/manual.rs"]
mod pages;

#[test]
fn manual_pages_say_what_the_commands_say() {
    pages::check(dxpulse::research::commands::command(), ("dxpulse-research", "man-research"));
}
