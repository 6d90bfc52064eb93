//! What is being typed: it is kept after a pause, so that a crash takes a second's letters at the most.

use super::{Session, Typing};

/// How long nothing is typed until what was is kept, in milliseconds.
pub(super) const PAUSE_MS: u64 = 1_000;

impl Session {
    /// Gives what is being typed as an answer, or a part of one.
    pub(super) fn typed(&self) -> Option<String> {
        matches!(self.focus.typing, Typing::Answer | Typing::Other).then(|| self.focus.field.text().to_owned())
    }

    /// Keeps what is being typed, and goes on with it.
    pub(super) fn keep_typed(&mut self) {
        if self.typed().is_some() {
            let focus = self.focus.clone();
            self.park();
            self.focus = focus;
        }
    }
}
