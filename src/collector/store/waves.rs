//! Waves in the database: published, closed, erased.

use super::error::StoreError;
use super::open::Store;
use super::value::{Row, Unreadable, values};
use crate::anonymous::ledger::Counts;
use crate::anonymous::{Digest, Nullifier, Part, WaveId};

/// A wave as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedWave {
    /// Its id.
    pub(crate) id: WaveId,
    /// Its survey.
    pub(crate) survey: String,
    /// What it is called.
    pub(crate) name: String,
    /// Its place in the line of the survey's waves.
    pub(crate) sequence: u64,
    /// The signed bundle, in JSON; empty where it was erased.
    pub(crate) bundle: String,
    /// Whether it is closed.
    pub(crate) is_closed: bool,
}

/// What a wave comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// What is stored under each nullifier.
    pub(crate) entries: Vec<(Nullifier, Digest)>,
    /// Tokens issued.
    pub(crate) issued: Counts,
    /// Tokens redeemed.
    pub(crate) redeemed: Counts,
    /// How many people there are by now, those who got a token and were erased since among them.
    pub(crate) invited: u32,
}

#[cfg(test)]
impl PublishedWave {
    /// Makes a wave of a survey with nothing in its bundle.
    pub(crate) fn bare(id: WaveId, name: &str, sequence: u64) -> Self {
        let (survey, name, bundle) = ("pulse".to_owned(), name.to_owned(), "{}".to_owned());
        Self { id, survey, name, sequence, bundle, is_closed: false }
    }
}

const COLUMNS: &str = "wave, survey, name, sequence, bundle, closing IS NOT NULL";

impl Store {
    /// Gives every wave that was not erased.
    pub(crate) fn waves(&self) -> Result<Vec<PublishedWave>, StoreError> {
        self.all(&format!("SELECT {COLUMNS} FROM waves WHERE bundle <> '' ORDER BY survey, sequence"), &[], wave)
    }

    /// Finds a wave that was not erased.
    pub(crate) fn wave(&self, id: WaveId) -> Result<Option<PublishedWave>, StoreError> {
        self.first(&format!("SELECT {COLUMNS} FROM waves WHERE wave = ?1 AND bundle <> ''"), values![&id.0], wave)
    }

    /// Gives the highest number of a survey's waves, erased ones among them; 0 where there is none.
    pub(crate) fn last_sequence(&self, survey: &str) -> Result<u64, StoreError> {
        let sql = "SELECT max(sequence) FROM waves WHERE survey = ?1";
        let last = self.first(sql, values![survey], |row| row.get::<Option<i64>>(0))?.flatten();
        Ok(last.and_then(|last| u64::try_from(last).ok()).unwrap_or_default())
    }

    /// Publishes a wave.
    pub(crate) fn publish(&self, wave: &PublishedWave) -> Result<(), StoreError> {
        let sql = "INSERT INTO waves (wave, survey, name, sequence, bundle) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (id, sequence) = (&wave.id.0, i64::try_from(wave.sequence).unwrap_or(i64::MAX));
        self.execute(sql, values![id, &*wave.survey, &*wave.name, sequence, &*wave.bundle]).map(|_| ())
    }

    /// Says whether a wave takes tokens and submissions still: it is there, and not closed.
    pub(crate) fn is_taking(&self, wave: WaveId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM waves WHERE wave = ?1 AND closing IS NULL";
        self.first(sql, values![&wave.0], |_| Ok(())).map(|found| found.is_some())
    }

    /// Gathers what a closing states, when everything is in its place.
    pub(crate) fn gather(&self, wave: WaveId) -> Result<Gathered, StoreError> {
        self.settle()?;
        let sql = "SELECT nullifier, hash FROM responses WHERE wave = ?1 ORDER BY nullifier";
        let entry = |row: Row<'_>| Ok((Nullifier(Digest(row.get(0)?)), Digest(row.get(1)?)));
        let entries = self.all(sql, values![&wave.0], entry)?;
        let sql = "SELECT DISTINCT credential FROM issued WHERE wave = ?1";
        let (credentials, people) = (self.all(sql, values![&wave.0], |row| row.get::<[u8; 32]>(0))?, self.credentials()?);
        let strangers = credentials.iter().filter(|credential| !people.contains(*credential)).count();
        Ok(Gathered {
            entries,
            issued: self.count_issued(wave)?,
            redeemed: self.count_redeemed(wave)?,
            invited: self.invited()? + u32::try_from(strangers).unwrap_or(u32::MAX),
        })
    }

    /// Gives how many tokens of each part were issued for a wave.
    pub(crate) fn count_issued(&self, wave: WaveId) -> Result<Counts, StoreError> {
        self.counts("(SELECT wave, part, 1 AS counted FROM issued)", wave)
    }

    /// Gives how many submissions of each part a wave has, those that were taken back among them.
    pub(crate) fn count_redeemed(&self, wave: WaveId) -> Result<Counts, StoreError> {
        self.counts(self.redeemed(), wave)
    }

    /// Gives how many submissions of each part were taken back, of those that are still there.
    pub(crate) fn taken_back(&self, wave: WaveId) -> Result<Counts, StoreError> {
        self.counts("(SELECT wave, part, 1 AS counted FROM responses WHERE length(payload) = 0)", wave)
    }

    fn counts(&self, rows: &str, wave: WaveId) -> Result<Counts, StoreError> {
        let sql =
            format!("SELECT CAST(coalesce(sum(counted), 0) AS bigint) FROM {rows} AS counting WHERE wave = ?1 AND part = ?2");
        let count = |part: Part| self.first(&sql, values![&wave.0, part.name()], |row| row.get(0));
        let [scores, comments] = Part::ALL.map(count);
        Ok(Counts { scores: scores?.unwrap_or_default(), comments: comments?.unwrap_or_default() })
    }

    /// Closes a wave: what was stated, the list of what is stored, and no trace of who got a token.
    pub(crate) fn close(&self, wave: WaveId, closing: &str, ledger: &[u8]) -> Result<(), StoreError> {
        self.settle()?;
        self.execute("UPDATE waves SET closing = ?2, ledger = ?3 WHERE wave = ?1", values![&wave.0, closing, ledger])?;
        self.execute("DELETE FROM issued WHERE wave = ?1", values![&wave.0]).map(|_| ())
    }

    /// Gives what was stated at the close; `None` before.
    pub(crate) fn closing(&self, wave: WaveId) -> Result<Option<String>, StoreError> {
        Ok(self.first("SELECT closing FROM waves WHERE wave = ?1", values![&wave.0], |row| row.get(0))?.flatten())
    }

    /// Gives the list of a closed wave; `None` before the close, and where it was erased.
    pub(crate) fn ledger(&self, wave: WaveId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.first("SELECT ledger FROM waves WHERE wave = ?1", values![&wave.0], |row| row.get(0))?.flatten())
    }

    /// Erases the responses of a wave; with `all`, what was asked too. Its number never comes back.
    pub(crate) fn erase_wave(&self, wave: WaveId, all: bool) -> Result<bool, StoreError> {
        let mut erased = self.execute("DELETE FROM responses WHERE wave = ?1", values![&wave.0])?;
        erased += self.execute("DELETE FROM days WHERE wave = ?1", values![&wave.0])?;
        erased += self.execute("UPDATE waves SET ledger = NULL WHERE wave = ?1 AND ledger IS NOT NULL", values![&wave.0])?;
        if all {
            erased += self.execute("UPDATE waves SET bundle = '' WHERE wave = ?1 AND bundle <> ''", values![&wave.0])?;
        }
        Ok(erased > 0)
    }
}

fn wave(row: Row<'_>) -> Result<PublishedWave, Unreadable> {
    Ok(PublishedWave {
        id: WaveId(Digest(row.get(0)?)),
        survey: row.get(1)?,
        name: row.get(2)?,
        sequence: u64::try_from(row.get::<i64>(3)?).unwrap_or_default(),
        bundle: row.get(4)?,
        is_closed: row.get(5)?,
    })
}
