//! What arrives from a terminal.

use super::input::Typed;
use super::keymap::Key;
use super::signals::Signal;

/// Something that arrived while waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// A key, on the full screen.
    Key(Key),
    /// A paste as a whole, on the full screen.
    Paste(String),
    /// A line without its end, while the screen isn't taken.
    Line(String),
    /// Ctrl-D on an empty line, while the screen isn't taken.
    EndOfInput,
    /// The terminal now has this many columns and rows.
    Resized(u16, u16),
    /// A signal; a terminal that hung up counts as one.
    Signal(Signal),
    /// Another thread woke whoever waits, by a [`Waker`](super::signals::Waker).
    Woken,
    /// The time to wait is over.
    Deadline,
}

impl From<Typed> for Arrival {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::Key(key) => Self::Key(key),
            Typed::Paste(text) => Self::Paste(text),
        }
    }
}
