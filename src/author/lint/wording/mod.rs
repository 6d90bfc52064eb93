//! The wording lint: what makes people answer another question than the one that was meant.
//!
//! Pure. It reads English only, so the caller hands it English texts only, and it never changes a text. A rule is a set of words
//! and a little grammar: it prefers silence to a false alarm, since an author who waives one rule too often waives them all.

mod explain;
mod rule;
mod sentences;

pub use rule::Rule;
pub use sentences::{Hit, Role, sentence};
