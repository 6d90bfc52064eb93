//! dxpulse asks developers how they fare, in their terminal, and keeps every answer safe.
//!
//! ARCHITECTURE.md draws the line an answer takes through these modules.

pub mod anonymous;
pub mod author;
#[cfg(feature = "collector")]
pub mod collector;
pub mod commands;
pub mod config;
pub mod developer;
mod disk;
pub mod report;
#[cfg(feature = "research")]
pub mod research;
pub mod response;
pub mod screen;
#[cfg(feature = "research")]
pub mod statistics;
pub mod survey;
