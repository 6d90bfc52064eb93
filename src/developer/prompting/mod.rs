//! Whether to ask, and when: a pure function of a survey, of what became of it, of what just happened, and of the time.
//!
//! ```text
//!                       ┌─ surroundings: CI, hooks, opt-out, quiet hours …        any of them: silence
//!  what just happened ──┤
//!                       ├─ clocks: grace, one prompt in fourteen days, the survey's own cooldown
//!  what is remembered ──┤
//!                       └─ fairness: the draw of its wave, the day of its wave    ──▶ yes, or the reason and when that changes
//! ```
//!
//! The clock, the draws and the surroundings are arguments. What is remembered is kept by the store, and written before anything is
//! shown. The due file says in advance when a shell need ask at all.

mod candidate;
mod decision;
mod due;
mod memory;
mod occasion;
mod surroundings;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub use candidate::{Candidate, Span};
pub(crate) use decision::BETWEEN;
pub use decision::{Reason, decide, first_to_ask, foretold, window};
pub use due::{Due, due, nothing_due};
pub use memory::{Memory, Turn};
pub use occasion::{Occasion, Situation, fits};
pub use surroundings::{Silence, Surroundings};
