//! The wording lint: what makes people answer another question than the one that was meant.
//!
//! Pure. It reads English texts only and never changes one; what needs no words is checked in every language, and choices that are a
//! way out are known in every language that the program speaks. A rule is a set of words and a little grammar: it prefers silence to a
//! false alarm, since an author who waives one rule too often waives them all.
//!
//! ```text
//! text ── sentences ── Hit ──┐
//!                            ├── whole ── waivers ── Finding
//! Survey ────────────────────┘
//! ```

mod explain;
mod rule;
mod sentences;
mod whole;

pub use explain::{EXPLANATIONS, Explanation};
pub use rule::Rule;
pub use sentences::{Hit, Role, sentence};
pub use whole::{About, Finding, survey};
