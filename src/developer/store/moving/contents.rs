//! All that a store holds, as one value that can be written down and read again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Moves, MovingError};
use crate::anonymous::{Digest, Part, PublicKey};
use crate::developer::store::database::{Store, time};
use crate::developer::store::drafts;
use crate::developer::store::enrolments::Enrolment;
use crate::developer::store::error::StoreError;
use crate::developer::store::events::SealedEvent;
use crate::developer::store::history::Decline;
use crate::developer::store::outbox::Sealed;
use crate::developer::store::records::{Moved, Unsent};
use crate::developer::store::responses::{self, BEFORE_ALL, Replaced};
use crate::developer::store::results;
use crate::developer::store::salvage::Salvaged;
use crate::developer::store::tokens::Held;
use crate::developer::store::waves;
use crate::survey::SurveyId;
use crate::survey::canonical::sha256;

/// All that a store holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// The moves behind it; the last one is the move it was made for.
    pub(super) moves: Vec<Digest>,
    /// The surveys of the responses, in TOML.
    pub(super) sources: Vec<String>,
    pub(super) drafts: Vec<drafts::Stored>,
    pub(super) responses: Vec<responses::Stored>,
    pub(super) declines: Vec<Decline>,
    pub(super) enrolments: Vec<Enrolment>,
    pub(super) waves: Vec<waves::Stored>,
    pub(super) results: Vec<results::Stored>,
    pub(super) tokens: Vec<Held>,
    pub(super) outbox: Vec<Sealed>,
    pub(super) events: Vec<SealedEvent>,
    /// The responses that are gone since others took their places.
    pub(super) replaced: Vec<Replaced>,
    /// What was taken back before it was sent.
    pub(super) unsent: Vec<Unsent>,
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Contents")
    }
}

impl From<Salvaged> for Contents {
    /// What was found goes back as what was moved does, without any answers that weren't sealed.
    fn from(salvaged: Salvaged) -> Self {
        let Salvaged { enrolments, waves, tokens, sealed: outbox, events, .. } = salvaged;
        Self { enrolments, waves, tokens, outbox, events, ..Self::default() }
    }
}

impl Contents {
    /// Reads everything, marks included.
    pub(super) fn of(store: &Store) -> Result<Self, StoreError> {
        let (mut stored, mut row) = (Vec::new(), BEFORE_ALL);
        while let Some(response) = store.response_after(row, None)? {
            row = response.row;
            stored.push(response);
        }
        let moves: Vec<Moves> = store.records()?;
        Ok(Self {
            moves: moves.into_iter().next().map_or_else(Vec::new, |moves| moves.all),
            sources: store.sources()?,
            drafts: store.stored_drafts()?,
            responses: stored,
            declines: store.declines()?,
            enrolments: store.records()?,
            waves: store.records()?,
            results: store.records()?,
            tokens: store.records()?,
            outbox: store.records()?,
            events: store.records()?,
            replaced: store.records()?,
            unsent: store.records()?,
        })
    }

    /// Gives what leaves this machine with the next move: nothing that was moved before, unless it is asked for again.
    pub(super) fn leaving(mut self, by: Digest, again: bool) -> Self {
        let stays = |moved: Option<Moved>| again || moved.is_none();
        self.moves.push(by);
        self.enrolments.retain(|it| stays(it.moved));
        self.tokens.retain(|it| stays(it.moved));
        self.outbox.retain(|it| stays(it.moved));
        self.events.retain(|it| stays(it.moved));
        let is_left = |collector: &str| self.enrolments.iter().any(|enrolment| enrolment.collector == collector);
        self.waves.retain(|wave| is_left(&wave.collector));
        self.results.retain(|results| is_left(&results.collector));
        self.each_mark(|moved| *moved = None);
        self
    }

    /// Changes the mark of everything that has one.
    pub(super) fn each_mark(&mut self, mut change: impl FnMut(&mut Option<Moved>)) {
        self.enrolments.iter_mut().for_each(|it| change(&mut it.moved));
        self.tokens.iter_mut().for_each(|it| change(&mut it.moved));
        self.outbox.iter_mut().for_each(|it| change(&mut it.moved));
        self.events.iter_mut().for_each(|it| change(&mut it.moved));
    }

    /// Says whether it comes after a move, or from it.
    pub(super) fn follows(&self, moved: Moved) -> bool {
        self.moves.contains(&moved.by)
    }

    /// Says whether a part of a response was taken out of the outbox before it was sent.
    pub(super) fn took_out(&self, response: &str, part: Part) -> bool {
        let is_unsent = |it: &Unsent| it.response == response && it.part == part.name();
        self.replaced.iter().any(|it| it.response == response) || self.unsent.iter().any(is_unsent)
    }

    /// Says whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let kept = self.responses.len() + self.drafts.len() + self.declines.len();
        kept + self.enrolments.len() + self.outbox.len() + self.events.len() == 0
    }

    /// Says whether there is something in it that can be used in one place only: a membership, tokens, what is sealed.
    pub fn is_of_one_place(&self) -> bool {
        !self.enrolments.is_empty() || !self.outbox.is_empty() || !self.events.is_empty()
    }

    /// Gives the addresses of the collectors.
    pub fn collectors(&self) -> impl Iterator<Item = &str> {
        self.enrolments.iter().map(|enrolment| enrolment.collector.as_str())
    }

    /// Gives how many of each there are, with their names: tokens, parts that wait to be sent, responses, drafts, declined surveys.
    pub fn counts(&self) -> [(usize, &'static str, &'static str); 5] {
        let issued = self.tokens.iter().filter(|held| held.token().is_some()).count();
        let sealed = self.outbox.iter().filter(|sealed| !sealed.is_acknowledged()).count();
        let waiting = sealed + self.events.iter().filter(|event| !event.is_delivered()).count();
        [
            (issued, "token", "tokens"),
            (waiting, "sealed part to send", "sealed parts to send"),
            (self.responses.len(), "response", "responses"),
            (self.drafts.len(), "draft", "drafts"),
            (self.declines.len(), "declined survey", "declined surveys"),
        ]
    }

    /// Checks that everything in it can be used, with the publishers that are known here.
    pub(super) fn check(&self, known: &[Enrolment]) -> Result<(), MovingError> {
        let hashes: BTreeSet<String> = self.sources.iter().map(|source| sha256(source)).collect();
        let is_json = |body: &str| serde_json::from_str::<Value>(body).is_ok_and(|body| body.is_object());
        let is_response = |it: &responses::Stored| {
            let is_named = SurveyId::new(&it.survey).is_some() && time(&it.answered_at).is_some();
            is_named && hashes.contains(&it.source) && is_json(&it.body)
        };
        let publishers = |collector: &str| -> &[PublicKey] {
            let mut both = self.enrolments.iter().chain(known);
            both.find(|enrolment| enrolment.collector == collector).map_or(&[], |enrolment| &enrolment.publishers)
        };
        let is_part = |part: &str| Part::from_name(part).is_some();
        let is_wave = |it: &waves::Stored| it.bundle.open(publishers(&it.collector)).is_ok_and(|wave| wave.id.0 == it.wave);
        let is_results =
            |it: &results::Stored| it.results.open(publishers(&it.collector)).is_ok() && it.results.hash() == it.hash;
        let checks = [
            (self.responses.iter().all(is_response), "a response can't be read"),
            (self.drafts.iter().all(|it| it.summary().is_some() && is_json(&it.body)), "a draft can't be read"),
            (self.declines.iter().all(|it| it.clone().summed().entry().is_some()), "a declined survey can't be read"),
            (self.waves.iter().all(is_wave), "a wave is not signed by a publisher of its collector"),
            (self.results.iter().all(is_results), "results are not signed by a publisher of their collector"),
            (self.tokens.iter().all(|it| is_part(it.part_name())), "a token is for no part of a response"),
            (self.outbox.iter().all(|it| is_part(it.part_name())), "what is sealed is no part of a response"),
            (self.events.iter().all(|it| is_part(it.part_name())), "what is sealed for a webhook is no part of a response"),
        ];
        match checks.iter().find(|(holds, _)| !holds) {
            None => Ok(()),
            Some((_, what)) => Err(MovingError::Unsound(what)),
        }
    }
}
