//! What just happened, and whether it is what a survey waits for.

use super::candidate::Candidate;
use super::memory::{Memory, Turn};
use crate::survey::Trigger;
use crate::survey::trigger::ExitStatus;

/// What just happened on the developer's terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// A prompt is about to be shown, and that is all.
    Prompt,
    /// A command ended.
    Command {
        /// Its line, as it was typed.
        line: &'a str,
        /// Whether its status was 0.
        succeeded: bool,
        /// How long it ran, in whole seconds.
        seconds: u32,
    },
    /// A platform's own tool told of an event.
    Event(&'a str),
}

/// What just happened, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// What happened.
    pub occasion: Occasion<'a>,
    /// The folder.
    pub directory: &'a str,
    /// The home folder, which `~/` in patterns stands for.
    pub home: &'a str,
    /// The repository's address without scheme and ending, as in `github.com/acme/shop`; none outside of one.
    pub repository: Option<&'a str>,
}

/// Says whether a situation is one of a trigger's, the uses and failures that were counted so far included.
pub fn fits(trigger: Option<&Trigger>, turn: &Turn, situation: &Situation<'_>) -> bool {
    let Some(trigger) = trigger else { return true };
    let happened = match situation.occasion {
        Occasion::Prompt => trigger.commands.is_empty() && trigger.events.is_empty(),
        Occasion::Event(name) => trigger.events.iter().any(|event| event == name),
        Occasion::Command { succeeded, .. } => {
            is_used(trigger, situation) && (!trigger.first_success || (succeeded && turn.has_failed))
        }
    };
    let is_at_use = trigger.nth_use.is_none_or(|nth| turn.uses >= nth);
    let is_in_place = {
        let home = |pattern: &str| match pattern.strip_prefix("~/") {
            Some(rest) => format!("{}/{rest}", situation.home.trim_end_matches('/')),
            None => pattern.to_owned(),
        };
        trigger.directories.is_empty() || trigger.directories.iter().any(|pattern| matches(&home(pattern), situation.directory))
    };
    let repository = |pattern: &String| situation.repository.is_some_and(|repository| matches(pattern, repository));
    let is_in_repository = trigger.repositories.is_empty() || trigger.repositories.iter().any(repository);
    happened && is_at_use && is_in_place && is_in_repository
}

impl Memory {
    /// Counts a use of what a survey waits for; before it is asked whether the situation fits.
    pub fn count(&mut self, candidate: &Candidate<'_>, situation: &Situation<'_>) {
        let (Some(trigger), Some(turn)) = (candidate.trigger, self.turns.get_mut(candidate.id.as_str())) else { return };
        let is_event = matches!(situation.occasion, Occasion::Event(name) if trigger.events.iter().any(|event| event == name));
        if is_event || is_used(trigger, situation) {
            turn.uses = turn.uses.saturating_add(1);
        }
    }

    /// Takes down how the command of a survey ended; after it was asked whether the situation fits.
    pub fn ended(&mut self, candidate: &Candidate<'_>, situation: &Situation<'_>) {
        let (Some(trigger), Some(turn)) = (candidate.trigger, self.turns.get_mut(candidate.id.as_str())) else { return };
        let Occasion::Command { line, succeeded, .. } = situation.occasion else { return };
        if trigger.commands.iter().any(|pattern| matches(pattern, line.trim())) {
            turn.has_failed = !succeeded;
        }
    }
}

fn is_used(trigger: &Trigger, situation: &Situation<'_>) -> bool {
    let Occasion::Command { line, succeeded, seconds } = situation.occasion else { return false };
    let ended = match trigger.exit_status {
        ExitStatus::Any => true,
        ExitStatus::Success => succeeded,
        ExitStatus::Failure => !succeeded,
    };
    ended && seconds >= trigger.min_duration_s && trigger.commands.iter().any(|pattern| matches(pattern, line.trim()))
}

/// Says whether a text is one of a pattern's, in which `*` stands for any text and everything else for itself.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}
