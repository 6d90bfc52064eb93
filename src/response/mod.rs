//! What was answered: answers, kinds of missing, drafts, finished responses and their tables.
//!
//! Pure: no clock, disk, environment, randomness or printing. It knows the survey and nothing of how it is shown.

pub mod answer;
pub mod check;
pub mod draft;
pub mod facts;
pub mod flow;
mod hidden;
pub mod json;
pub mod record;
pub mod score;
pub mod table;

pub use answer::{Answer, Cell, Missing, Pick, Replies, Reply};
pub use draft::{Draft, Place};
pub use flow::Flow;
pub use hidden::Hidden;
pub use record::Response;
