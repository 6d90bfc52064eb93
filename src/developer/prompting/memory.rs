//! What is remembered of prompts: nothing of what was answered, nothing of what was typed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::candidate::Candidate;

/// How long an event waits for the next prompt.
const HEARD: TimeDelta = TimeDelta::minutes(10);

/// How long a survey isn't looked at again that waits for a folder or a repository and found another.
const LOOKED: TimeDelta = TimeDelta::minutes(10);

/// The most prompts of a survey that are remembered; no survey has as many.
const MOST_PROMPTS: usize = 100;

/// The most events that wait.
const MOST_HEARD: usize = 20;

/// What is remembered of prompts on this machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// When dxpulse was first there to ask.
    pub since: DateTime<Utc>,
    /// The latest time at which anything was remembered: a clock before it was set back.
    pub latest: DateTime<Utc>,
    /// Until when the developer wants to be left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<DateTime<Utc>>,
    /// What is remembered of each survey, by its id.
    #[serde(default)]
    pub turns: BTreeMap<String, Turn>,
    /// The events that wait for the next prompt, with the times they came.
    #[serde(default)]
    pub heard: Vec<(DateTime<Utc>, String)>,
    /// Until when surveys that wait for a place are not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_until: Option<DateTime<Utc>>,
}

/// What is remembered of a survey in its wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The wave, or the version of a survey without waves, that the draws are for.
    pub wave: String,
    /// When it was first there in it.
    pub met: DateTime<Utc>,
    /// The draw that decides whether this person is in the sample: from 0 to below 1, drawn once.
    pub draw: f64,
    /// The draw that decides on which day of the wave it is asked: from 0 to below 1, drawn once.
    pub day: f64,
    /// How often its command was used.
    #[serde(default)]
    pub uses: u32,
    /// Whether its command failed last.
    #[serde(default)]
    pub has_failed: bool,
    /// When it was prompted for, over all waves.
    #[serde(default)]
    pub prompts: Vec<DateTime<Utc>>,
}

impl Memory {
    /// Begins to remember.
    pub fn begin(now: DateTime<Utc>) -> Self {
        Self { since: now, latest: now, snoozed_until: None, turns: BTreeMap::new(), heard: Vec::new(), looked_until: None }
    }

    /// Draws once for each survey and wave that wasn't met yet, but for those that are never prompted for. Prompts are remembered from
    /// wave to wave, uses aren't.
    pub fn meet(&mut self, candidates: &[Candidate<'_>], now: DateTime<Utc>, mut chance: impl FnMut() -> f64) {
        for candidate in candidates.iter().filter(|candidate| !candidate.is_bundled) {
            let known = self.turns.get(candidate.id.as_str());
            if known.is_some_and(|turn| turn.wave == candidate.wave) {
                continue;
            }
            let prompts = known.map(|turn| turn.prompts.clone()).unwrap_or_default();
            let wave = candidate.wave.clone();
            let turn = Turn { wave, met: now, draw: chance(), day: chance(), uses: 0, has_failed: false, prompts };
            self.turns.insert(candidate.id.as_str().to_owned(), turn);
        }
    }

    /// Takes down that a survey is prompted for, which comes before it is shown.
    pub fn prompted(&mut self, survey: &str, now: DateTime<Utc>) {
        self.heard.clear();
        if let Some(turn) = self.turns.get_mut(survey) {
            turn.prompts.push(now);
            let excess = turn.prompts.len().saturating_sub(MOST_PROMPTS);
            turn.prompts.drain(..excess);
        }
    }

    /// Takes down an event, for the next prompt.
    pub fn hear(&mut self, event: &str, now: DateTime<Utc>) {
        self.heard.retain(|(at, known)| now - *at < HEARD && known != event);
        self.looked_until = None;
        self.heard.push((now, event.to_owned()));
        let excess = self.heard.len().saturating_sub(MOST_HEARD);
        self.heard.drain(..excess);
    }

    /// Gives the events that still wait, and until when.
    pub fn waiting(&self, now: DateTime<Utc>) -> impl Iterator<Item = (&str, DateTime<Utc>)> {
        let waits = move |at: &DateTime<Utc>| *at <= now && now - *at < HEARD;
        self.heard.iter().filter(move |(at, _)| waits(at)).map(|(at, event)| (event.as_str(), *at + HEARD))
    }

    /// Takes down that nobody was asked at a prompt, so that not every prompt looks again: for a while, or until a time that is known.
    pub fn looked(&mut self, now: DateTime<Utc>, until: Option<DateTime<Utc>>) {
        self.looked_until = Some(until.unwrap_or(now + LOOKED));
    }

    /// Gives the latest prompt of any survey.
    pub fn last_prompt(&self) -> Option<DateTime<Utc>> {
        self.turns.values().filter_map(|turn| turn.prompts.last()).max().copied()
    }

    /// Believes a clock that was set back after all: what is remembered of later times is forgotten.
    pub fn believe(&mut self, now: DateTime<Utc>) {
        (self.since, self.latest) = (self.since.min(now), self.latest.min(now));
        self.turns.values_mut().for_each(|turn| turn.prompts.retain(|at| *at <= now));
    }

    /// Says whether the clock was set back since something was remembered.
    pub fn is_ahead_of(&self, now: DateTime<Utc>) -> bool {
        now < self.latest || self.last_prompt().is_some_and(|at| at > now)
    }
}

impl Turn {
    /// Gives the prompts since a time that got no answer.
    pub fn unanswered(&self, since: Option<DateTime<Utc>>) -> &[DateTime<Utc>] {
        let first = self.prompts.iter().position(|at| since.is_none_or(|since| *at > since));
        first.map_or(&[], |first| &self.prompts[first..])
    }
}
