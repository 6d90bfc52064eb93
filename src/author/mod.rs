//! The author's wing: for those who write surveys, before anybody is asked.
//!
//! It never answers a survey, and never changes a file that an author wrote.

pub mod commands;
pub mod diff;
mod files;
pub mod graph;
pub mod lint;
pub mod lock;
pub mod lockfile;
mod parallel;
mod preview;
pub mod results;
mod revisions;
pub mod schema;
pub mod simulate;
pub mod template;
