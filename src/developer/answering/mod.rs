//! Answering a survey as a pure state machine: `update(session, input) → (session, effects)`.
//!
//! It never reads a clock, a disk or a terminal. Faces turn keys, lines or files into [`Input`]s and carry out [`Effect`]s.
//!
//! ```text
//!  Input ─▶ guard ─▶ keys ─▶ update ─▶ one of scale, list, ranking, matrix, entry, reading ─▶ Session, Effects
//!           drops    names   where we are         what the answer becomes
//! ```

mod command;
mod entry;
mod event;
mod field;
mod focus;
mod guard;
pub mod keys;
mod leaving;
mod list;
mod matrix;
mod menu;
mod ranking;
mod reading;
mod scale;
mod session;
#[cfg(test)]
mod tests;
mod typing;
mod update;

pub use command::Command;
pub use event::{Effect, Ending, Event, Input, Outcome};
pub use field::Field;
pub use focus::{Extent, Focus, Typing};
pub use guard::QUIET_MS;
pub use keys::Context;
pub use leaving::Found;
pub use menu::Hint;
pub use session::{Overlay, Saving, Session};
pub use update::update;
