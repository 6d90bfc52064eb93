//! Layered settings: built-in defaults ← system files ← the user's file ← the environment ← flags.
//!
//! Every value knows its origin, and every mistake in a file its place and its remedy. It knows nothing of answers or
//! screens, takes from surveys nothing but how words are guessed, and sees only what [`Environment::of_process`] has read.

mod check;
mod edit;
mod editor;
mod environment;
mod file;
mod hours;
mod key;
mod language;
mod layers;
mod places;
mod problem;
mod settings;

pub use edit::{EditError, set};
pub use editor::{Editor, EditorError};
pub use environment::Environment;
pub use hours::{QuietHours, moment};
pub use key::{Key, unknown_key};
pub use language::{AUTO, language, locale};
pub use places::{NoHome, Places};
pub use problem::{Invalid, Problem, Refusal};
pub use settings::{Colour, Origin, Settings, Sourced, Theme};
