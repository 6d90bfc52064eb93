//! Drafts: one row for each survey that was begun, written anew after every answer.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::checksum;
use super::database::{Store, stamp, time};
use super::error::StoreError;
use crate::response::Draft;
use crate::response::draft::Changes;
use crate::response::flow::Progress;
use crate::survey::{Survey, SurveyId};

/// A draft as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSummary {
    /// The survey that was begun.
    pub survey: SurveyId,
    /// Questions with an answer.
    pub answered: usize,
    /// Questions that take an answer.
    pub asked: usize,
    /// When the last answer was saved.
    pub saved_at: DateTime<Utc>,
    /// The file the survey was taken from, where it was asked for by its path.
    pub file: Option<PathBuf>,
}

/// A draft that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// How far it has come.
    pub progress: Progress,
    /// The file its survey was taken from, where it was asked for by its path; a path that isn't UTF-8 is not kept.
    pub file: Option<&'a Path>,
}

/// A draft as its row holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) survey: String,
    answered: i64,
    asked: i64,
    pub(super) saved_at: String,
    #[serde(skip)]
    checksum: [u8; 16],
    pub(super) body: String,
    file: Option<String>,
}

impl Store {
    /// Gives the draft of a survey, and how the survey has changed since.
    ///
    /// # Errors
    /// When the database can't be read or the draft is damaged.
    pub fn draft(&self, survey: &Survey) -> Result<Option<(Draft, Changes)>, StoreError> {
        let stored = self.stored_drafts()?;
        let Some(stored) = stored.into_iter().find(|draft| draft.survey == survey.id.as_str()) else {
            return Ok(None);
        };
        let value: Value = serde_json::from_str(&stored.body).map_err(|_| self.corrupt("a draft is not JSON"))?;
        let read = Draft::from_json(survey, &value);
        read.map(Some).map_err(|_| self.corrupt("a draft is not of the expected form"))
    }

    /// Keeps a draft; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it can't be written; what was kept before still is.
    pub fn save_draft(&mut self, survey: &Survey, draft: &Draft, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.keep(survey, Kept { draft, progress: draft.progress(survey), file: None }, now)
    }

    /// Keeps a draft of which more is known.
    ///
    /// # Errors
    /// As [`Store::save_draft`].
    pub fn keep(&mut self, survey: &Survey, kept: Kept<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let stored = Stored::new(survey, kept, now);
        stored.save(&self.connection).map_err(|error| self.explain(&error))?;
        self.still_there()
    }

    /// Gives all drafts, the one saved last first.
    ///
    /// # Errors
    /// When the database can't be read or a draft is damaged.
    pub fn drafts(&self) -> Result<Vec<DraftSummary>, StoreError> {
        let mut drafts = self.stored_drafts()?;
        drafts.sort_by(|one, other| other.saved_at.cmp(&one.saved_at));
        let summary = |draft: &Stored| draft.summary().ok_or_else(|| self.corrupt("a draft is not of the expected form"));
        drafts.iter().map(summary).collect()
    }

    pub(super) fn stored_drafts(&self) -> Result<Vec<Stored>, StoreError> {
        self.check_table("drafts")?;
        let read = || {
            let sql = "SELECT survey, answered, asked, saved_at, checksum, body, file FROM drafts";
            self.connection.prepare_cached(sql)?.query_map([], Stored::from_row)?.collect::<Result<Vec<_>, _>>()
        };
        let drafts = read().map_err(|error| self.explain(&error))?;
        if drafts.iter().any(|draft| draft.sum() != draft.checksum) {
            return Err(self.corrupt("a draft does not match its checksum"));
        }
        Ok(drafts)
    }
}

impl Stored {
    pub(super) fn save(&self, connection: &Connection) -> Result<(), rusqlite::Error> {
        let sql = "INSERT INTO drafts (id, survey, answered, asked, saved_at, checksum, body, file)
            VALUES ((SELECT id FROM drafts WHERE survey = ?1), ?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (id) DO UPDATE SET answered = excluded.answered, asked = excluded.asked,
                saved_at = excluded.saved_at, checksum = excluded.checksum, body = excluded.body,
                file = excluded.file";
        let row = params![self.survey, self.answered, self.asked, self.saved_at, self.checksum, self.body, self.file];
        connection.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    pub(super) fn new(survey: &Survey, Kept { draft, progress, file }: Kept<'_>, now: DateTime<Utc>) -> Self {
        let stored = Self {
            survey: survey.id.to_string(),
            answered: i64::try_from(progress.answered).unwrap_or(i64::MAX),
            asked: i64::try_from(progress.asked).unwrap_or(i64::MAX),
            saved_at: stamp(now),
            checksum: [0; 16],
            body: draft.to_json(survey).to_string(),
            file: file.and_then(Path::to_str).map(str::to_owned),
        };
        stored.summed()
    }

    /// Gives it with the checksum of what it holds.
    pub(super) fn summed(self) -> Self {
        Self { checksum: self.sum(), ..self }
    }

    fn from_row(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            survey: row.get(0)?,
            answered: row.get(1)?,
            asked: row.get(2)?,
            saved_at: row.get(3)?,
            checksum: row.get(4)?,
            body: row.get(5)?,
            file: row.get(6)?,
        })
    }

    fn sum(&self) -> [u8; 16] {
        let (answered, asked) = (self.answered.to_string(), self.asked.to_string());
        let always = [self.survey.as_str(), &answered, &asked, &self.saved_at, &self.body];
        checksum::of(&always.into_iter().chain(self.file.as_deref()).collect::<Vec<_>>())
    }

    pub(super) fn summary(&self) -> Option<DraftSummary> {
        Some(DraftSummary {
            survey: SurveyId::new(&self.survey)?,
            answered: usize::try_from(self.answered).ok()?,
            asked: usize::try_from(self.asked).ok()?,
            saved_at: time(&self.saved_at)?,
            file: self.file.as_deref().map(PathBuf::from),
        })
    }
}

/// Drops the draft of a survey, if there is one.
pub(super) fn delete(transaction: &Transaction<'_>, survey: &str) -> Result<(), rusqlite::Error> {
    transaction.execute("DELETE FROM drafts WHERE survey = ?1", [survey]).map(drop)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::response::{Answer, Reply, Response};
    use crate::survey::{Kind, Length, Question, QuestionId};

    fn survey() -> Survey {
        let kind = Kind::Text { length: Length::Long, max_length: 1_000_000 };
        let question = Question::new(QuestionId::new("reason").unwrap(), "Why?", kind);
        Survey::new(SurveyId::new("pulse").unwrap(), "Pulse", "en", vec![question])
    }

    fn draft(reason: &str) -> Draft {
        let mut draft = Draft::start(&survey(), DateTime::UNIX_EPOCH);
        let reply = Reply::Given(Answer::Text(reason.to_owned()));
        draft.replies.insert(QuestionId::new("reason").unwrap(), reply);
        draft
    }

    /// Lets the database grow no further, or sets it free again.
    fn limit(store: &Store, pages: Option<i64>) {
        let size = || store.connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0)).unwrap();
        let pages = pages.unwrap_or_else(size);
        store.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    }

    fn assert_full(result: Result<(), StoreError>, path: &Path) {
        let error = result.unwrap_err();
        assert!(matches!(&error, StoreError::Full { path: full } if full == path), "{error:?}");
        assert!(error.hint().contains("free some space"), "{}", error.hint());
        assert!(!format!("{error} {error:?}").contains("zzz"), "an answer in an error");
    }

    #[test]
    fn a_full_disk_is_named_and_keeps_what_was_saved_before() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, survey) = (Store::open(folder.path()).unwrap(), survey());
        let path = store.path().to_owned();
        store.save_draft(&survey, &draft("before"), DateTime::UNIX_EPOCH).unwrap();
        limit(&store, None);
        let long = "z".repeat(50_000);
        assert_full(store.save_draft(&survey, &draft(&long), DateTime::UNIX_EPOCH), &path);
        let response = Response::finish(&survey, &draft(&long), "aa".to_owned(), DateTime::UNIX_EPOCH).unwrap();
        assert_full(store.finish(&survey, "id = \"pulse\"", &response), &path);
        assert_eq!(store.draft(&survey).unwrap().unwrap().0, draft("before"));
        assert_eq!(store.responses(None).count(), 0);
        limit(&store, Some(1_000_000));
        store.finish(&survey, "id = \"pulse\"", &response).unwrap();
        assert_eq!((store.draft(&survey).unwrap(), store.responses(None).count()), (None, 1));
    }
}
