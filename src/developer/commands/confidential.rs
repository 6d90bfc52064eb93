//! Sealing for a webhook: what of a response goes there and when, what changes it later, and what takes it back.

use chrono::{DateTime, Utc};

use crate::anonymous::Part;
use crate::anonymous::submission::TooLong;
use crate::anonymous::submission::confidential::{Event, Name, uuid};
use crate::developer::store::{Posting, SealedEvent};
use crate::developer::sync::schedule;
use crate::response::Response;
use crate::survey::{Survey, SurveyId};

/// What the settings say of a webhook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Its address; none where answers stay here.
    pub(crate) address: Option<String>,
    /// Whether own words go there too.
    pub(crate) with_comments: bool,
}

/// What is sealed for a webhook.
pub(super) struct Sealings {
    events: Vec<Event>,
    endpoint: String,
    send_at: [DateTime<Utc>; 2],
}

impl Terms {
    /// Makes what goes to the webhook of a response; none where none is set. What was sealed of the response whose place it takes
    /// is changed, where it went.
    ///
    /// # Errors
    /// When it is too long, or the system gives no random numbers.
    pub(super) fn sealings(
        &self,
        earlier: &[SealedEvent],
        (survey, response, seconds): (&Survey, &Response, i64),
        now: DateTime<Utc>,
    ) -> Result<Option<Sealings>, String> {
        let Some(endpoint) = earlier.first().map(SealedEvent::endpoint).or(self.address.as_deref()) else { return Ok(None) };
        let too_long = |error: TooLong| error.to_string();
        let scores = Event::scores(survey, response, seconds, name(earlier, Part::Scores)?).map_err(too_long)?;
        let comments = match self.with_comments {
            true => Event::comments(survey, response, name(earlier, Part::Comments)?).map_err(too_long)?,
            false => None,
        };
        let had_comments = earlier.iter().any(|event| event.part() == Part::Comments);
        let comments = match comments {
            None if had_comments => Some(Event::withdrawal(&survey.id, Part::Comments, name(earlier, Part::Comments)?)),
            comments => comments,
        };
        Sealings::new([Some(scores), comments].into_iter().flatten().collect(), endpoint, now).map(Some)
    }
}

impl Sealings {
    /// Makes what takes back all that was sealed of a response.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(super) fn withdrawing(earlier: &[SealedEvent], survey: &SurveyId, now: DateTime<Utc>) -> Result<Self, String> {
        let standing = earlier.iter().filter(|event| !event.is_withdrawal());
        let events = standing.map(|event| Ok(Event::withdrawal(survey, event.part(), name(earlier, event.part())?)));
        let endpoint = earlier.first().map(SealedEvent::endpoint).unwrap_or_default();
        Self::new(events.collect::<Result<_, String>>()?, endpoint, now)
    }

    fn new(events: Vec<Event>, endpoint: &str, now: DateTime<Utc>) -> Result<Self, String> {
        let draws = [random()?, random()?].map(u64::from_le_bytes);
        Ok(Self { events, endpoint: endpoint.to_owned(), send_at: draws.map(|draw| schedule::deliver_at(now, draw)) })
    }

    /// Gives them as the store seals them.
    pub(super) fn posting(&self, now: DateTime<Utc>) -> Posting<'_> {
        Posting { events: &self.events, endpoint: &self.endpoint, send_at: self.send_at, now }
    }
}

/// Names the next event about a part of a response, or the first.
fn name(earlier: &[SealedEvent], part: Part) -> Result<Name, String> {
    let id = uuid(random()?);
    Ok(match earlier.iter().find(|event| event.part() == part) {
        Some(event) => Name { subject: event.subject().to_owned(), id, revision: event.revision() + 1 },
        None => Name { subject: uuid(random()?), id, revision: 1 },
    })
}

/// Draws random bytes from the system.
pub(super) fn random<const COUNT: usize>() -> Result<[u8; COUNT], String> {
    let mut random = [0; COUNT];
    getrandom::fill(&mut random).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(random)
}
