//! What comes of answers: `dxpulse-research` reads collectors and files, and never shows what a small group must not show.

pub mod data;
pub mod suppression;

/// What the program is called.
pub const PROGRAM: &str = "dxpulse-research";
