//! Submissions that come at once, in a file: those of a transaction are stored as one row for each part, and moved into their places when
//! the burst is over.
//!
//! Nullifiers are chance: in their places, almost every submission would have a page of its own written, which costs several times the
//! rest of a commit. Those that come alone go into their places at once.
//!
//! ```text
//!  0  nullifier           32   ascending within a row
//! 32  version              4   big-endian
//! 36  payload's length     4   big-endian
//! 40  payload              …
//! ```

use std::collections::HashSet;

use super::error::StoreError;
use super::sqlite::Sqlite;
use super::stored::{Place, Stored};
use super::value::{Row, Unreadable, Value, values};
use crate::anonymous::{Digest, Nullifier, Part, WaveId};

/// How many submissions of a transaction are no burst yet.
const FEW: usize = 8;

/// How many arrivals are left standing at most.
const MANY: usize = 16_384;

/// How many submissions each wave and part has, wherever they stand.
pub(super) const REDEEMED: &str = "(SELECT wave, part, 1 AS counted FROM responses
    UNION ALL SELECT wave, part, submissions AS counted FROM arrivals)";

/// Stores submissions of one part together.
const ARRIVE: &str = "INSERT INTO arrivals (lowest, wave, part, submissions, entries) VALUES (?1, ?2, ?3, ?4, ?5)";

/// Says whether something has its place.
const IS_SETTLED: &str = "SELECT 1 FROM responses WHERE nullifier = ?1";

/// Says whether a wave takes submissions.
const IS_TAKING: &str = "SELECT 1 FROM waves WHERE wave = ?1 AND closing IS NULL";

/// Finds the next that arrived together.
const NEXT: &str = "SELECT lowest, wave, part, entries FROM arrivals WHERE lowest > ?1 ORDER BY lowest LIMIT 1";

/// Moves a submission into its place.
const SETTLE: &str = "INSERT INTO responses (nullifier, wave, part, version, payload, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT DO NOTHING";

impl Sqlite {
    /// Stores those submissions of a burst that are the first under their nullifier and whose wave is open; says of each whether it was
    /// stored.
    pub(super) fn insert_at_once(&self, new: &[Stored]) -> Result<Vec<bool>, StoreError> {
        if self.arrived.borrow().as_ref().is_none_or(|known| known.len() >= MANY) {
            self.settle()?;
        }
        let mut known = self.arrived.borrow_mut();
        let Some(known) = known.as_mut().filter(|known| new.len() > FEW || !known.is_empty()) else {
            return Ok(vec![false; new.len()]);
        };
        let mut open: Option<(WaveId, bool)> = None;
        let mut is_first = |one: &Stored| {
            let wave = one.place.0;
            let is_taking = match open {
                Some((known, is_taking)) if known == wave => is_taking,
                _ => open.insert((wave, self.finds(IS_TAKING, values![&wave.0])?)).1,
            };
            // Whoever takes something back that never came is a stranger here.
            let is_new = is_taking && !one.payload.is_empty() && !self.finds(IS_SETTLED, values![&one.nullifier.0])?;
            Ok(is_new && known.insert(one.nullifier.0.0))
        };
        let first = new.iter().map(&mut is_first).collect::<Result<Vec<bool>, StoreError>>()?;
        let mut together: Vec<&Stored> = new.iter().zip(&first).filter(|(_, is_first)| **is_first).map(|(one, _)| one).collect();
        together.sort_unstable_by_key(|one| (one.place, one.nullifier));
        together.chunk_by(|one, other| one.place == other.place).try_for_each(|of_part| self.arrive(of_part))?;
        Ok(first)
    }

    /// Stores submissions of one part, ascending, as one row.
    fn arrive(&self, together: &[&Stored]) -> Result<(), StoreError> {
        let Some(lowest) = together.first() else { return Ok(()) };
        let (wave, part) = lowest.place;
        let mut entries = Vec::new();
        together.iter().for_each(|one| write(one, &mut entries));
        let count = u32::try_from(together.len()).unwrap_or(u32::MAX);
        self.execute(ARRIVE, values![&lowest.nullifier.0, &wave.0, part.name(), count, &*entries]).map(|_| ())
    }

    /// Says whether something may have arrived that was not moved yet.
    pub(super) fn is_unsettled(&self) -> bool {
        self.arrived.borrow().as_ref().is_some_and(|known| !known.is_empty())
    }

    /// Moves what arrived into its place; secure deletion overwrites where it stood.
    pub(super) fn settle(&self) -> Result<(), StoreError> {
        let mut last = Vec::new();
        while let Some((lowest, submissions)) = self.query((NEXT, 1), values![&*last], read)?.pop() {
            for Stored { nullifier, place: (wave, part), version, payload, hash } in submissions {
                self.execute(SETTLE, values![&nullifier.0, &wave.0, part.name(), version, &*payload, &hash])?;
            }
            last = lowest;
        }
        self.execute("DELETE FROM arrivals", &[])?;
        self.arrived.replace(Some(HashSet::new()));
        Ok(())
    }

    fn finds(&self, sql: &str, values: &[Value<'_>]) -> Result<bool, StoreError> {
        self.query((sql, 1), values, |_| Ok(())).map(|found| !found.is_empty())
    }
}

fn write(one: &Stored, entries: &mut Vec<u8>) {
    entries.extend(one.nullifier.0.0);
    entries.extend(one.version.to_be_bytes());
    entries.extend(u32::try_from(one.payload.len()).unwrap_or(u32::MAX).to_be_bytes());
    entries.extend(&one.payload);
}

/// Reads a row: what it stands under, and its submissions.
fn read(row: Row<'_>) -> Result<(Vec<u8>, Vec<Stored>), Unreadable> {
    let place = (WaveId(Digest(row.get(1)?)), Part::from_name(&row.get::<String>(2)?).ok_or(Unreadable)?);
    let entries: Vec<u8> = row.get(3)?;
    let (mut rest, mut submissions) = (&*entries, Vec::new());
    while !rest.is_empty() {
        let (one, more) = entry(rest, place).ok_or(Unreadable)?;
        submissions.push(one);
        rest = more;
    }
    Ok((row.get(0)?, submissions))
}

/// Reads the first of several submissions, and gives the others.
fn entry(bytes: &[u8], place: Place) -> Option<(Stored, &[u8])> {
    let (nullifier, rest) = bytes.split_first_chunk()?;
    let (version, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (payload, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let (nullifier, version) = (Nullifier(Digest(*nullifier)), u32::from_be_bytes(*version));
    Some((Stored { nullifier, place, version, payload: payload.to_vec(), hash: Digest::of(&[payload]) }, rest))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::super::{PublishedWave, Putting, Store, StoreError};
    use super::*;
    use crate::anonymous::{Digest, Nullifier, Part};

    const WAVE: WaveId = WaveId(Digest([9; 32]));

    fn store(path: &PathBuf) -> Store {
        let store = Store::make(path).unwrap();
        store.publish(&PublishedWave::bare(WAVE, "one", 1)).unwrap();
        store
    }

    fn version(at: u8, version: u32, payload: &[u8]) -> Stored {
        let hash = Digest::of(&[payload]);
        Stored {
            nullifier: Nullifier(Digest::of(&[&[at]])),
            place: (WAVE, Part::Scores),
            version,
            payload: payload.to_vec(),
            hash,
        }
    }

    fn burst(of: impl Iterator<Item = u8>) -> Vec<Stored> {
        of.map(|at| version(at, 1, &[at])).collect()
    }

    fn put(store: &Store, new: &[Stored]) -> Vec<Putting> {
        store.together(|| store.put_all(new)).unwrap()
    }

    fn rows(store: &Store, table: &str) -> u32 {
        store.first(&format!("SELECT count(*) FROM {table}"), &[], |row| row.get(0)).unwrap().unwrap()
    }

    #[test]
    fn a_burst_is_stored_as_it_comes_and_moved_when_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder.path().join("collector.db"));
        assert_eq!(put(&store, &burst(0..2)), [Putting::New; 2]);
        assert_eq!((store.is_unsettled(), rows(&store, "responses")), (false, 2), "few go into their places at once");
        assert_eq!(put(&store, &burst(2..40)), [Putting::New; 38]);
        assert_eq!((store.is_unsettled(), rows(&store, "arrivals"), rows(&store, "responses")), (true, 1, 2));
        assert_eq!((store.count_redeemed(WAVE).unwrap().scores, store.gather(WAVE).unwrap().entries.len()), (40, 40));
        store.together(|| store.settle()).unwrap();
        assert_eq!((store.is_unsettled(), rows(&store, "arrivals"), rows(&store, "responses")), (false, 0, 40));
        assert_eq!(store.payloads(WAVE, Part::Scores).unwrap().len(), 40);
    }

    #[test]
    fn each_counts_once_wherever_it_stands_and_its_higher_version_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let first = store(&path);
        put(&first, &burst(0..2));
        let twice: Vec<_> =
            burst((0..20).chain(5..10)).into_iter().chain([version(3, 1, b"other"), version(4, 2, b"edited")]).collect();
        let mut expected = vec![Putting::Kept; 2];
        expected.extend([Putting::New; 18]);
        expected.extend([Putting::Kept; 5]);
        expected.extend([Putting::VersionTaken, Putting::Kept]);
        assert_eq!(put(&first, &twice), expected);
        put(&first, &burst(20..60));
        // Whoever opens the database next doesn't know what came before.
        drop(first);
        let second = Store::open(&path).unwrap();
        assert!(rows(&second, "arrivals") > 0, "something stands together");
        assert_eq!(put(&second, &burst(15..35)), [Putting::Kept; 20]);
        assert_eq!(put(&second, &[version(59, 2, b"")]), [Putting::Kept]);
        assert_eq!(put(&second, &burst(59..60)), [Putting::VersionTaken]);
        assert_eq!((second.count_redeemed(WAVE).unwrap().scores, second.taken_back(WAVE).unwrap().scores), (60, 1));
        assert!(second.payloads(WAVE, Part::Scores).unwrap().contains(&b"edited".to_vec()));
    }

    #[test]
    fn what_was_rolled_back_comes_again_and_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder.path().join("collector.db"));
        put(&store, &burst(0..20));
        let failed = store.together(|| {
            store.put_all(&burst(10..40))?;
            Err::<(), _>(StoreError::Full("here".to_owned()))
        });
        assert!(failed.is_err());
        let mut expected = vec![Putting::Kept; 10];
        expected.extend([Putting::New; 20]);
        assert_eq!(put(&store, &burst(10..40)), expected);
        assert_eq!(store.count_redeemed(WAVE).unwrap().scores, 40);
    }

    #[test]
    fn a_closed_wave_takes_no_burst_and_lists_what_came_before() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder.path().join("collector.db"));
        put(&store, &burst(0..20));
        store.together(|| store.close(WAVE, "{}", &[])).unwrap();
        assert_eq!((rows(&store, "arrivals"), rows(&store, "responses")), (0, 20));
        assert_eq!(put(&store, &burst(20..40)), [Putting::Closed; 20]);
    }

    #[test]
    fn after_a_rewrite_and_in_a_copy_nothing_tells_the_order_of_a_burst() {
        let bytes = |path: &Path| {
            let mut bytes = std::fs::read(path).unwrap();
            bytes[24..28].fill(0);
            bytes[92..96].fill(0);
            bytes
        };
        let left = |order: Vec<u8>| {
            let folder = tempfile::tempdir().unwrap();
            let (path, copy) = (folder.path().join("collector.db"), folder.path().join("copy.db"));
            let store = store(&path);
            put(&store, &burst(order.into_iter()));
            store.copy_to(&copy).unwrap();
            put(&store, &burst(100..120));
            assert!(store.rewrite().unwrap());
            drop(store);
            (bytes(&path), bytes(&copy))
        };
        assert_eq!(left((0..60).collect()), left((0..60).rev().collect()));
    }
}
