//! The decision about one survey, and which of several is asked first.

use chrono::{DateTime, TimeDelta, Utc};

use super::candidate::Candidate;
use super::memory::{Memory, Turn};
use super::occasion::{Situation, fits};
use super::surroundings::Silence;
use crate::developer::listing::State;

/// How long nobody is asked who is new, unless a survey allows a shorter time.
const GRACE_DAYS: u32 = 14;

/// How long nobody is asked anything after a prompt or an answer, whatever the survey.
pub(crate) const BETWEEN: TimeDelta = TimeDelta::days(14);

/// How long a survey is not asked again after the first prompt that got no answer, and after later ones.
const DISMISSED: [TimeDelta; 2] = [TimeDelta::days(14), TimeDelta::days(90)];

/// After how many prompts without an answer a survey is never prompted for again.
const MOST_UNANSWERED: u32 = 5;

/// The days over which those are spread at most who are asked without an occasion of their own.
const SPREAD: TimeDelta = TimeDelta::days(14);

/// What a waiting time has ended by: at exactly its length it still lasts.
const MOMENT: TimeDelta = TimeDelta::seconds(1);

/// Why a survey is not asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is asked now, whatever the survey.
    Silent(Silence),
    /// It comes with the program, and nobody here chose to ask it.
    Bundled,
    /// It was begun: the inbox has it.
    Begun,
    /// It was answered or declined.
    Settled {
        /// When it is open again.
        until: Option<DateTime<Utc>>,
    },
    /// It isn't open.
    Closed {
        /// When it opens.
        until: Option<DateTime<Utc>>,
    },
    /// The developer muted it.
    Muted,
    /// It was prompted for as often as is allowed, and never answered since.
    GivenUp,
    /// The draw left this person out of the sample.
    NotDrawn {
        /// When the next draw is.
        until: Option<DateTime<Utc>>,
    },
    /// Whether it is asked, or on which day, is drawn at the next prompt.
    Undrawn,
    /// The developer is new.
    New {
        /// When they no longer are.
        until: DateTime<Utc>,
    },
    /// Its people are asked on different days, and this person's is to come.
    NotYet {
        /// That day.
        until: DateTime<Utc>,
    },
    /// It was prompted for not long ago.
    Cooling {
        /// When it may be again.
        until: DateTime<Utc>,
    },
    /// Something was asked not long ago.
    Recent {
        /// When something may be again.
        until: DateTime<Utc>,
    },
    /// What happened isn't what it waits for.
    OtherOccasion,
}

impl Reason {
    /// Gives its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Silent(silence) => silence.name(),
            Self::Bundled => "bundled",
            Self::Begun => "begun",
            Self::Settled { .. } => "settled",
            Self::Closed { .. } => "closed",
            Self::Muted => "muted",
            Self::GivenUp => "given_up",
            Self::NotDrawn { .. } => "not_drawn",
            Self::Undrawn => "undrawn",
            Self::New { .. } => "new",
            Self::NotYet { .. } => "not_yet",
            Self::Cooling { .. } => "cooling",
            Self::Recent { .. } => "recent",
            Self::OtherOccasion => "other_occasion",
        }
    }

    /// Gives when it no longer holds; `None` where that isn't a matter of time, or nobody knows.
    pub fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Silent(silence) => silence.until(),
            Self::Settled { until } | Self::Closed { until } | Self::NotDrawn { until } => until,
            Self::New { until } | Self::NotYet { until } | Self::Cooling { until } | Self::Recent { until } => Some(until),
            Self::Bundled | Self::Begun | Self::Muted | Self::GivenUp | Self::Undrawn | Self::OtherOccasion => None,
        }
    }
}

/// Decides whether a survey is asked, now and after what just happened.
///
/// # Errors
/// The first reason not to, those first that last longest.
pub fn decide(
    candidate: &Candidate<'_>,
    memory: &Memory,
    situation: &Situation<'_>,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    window(candidate, memory, settled, now)?;
    let turn = memory.turns.get(candidate.id.as_str()).ok_or(Reason::OtherOccasion)?;
    if fits(candidate.trigger, turn, situation) { Ok(()) } else { Err(Reason::OtherOccasion) }
}

/// Says whether a survey may be asked now if only its occasion comes. `settled` is when anything was answered or declined last.
///
/// # Errors
/// The first reason why it may not.
pub fn window(
    candidate: &Candidate<'_>,
    memory: &Memory,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    let first = reasons(candidate, memory, settled, now).into_iter().flatten().next();
    first.map_or(Ok(()), Err)
}

/// Says what [`window`] will say at the next prompt, which draws where nothing is drawn yet.
///
/// # Errors
/// The reason that holds whatever is drawn, or that it depends on that.
pub fn foretold(
    candidate: &Candidate<'_>,
    memory: &Memory,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    let drawing = |chance: f64| {
        let mut memory = memory.clone();
        memory.meet(std::slice::from_ref(candidate), now, || chance);
        window(candidate, &memory, settled, now)
    };
    drawing(0.0)?;
    drawing(1.0_f64.next_down()).map_err(|_| Reason::Undrawn)
}

/// Gives the first moment at which a survey may be asked; `None` where time alone doesn't bring it.
pub(super) fn opens_at(
    candidate: &Candidate<'_>,
    memory: &Memory,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut at = now;
    for reason in reasons(candidate, memory, settled, now).into_iter().flatten() {
        // A wave that is to come has draws of its own.
        let is_of_this_wave = !matches!(reason, Reason::Settled { .. } | Reason::Closed { .. } | Reason::NotDrawn { .. });
        at = at.max(reason.until().filter(|_| is_of_this_wave)?);
    }
    candidate.span.is_none_or(|span| at < span.closes).then_some(at)
}

/// Gives every reason not to ask a survey, in the order in which they are told.
fn reasons(
    candidate: &Candidate<'_>,
    memory: &Memory,
    settled: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> [Option<Reason>; 10] {
    let until = candidate.reopens;
    let state = match candidate.state {
        State::Open | State::OnRequest => None,
        // What was begun in a wave that is over is no reason for this one.
        State::Draft { saved_at, .. } => candidate.span.is_none_or(|span| saved_at >= span.opens).then_some(Reason::Begun),
        State::Answered(_) | State::Declined(_) => Some(Reason::Settled { until }),
        State::Closed { .. } => Some(Reason::Closed { until }),
    };
    let snoozed = memory.snoozed_until.filter(|until| now < *until).map(|until| Reason::Silent(Silence::Snoozed { until }));
    let turn = memory.turns.get(candidate.id.as_str());
    let unanswered = turn.map_or(&[][..], |turn| turn.unanswered(candidate.settled_at));
    let most = candidate.trigger.and_then(|trigger| trigger.most_prompts).unwrap_or(MOST_UNANSWERED).min(MOST_UNANSWERED);
    let later = |until: DateTime<Utc>| (now < until).then_some(until);
    [
        candidate.is_bundled.then_some(Reason::Bundled),
        state,
        candidate.is_muted.then_some(Reason::Muted),
        (unanswered.len() >= most as usize).then_some(Reason::GivenUp),
        turn.and_then(|turn| not_drawn(candidate, turn)),
        later(new_until(candidate, memory)).map(|until| Reason::New { until }),
        turn.and_then(|turn| later(day_of(candidate, turn))).map(|until| Reason::NotYet { until }),
        cooling_until(candidate, turn, unanswered).and_then(later).map(|until| Reason::Cooling { until }),
        recent_until(memory, settled).and_then(later).map(|until| Reason::Recent { until }),
        snoozed,
    ]
}

/// The draw counts only where it is below the share, so that none are asked at 0 and all at 1.
fn not_drawn(candidate: &Candidate<'_>, turn: &Turn) -> Option<Reason> {
    let share = candidate.trigger?.sample?;
    (turn.draw >= share).then_some(Reason::NotDrawn { until: candidate.reopens })
}

fn new_until(candidate: &Candidate<'_>, memory: &Memory) -> DateTime<Utc> {
    match candidate.grace_days.unwrap_or(GRACE_DAYS).min(GRACE_DAYS) {
        0 => memory.since,
        days => memory.since + TimeDelta::days(i64::from(days)) + MOMENT,
    }
}

/// Gives the day of this person. Commands and events come to everybody at times of their own; without them, all would be asked when a
/// wave opens.
fn day_of(candidate: &Candidate<'_>, turn: &Turn) -> DateTime<Utc> {
    let has_moment = candidate.trigger.is_some_and(|trigger| !(trigger.commands.is_empty() && trigger.events.is_empty()));
    if has_moment {
        return turn.met;
    }
    let (from, length) =
        candidate.span.map_or((turn.met, SPREAD), |span| (span.opens, SPREAD.min((span.closes - span.opens) / 2)));
    from + TimeDelta::seconds((length.num_seconds() as f64 * turn.day) as i64)
}

fn cooling_until(candidate: &Candidate<'_>, turn: Option<&Turn>, unanswered: &[DateTime<Utc>]) -> Option<DateTime<Utc>> {
    let last = *turn?.prompts.last()?;
    let own = candidate.trigger.and_then(|trigger| trigger.cooldown_days).map(|days| TimeDelta::days(i64::from(days)));
    let usual = match unanswered.len() {
        0 => None,
        1 => Some(DISMISSED[0]),
        _ => Some(DISMISSED[1]),
    };
    own.max(usual).map(|cooldown| last + cooldown + MOMENT)
}

fn recent_until(memory: &Memory, settled: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    memory.last_prompt().max(settled).map(|last| last + BETWEEN + MOMENT)
}

/// Gives the survey that is asked first of those that may be: the one that closes soonest; what never closes comes last.
pub fn first_to_ask<'a, 's>(candidates: impl Iterator<Item = &'a Candidate<'s>>) -> Option<&'a Candidate<'s>>
where
    's: 'a,
{
    let order = |candidate: &&Candidate<'_>| {
        let closes = candidate.span.filter(|span| !span.is_evergreen).map(|span| span.closes);
        (closes.is_none(), closes)
    };
    candidates.min_by_key(order)
}
