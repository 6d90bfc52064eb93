//! What research leads get out of answers, against the programs they read it with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod worked_example;
