//! Submissions that come at once, in a file: they are stored as they come, and moved into their places when the burst is over.
//!
//! Nullifiers are chance: stored in their places, almost every submission would have a page of its own written, which costs several
//! times the rest of a commit. Those that come alone go into their places at once. As long as a burst lasts, its rows tell their order,
//! as the database's log does in any case.

use std::cell::RefCell;
use std::collections::HashSet;

use super::error::StoreError;
use super::sqlite::Sqlite;
use super::stored::Stored;
use super::value::{Value, values};
use crate::anonymous::WaveId;

/// How many submissions of a transaction are no burst yet.
const FEW: usize = 8;

/// How many arrivals are left standing at most.
const MANY: usize = 16_384;

/// Every submission, wherever it stands.
pub(super) const SUBMISSIONS: &str = "(SELECT nullifier, wave, part, version, payload, hash FROM responses
    UNION ALL SELECT nullifier, wave, part, version, payload, hash FROM arrivals)";

/// Stores a submission as it comes.
const ARRIVE: &str = "INSERT INTO arrivals (nullifier, wave, part, version, payload, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Says whether something has its place.
const IS_SETTLED: &str = "SELECT 1 FROM responses WHERE nullifier = ?1";

/// Says whether a wave takes submissions.
const IS_TAKING: &str = "SELECT 1 FROM waves WHERE wave = ?1 AND closing IS NULL";

/// Moves arrivals into their places; secure deletion overwrites where they stood.
const SETTLE: [&str; 2] = [
    "INSERT INTO responses (nullifier, wave, part, version, payload, hash)
    SELECT nullifier, wave, part, version, payload, hash FROM arrivals WHERE true ORDER BY nullifier ON CONFLICT DO NOTHING",
    "DELETE FROM arrivals",
];

/// What is known of the arrivals in the database: the nullifiers of all of them, and maybe of some that were moved; `None` where nothing
/// is known.
#[derive(Debug, Default)]
pub(super) struct Arrivals(RefCell<Option<HashSet<[u8; 32]>>>);

impl Arrivals {
    /// Forgets what is known, such as when it was rolled back.
    pub(super) fn forget(&self) {
        self.0.replace(None);
    }

    /// Says whether some may stand where they came.
    pub(super) fn is_any(&self) -> bool {
        self.0.borrow().as_ref().is_some_and(|known| !known.is_empty())
    }

    fn is_all_known_and_bearable(&self) -> bool {
        self.0.borrow().as_ref().is_some_and(|known| known.len() < MANY)
    }
}

impl Sqlite {
    /// Stores those submissions of a burst that are the first under their nullifier and whose wave is open; says of each whether it was
    /// stored.
    pub(super) fn insert_at_once(&self, new: &[Stored]) -> Result<Vec<bool>, StoreError> {
        if !self.arrivals.is_all_known_and_bearable() {
            self.settle()?;
        }
        let mut known = self.arrivals.0.borrow_mut();
        let Some(known) = known.as_mut().filter(|known| new.len() > FEW || !known.is_empty()) else {
            return Ok(vec![false; new.len()]);
        };
        let has = |sql: &str, values: &[Value<'_>]| self.query((sql, 1), values, |_| Ok(())).map(|found| !found.is_empty());
        let mut open: Option<(WaveId, bool)> = None;
        let mut arrive = |one: &Stored| {
            let (nullifier, (wave, part)) = (&one.nullifier.0, one.place);
            let is_taking = match open {
                Some((known, is_taking)) if known == wave => is_taking,
                _ => open.insert((wave, has(IS_TAKING, values![&wave.0])?)).1,
            };
            if !is_taking || known.contains(&nullifier.0) || has(IS_SETTLED, values![nullifier])? {
                return Ok(false);
            }
            known.insert(nullifier.0);
            self.execute(ARRIVE, values![nullifier, &wave.0, part.name(), one.version, &*one.payload, &one.hash])?;
            Ok(true)
        };
        new.iter().map(&mut arrive).collect()
    }

    /// Moves what arrived into its place.
    pub(super) fn settle(&self) -> Result<(), StoreError> {
        for sql in SETTLE {
            self.execute(sql, &[])?;
        }
        self.arrivals.0.replace(Some(HashSet::new()));
        Ok(())
    }
}
