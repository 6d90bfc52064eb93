//! Everything a developer has, moved from one machine to another with the real program: nothing is lost, nothing is there twice.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod crash;
mod file;
mod machine;
mod moving;
mod passphrase;
#[path = "../support/mod.rs"]
mod support;
