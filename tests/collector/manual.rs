//! The manual pages of `dxpulse-collector`: each must be as the commands would make it now.
//!
//! `DXPULSE_WRITE_ASSETS=1 cargo test --features collector --test collector manual` writes them anew.

#[path = "../support/manual.rs"]
mod pages;

#[test]
fn manual_pages_say_what_the_commands_say() {
    pages::check(dxpulse::collector::commands::command(), ("dxpulse-collector", "man-collector"));
}
