//! Opening the database: in which version, with which promises; and transactions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Params, Row, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::error::StoreError;

const STEPS: &[M<'static>] = &[M::up(include_str!("migrations/0001-first.sql"))];

/// The newest version, the one this program works with.
const LATEST: i64 = STEPS.len() as i64;

/// Marks a database as a collector's: `dxpc` in ASCII.
const APPLICATION: i64 = 0x6478_7063;

/// How long a command waits while another process writes; a rewrite of the whole database takes longest.
const BUSY: Duration = Duration::from_secs(30);

/// Every commit is on the disk when it returns; what is deleted is overwritten; nothing goes to temporary files. Submissions touch
/// pages by chance, so that more of them are kept at hand (16 MiB), and one that is touched often is moved out of the log once.
const PROMISES: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16384;
    PRAGMA wal_autocheckpoint = 4000;
";

/// A collector's database.
#[derive(Debug)]
pub(crate) struct Store {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
}

impl Store {
    /// Opens the database, and makes it where there is none.
    pub(crate) fn make(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the database that is there.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        match std::fs::metadata(path) {
            Err(_) => Err(StoreError::Missing(path.to_owned())),
            // It would be taken for a new one, and everybody for a stranger.
            Ok(found) if found.len() == 0 => Err(StoreError::Corrupt(path.to_owned())),
            Ok(_) => Self::connect(path, OpenFlags::empty()),
        }
    }

    fn connect(path: &Path, more: OpenFlags) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let explain = |error: rusqlite::Error| StoreError::of(path, &error);
        let mut connection = Connection::open_with_flags(path, flags).map_err(explain)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(explain)?;
        connection.busy_timeout(BUSY).map_err(explain)?;
        connection.execute_batch(PROMISES).map_err(explain)?;
        connection.set_prepared_statement_cache_capacity(64);
        if version(path, &connection)? < LATEST {
            connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(explain)?;
            let applied = Migrations::from_slice(STEPS).to_latest(&mut connection);
            // Another process may have been first.
            if applied.is_err() && version(path, &connection)? < LATEST {
                return Err(StoreError::Corrupt(path.to_owned()));
            }
        }
        Ok(Self { path: path.to_owned(), connection })
    }

    /// Does everything in one transaction: on the disk when it returns, or not at all.
    pub(crate) fn together<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| self.explain(&error))?;
        let result = work()?;
        transaction.commit().map_err(|error| self.explain(&error))?;
        Ok(result)
    }

    pub(super) fn explain(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }

    /// Runs a statement and gives the number of rows it changed.
    pub(super) fn execute(&self, sql: &str, values: impl Params) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.explain(&error))?;
        statement.execute(values).map_err(|error| self.explain(&error))
    }

    /// Gives what a statement finds.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.explain(&error))?;
        let rows = statement.query_map(values, read).map_err(|error| self.explain(&error))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|error| self.explain(&error))
    }

    /// Gives the first row that a statement finds.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.explain(&error))?;
        match statement.query_row(values, read) {
            Ok(found) => Ok(Some(found)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(error) => Err(self.explain(&error)),
        }
    }
}

/// Gives the version of a database, 0 for an empty one.
fn version(path: &Path, connection: &Connection) -> Result<i64, StoreError> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let number = |sql: &str| number(sql).map_err(|error| StoreError::of(path, &error));
    match (number("PRAGMA application_id")?, number("PRAGMA user_version")?) {
        (APPLICATION, found) if found > LATEST => Err(StoreError::Newer { path: path.to_owned(), found, known: LATEST }),
        (APPLICATION, found) => Ok(found),
        (0, 0) if number("SELECT count(*) FROM sqlite_schema")? == 0 => Ok(0),
        _ => Err(StoreError::Foreign(path.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_holds_when_the_database_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        assert_eq!(Store::open(&path).unwrap_err(), StoreError::Missing(path.clone()));
        for store in [Store::make(&path).unwrap(), Store::open(&path).unwrap()] {
            let number = |name: &str| store.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!((number("synchronous"), number("secure_delete"), number("application_id")), (2, 1, APPLICATION));
            let journal = store.connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
            assert_eq!(journal, Ok("wal".to_owned()));
        }
    }

    #[test]
    fn a_foreign_and_a_newer_database_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (foreign, newer) = (folder.path().join("foreign.db"), folder.path().join("newer.db"));
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
        assert_eq!(Store::open(&foreign).unwrap_err(), StoreError::Foreign(foreign));
        Store::make(&newer).unwrap().connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(Store::open(&newer), Err(StoreError::Newer { found: 99, .. })));
    }

    #[test]
    fn what_fails_in_a_transaction_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::make(&folder.path().join("collector.db")).unwrap();
        let failed: Result<(), StoreError> = store.together(|| {
            store.execute("INSERT INTO admins VALUES (x'00', 'one')", [])?;
            Err(StoreError::Full(store.path.clone()))
        });
        assert!(failed.is_err());
        assert_eq!(store.first("SELECT count(*) FROM admins", [], |row| row.get(0)), Ok(Some(0)));
    }
}
