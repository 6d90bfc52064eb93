//! The built binary from outside: what each command prints, writes and exits with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod completions;
mod config;
mod doctor;
mod forget;
mod frame;
mod language;
mod leaving;
#[path = "../support/published_wave.rs"]
mod published_wave;
mod sandbox;
mod take;
mod waves;
