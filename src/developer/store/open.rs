//! Opening: who may, in which version, with which guarantees. A database that is refused is not written.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rustix::fs::{Access, access};

use super::database::Store;
use super::error::StoreError;
use super::lock::{self, Lock};
use super::migrations::{self, APPLICATION, LATEST};
use super::{check, log, place};

const BUSY: Duration = Duration::from_secs(2);

/// Every commit is on the disk when it returns; what is deleted is overwritten; nothing goes to temporary files.
const PROMISES: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
";

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    NeedsSetup,
}

impl Store {
    /// Opens the store of a folder, and makes both where there is none.
    ///
    /// # Errors
    /// When the folder or the database can't be used as it is; see [`StoreError`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        place::make_folder(folder)?;
        if place::has_database(folder)? {
            return Self::open_file(folder, None);
        }
        // Held until the store is set up: SQLite can't turn its log on while anyone else reads.
        let setup = lock::setup(folder)?;
        place::make_database(folder)?;
        Self::open_file(folder, Some(setup))
    }

    /// Opens the store of a folder that has one, to read it, and makes nothing where there is none.
    ///
    /// Where nothing can be written, such as on a full disk, it is read all the same.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(folder: &Path) -> Result<Option<Self>, StoreError> {
        if !place::has_database(folder)? {
            return Ok(None);
        }
        match Self::open_file(folder, None) {
            Err(error) if error.is_about_writing() => Self::open_to_read(folder, error).map(Some),
            opened => opened.map(Some),
        }
    }

    pub(super) fn open_file(folder: &Path, setup: Option<Lock>) -> Result<Self, StoreError> {
        let path = folder.join(place::DATABASE);
        let explain = |error: rusqlite::Error| StoreError::from_sqlite(&path, &error);
        let identity = place::identity(&path)?;
        log::check(folder)?;
        let mut connection = connect(&path).map_err(explain)?;
        let found = state(&path, &connection)?;
        // Only now is it known to be ours; its mode is none of our business otherwise.
        place::close_files(folder)?;
        if connection.is_readonly("main").map_err(explain)? {
            return Err(not_writable(path));
        }
        if found == State::NeedsSetup {
            let _setup = setup.map_or_else(|| lock::setup(folder), Ok)?;
            if state(&path, &connection)? == State::NeedsSetup {
                set_up(&mut connection).map_err(explain)?;
            }
        }
        let checked = check::small(&path, &connection)?;
        // Closing it now moves the log into the database.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(explain)?;
        let Some(identity) = identity.filter(|before| matches!(place::identity(&path), Ok(Some(after)) if after == *before))
        else {
            return Err(StoreError::Gone { path });
        };
        let (folder, records_checked) = (folder.to_owned(), Cell::default());
        Ok(Self { folder, path, identity, connection, is_to_read: false, checked, records_checked })
    }
}

fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?)
}

/// Makes every promise; until the database is known to be ours, closing it leaves it alone.
pub(super) fn prepare(mut connection: Connection) -> Result<Connection, rusqlite::Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.busy_timeout(BUSY)?;
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    connection.execute_batch(PROMISES)?;
    Ok(connection)
}

pub(super) fn state(path: &Path, connection: &Connection) -> Result<State, StoreError> {
    // One transaction, so that a setup by someone else is seen as a whole or not at all.
    let snapshot = Transaction::new_unchecked(connection, TransactionBehavior::Deferred);
    let snapshot = snapshot.map_err(|error| StoreError::from_sqlite(path, &error))?;
    let number = |sql: &str| snapshot.query_row(sql, [], |row| row.get::<_, i64>(0));
    let number = |sql: &str| number(sql).map_err(|error| StoreError::from_sqlite(path, &error));
    let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    match (application, version) {
        (APPLICATION, LATEST) => Ok(State::Ready),
        (APPLICATION, found) if found > LATEST => Err(StoreError::Newer { path: path.to_owned(), found, known: LATEST }),
        (APPLICATION, 1..) => Ok(State::NeedsSetup),
        (APPLICATION, _) => Err(StoreError::corrupt(path, "its version is out of range")),
        (0, 0) if number("SELECT count(*) FROM sqlite_schema")? == 0 => Ok(State::NeedsSetup),
        _ => Err(StoreError::Foreign { path: path.to_owned() }),
    }
}

/// The bytes of a page: a draft is seldom longer, every save writes a whole page, and four times as much takes half as long again.
const PAGE: u32 = 1024;

fn set_up(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    connection.pragma_update(None, "page_size", PAGE)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    migrations::apply(connection)
}

/// Tells a file that may not be written from one whose header asks SQLite not to.
fn not_writable(path: PathBuf) -> StoreError {
    if access(&path, Access::WRITE_OK).is_ok() {
        return StoreError::corrupt(&path, "its header is not that of a database of ours");
    }
    StoreError::ReadOnly { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_holds_when_the_store_is_open() {
        let folder = tempfile::tempdir().unwrap();
        for store in [Store::open(folder.path()).unwrap(), Store::open_existing(folder.path()).unwrap().unwrap()] {
            let number = |name: &str| store.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
            let on = ["fullfsync", "checkpoint_fullfsync", "secure_delete", "foreign_keys", "cell_size_check"];
            assert!(on.iter().all(|name| number(name) == 1));
            assert_eq!(number("trusted_schema"), 0);
            assert_eq!((number("synchronous"), number("temp_store"), number("busy_timeout")), (2, 2, 2000));
            let journal = store.connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
            assert_eq!(journal, Ok("wal".to_owned()));
        }
    }
}
