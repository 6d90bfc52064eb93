//! What is sealed for a webhook, from the moment it can't be lost until the endpoint has taken it.
//!
//! As with the outbox for collectors, only [`Store::finish`] and [`Store::withdraw_events`] put something in, and only an [`Event`];
//! its bytes never change, and a later revision takes the place of an earlier one.

use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::leaving::{self, Leaving};
use super::records::{self, Kind, Moved, Record, Unsent};
use crate::anonymous::{Event, Part};

/// An event that was sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEvent {
    subject: String,
    id: String,
    revision: u32,
    part: String,
    response: String,
    survey: String,
    endpoint: String,
    #[serde(default)]
    is_withdrawal: bool,
    body: String,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// When it is to be sent.
    pub send_at: DateTime<Utc>,
    /// How often sending it failed since it was sealed.
    #[serde(default)]
    pub attempts: u32,
    /// Whether some revision of it may have left the machine.
    #[serde(default)]
    pub was_tried: bool,
    /// When sending is to be tried again.
    pub retry_at: Option<DateTime<Utc>>,
    /// What the last failure was.
    pub failure: Option<String>,
    /// Whether the endpoint refused it, so that only the developer can try again.
    #[serde(default)]
    pub is_blocked: bool,
    /// The last revision that the endpoint took.
    pub delivered: Option<u32>,
    /// Whether it was moved to another machine, which sends it, changes it and takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

/// What is sealed for a webhook along with a response.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    /// The events. What takes something back counts only where it may have left.
    pub events: &'a [Event],
    /// The address they go to.
    pub endpoint: &'a str,
    /// When each part is to be sent, in the order of [`Part::ALL`].
    pub send_at: [DateTime<Utc>; 2],
    /// Now.
    pub now: DateTime<Utc>,
}

impl Record for SealedEvent {
    const KIND: Kind = Kind::Event;

    fn name(&self) -> String {
        self.subject.clone()
    }
}

impl Leaving for SealedEvent {
    fn number(&self) -> u32 {
        self.revision
    }

    fn may_have_left(&self) -> bool {
        self.may_be_known()
    }

    fn tried(self) -> Self {
        Self { was_tried: true, ..self }
    }
}

impl std::fmt::Debug for SealedEvent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed event of {} of revision {}", self.part, self.revision)
    }
}

impl SealedEvent {
    /// Gives what it is about: the same for every revision.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Gives its id: the same however often it is sent.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Gives the revision: the first is 1.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Gives the part it holds.
    pub fn part(&self) -> Part {
        Part::from_name(&self.part).unwrap_or(Part::Scores)
    }

    /// Gives the name of the part, as it is kept.
    pub(super) fn part_name(&self) -> &str {
        &self.part
    }

    /// Gives the id of the stored response it was made of.
    pub fn response(&self) -> &str {
        &self.response
    }

    /// Gives the id of the survey.
    pub fn survey(&self) -> &str {
        &self.survey
    }

    /// Gives the address it goes to.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Gives the body, byte for byte.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Says whether it takes back what was sent.
    pub fn is_withdrawal(&self) -> bool {
        self.is_withdrawal
    }

    /// Says whether the endpoint took this very revision.
    pub fn is_delivered(&self) -> bool {
        self.delivered == Some(self.revision)
    }

    /// Says whether some revision may have left the machine.
    pub fn may_be_known(&self) -> bool {
        self.delivered.is_some() || self.was_tried
    }

    fn first(event: &Event, (response, survey): (&str, &str), posting: &Posting<'_>) -> Self {
        let (part, name) = (event.part(), event.name());
        Self {
            subject: name.subject.clone(),
            id: name.id.clone(),
            revision: name.revision,
            part: part.name().to_owned(),
            response: response.to_owned(),
            survey: survey.to_owned(),
            endpoint: posting.endpoint.to_owned(),
            is_withdrawal: event.is_withdrawal(),
            body: event.body().to_owned(),
            sealed_at: posting.now,
            send_at: posting.send_at[part as usize],
            attempts: 0,
            was_tried: false,
            retry_at: None,
            failure: None,
            is_blocked: false,
            delivered: None,
            moved: None,
        }
    }

    /// Gives this as the next revision of what was sealed before.
    fn after(self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        Self { delivered: before.delivered, was_tried: before.was_tried, ..self }
    }
}

impl Store {
    /// Gives everything that was sealed for a webhook, in the order it was first sealed.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn events(&self) -> Result<Vec<SealedEvent>, StoreError> {
        self.records()
    }

    /// Seals what takes a response back; what never left is simply taken out, all or nothing.
    ///
    /// `posting` has a withdrawal for each part; which of them are needed is decided by what is there at that moment.
    ///
    /// # Errors
    /// When it can't be written; what was sealed before still is.
    pub fn withdraw_events(&mut self, of: (&str, &str), posting: &Posting<'_>) -> Result<(), StoreError> {
        self.write(|transaction| put(transaction, of, posting))
    }

    /// Takes down that an event is about to leave the machine; from then on it may be known.
    ///
    /// `false` when it was changed or taken out meanwhile: then it must not be sent as it is here.
    ///
    /// # Errors
    /// When it can't be written; it must not be sent then either.
    pub fn begin_delivering(&mut self, event: &SealedEvent) -> Result<bool, StoreError> {
        self.begin_leaving(event)
    }

    /// Keeps what became of an event: a time, a failure, that it was taken. Its bytes stay as they are.
    ///
    /// A revision that was sealed meanwhile stays too: what is kept then is that the earlier one was taken.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_event(&mut self, event: &SealedEvent) -> Result<(), StoreError> {
        self.write(|transaction| {
            // It may have been taken out before it was sent.
            let Some(current) = leaving::current(transaction, event)? else { return Ok(()) };
            let (delivered, was_tried) = (current.delivered.max(event.delivered), current.was_tried || event.was_tried);
            let latest = if current.revision > event.revision { current } else { event.clone() };
            records::put(transaction, &SealedEvent { delivered, was_tried, ..latest })
        })
    }
}

/// Puts events in, each as the next revision of what is there; what takes back what never left takes it out.
pub(super) fn put(transaction: &Transaction<'_>, of: (&str, &str), posting: &Posting<'_>) -> Result<(), rusqlite::Error> {
    let before: Vec<SealedEvent> = records::all(transaction)?;
    for event in posting.events {
        let earlier = before.iter().find(|earlier| earlier.subject == event.name().subject);
        match earlier {
            None if event.is_withdrawal() => {}
            Some(earlier) if event.is_withdrawal() && earlier.is_withdrawal => {}
            Some(earlier) if event.is_withdrawal() && !earlier.may_be_known() => {
                leaving::remove(transaction, [earlier])?;
                records::put(transaction, &Unsent { response: earlier.response.clone(), part: earlier.part.clone() })?;
            }
            earlier => records::put(transaction, &SealedEvent::first(event, of, posting).after(earlier))?,
        }
    }
    Ok(())
}
