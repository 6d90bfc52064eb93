//! The due file: when and after what a shell need start dxpulse at all.
//!
//! ```text
//! dxpulse 2 1764748800 1764144000 1764144000000000          when an entry is first due at any prompt; after a command; its seal's number
//! 1764144000 1764748800 prompt                              due from the first time until before the second: at any prompt,
//! 1764144000 1764748800 command any 30 deployctl *          or after such a command: how it ended, how long it ran, its line
//! 1764144000 1764748800 sync                                something is to be sent or fetched
//! ```
//!
//! A survey has entries only where its draw and all clocks allow it to be asked, now or at a time that is known. By the first line
//! alone a shell sees whether it need read on, and since when. Its number is given when the file is written: a file of the same name
//! with that number behind it, the seal, lies beside it until it says something else, so that a shell need only see whether that is there.

use chrono::{DateTime, TimeDelta, Utc};

use super::candidate::Candidate;
use super::decision::opens_at;
use super::memory::Memory;
use crate::survey::trigger::ExitStatus;

/// What the first line begins with.
const FORM: &str = "dxpulse 2 ";

/// How far ahead entries reach.
const AHEAD: TimeDelta = TimeDelta::days(30);

/// After which time a shell starts dxpulse whatever is due, since surveys come and change without it.
const LOOK: TimeDelta = TimeDelta::days(1);

/// How long that look stays due: whoever comes back after months is looked at again.
const LOOK_DUE: TimeDelta = TimeDelta::days(3650);

/// The same where it could not be told what is due.
const LOOK_SOON: TimeDelta = TimeDelta::minutes(10);

/// What the first line has in place of a time where no entry is due at any.
const NEVER: i64 = 999_999_999_999_999;

/// The content of a due file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    written: DateTime<Utc>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Prompt,
    Command { outcome: ExitStatus, seconds: u32, pattern: String },
    Sync,
}

impl Due {
    /// Gives the time it was worked out for.
    pub fn written(&self) -> DateTime<Utc> {
        self.written
    }

    /// Gives the time from which an entry is due at any prompt.
    pub fn soonest(&self) -> DateTime<Utc> {
        self.first(false).unwrap_or(self.written)
    }

    /// Gives its text, whose first line has this number.
    pub fn text(&self, number: i64) -> String {
        let [at_prompts, after_commands] =
            [false, true].map(|is_command| self.first(is_command).map_or(NEVER, |from| self.seconds(from)));
        let entries = self.entries.iter().map(|entry| self.line(entry)).collect::<String>();
        format!("{FORM}{at_prompts} {after_commands} {number}\n{entries}")
    }

    /// Gives the number in the first line of a text.
    pub fn number(text: &str) -> Option<i64> {
        text.lines().next()?.strip_prefix(FORM)?.rsplit(' ').next()?.parse().ok()
    }

    /// Gives the first time of the entries for commands, or of those for any prompt.
    fn first(&self, is_command: bool) -> Option<DateTime<Utc>> {
        let meant = self.entries.iter().filter(|entry| matches!(entry.what, What::Command { .. }) == is_command);
        meant.map(|entry| entry.from).min()
    }

    /// Gives a time in seconds. A shell must not start dxpulse earlier than it may ask, so that part of a second to come counts as a whole
    /// one.
    fn seconds(&self, from: DateTime<Utc>) -> i64 {
        from.timestamp() + i64::from(from > self.written && from.timestamp_subsec_nanos() > 0)
    }

    fn line(&self, Entry { from, until, what }: &Entry) -> String {
        let (from, until) = (self.seconds(*from), until.timestamp());
        match what {
            What::Prompt => format!("{from} {until} prompt\n"),
            What::Sync => format!("{from} {until} sync\n"),
            What::Command { outcome, seconds, pattern } => {
                let outcome = match outcome {
                    ExitStatus::Any => "any",
                    ExitStatus::Success => "success",
                    ExitStatus::Failure => "failure",
                };
                format!("{from} {until} command {outcome} {seconds} {pattern}\n")
            }
        }
    }
}

/// Works out when a shell need start dxpulse: for surveys, unless the developer opted out, and for what is to be exchanged from a time
/// on.
pub fn due(
    candidates: &[Candidate<'_>],
    memory: &Memory,
    settled: Option<DateTime<Utc>>,
    exchange_from: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Due {
    let end = now + AHEAD;
    let mut entries: Vec<Entry> = exchange_from.map(|from| Entry { from, until: end, what: What::Sync }).into_iter().collect();
    for candidate in candidates {
        let Some(from) = opens_at(candidate, memory, settled, now).filter(|from| *from < end) else { continue };
        let until = candidate.span.map_or(end, |span| span.closes.min(end));
        entries.extend(entries_of(candidate, memory, (from, until), now));
    }
    // A wave that is to come draws anew, and what is over is forgotten: dxpulse looks again when it comes, and every day.
    let reopens = candidates.iter().filter_map(|candidate| candidate.reopens).filter(|at| *at > now).min();
    let look = reopens.map_or(now + LOOK, |reopens| reopens.min(now + LOOK));
    entries.push(Entry { from: look, until: look + LOOK_DUE, what: What::Sync });
    Due { written: now, entries }
}

/// Gives a due file by which nothing is asked, and a shell looks again before long: for when it can't be told what is due.
pub fn nothing_due(now: DateTime<Utc>) -> Due {
    let from = now + LOOK_SOON;
    Due { written: now, entries: vec![Entry { from, until: from + LOOK_DUE, what: What::Sync }] }
}

fn entries_of(
    candidate: &Candidate<'_>,
    memory: &Memory,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Vec<Entry> {
    let looks_from = memory.looked_until.map_or(from, |looked| from.max(looked));
    let Some(trigger) = candidate.trigger else { return vec![Entry { from: looks_from, until, what: What::Prompt }] };
    let (outcome, seconds) = match trigger.first_success {
        // How it ended before counts too.
        true => (ExitStatus::Any, 0),
        false => (trigger.exit_status, trigger.min_duration_s),
    };
    let command = |pattern: &String| What::Command { outcome, seconds, pattern: pattern.clone() };
    let mut entries: Vec<Entry> = trigger.commands.iter().map(|pattern| Entry { from, until, what: command(pattern) }).collect();
    let heard = memory.waiting(now).filter(|(name, _)| trigger.events.iter().any(|event| event == name));
    entries.extend(
        heard.map(|(_, until)| Entry { from: looks_from, until, what: What::Prompt }).filter(|entry| entry.from < entry.until),
    );
    if trigger.commands.is_empty() && trigger.events.is_empty() {
        entries.push(Entry { from: looks_from, until, what: What::Prompt });
    }
    entries
}
