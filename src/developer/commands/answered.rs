//! Finding what was answered: the response that is meant, with its survey and what was sealed of it.

use chrono::Utc;

use super::context::Context;
use super::outbox::day;
use super::settled::refuse_closed;
use crate::developer::catalog::{Found, Origin};
use crate::developer::store::{Moved, Sealed, SealedEvent, Store, StoredResponse};
use crate::report::Failure;
use crate::response::Response;
use crate::survey::parse;

/// What stands for the file of a survey that isn't listed.
const FROM_A_FILE: &str = "FILE.toml";

/// A response that was stored.
pub(super) struct Answered {
    /// The survey as it was asked.
    pub(super) found: Found,
    /// The response.
    pub(super) response: Response,
    /// What was sealed of it for a collector.
    pub(super) sealed: Vec<Sealed>,
    /// What was sealed of it for a webhook.
    pub(super) events: Vec<SealedEvent>,
}

impl Answered {
    /// Refuses to change on this machine what was moved to another one.
    ///
    /// # Errors
    /// Where it went.
    pub(super) fn refuse_moved(&self) -> Result<(), Failure> {
        let sealed = self.sealed.iter().find_map(|sealed| sealed.moved);
        let Some(moved) = sealed.or_else(|| self.events.iter().find_map(|event| event.moved)) else { return Ok(()) };
        Err(elsewhere(&format!("your answer to {}", self.found.survey.id), moved))
    }

    /// Refuses to change what its collector takes no changes of any more.
    ///
    /// # Errors
    /// That its wave is closed, or that it can't be read.
    pub(super) fn refuse_closed(&self, store: &Store) -> Result<(), Failure> {
        let Some(wave) = self.sealed.first().map(Sealed::wave) else { return Ok(()) };
        store.wave(wave)?.map_or(Ok(()), |known| refuse_closed(&known, &self.sealed, Utc::now()))
    }
}

/// Says that something was moved to another machine, and what can be done about it.
pub(super) fn elsewhere(what: &str, moved: Moved) -> Failure {
    Failure::new(format!("{what} was moved to another machine on {}", day(moved.at)))
        .hint("go on there; `dxpulse import --state FILE` here, with the file it was moved in, undoes that")
}

/// Finds a response by the id of its survey or its own; the last one without any.
///
/// # Errors
/// When there is none, or it can't be read.
pub(super) fn find(store: &Store, id: Option<&str>, context: &Context) -> Result<Answered, Failure> {
    let mut meant: Option<StoredResponse> = None;
    for stored in store.responses(None) {
        let stored = stored?;
        let text = |key: &str| stored.body[key].as_str();
        let is_meant = id.is_none_or(|id| text("survey") == Some(id) || text("id") == Some(id));
        // What came from another machine may have been answered before what was here.
        let is_later = meant.as_ref().is_none_or(|meant| text("answered_at") >= meant.body["answered_at"].as_str());
        if is_meant && is_later {
            meant = Some(stored);
        }
    }
    let none = || {
        let what = id.map_or_else(|| "nothing was answered here".to_owned(), |id| format!("nothing was answered here as `{id}`"));
        Failure::new(what).hint("`dxpulse history` lists what was, and `dxpulse history --json` the ids")
    };
    read(store, &meant.ok_or_else(none)?, context)
}

fn read(store: &Store, stored: &StoredResponse, context: &Context) -> Result<Answered, Failure> {
    let unreadable = || Failure::new("the response can't be read by this version").hint("`dxpulse export` shows it");
    let survey = parse::known_sound(&stored.source).ok_or_else(unreadable)?;
    let response = Response::from_json(&survey, &stored.body).ok_or_else(unreadable)?;
    let sealed: Vec<Sealed> = store.outbox()?.into_iter().filter(|sealed| sealed.response() == response.id).collect();
    let events = store.events()?.into_iter().filter(|event| event.response() == response.id).collect();
    let settings = context.settings_that_are_right()?;
    // As it is listed now, where it is the same survey; what asks it may have gone since, and one that was taken from a file is asked from
    // that again.
    let listed = context.catalog(&settings, Some(store))?.find(survey.id.as_str()).ok();
    let found = listed.filter(|found| found.source == *stored.source).unwrap_or_else(|| Found {
        name: FROM_A_FILE.to_owned(),
        survey,
        source: stored.source.to_string(),
        origin: Origin::Bundled,
    });
    Ok(Answered { found, response, sealed, events })
}
