//! What is to be done now: worked out of what is kept, before anything is done.
//!
//! In one run either answers are sent, or what says who asks is done, never both; and in the background one answer at a time. Two
//! requests of one machine, one after the other, would say that they belong together.

use chrono::{DateTime, TimeDelta, Utc};

use super::schedule::is_due;
use crate::anonymous::{Part, WaveId};
use crate::developer::outbox::State;
use crate::developer::store::{Enrolment, Held, KnownWave, Sealed};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Redeem the invitation to a collector.
    Enrol(String),
    /// Look for new waves of a collector.
    Refresh(String),
    /// Fetch the token of a part.
    Fetch(WaveId, Part),
    /// Send a part.
    Send(WaveId, Part),
    /// Look for one's own answers in the ledger of a closed wave.
    Prove(WaveId),
}

/// Who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nobody: it is what is due.
    Background,
    /// The developer: what is due, and what was refused is tried again.
    Asked,
    /// The developer, who doesn't want to wait: everything, whether it is due or not.
    Now,
}

/// All that is kept of the exchange.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The collectors.
    pub enrolments: Vec<Enrolment>,
    /// Their waves.
    pub waves: Vec<KnownWave>,
    /// The tokens.
    pub tokens: Vec<Held>,
    /// The outbox.
    pub outbox: Vec<Sealed>,
}

/// The longest pause there is: one that ends later was drawn by a clock that was wrong.
const FURTHEST: TimeDelta = TimeDelta::hours(36);

/// Works out what is to be done.
pub fn plan(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Vec<Task> {
    let mut sends = sends(kept, now, mode);
    match mode {
        Mode::Now => [others(kept, now, mode), sends].concat(),
        Mode::Background | Mode::Asked if sends.is_empty() => others(kept, now, mode),
        Mode::Background => sends.drain(..1).collect(),
        Mode::Asked => sends,
    }
}

fn sends(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Vec<Task> {
    let due = |sealed: &&Sealed| {
        let Some(known) = kept.waves.iter().find(|known| known.wave.id == sealed.wave()) else { return false };
        let has_token = kept.tokens.iter().any(|held| is_of(held, sealed) && held.token().is_some());
        let manifest = &known.wave.manifest;
        has_token
            && now >= manifest.opens
            && match State::of(sealed, manifest, now) {
                // A time after the end was drawn by a clock that was wrong.
                State::Scheduled(at) => mode == Mode::Now || at <= now || at > manifest.collect_closes(),
                State::Retrying(at, _) => mode != Mode::Background || is_due(at, now, FURTHEST),
                State::Blocked(_) => mode != Mode::Background,
                _ => false,
            }
    };
    let mut due: Vec<&Sealed> = kept.outbox.iter().filter(due).collect();
    due.sort_by_key(|sealed| sealed.retry_at.or(sealed.send_at));
    due.into_iter().map(|sealed| Task::Send(sealed.wave(), sealed.part())).collect()
}

fn others(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Vec<Task> {
    let refreshes = |enrolment: &&Enrolment| {
        enrolment.moved.is_none()
            && !enrolment.is_pending()
            && (mode != Mode::Background || is_due(enrolment.refresh_at, now, FURTHEST))
    };
    let pending = kept.enrolments.iter().filter(|enrolment| enrolment.moved.is_none() && enrolment.is_pending());
    let refreshed: Vec<&str> = kept.enrolments.iter().filter(refreshes).map(|it| it.collector.as_str()).collect();
    let fetches = |held: &&Held| {
        let known = kept.waves.iter().find(|known| known.wave.id == held.wave());
        let is_due = known.is_some_and(|known| {
            let manifest = &known.wave.manifest;
            let is_open = (manifest.issue_opens..manifest.collect_closes()).contains(&now);
            let by_a_wrong_clock = held.fetch_at > manifest.opens.max(now + FURTHEST);
            is_open && (mode == Mode::Now || held.fetch_at <= now || by_a_wrong_clock)
        });
        held.moved.is_none() && held.token().is_none() && is_due
    };
    let proves = |known: &&KnownWave| {
        let asks = mode != Mode::Background || refreshed.contains(&known.collector.as_str());
        let sent = kept.outbox.iter().any(|it| it.wave() == known.wave.id && it.receipt.is_some() && it.is_listed.is_none());
        asks && sent && known.moved.is_none() && now >= known.wave.manifest.closes
    };
    let enrol = pending.map(|enrolment| Task::Enrol(enrolment.collector.clone()));
    let refresh = refreshed.iter().map(|collector| Task::Refresh((*collector).to_owned()));
    let fetch = kept.tokens.iter().filter(fetches).map(|held| Task::Fetch(held.wave(), held.part()));
    let prove = kept.waves.iter().filter(proves).map(|known| Task::Prove(known.wave.id));
    enrol.chain(refresh).chain(fetch).chain(prove).collect()
}

/// Says whether a token is the one that a part needs.
pub(super) fn is_of(held: &Held, sealed: &Sealed) -> bool {
    held.wave() == sealed.wave() && held.part() == sealed.part()
}
