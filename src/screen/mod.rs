//! How to draw and how keys arrive. It knows nothing of surveys, answers or settings.

mod arrival;
pub mod beside;
mod canvas;
mod device;
pub mod editor;
pub mod input;
pub mod keymap;
mod lent;
mod lines;
mod palette;
mod sequence;
mod sheet;
mod signals;
mod strip;
pub mod terminal;
pub mod text;
pub mod theme;
