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

/// Draws when an answer is sent: within 24 hours, or, where its token was fetched late, in what remains until the wave closes, and 24 hours
/// at the least.
///
/// A time soon after a late token would lead from whoever fetched it to the answer. What is collected after the close is left for machines
/// that are off when their time comes.
pub fn send_at(manifest: &Manifest, now: DateTime<Utc>, is_late: bool, draw: u64) -> DateTime<Utc> {
    let (start, end) = (now.max(manifest.opens), manifest.collect_closes() - MARGIN);
    let latest = if is_late { manifest.closes.max(start + WITHIN) } else { start + WITHIN };
    let latest = latest.min(end);
    between(start, latest, draw)
}

/// Draws when an event is delivered to a webhook: within 24 hours.
pub fn deliver_at(now: DateTime<Utc>, draw: u64) -> DateTime<Utc> {
    between(now, now + WITHIN, draw)
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

/// Gives the time of another attempt; where it would come too late, one drawn from what remains until the end, for there is no other.
pub fn in_time(manifest: &Manifest, now: DateTime<Utc>, at: DateTime<Utc>, draw: u64) -> DateTime<Utc> {
    let latest = manifest.collect_closes() - MARGIN;
    if at > latest && now < latest { between(now, latest, draw) } else { at }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::anonymous::manifest::{FORMAT, Keys};
    use crate::anonymous::{Class, SigningKey};

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::hours(hours)
    }

    /// Tokens from hour 0, answers from hour 100 to hour 200, collected until hour 272.
    fn manifest() -> Manifest {
        let key = SigningKey::from_seed(&[1; 32]).public();
        Manifest {
            format: FORMAT.to_owned(),
            collector: "https://pulse.example.com".to_owned(),
            receipt_key: key,
            survey: "pulse".to_owned(),
            wave: "2027-Q1".to_owned(),
            sequence: 1,
            issue_opens: at(0),
            opens: at(100),
            closes: at(200),
            invited: 10,
            classes: vec![Class { nodes: BTreeMap::new(), invited: 10 }],
            languages: BTreeMap::new(),
            keys: Keys { scores: String::new(), comments: String::new() },
            relay: None,
            source: String::new(),
        }
    }

    const DRAWS: [u64; 4] = [0, u64::MAX / 3, u64::MAX / 2, u64::MAX];

    #[test]
    fn a_token_is_fetched_anywhere_in_what_is_left_of_its_window_and_at_once_after_it() {
        let cases = [(-50, 0, 100), (0, 0, 100), (60, 60, 100), (100, 100, 101), (150, 150, 151)];
        for (now, first, end) in cases {
            let times = DRAWS.map(|draw| fetch_at(&manifest(), at(now), draw));
            assert!(times.iter().all(|time| (at(first)..at(end)).contains(time)), "{now}: {times:?}");
            assert_eq!(times[0], at(first), "{now}");
        }
        assert!(fetch_at(&manifest(), at(0), u64::MAX) > at(99));
    }

    #[test]
    fn an_answer_is_sent_within_a_day_or_with_a_late_token_anywhere_until_the_close() {
        let cases = [
            (110, false, 110, 134),
            (50, false, 100, 124),
            (265, false, 265, 272),
            (110, true, 110, 200),
            (190, true, 190, 214),
            (265, true, 265, 272),
        ];
        for (now, late, first, end) in cases {
            let times = DRAWS.map(|draw| send_at(&manifest(), at(now), late, draw));
            assert!(times.iter().all(|time| (at(first)..at(end)).contains(time)), "{now}: {times:?}");
            assert!(times.is_sorted(), "{now}");
        }
        assert!(send_at(&manifest(), at(110), true, u64::MAX) > at(198));
        assert_eq!(send_at(&manifest(), at(300), false, u64::MAX), at(300), "what is too late is not put off");
    }

    #[test]
    fn pauses_grow_to_six_hours_and_what_is_asked_for_is_at_most_a_day() {
        let longest = |failures| retry_at(at(0), failures, None, u64::MAX) - at(0);
        assert!(longest(1) < TimeDelta::minutes(1) && longest(1) > TimeDelta::seconds(58));
        assert!(longest(3) < TimeDelta::minutes(4) && longest(3) > TimeDelta::minutes(3));
        assert!(longest(u32::MAX) < TimeDelta::hours(6) && longest(20) > TimeDelta::hours(5));
        for (asked, least) in [(TimeDelta::hours(2), 2), (TimeDelta::MAX, 24), (TimeDelta::seconds(-1), 0)] {
            assert_eq!(retry_at(at(0), 1, Some(asked), 0), at(least));
        }
    }

    #[test]
    fn an_attempt_that_would_come_too_late_comes_before_the_end() {
        let manifest = manifest();
        for (now, wanted, first, end) in [(260, 284, 260, 272), (200, 224, 224, 225), (272, 280, 280, 281)] {
            let times = DRAWS.map(|draw| in_time(&manifest, at(now), at(wanted), draw));
            assert!(times.iter().all(|time| (at(first)..at(end)).contains(time)), "{now}: {times:?}");
        }
    }

    #[test]
    fn a_time_that_only_a_wrong_clock_can_have_drawn_is_due() {
        let furthest = TimeDelta::hours(36);
        assert!(is_due(at(0), at(0), furthest) && is_due(at(-1), at(0), furthest));
        assert!(!is_due(at(36), at(0), furthest));
        assert!(is_due(at(24 * 3650), at(0), furthest));
    }
}
