//! What an author should look at again in a survey that is otherwise sound.
//!
//! The contradictions that keep a file from being a survey are found by [`crate::survey::parse`], never here.

pub mod wording;
