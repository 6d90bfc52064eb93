//! What crosses the network, from outside: by properties of whatever is made by chance, and by another program's arithmetic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod classes;
mod frames;
mod python;
#[path = "../author/tools.rs"]
mod tools;
