//! Merging what comes in with what is here: a plan of changes, made before anything is written.

use std::collections::BTreeSet;

use super::contents::Contents;
use super::{MovingError, Taken};
use crate::anonymous::Digest;
use crate::developer::store::drafts;
use crate::developer::store::enrolments::Enrolment;
use crate::developer::store::events::SealedEvent;
use crate::developer::store::history::Decline;
use crate::developer::store::outbox::Sealed;
use crate::developer::store::records::{Record, Unsent};
use crate::developer::store::responses;
use crate::developer::store::results;
use crate::developer::store::tokens::Held;
use crate::developer::store::waves;

/// What is to be written.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) moves: Vec<Digest>,
    pub(super) sources: Vec<String>,
    /// Responses to delete, for good.
    pub(super) replaced: Vec<String>,
    pub(super) responses: Vec<responses::Stored>,
    pub(super) declines: Vec<Decline>,
    /// Surveys whose drafts are to be deleted.
    pub(super) no_drafts: Vec<String>,
    pub(super) drafts: Vec<drafts::Stored>,
    pub(super) enrolments: Vec<Enrolment>,
    pub(super) waves: Vec<waves::Stored>,
    pub(super) results: Vec<results::Stored>,
    pub(super) tokens: Vec<Held>,
    pub(super) outbox: Vec<Sealed>,
    /// What is to be taken out of the outbox.
    pub(super) unsealed: Vec<Sealed>,
    pub(super) events: Vec<SealedEvent>,
    /// Events that are to be taken out.
    pub(super) unsealed_events: Vec<SealedEvent>,
    pub(super) unsent: Vec<Unsent>,
}

/// Works out what is to be written, and what of it is new.
///
/// # Errors
/// What keeps it from being taken in.
pub(super) fn merge(here: &Contents, moved: &Contents) -> Result<(Changes, Taken), MovingError> {
    moved.check(&here.enrolments)?;
    refuse(here, moved)?;
    let new = moved.moves.iter().filter(|by| !here.moves.contains(by));
    let mut changes = Changes { moves: here.moves.iter().chain(new).copied().collect(), ..Changes::default() };
    let mut taken = Taken::default();
    answers(here, moved, &mut changes, &mut taken);
    drafts(here, moved, &mut changes, &mut taken);
    exchange(here, moved, &mut changes, &mut taken);
    events(here, moved, &mut changes);
    let events = changes.events.iter().filter(|event| !event.is_delivered()).count();
    taken.waiting = events + changes.outbox.iter().filter(|sealed| !sealed.is_acknowledged()).count();
    Ok((changes, taken))
}

/// Refuses what would put one membership in the place of another, or an earlier state in the place of a later one.
fn refuse(here: &Contents, moved: &Contents) -> Result<(), MovingError> {
    for coming in &moved.enrolments {
        let Some(known) = here.enrolments.iter().find(|known| known.collector == coming.collector) else { continue };
        let is_same = known.credential == coming.credential;
        // The waves that are known here must still be signed by publishers that are known here.
        if !is_same && (known.moved.is_none() || known.publishers != coming.publishers) {
            return Err(MovingError::Joined { collector: known.collector.clone() });
        }
        if let Some(mark) = known.moved.filter(|mark| is_same && !moved.follows(*mark)) {
            return Err(MovingError::Outdated { at: mark.at });
        }
    }
    Ok(())
}

fn answers(here: &Contents, moved: &Contents, changes: &mut Changes, taken: &mut Taken) {
    let gone: BTreeSet<&str> = here.replaced.iter().chain(&moved.replaced).map(|it| it.response.as_str()).collect();
    let known: BTreeSet<&str> = here.responses.iter().map(|it| it.id.as_str()).collect();
    let is_new = |it: &&responses::Stored| !known.contains(it.id.as_str()) && !gone.contains(it.id.as_str());
    changes.responses = moved.responses.iter().filter(is_new).cloned().collect();
    changes.sources = moved.sources.iter().filter(|source| !here.sources.contains(source)).cloned().collect();
    changes.replaced = moved.replaced.iter().filter(|it| !here.replaced.contains(it)).map(|it| it.response.clone()).collect();
    changes.unsent = moved.unsent.iter().filter(|it| !here.unsent.contains(it)).cloned().collect();
    let known: Vec<Decline> = here.declines.iter().map(|it| it.clone().summed()).collect();
    let coming = moved.declines.iter().map(|it| it.clone().summed());
    changes.declines = coming.filter(|it| !known.contains(it)).collect();
    (taken.responses, taken.declines) = (changes.responses.len(), changes.declines.len());
}

/// Of two drafts the later one counts, and none that was saved before its survey was answered or declined: where a survey is
/// finished, its draft ends.
fn drafts(here: &Contents, moved: &Contents, changes: &mut Changes, taken: &mut Taken) {
    let answered = here.responses.iter().chain(&changes.responses).map(|it| (&it.survey, &it.answered_at));
    let declined = here.declines.iter().chain(&changes.declines).map(|it| (&it.survey, &it.declined_at));
    let ends: Vec<(&String, &String)> = answered.chain(declined).collect();
    let is_over = |draft: &drafts::Stored| ends.iter().any(|(survey, at)| **survey == draft.survey && **at > draft.saved_at);
    let over = here.drafts.iter().filter(|draft| is_over(draft));
    changes.no_drafts = over.map(|draft| draft.survey.clone()).collect();
    for coming in moved.drafts.iter().filter(|draft| !is_over(draft)) {
        let known = here.drafts.iter().find(|known| known.survey == coming.survey && !is_over(known));
        match known {
            Some(known) if known.body == coming.body => continue,
            Some(known) if known.saved_at >= coming.saved_at => {
                taken.left_out.push(coming.survey.clone());
                continue;
            }
            Some(_) => taken.gave_way.push(coming.survey.clone()),
            None => taken.drafts.push(coming.survey.clone()),
        }
        changes.drafts.push(coming.clone());
    }
}

fn exchange(here: &Contents, moved: &Contents, changes: &mut Changes, taken: &mut Taken) {
    for coming in &moved.enrolments {
        let known = here.enrolments.iter().find(|known| known.collector == coming.collector);
        if known.is_none_or(|known| known.moved.is_some() || (known.is_pending() && !coming.is_pending())) {
            taken.collectors.push(coming.collector.clone());
            changes.enrolments.push(coming.clone());
        }
    }
    let is_new = |wave: &&waves::Stored| !here.waves.iter().any(|known| known.wave == wave.wave);
    changes.waves = moved.waves.iter().filter(is_new).cloned().collect();
    changes.results =
        moved.results.iter().filter(|it| !here.results.iter().any(|known| known.hash == it.hash)).cloned().collect();
    // What is marked here belongs to an enrolment that just came back, or that another one takes the place of.
    let is_better = |coming: &&Held| {
        let known = here.tokens.iter().find(|known| known.name() == coming.name());
        known.is_none_or(|known| known.moved.is_some() || (known.token().is_none() && coming.token().is_some()))
    };
    changes.tokens = moved.tokens.iter().filter(is_better).cloned().collect();
    let is_later = |coming: &&Sealed| {
        let known = here.outbox.iter().find(|known| known.name() == coming.name());
        known.is_none_or(|known| known.moved.is_some() || standing(coming) > standing(known))
    };
    let is_out = |coming: &&Sealed| here.took_out(coming.response(), coming.part());
    changes.outbox = moved.outbox.iter().filter(|coming| is_later(coming) && !is_out(coming)).cloned().collect();
    let was_out = |sealed: &&Sealed| {
        let is_there = moved.outbox.iter().any(|coming| coming.name() == sealed.name());
        !is_there && !sealed.may_be_known() && moved.took_out(sealed.response(), sealed.part())
    };
    changes.unsealed = here.outbox.iter().filter(was_out).cloned().collect();
}

/// Merges what is for webhooks: without an enrolment to tell whether the file is older, each event tells it for itself.
fn events(here: &Contents, moved: &Contents, changes: &mut Changes) {
    let is_later = |coming: &&SealedEvent| {
        let known = here.events.iter().find(|known| known.subject() == coming.subject());
        known.is_none_or(|known| match known.moved {
            Some(mark) => moved.follows(mark),
            None => (coming.revision(), coming.delivered) > (known.revision(), known.delivered),
        })
    };
    let is_out = |coming: &&SealedEvent| here.took_out(coming.response(), coming.part());
    changes.events = moved.events.iter().filter(|coming| is_later(coming) && !is_out(coming)).cloned().collect();
    let was_out = |event: &&SealedEvent| {
        let is_there = moved.events.iter().any(|coming| coming.subject() == event.subject());
        !is_there && !event.may_be_known() && moved.took_out(event.response(), event.part())
    };
    changes.unsealed_events = here.events.iter().filter(was_out).cloned().collect();
}

/// Gives how far a sealed part has come: its version, whether it was signed for, whether it was looked for.
fn standing(sealed: &Sealed) -> (u32, bool, bool) {
    (sealed.version(), sealed.is_acknowledged(), sealed.is_listed.is_some())
}
