//! The author's wing: for those who write surveys, before anybody is asked.
//!
//! It never answers a survey, and never changes a file that an author wrote.

pub mod commands;
mod files;
pub mod graph;
pub mod lint;
pub mod simulate;
