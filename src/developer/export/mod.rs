//! A developer's own answers as files other tools read: CSV, JSON Lines and JSON.
//!
//! What the columns are is decided in [`crate::response::table`]; nothing here touches the store or the network.

pub mod comma;
pub mod file;
pub mod json;

pub use file::{FileError, prepare, replace};
