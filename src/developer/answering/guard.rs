//! The type-ahead guard: what was typed for the shell answers nothing.
//!
//! Keys of the 300 ms after the screen was shown are dropped. Four printable keys within 20 ms on a choice question are no
//! person's: the state goes back to where it was before the first of them. Since leaving and sending off can't be taken back,
//! they wait those 20 ms when a printable key asked for them. And the Enter that leads to the review doesn't send off as well,
//! however often it bounces.

use super::Effect;

/// How long keys are dropped after the screen was shown, in milliseconds: they were typed for something else.
pub const QUIET_MS: u64 = 300;
const BOUNCE_MS: u64 = 150;
const BURST_MS: u64 = 20;
const BURST_KEYS: usize = 4;

/// What the guard remembers; `S` is the state that a burst goes back to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guard<S> {
    quiet_until_ms: u64,
    burst_until_ms: u64,
    bounce_until_ms: u64,
    recent: Vec<(u64, Box<S>)>,
    held: Vec<Effect>,
}

/// What becomes of a key.
pub(super) enum Verdict<S> {
    /// It counts.
    Pass,
    /// It is dropped.
    Drop,
    /// It is dropped, and the state is the one from before the burst.
    Restore(Box<S>),
}

impl<S> Default for Guard<S> {
    fn default() -> Self {
        Self { quiet_until_ms: 0, burst_until_ms: 0, bounce_until_ms: 0, recent: Vec::new(), held: Vec::new() }
    }
}

impl<S> Guard<S> {
    /// Starts the quiet time after the screen was shown.
    pub(super) fn shown(&mut self, at_ms: u64) {
        self.quiet_until_ms = at_ms + QUIET_MS;
    }

    /// Remembers that Enter led to the review: one that follows at once, or is held down, is the same one.
    pub(super) fn reviewed(&mut self, at_ms: u64) {
        self.bounce_until_ms = at_ms + BOUNCE_MS;
    }

    /// Says whether an Enter on the review is still the one that led there.
    pub(super) fn is_bounce(&mut self, at_ms: u64) -> bool {
        let bounces = at_ms < self.bounce_until_ms;
        if bounces {
            self.reviewed(at_ms);
        }
        bounces
    }

    /// Says whether nothing counts yet.
    pub(super) fn is_quiet(&self, at_ms: u64) -> bool {
        at_ms < self.quiet_until_ms
    }

    /// Judges a key. `is_typed` says whether it is printable, `types` whether it goes into a field; `now` gives the state.
    pub(super) fn judge(&mut self, at_ms: u64, is_typed: bool, types: bool, now: impl FnOnce() -> S) -> Verdict<S> {
        if self.is_quiet(at_ms) {
            return Verdict::Drop;
        }
        if at_ms < self.burst_until_ms {
            self.burst_until_ms = at_ms + BURST_MS;
            return Verdict::Drop;
        }
        self.recent.retain(|(then_ms, _)| at_ms < then_ms + BURST_MS);
        // A burst that began on a choice goes on in the field it may have opened.
        if !is_typed || (types && self.recent.is_empty()) {
            return Verdict::Pass;
        }
        if self.recent.len() + 1 == BURST_KEYS {
            let (_, before) = self.recent.swap_remove(0);
            *self = Self { quiet_until_ms: self.quiet_until_ms, burst_until_ms: at_ms + BURST_MS, ..Self::default() };
            return Verdict::Restore(before);
        }
        self.recent.push((at_ms, Box::new(now())));
        Verdict::Pass
    }

    /// Takes what was held back, when its time has come.
    pub(super) fn release(&mut self) -> Vec<Effect> {
        self.recent.clear();
        std::mem::take(&mut self.held)
    }

    /// Holds back what can't be taken back.
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
