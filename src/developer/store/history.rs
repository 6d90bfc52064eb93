//! What became of surveys: answered or declined, and when.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::database::{Store, stamp, time};
use super::error::StoreError;
use super::responses::BEFORE_ALL;
use super::{checksum, drafts, responses};
use crate::survey::{Survey, SurveyId};

/// A survey that was answered or declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The id of the response; none where the survey was declined.
    pub id: Option<String>,
    /// The survey.
    pub survey: SurveyId,
    /// Its title on that day.
    pub title: String,
    /// Its version on that day.
    pub version: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A response was stored.
    Answered,
    /// The respondent said no.
    Declined,
}

impl Outcome {
    /// Gives the outcome's name in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Declined => "declined",
        }
    }
}

struct Decline {
    survey: String,
    version: u32,
    title: String,
    declined_at: String,
    checksum: [u8; 16],
}

impl Store {
    /// Notes that a survey was declined and drops its draft, all or nothing.
    ///
    /// # Errors
    /// When it can't be written; the draft is kept then.
    pub fn decline(&mut self, survey: &Survey, now: DateTime<Utc>) -> Result<(), StoreError> {
        let decline = Decline::new(survey, now);
        self.write(|transaction| {
            let sql = "INSERT INTO declines (survey, version, title, declined_at, checksum) VALUES (?1, ?2, ?3, ?4, ?5)";
            let row = params![decline.survey, decline.version, decline.title, decline.declined_at, decline.checksum];
            transaction.execute(sql, row)?;
            drafts::delete(transaction, &survey.id)
        })
    }

    /// Gives all that was answered or declined, newest first.
    ///
    /// # Errors
    /// When the database can't be read or a row is damaged.
    pub fn history(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        self.check_table("declines")?;
        self.check_table("responses")?;
        let mut entries = self.declined()?;
        let mut row = BEFORE_ALL;
        while let Some(response) = self.response_after(row, None)? {
            row = response.row;
            entries.push(entry_of(response).ok_or_else(|| self.corrupt("a response is not of the expected form"))?);
        }
        // Reversed first, so that of two at the same second the one stored later comes first.
        entries.reverse();
        entries.sort_by_key(|entry| Reverse(entry.at));
        Ok(entries)
    }

    fn declined(&self) -> Result<Vec<HistoryEntry>, StoreError> {
        let sql = "SELECT survey, version, title, declined_at, checksum FROM declines ORDER BY id";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([], Decline::from_row)?.collect::<Result<Vec<_>, _>>()
        };
        let declines = read().map_err(|error| self.explain(&error))?;
        let entry = |decline: Decline| decline.entry().ok_or_else(|| self.corrupt("a declined survey is damaged"));
        declines.into_iter().map(entry).collect()
    }
}

impl Decline {
    fn new(survey: &Survey, now: DateTime<Utc>) -> Self {
        let mut decline = Self {
            survey: survey.id.to_string(),
            version: survey.version,
            title: survey.title.original().to_owned(),
            declined_at: stamp(now),
            checksum: [0; 16],
        };
        decline.checksum = decline.sum();
        decline
    }

    fn from_row(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            survey: row.get(0)?,
            version: row.get(1)?,
            title: row.get(2)?,
            declined_at: row.get(3)?,
            checksum: row.get(4)?,
        })
    }

    fn sum(&self) -> [u8; 16] {
        checksum::of(&[&self.survey, &self.version.to_string(), &self.title, &self.declined_at])
    }

    fn entry(self) -> Option<HistoryEntry> {
        let intact = self.sum() == self.checksum;
        intact.then_some(())?;
        Some(HistoryEntry {
            id: None,
            survey: SurveyId::new(&self.survey)?,
            at: time(&self.declined_at)?,
            title: self.title,
            version: self.version,
            outcome: Outcome::Declined,
        })
    }
}

fn entry_of(response: responses::Stored) -> Option<HistoryEntry> {
    Some(HistoryEntry {
        survey: SurveyId::new(&response.survey)?,
        at: time(&response.answered_at)?,
        id: Some(response.id),
        title: response.title,
        version: response.version,
        outcome: Outcome::Answered,
    })
}
