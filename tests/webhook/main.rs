//! Answers that go to a webhook, with the real program, a real endpoint, and the receiver of the guide under a real Python.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod developer;
mod endpoint;
mod guide;
mod kinds;
mod sending;
#[path = "../support/mod.rs"]
mod support;
