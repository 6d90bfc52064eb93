//! The author's wing: what helps to write surveys and to change them without losing a trend.

pub mod diff;
pub mod lock;
pub mod lockfile;
