//! How to draw and how keys arrive. It knows nothing of surveys, answers or settings.

pub mod keymap;
pub mod text;
pub mod theme;
