//! Waves: the bundles that were accepted. What is read again is checked again, signature and all.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Moved, Record};
use super::tokens::Held;
use crate::anonymous::{Bundle, Digest, Part, Wave, WaveId};

/// A wave that was accepted, and the collector that published it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownWave {
    /// The address it came from.
    pub collector: String,
    /// The wave.
    pub wave: Wave,
    /// Its bundle, as it came.
    pub bundle: Bundle,
    /// Whether the collector's enrolment was moved to another machine, where its waves are answered.
    pub moved: Option<Moved>,
    /// Whether the collector is known to have closed it, be it before its time.
    pub is_closed: bool,
}

impl KnownWave {
    /// Says whether nothing of it is collected any more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.is_closed || now >= self.wave.manifest.collect_closes()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) wave: Digest,
    pub(super) collector: String,
    pub(super) closes: DateTime<Utc>,
    pub(super) bundle: Bundle,
    #[serde(default)]
    pub(super) is_closed: bool,
}

impl Record for Stored {
    const KIND: Kind = Kind::Wave;

    fn name(&self) -> String {
        self.wave.to_string()
    }
}

impl Store {
    /// Gives the waves that were accepted and are not over since before a time.
    ///
    /// # Errors
    /// When the database can't be read or is damaged, or a wave isn't signed by a publisher that is pinned.
    pub fn waves(&self, not_before: DateTime<Utc>) -> Result<Vec<KnownWave>, StoreError> {
        let stored: Vec<Stored> = self.records()?;
        // Most have none, and need not look for publishers.
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let enrolments = self.enrolments()?;
        let open = |stored: Stored| {
            let enrolment = enrolments.iter().find(|enrolment| enrolment.collector == stored.collector);
            let wave = enrolment.and_then(|enrolment| stored.bundle.open(&enrolment.publishers).ok());
            let wave = wave.ok_or_else(|| self.corrupt("a wave is not signed by a publisher you joined"))?;
            let moved = enrolment.and_then(|enrolment| enrolment.moved);
            Ok(KnownWave { collector: stored.collector, wave, bundle: stored.bundle, moved, is_closed: stored.is_closed })
        };
        stored.into_iter().filter(|stored| stored.closes >= not_before).map(open).collect()
    }

    /// Finds a wave by its id.
    ///
    /// # Errors
    /// As [`Store::waves`].
    pub fn wave(&self, id: WaveId) -> Result<Option<KnownWave>, StoreError> {
        Ok(self.waves(DateTime::<Utc>::MIN_UTC)?.into_iter().find(|known| known.wave.id == id))
    }

    /// Takes down that the collector closed a wave: nothing of it is sent, changed or taken back any more.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_closed(&mut self, id: WaveId) -> Result<(), StoreError> {
        self.write(|transaction| {
            let stored = records::all::<Stored>(transaction)?.into_iter().find(|stored| stored.wave == id.0 && !stored.is_closed);
            stored.map_or(Ok(()), |stored| records::put(transaction, &Stored { is_closed: true, ..stored }))
        })
    }

    /// Keeps a wave that was accepted, with the times its tokens are to be fetched; a token that is there already stays.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_wave(&mut self, known: &KnownWave, fetch_at: [DateTime<Utc>; 2]) -> Result<(), StoreError> {
        let stored = Stored {
            wave: known.wave.id.0,
            collector: known.collector.clone(),
            closes: known.wave.manifest.collect_closes(),
            bundle: known.bundle.clone(),
            is_closed: known.is_closed,
        };
        self.write(|transaction| {
            records::put(transaction, &stored)?;
            let planned = |(part, at)| Held::planned(known.wave.id, part, at);
            Part::ALL.into_iter().zip(fetch_at).map(planned).try_for_each(|held| records::put_new(transaction, &held))
        })
    }
}
