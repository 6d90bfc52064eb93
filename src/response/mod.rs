//! What was answered: answers, kinds of missing, drafts, finished responses and their tables.
//!
//! Pure: no clock, disk, environment, randomness or printing. It knows the survey and nothing of how it is shown.

pub mod answer;
pub mod check;
pub mod draft;
pub mod facts;
pub mod flow;
pub mod json;
pub mod misfit;
pub mod record;
pub mod score;
pub mod table;

pub use answer::{Answer, Cell, Missing, Pick, Replies, Reply};
pub use draft::{Draft, Opened, Place};
pub use flow::{Flow, Hidden};
pub use misfit::Misfit;
pub use record::Response;
