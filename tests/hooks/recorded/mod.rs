//! The hook alone, with a recorder in the place of the program: exactly what it is called with, and all that the hook leaves as it was.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod fitting;
mod free;
mod key;
mod place;
mod untouched;
