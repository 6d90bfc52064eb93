//! What comes of answers: `dxpulse-research` reads collectors and files, and never shows what a small group must not show.

pub mod charts;
pub mod commands;
pub mod cube;
pub mod dashboard;
pub mod data;
pub mod example;
pub mod exports;
pub mod facts;
pub mod figures;
pub mod findings;
pub mod pages;
pub mod sources;
pub mod suppression;

/// What the program is called.
pub const PROGRAM: &str = "dxpulse-research";
