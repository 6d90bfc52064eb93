//! Reasons in words.

use std::fmt::Display;

use chrono::{DateTime, TimeZone, Utc};

use super::candidate::Candidate;
use super::decision::Reason;
use super::surroundings::{Silence, Surroundings};
use crate::developer::phrases::Phrases;

/// Gives a time to the minute, as the clocks of a zone show it then.
pub(crate) fn minute<Z: TimeZone<Offset: Display>>(time: DateTime<Utc>, zone: &Z) -> String {
    time.with_timezone(zone).format("%Y-%m-%d %H:%M").to_string()
}

fn silence(silence: Silence, surroundings: &Surroundings, phrases: &Phrases) -> String {
    let say = &phrases.prompting;
    let variable = surroundings.variable.map(|(_, variable)| variable).unwrap_or_default();
    match silence {
        Silence::OptedOut => (say.opted_out)(surroundings.opted_out.as_deref().unwrap_or_default()),
        Silence::Automation => (say.automation)(variable),
        Silence::ImageBuild => (say.image_build)(variable),
        Silence::GitHook => (say.git_hook)(variable),
        Silence::PackageScript => (say.package_script)(variable),
        Silence::QuietProgram => (say.quiet_program)(surroundings.quiet_program.as_deref().unwrap_or_default()),
        Silence::NoTerminal => say.no_terminal.to_owned(),
        Silence::Root => say.root.to_owned(),
        Silence::Presenting => say.presenting.to_owned(),
        Silence::QuietHours { .. } => say.quiet_hours.to_owned(),
        Silence::Misconfigured => say.misconfigured.to_owned(),
        Silence::Unwritable => say.unwritable.to_owned(),
        Silence::Answering => say.answering.to_owned(),
        Silence::Typing => say.typing.to_owned(),
        Silence::Snoozed { .. } => say.snoozed.to_owned(),
        Silence::ClockSetBack => say.clock_set_back.to_owned(),
    }
}

/// Says why a survey is not asked now, and until when.
pub(crate) fn reason<Z: TimeZone<Offset: Display>>(
    reason: Reason,
    surroundings: &Surroundings,
    zone: &Z,
    phrases: &Phrases,
) -> String {
    let say = &phrases.prompting;
    let words = match reason {
        Reason::Silent(kind) => silence(kind, surroundings, phrases),
        Reason::Bundled => say.bundled.to_owned(),
        Reason::Begun => say.begun.to_owned(),
        Reason::Settled { .. } => say.settled.to_owned(),
        Reason::Closed { .. } => say.closed.to_owned(),
        Reason::Muted => say.muted.to_owned(),
        Reason::GivenUp => say.given_up.to_owned(),
        Reason::NotDrawn { .. } => say.not_drawn.to_owned(),
        Reason::Undrawn => say.undrawn.to_owned(),
        Reason::New { .. } => say.new.to_owned(),
        Reason::NotYet { .. } => say.not_yet.to_owned(),
        Reason::Cooling { .. } => say.cooling.to_owned(),
        Reason::Recent { .. } => say.recent.to_owned(),
        Reason::OtherOccasion => say.asked_now.to_owned(),
    };
    match reason.until() {
        Some(until) => (say.until)(&words, &minute(until, zone)),
        None => words,
    }
}

/// Says what a survey that may be asked waits for.
pub(crate) fn waits_for(candidate: &Candidate<'_>, phrases: &Phrases) -> String {
    let say = &phrases.prompting;
    let Some(trigger) = candidate.trigger else { return say.asked_now.to_owned() };
    let list = |texts: &[String]| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    let places = [&trigger.directories[..], &trigger.repositories].concat();
    let parts = [
        (!trigger.commands.is_empty()).then(|| (say.after_command)(&list(&trigger.commands))),
        (!trigger.events.is_empty()).then(|| (say.at_event)(&list(&trigger.events))),
        (trigger.commands.is_empty() && trigger.events.is_empty()).then(|| say.asked_now.to_owned()),
        (!places.is_empty()).then(|| (say.in_place)(&list(&places))),
        trigger.nth_use.map(|number| (say.at_use)(&number.to_string())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
