//! Finished responses, each with the survey as it was asked; a response is never changed.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::database::{Store, stamp};
use super::drafts::Kept;
use super::error::StoreError;
use super::events::{self, Posting, SealedEvent};
use super::outbox::{self, Sealed, Sealing};
use super::records::{self, Kind, Record};
use super::{checksum, drafts, leaving};
use crate::response::{Draft, Response};
use crate::survey::canonical::sha256;
use crate::survey::{Survey, SurveyId};

/// A response and the survey it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredResponse {
    /// The survey as its author wrote it on that day, in TOML.
    pub source: Arc<str>,
    /// What [`Response::to_json`] gave.
    pub body: Value,
}

/// A response that was finished, and what goes with it.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// The response.
    pub response: &'a Response,
    /// What is sealed of it for sending; nothing where answers stay here.
    pub sealing: Option<&'a Sealing<'a>>,
    /// What is sealed of it for a webhook.
    pub posting: Option<&'a Posting<'a>>,
    /// The id of the earlier response whose place it takes.
    pub replaces: Option<&'a str>,
}

impl<'a> From<&'a Response> for Finished<'a> {
    fn from(response: &'a Response) -> Self {
        Self { response, sealing: None, posting: None, replaces: None }
    }
}

/// A response that becomes a draft again, and what of it had not left.
#[derive(Debug, Clone, Copy)]
pub struct Undone<'a> {
    /// The id of the response.
    pub response: &'a str,
    /// What was sealed of it for a collector.
    pub sealed: &'a [Sealed],
    /// What was sealed of it for a webhook.
    pub events: &'a [SealedEvent],
}

/// Reads responses one after the other, so that memory stays flat.
#[derive(Debug)]
pub struct Responses<'a> {
    store: &'a Store,
    survey: Option<String>,
    after: i64,
    source: Option<(String, Arc<str>)>,
}

/// A response that is gone since another one took its place, so that no copy of it from another machine comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Replaced {
    pub(super) response: String,
}

impl Record for Replaced {
    const KIND: Kind = Kind::Replaced;

    fn name(&self) -> String {
        self.response.clone()
    }
}

/// A response as its row holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    #[serde(skip)]
    pub(super) row: i64,
    pub(super) id: String,
    pub(super) survey: String,
    pub(super) version: u32,
    pub(super) title: String,
    pub(super) answered_at: String,
    pub(super) source: String,
    pub(super) wave: Option<String>,
    #[serde(skip)]
    checksum: [u8; 16],
    pub(super) body: String,
}

/// Where reading begins. A damaged row can have any number, and none may be passed over.
pub(super) const BEFORE_ALL: i64 = i64::MIN;

impl Store {
    /// Keeps a response with the text of its survey, seals what is sent of it, and drops the draft, all or nothing.
    ///
    /// A response that stands in the place of an earlier one replaces it. Finishing a response that is already kept changes nothing,
    /// so trying again after a failure is safe.
    ///
    /// # Errors
    /// When it can't be written; the draft is kept then.
    pub fn finish<'a>(&mut self, survey: &Survey, source: &str, finished: impl Into<Finished<'a>>) -> Result<(), StoreError> {
        let finished = finished.into();
        let stored = Stored::new(survey, source, finished.response);
        self.write(|transaction| {
            keep_source(transaction, &stored.source, source)?;
            if let Some(earlier) = finished.replaces {
                replace(transaction, earlier)?;
            }
            let is_new = stored.insert(transaction)?;
            if let Some(sealing) = finished.sealing.filter(|_| is_new) {
                outbox::put(transaction, (&stored.id, &stored.survey), sealing)?;
            }
            if let Some(posting) = finished.posting.filter(|_| is_new) {
                events::put(transaction, (&stored.id, &stored.survey), posting)?;
            }
            drafts::delete(transaction, survey.id.as_str())
        })
    }

    /// Makes a response a draft again, and takes what was sealed of it out of the outbox, all or nothing.
    ///
    /// `false` when some of it may have left the machine meanwhile: everything is as it was then.
    ///
    /// # Errors
    /// When it can't be written; the response is kept then.
    pub fn reopen(&mut self, survey: &Survey, draft: &Draft, undone: Undone<'_>) -> Result<bool, StoreError> {
        let stored = drafts::Stored::new(survey, Kept { draft, progress: draft.progress(survey), file: None }, draft.started_at);
        let mut is_out = false;
        self.write(|transaction| {
            is_out = leaving::are_here(transaction, undone.events)? && leaving::are_here(transaction, undone.sealed)?;
            if is_out {
                leaving::remove(transaction, undone.events)?;
                leaving::remove(transaction, undone.sealed)?;
                stored.save(transaction)?;
                replace(transaction, undone.response)?;
            }
            Ok(())
        })?;
        Ok(is_out)
    }

    /// Gives the responses, oldest first; those of one survey or of all.
    pub fn responses(&self, survey: Option<&SurveyId>) -> Responses<'_> {
        Responses { store: self, survey: survey.map(SurveyId::to_string), after: BEFORE_ALL, source: None }
    }

    pub(super) fn response_after(&self, row: i64, survey: Option<&str>) -> Result<Option<Stored>, StoreError> {
        let sql = "SELECT id, response, survey, version, title, answered_at, source, checksum, body, wave
            FROM responses WHERE id > ?1 AND (?2 IS NULL OR survey = ?2) ORDER BY id LIMIT 1";
        let read = || self.connection.prepare_cached(sql)?.query_row(params![row, survey], Stored::from_row).optional();
        let stored = read().map_err(|error| self.explain(&error))?;
        match stored {
            // A damaged tree can lead back to a row that was read before, and on for ever.
            Some(stored) if stored.row <= row => Err(self.corrupt("its responses are out of order")),
            Some(stored) if stored.sum() != stored.checksum => Err(self.corrupt("a response does not match its checksum")),
            stored => Ok(stored),
        }
    }

    /// Gives the surveys of all responses.
    pub(super) fn sources(&self) -> Result<Vec<String>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached("SELECT source FROM surveys ORDER BY id")?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()
        };
        read().map_err(|error| self.explain(&error))
    }

    fn source(&self, hash: &str) -> Result<Arc<str>, StoreError> {
        let sql = "SELECT source FROM surveys WHERE hash = ?1";
        let read = || self.connection.prepare_cached(sql)?.query_row([hash], |row| row.get::<_, String>(0)).optional();
        let source = read().map_err(|error| self.explain(&error))?;
        let source = source.filter(|source| sha256(source) == hash);
        source.map(Arc::from).ok_or_else(|| self.corrupt("the survey of a response is missing or altered"))
    }
}

impl Iterator for Responses<'_> {
    type Item = Result<StoredResponse, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read().transpose();
        // After a failure there is nothing more to trust.
        if matches!(read, Some(Err(_))) {
            self.after = i64::MAX;
        }
        read
    }
}

impl Responses<'_> {
    fn read(&mut self) -> Result<Option<StoredResponse>, StoreError> {
        if self.after == BEFORE_ALL {
            self.store.check_table("responses")?;
        }
        let Some(stored) = self.store.response_after(self.after, self.survey.as_deref())? else { return Ok(None) };
        self.after = stored.row;
        let source = match &self.source {
            Some((hash, source)) if *hash == stored.source => source.clone(),
            _ => self.store.source(&stored.source)?,
        };
        self.source = Some((stored.source, source.clone()));
        let body = serde_json::from_str(&stored.body).map_err(|_| self.store.corrupt("a response is not JSON"))?;
        Ok(Some(StoredResponse { source, body }))
    }
}

impl Stored {
    fn new(survey: &Survey, source: &str, response: &Response) -> Self {
        let stored = Self {
            row: 0,
            id: response.id.clone(),
            survey: survey.id.to_string(),
            version: survey.version,
            title: survey.title.original().to_owned(),
            answered_at: stamp(response.answered_at),
            source: sha256(source),
            wave: response.wave.clone(),
            checksum: [0; 16],
            body: response.to_json(survey).to_string(),
        };
        stored.summed()
    }

    /// Inserts it, and says whether it was not there yet.
    pub(super) fn insert(&self, transaction: &Transaction<'_>) -> Result<bool, rusqlite::Error> {
        let sql = "INSERT INTO responses (response, survey, version, title, answered_at, source, checksum, body, wave)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (response) DO NOTHING";
        let row = params![
            self.id,
            self.survey,
            self.version,
            self.title,
            self.answered_at,
            self.source,
            self.checksum,
            self.body,
            self.wave
        ];
        transaction.execute(sql, row).map(|rows| rows > 0)
    }

    fn from_row(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            row: row.get(0)?,
            id: row.get(1)?,
            survey: row.get(2)?,
            version: row.get(3)?,
            title: row.get(4)?,
            answered_at: row.get(5)?,
            source: row.get(6)?,
            checksum: row.get(7)?,
            body: row.get(8)?,
            wave: row.get(9)?,
        })
    }

    /// Gives it with the checksum of what it holds.
    pub(super) fn summed(self) -> Self {
        Self { checksum: self.sum(), ..self }
    }

    fn sum(&self) -> [u8; 16] {
        let version = self.version.to_string();
        let always = [&self.id, &self.survey, &version, &self.title, &self.answered_at, &self.source, &self.body];
        checksum::of(&always.into_iter().map(String::as_str).chain(self.wave.as_deref()).collect::<Vec<_>>())
    }
}

/// Deletes a response for good.
pub(super) fn replace(transaction: &Transaction<'_>, response: &str) -> Result<(), rusqlite::Error> {
    transaction.execute("DELETE FROM responses WHERE response = ?1", [response])?;
    records::put(transaction, &Replaced { response: response.to_owned() })
}

pub(super) fn keep_source(transaction: &Transaction<'_>, hash: &str, source: &str) -> Result<(), rusqlite::Error> {
    let sql = "INSERT INTO surveys (hash, source) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING";
    transaction.execute(sql, [hash, source]).map(drop)
}
