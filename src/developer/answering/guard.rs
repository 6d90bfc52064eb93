//! The type-ahead guard: what was typed for the shell answers nothing.
//!
//! Keys of the 300 ms after the screen was shown are dropped. Four printable keys within 20 ms on a choice question are no
//! person's: the session goes back to where it was before the first of them. Since leaving and sending off can't be taken back,
//! they wait those 20 ms when a printable key asked for them.

use super::{Effect, Session};
use crate::screen::keymap::{Key, KeyCode};

const QUIET_MS: u64 = 300;
const BURST_MS: u64 = 20;
const BURST_KEYS: usize = 4;

/// What the guard remembers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Guard {
    quiet_until_ms: u64,
    burst_until_ms: u64,
    recent: Vec<(u64, Box<Session>)>,
    held: Vec<Effect>,
}

/// What becomes of a key.
pub(super) enum Verdict {
    /// It counts.
    Pass,
    /// It is dropped.
    Drop,
    /// It is dropped, and the session is the one from before the burst.
    Restore(Box<Session>),
}

impl Guard {
    /// Starts the quiet time after the screen was shown.
    pub(super) fn shown(&mut self, at_ms: u64) {
        self.quiet_until_ms = at_ms + QUIET_MS;
    }

    /// Says whether a paste counts now.
    pub(super) fn is_quiet(&self, at_ms: u64) -> bool {
        at_ms < self.quiet_until_ms
    }

    /// Takes what was held back, when its time has come or something else happened.
    pub(super) fn release(&mut self) -> Vec<Effect> {
        self.recent.clear();
        std::mem::take(&mut self.held)
    }

    /// Holds back what can't be taken back if a printable key asked for it.
    pub(super) fn hold(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let is_final = |effect: &Effect| matches!(effect, Effect::Submit | Effect::Decline | Effect::Leave(_));
        let (held, mut rest): (Vec<_>, Vec<_>) = effects.into_iter().partition(is_final);
        if !held.is_empty() {
            self.held = held;
            rest.push(Effect::Wake(BURST_MS));
        }
        rest
    }

    /// Says whether something final waits.
    pub(super) fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }
}

/// Judges a key before it is looked up.
pub(super) fn judge(session: &mut Session, key: Key, at_ms: u64) -> Verdict {
    if key.ctrl && key.code == KeyCode::Char('c') {
        return Verdict::Pass;
    }
    let guard = &mut session.guard;
    if at_ms < guard.quiet_until_ms {
        return Verdict::Drop;
    }
    if at_ms < guard.burst_until_ms {
        guard.burst_until_ms = at_ms + BURST_MS;
        return Verdict::Drop;
    }
    guard.recent.retain(|(then_ms, _)| at_ms < then_ms + BURST_MS);
    let counts = !session.guard.recent.is_empty() || !session.context().is_typing();
    if key.printable().is_none() || !counts {
        return Verdict::Pass;
    }
    if session.guard.recent.len() + 1 == BURST_KEYS {
        let (_, mut before) = session.guard.recent.remove(0);
        before.guard.quiet_until_ms = session.guard.quiet_until_ms;
        before.guard.burst_until_ms = at_ms + BURST_MS;
        return Verdict::Restore(before);
    }
    let mut before = Box::new(session.clone());
    before.guard = Guard::default();
    session.guard.recent.push((at_ms, before));
    Verdict::Pass
}
