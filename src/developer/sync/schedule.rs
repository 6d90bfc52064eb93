//! When tokens are fetched, answers sent and failures tried again: chosen so that no time says who somebody is.
//!
//! Every draw is an argument, a number from all of 64 bits.

use chrono::{DateTime, TimeDelta, Utc};

use crate::anonymous::Manifest;

/// Within this time of being sealed an answer is sent, unless its token came late.
pub const WITHIN: TimeDelta = TimeDelta::hours(24);

/// What is left of the collect window at the least when an answer is sent.
const MARGIN: TimeDelta = TimeDelta::minutes(30);

/// The first and the longest pause after a failure.
const PAUSES: (TimeDelta, TimeDelta) = (TimeDelta::minutes(1), TimeDelta::hours(6));

/// The longest that a collector may ask to be left alone.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Draws when a token is fetched: in the window before submissions open, or at once where that is over.
pub fn fetch_at(manifest: &Manifest, now: DateTime<Utc>, draw: u64) -> DateTime<Utc> {
    between(now.max(manifest.issue_opens), manifest.opens, draw)
}

/// Draws when an answer is sent: within 24 hours, or, where its token was fetched late, in what remains until the end.
///
/// A time soon after a late token would lead from whoever fetched it to the answer.
pub fn send_at(manifest: &Manifest, now: DateTime<Utc>, is_late: bool, draw: u64) -> DateTime<Utc> {
    let (start, end) = (now.max(manifest.opens), manifest.collect_closes() - MARGIN);
    let latest = if is_late { end } else { end.min(start + WITHIN) };
    between(start, latest, draw)
}

/// Draws when to try again after failures: anywhere up to a pause that doubles from one minute to six hours, for ever.
///
/// What the collector asks for counts where it is longer, but no more than a day.
pub fn retry_at(now: DateTime<Utc>, failures: u32, asked_for: Option<TimeDelta>, draw: u64) -> DateTime<Utc> {
    let doubled = PAUSES.0 * (1 << failures.saturating_sub(1).min(9));
    let drawn = between(now, now + doubled.min(PAUSES.1), draw);
    let asked_for = asked_for.unwrap_or_default().clamp(TimeDelta::zero(), LONGEST);
    drawn.max(now + asked_for)
}

/// Draws when the waves of a collector are looked for again: after half a day to a day and a half.
pub fn refresh_at(now: DateTime<Utc>, draw: u64) -> DateTime<Utc> {
    between(now + TimeDelta::hours(12), now + TimeDelta::hours(36), draw)
}

/// Says whether a time has come. One that lies further ahead than it can have been drawn was drawn by a clock that was wrong.
pub fn is_due(at: DateTime<Utc>, now: DateTime<Utc>, furthest: TimeDelta) -> bool {
    at <= now || at - now > furthest
}

/// Gives a time from `start` on and before `end`; `start` where there is none.
fn between(start: DateTime<Utc>, end: DateTime<Utc>, draw: u64) -> DateTime<Utc> {
    let seconds = u128::try_from((end - start).num_seconds()).unwrap_or(0);
    let drawn = (u128::from(draw) * seconds) >> 64;
    start + TimeDelta::seconds(i64::try_from(drawn).unwrap_or(0))
}
