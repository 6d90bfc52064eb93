//! What became of surveys: answered or declined, and when.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::database::{Store, stamp, time};
use super::error::StoreError;
use super::responses::BEFORE_ALL;
use super::{checksum, drafts, responses};
use crate::survey::wave::Period;
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
    /// The wave it counts for; none where the survey had no waves on that day.
    pub wave: Option<String>,
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

impl HistoryEntry {
    /// Says whether it settles a survey for now: in its wave, or in its version where it has no waves.
    ///
    /// What was stored before the survey had waves counts for the wave that holds its day, as the clock stood there.
    pub fn settles(&self, survey: &SurveyId, version: u32, wave: Option<&Period>, zone: &FixedOffset) -> bool {
        let is_in = |period: &Period| match &self.wave {
            Some(id) => *id == period.id,
            None => period.contains(self.at.with_timezone(zone).date_naive()),
        };
        self.survey == *survey && wave.map_or(self.version == version, is_in)
    }
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

/// A declined survey as its row holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decline {
    pub(super) survey: String,
    version: u32,
    title: String,
    pub(super) declined_at: String,
    wave: Option<String>,
    #[serde(skip)]
    checksum: [u8; 16],
}

impl Store {
    /// Notes that a survey was declined, in a wave where it has any, and drops its draft, all or nothing.
    ///
    /// # Errors
    /// When it can't be written; the draft is kept then.
    pub fn decline(&mut self, survey: &Survey, wave: Option<&str>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let decline = Decline::new(survey, wave, now);
        self.write(|transaction| {
            decline.insert(transaction)?;
            drafts::delete(transaction, survey.id.as_str())
        })
    }

    /// Deletes the draft of a survey, of which an earlier answer stays.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn drop_draft(&mut self, survey: &Survey) -> Result<(), StoreError> {
        self.write(|transaction| drafts::delete(transaction, survey.id.as_str()))
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
        let entry = |decline: Decline| decline.entry().ok_or_else(|| self.corrupt("a declined survey is damaged"));
        self.declines()?.into_iter().map(entry).collect()
    }

    pub(super) fn declines(&self) -> Result<Vec<Decline>, StoreError> {
        let sql = "SELECT survey, version, title, declined_at, checksum, wave FROM declines ORDER BY id";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([], Decline::from_row)?.collect::<Result<Vec<_>, _>>()
        };
        read().map_err(|error| self.explain(&error))
    }
}

impl Decline {
    fn new(survey: &Survey, wave: Option<&str>, now: DateTime<Utc>) -> Self {
        let decline = Self {
            survey: survey.id.to_string(),
            version: survey.version,
            title: survey.title.original().to_owned(),
            declined_at: stamp(now),
            wave: wave.map(str::to_owned),
            checksum: [0; 16],
        };
        decline.summed()
    }

    /// Gives it with the checksum of what it holds.
    pub(super) fn summed(self) -> Self {
        Self { checksum: self.sum(), ..self }
    }

    pub(super) fn insert(&self, transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
        let sql = "INSERT INTO declines (survey, version, title, declined_at, checksum, wave) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![self.survey, self.version, self.title, self.declined_at, self.checksum, self.wave];
        transaction.execute(sql, row).map(drop)
    }

    fn from_row(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            survey: row.get(0)?,
            version: row.get(1)?,
            title: row.get(2)?,
            declined_at: row.get(3)?,
            checksum: row.get(4)?,
            wave: row.get(5)?,
        })
    }

    fn sum(&self) -> [u8; 16] {
        let version = self.version.to_string();
        let always = [self.survey.as_str(), &version, &self.title, &self.declined_at];
        checksum::of(&always.into_iter().chain(self.wave.as_deref()).collect::<Vec<_>>())
    }

    pub(super) fn entry(self) -> Option<HistoryEntry> {
        let intact = self.sum() == self.checksum;
        intact.then_some(())?;
        Some(HistoryEntry {
            id: None,
            survey: SurveyId::new(&self.survey)?,
            at: time(&self.declined_at)?,
            title: self.title,
            version: self.version,
            wave: self.wave,
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
        wave: response.wave,
        outcome: Outcome::Answered,
    })
}
