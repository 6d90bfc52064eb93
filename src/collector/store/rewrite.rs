//! The rewrite: every table anew in the order of its keys, and an empty log, so that nothing tells what came first.

use std::thread::sleep;
use std::time::Duration;

use super::error::StoreError;
use super::open::Store;

/// How often the log is tried to be emptied, while someone reads.
const ATTEMPTS: u32 = 50;

/// How long to wait between two attempts.
const PAUSE: Duration = Duration::from_millis(100);

impl Store {
    /// Rewrites the whole database and empties its log. Where someone keeps reading, the log is left to the next time.
    ///
    /// Pages tell in which order rows came, by the places of their cells, and the log tells it always.
    pub(crate) fn rewrite(&self) -> Result<bool, StoreError> {
        self.connection.execute_batch("VACUUM").map_err(|error| self.explain(&error))?;
        self.empty_log()
    }

    /// Moves the log into the database and cuts it to nothing; says whether that could be done.
    pub(crate) fn empty_log(&self) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS {
            let busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
            if busy.map_err(|error| self.explain(&error))? == 0 {
                return Ok(true);
            }
            sleep(PAUSE);
        }
        Ok(false)
    }

    /// Looks whether the database is whole, as far as that is seen fast.
    pub(crate) fn check_quickly(&self) -> Result<(), StoreError> {
        let found = self.first("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?;
        if found.as_deref() == Some("ok") { Ok(()) } else { Err(StoreError::Corrupt(self.path.clone())) }
    }

    /// Gives what an examination of the whole database finds wrong with it.
    pub(crate) fn examine(&self) -> Result<Vec<String>, StoreError> {
        let found = self.all("PRAGMA integrity_check(10)", [], |row| row.get::<_, String>(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewrite_leaves_no_free_page_and_no_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let store = Store::make(&path).unwrap();
        for at in 0..200_u8 {
            store.execute("INSERT INTO results VALUES (?2, ?1)", rusqlite::params![[at; 32], "x".repeat(300)]).unwrap();
        }
        store.execute("DELETE FROM results WHERE hash > ?1", [[20; 32]]).unwrap();
        assert!(store.rewrite().unwrap());
        let free: i64 = store.connection.pragma_query_value(None, "freelist_count", |row| row.get(0)).unwrap();
        assert_eq!((free, std::fs::metadata(folder.path().join("collector.db-wal")).unwrap().len()), (0, 0));
        assert_eq!(store.examine().unwrap(), Vec::<String>::new());
    }

    /// Stores the same submissions in an order of arrival, and gives the bytes of the database but for its counters of changes.
    fn stored_in(order: impl Iterator<Item = u8>, is_rewritten: bool) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let store = Store::make(&path).unwrap();
        let sql = "INSERT INTO responses (nullifier, wave, part, version, payload, hash) VALUES (?1, x'00', 'scores', 1, ?1, ?1)";
        for nullifier in order.map(|at| crate::anonymous::Digest::of(&[&[at]]).0) {
            store.execute(sql, [nullifier]).unwrap();
        }
        assert!(if is_rewritten { store.rewrite() } else { store.empty_log() }.unwrap());
        drop(store);
        let mut bytes = std::fs::read(path).unwrap();
        bytes[24..28].fill(0);
        bytes[92..96].fill(0);
        bytes
    }

    #[test]
    fn after_a_rewrite_nothing_in_the_file_tells_the_order_of_arrival() {
        let (forth, back) = (|| 0..60, || (0..60).rev());
        assert_ne!(stored_in(forth(), false), stored_in(back(), false), "without a rewrite it does");
        assert_eq!(stored_in(forth(), true), stored_in(back(), true));
    }
}
