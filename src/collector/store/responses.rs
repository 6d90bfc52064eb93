//! Submissions in the database: one under each nullifier, the highest version of it.

use super::error::StoreError;
use super::open::Store;
use super::stored::Stored;
use super::value::{Row, values};
use crate::anonymous::{Digest, Part, WaveId};

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Putting {
    /// Nothing was stored under the nullifier before.
    New,
    /// It is stored: a higher version, or the same once more.
    Kept,
    /// Another submission of this version, or a higher version, is stored, or it was taken back.
    VersionTaken,
    /// The wave takes no more.
    Closed,
}

impl Store {
    /// Stores versions of submissions, one after the other, and says what became of each: on the disk when it returns. What fails may
    /// have been stored in part, and can be put again.
    pub(crate) fn commit_all(&self, new: &[Stored]) -> Result<Vec<Putting>, StoreError> {
        if !self.commits_at_once() {
            return self.together(|| self.put_all(new));
        }
        let first = self.insert_at_once(new)?;
        if first.contains(&false) { self.together(|| self.put_others(new, first)) } else { Ok(vec![Putting::New; new.len()]) }
    }

    /// Stores versions of submissions in a transaction, as [`Self::commit_all`] does in its own.
    pub(crate) fn put_all(&self, new: &[Stored]) -> Result<Vec<Putting>, StoreError> {
        let first = self.insert_at_once(new)?;
        self.put_others(new, first)
    }

    /// Stores those that weren't stored at once.
    fn put_others(&self, new: &[Stored], first: Vec<bool>) -> Result<Vec<Putting>, StoreError> {
        if self.is_unsettled() && first.contains(&false) {
            self.settle()?;
        }
        new.iter().zip(first).map(|(one, is_new)| if is_new { Ok(Putting::New) } else { self.put(one) }).collect()
    }

    /// Stores a version of a submission.
    fn put(&self, new: &Stored) -> Result<Putting, StoreError> {
        let (nullifier, (wave, part)) = (&new.nullifier.0, new.place);
        let sql = "INSERT INTO responses (nullifier, wave, part, version, payload, hash)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM waves WHERE wave = ?2 AND closing IS NULL)
            ON CONFLICT DO NOTHING";
        let values = values![nullifier, &wave.0, part.name(), new.version, &*new.payload, &new.hash];
        if self.execute(sql, values)? == 1 {
            return Ok(Putting::New);
        }
        if self.is_taking(wave)? { self.put_over(new) } else { Ok(Putting::Closed) }
    }

    /// Stores a version where something is stored under its nullifier.
    fn put_over(&self, new: &Stored) -> Result<Putting, StoreError> {
        let (nullifier, (wave, part)) = (&new.nullifier.0, new.place);
        let sql = "SELECT version, hash, length(payload) = 0, wave = ?2 AND part = ?3 FROM responses WHERE nullifier = ?1";
        let read = |row: Row<'_>| Ok((row.get::<u32>(0)?, Digest(row.get(1)?), row.get::<bool>(2)?, row.get::<bool>(3)?));
        match self.first(sql, values![nullifier, &wave.0, part.name()], read)? {
            Some((version, hash, _, true)) if version == new.version && hash == new.hash => Ok(Putting::Kept),
            Some((version, _, false, true)) if version < new.version => {
                let sql = "UPDATE responses SET version = ?2, payload = ?3, hash = ?4 WHERE nullifier = ?1";
                self.execute(sql, values![nullifier, new.version, &*new.payload, &new.hash])?;
                Ok(Putting::Kept)
            }
            // Whoever uses one key for several tokens has one nullifier for them all: the first of them counts.
            _ => Ok(Putting::VersionTaken),
        }
    }

    /// Gives the payloads of a part in the order of their hashes, those that were taken back left out.
    pub(crate) fn payloads(&self, wave: WaveId, part: Part) -> Result<Vec<Vec<u8>>, StoreError> {
        let sql = "SELECT payload FROM responses WHERE wave = ?1 AND part = ?2 AND length(payload) > 0 ORDER BY hash";
        self.all(sql, values![&wave.0, part.name()], |row| row.get(0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::PublishedWave;
    use super::*;
    use crate::anonymous::Nullifier;

    const WAVE: WaveId = WaveId(Digest([9; 32]));

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::make(&folder.path().join("collector.db")).unwrap();
        store.publish(&PublishedWave::bare(WAVE, "one", 1)).unwrap();
        (folder, store)
    }

    fn version(version: u32, payload: &[u8]) -> Stored {
        let hash = Digest::of(&[payload]);
        Stored { nullifier: Nullifier(Digest([1; 32])), place: (WAVE, Part::Scores), version, payload: payload.to_vec(), hash }
    }

    #[test]
    fn a_higher_version_replaces_a_lower_one_and_nothing_comes_back_after_a_withdrawal() {
        let (_folder, store) = store();
        let cases = [
            (2, b"two".as_slice(), Putting::New),
            (2, b"two", Putting::Kept),
            (2, b"other", Putting::VersionTaken),
            (1, b"one", Putting::VersionTaken),
            (3, b"three", Putting::Kept),
            (4, b"", Putting::Kept),
            (4, b"", Putting::Kept),
            (5, b"five", Putting::VersionTaken),
        ];
        for (number, payload, expected) in cases {
            assert_eq!(store.put(&version(number, payload)).unwrap(), expected, "{number} {payload:?}");
        }
        assert_eq!(store.payloads(WAVE, Part::Scores).unwrap(), Vec::<Vec<u8>>::new());
        assert_eq!(store.gather(WAVE).unwrap().redeemed.scores, 1);
    }

    #[test]
    fn a_nullifier_belongs_to_one_wave_and_part() {
        let (_folder, store) = store();
        let other = WaveId(Digest([8; 32]));
        store.publish(&PublishedWave::bare(other, "two", 2)).unwrap();
        store.put(&version(1, b"one")).unwrap();
        for place in [(WAVE, Part::Comments), (other, Part::Scores)] {
            for (number, payload) in [(1, b"one"), (2, b"two")] {
                assert_eq!(store.put(&Stored { place, ..version(number, payload) }).unwrap(), Putting::VersionTaken);
            }
        }
        assert_eq!(store.payloads(WAVE, Part::Scores).unwrap(), [b"one"]);
    }

    #[test]
    fn an_erased_wave_leaves_nothing_but_its_number() {
        let (_folder, store) = store();
        store.put(&version(1, b"one")).unwrap();
        store.note_day("2026-11-01", WAVE).unwrap();
        store.close(WAVE, "{}", &[1]).unwrap();
        assert!(store.erase_wave(WAVE, false).unwrap() && !store.erase_wave(WAVE, false).unwrap());
        assert_eq!((store.ledger(WAVE).unwrap(), store.last_counts().unwrap()), (None, vec![]));
        assert!(store.wave(WAVE).unwrap().is_some() && store.gather(WAVE).unwrap().entries.is_empty());
        assert!(store.erase_wave(WAVE, true).unwrap());
        assert_eq!((store.wave(WAVE).unwrap(), store.waves().unwrap(), store.last_sequence("pulse").unwrap()), (None, vec![], 1));
    }

    #[test]
    fn a_closed_wave_takes_nothing() {
        let (_folder, store) = store();
        store.close(WAVE, "{}", &[]).unwrap();
        assert_eq!(store.put(&version(1, b"late")).unwrap(), Putting::Closed);
    }
}
