//! The database in a file of the collector's folder: in which version it is opened, with which promises; and transactions.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::ffi::code_to_str;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, params_from_iter};
use rusqlite_migration::{M, Migrations};

use super::error::StoreError;
use super::value::{Row, Unreadable, Value};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001-first.sql")),
    M::up(include_str!("migrations/0002-arrivals.sql")),
    M::up(include_str!("migrations/0003-together.sql")),
];

/// The newest version, the one this program works with.
const LATEST: i64 = STEPS.len() as i64;

/// Marks a database as a collector's: `dxpc` in ASCII.
const APPLICATION: i64 = 0x6478_7063;

/// How long a command waits while another process writes; a rewrite of the whole database takes longest.
const BUSY: Duration = Duration::from_secs(30);

/// How often the log is tried to be emptied, while someone reads: others write only between two attempts.
const ATTEMPTS: u32 = 10;

/// How long an attempt may take, and how long to wait for the next.
const PAUSE: Duration = Duration::from_millis(100);

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

/// How long the log becomes before it is moved into the database: so many pages, each with its head.
const LOG: u64 = 4000 * (4096 + 24);

/// A database in a file.
#[derive(Debug)]
pub(super) struct Sqlite {
    path: PathBuf,
    connection: Connection,
    /// The nullifiers of all arrivals, and maybe of some that were moved since; `None` where that isn't known.
    pub(super) arrived: RefCell<Option<HashSet<[u8; 32]>>>,
}

impl Sqlite {
    /// Opens the database, and makes it where there is none.
    pub(super) fn make(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the database that is there.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        match std::fs::metadata(path) {
            Err(_) => Err(StoreError::Missing(named(path))),
            // It would be taken for a new one, and everybody for a stranger.
            Ok(found) if found.len() == 0 => Err(StoreError::Corrupt(named(path))),
            Ok(_) => Self::connect(path, OpenFlags::empty()),
        }
    }

    fn connect(path: &Path, more: OpenFlags) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let explain = |error: rusqlite::Error| explained(path, &error);
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
                return Err(StoreError::Corrupt(named(path)));
            }
        }
        Ok(Self { path: path.to_owned(), connection, arrived: RefCell::new(None) })
    }

    /// Does everything in one transaction: on the disk when it returns, or not at all.
    pub(super) fn together<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| self.explain(&error))?;
        let committed = work().and_then(|result| match transaction.commit() {
            Ok(()) => Ok(result),
            Err(error) => Err(self.explain(&error).into()),
        });
        if committed.is_err() {
            self.arrived.replace(None);
        }
        committed
    }

    /// Writes what is there already, which fails where nothing can be written.
    pub(super) fn try_writing(&self) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "user_version", LATEST).map_err(|error| self.explain(&error))
    }

    /// Runs a statement and gives the number of rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.explain(&error))?;
        statement.execute(params_from_iter(values)).map_err(|error| self.explain(&error))
    }

    /// Reads so many rows of those that a statement finds.
    pub(super) fn query<T>(
        &self,
        (sql, most): (&str, usize),
        values: &[Value<'_>],
        mut read: impl FnMut(Row<'_>) -> Result<T, Unreadable>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.explain(&error))?;
        let mut rows = statement.query(params_from_iter(values)).map_err(|error| self.explain(&error))?;
        let mut found = Vec::new();
        while found.len() < most {
            let Some(row) = rows.next().map_err(|error| self.explain(&error))? else { break };
            found.push(read(Row::Sqlite(row)).map_err(|Unreadable| StoreError::Corrupt(named(&self.path)))?);
        }
        Ok(found)
    }

    /// Writes every table anew in the order of its keys, and empties the log.
    ///
    /// Pages tell in which order rows came, by the places of their cells, and the log tells it always.
    pub(super) fn rewrite(&self) -> Result<bool, StoreError> {
        self.together(|| self.settle())?;
        self.connection.execute_batch("VACUUM").map_err(|error| self.explain(&error))?;
        self.empty_log()
    }

    /// Gives the log its whole length, in a transaction. A commit that only overwrites has no new length of the file to sync, which
    /// takes a third to a half of it.
    ///
    /// What is behind the end of the log is read by nobody; and nobody else adds to it during the transaction.
    pub(super) fn lengthen_log(&self) {
        let Ok(file) = OpenOptions::new().write(true).open(format!("{}-wal", self.path.display())) else { return };
        let Ok(length) = file.metadata().map(|file| file.len()) else { return };
        let zeros = vec![0; usize::try_from(LOG.saturating_sub(length)).unwrap_or_default()];
        if file.write_all_at(&zeros, length).and_then(|()| file.sync_all()).is_err() {
            // A disk that is full has no room for this.
            let _ = file.set_len(length);
        }
    }

    /// Moves the log into the database and cuts it to nothing; says whether that could be done.
    pub(super) fn empty_log(&self) -> Result<bool, StoreError> {
        // Whoever waits for those who read holds up all who write.
        self.connection.busy_timeout(PAUSE).map_err(|error| self.explain(&error))?;
        let emptied = self.try_emptying_log();
        self.connection.busy_timeout(BUSY).map_err(|error| self.explain(&error))?;
        emptied
    }

    fn try_emptying_log(&self) -> Result<bool, StoreError> {
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
    pub(super) fn check_quickly(&self) -> Result<(), StoreError> {
        let found = self.query(("PRAGMA quick_check(1)", 1), &[], |row| row.get::<String>(0))?;
        if found == ["ok"] { Ok(()) } else { Err(StoreError::Corrupt(named(&self.path))) }
    }

    /// Gives what an examination of the whole database finds wrong with it.
    pub(super) fn examine(&self) -> Result<Vec<String>, StoreError> {
        let found = self.query(("PRAGMA integrity_check(10)", 10), &[], |row| row.get::<String>(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies the database to a file, written anew in the order of its keys.
    pub(super) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        self.together(|| self.settle())?;
        self.execute("VACUUM INTO ?1", &[Value::from(&*file.to_string_lossy())]).map(|_| ())
    }

    fn explain(&self, error: &rusqlite::Error) -> StoreError {
        explained(&self.path, error)
    }
}

fn named(path: &Path) -> String {
    path.display().to_string()
}

/// Explains a failure of SQLite; our own statements are known to be right.
fn explained(path: &Path, error: &rusqlite::Error) -> StoreError {
    let place = named(path);
    let Some(failure) = error.sqlite_error() else { return StoreError::Corrupt(place) };
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy(place),
        ErrorCode::DiskFull => StoreError::Full(place),
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Denied(place),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
            StoreError::Corrupt(place)
        }
        _ => StoreError::Other { place, reason: code_to_str(failure.extended_code).to_owned() },
    }
}

/// Gives the version of a database, 0 for an empty one.
fn version(path: &Path, connection: &Connection) -> Result<i64, StoreError> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let number = |sql: &str| number(sql).map_err(|error| explained(path, &error));
    match (number("PRAGMA application_id")?, number("PRAGMA user_version")?) {
        (APPLICATION, found) if found > LATEST => Err(StoreError::Newer { place: named(path), found, known: LATEST }),
        (APPLICATION, found) => Ok(found),
        (0, 0) if number("SELECT count(*) FROM sqlite_schema")? == 0 => Ok(0),
        _ => Err(StoreError::Foreign(named(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_burst_left_in_an_earlier_version_is_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let mut connection = Connection::open(&path).unwrap();
        Migrations::from_slice(&STEPS[..2]).to_latest(&mut connection).unwrap();
        connection.execute("INSERT INTO arrivals VALUES (x'01', x'02', x'03', 'scores', 1, x'04', x'05')", []).unwrap();
        drop(connection);
        let opened = Sqlite::open(&path).unwrap();
        assert_eq!(opened.query(("SELECT hash FROM responses", 9), &[], |row| row.get::<Vec<u8>>(0)).unwrap(), [[5]]);
    }

    #[test]
    fn the_log_gets_its_length_once_and_what_is_in_it_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let opened = Sqlite::make(&path).unwrap();
        let length = || std::fs::metadata(folder.path().join("collector.db-wal")).unwrap().len();
        let label = |label| opened.execute("INSERT INTO admins VALUES (CAST(?1 AS BLOB), ?1)", &[Value::from(label)]).unwrap();
        for label_at in ["one", "two"] {
            opened.lengthen_log();
            assert_eq!(length(), LOG);
            label(label_at);
        }
        // A copy of what a crash would leave.
        for name in ["collector.db", "collector.db-wal"] {
            std::fs::copy(folder.path().join(name), folder.path().join(format!("left-{name}"))).unwrap();
        }
        let left = Sqlite::open(&folder.path().join("left-collector.db")).unwrap();
        assert_eq!(left.query(("SELECT label FROM admins", 9), &[], |row| row.get::<String>(0)).unwrap(), ["one", "two"]);
        assert!(opened.empty_log().unwrap());
        assert_eq!(length(), 0);
    }

    #[test]
    fn every_promise_holds_when_the_database_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        assert_eq!(Sqlite::open(&path).unwrap_err(), StoreError::Missing(named(&path)));
        for store in [Sqlite::make(&path).unwrap(), Sqlite::open(&path).unwrap()] {
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
        assert_eq!(Sqlite::open(&foreign).unwrap_err(), StoreError::Foreign(named(&foreign)));
        Sqlite::make(&newer).unwrap().connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(Sqlite::open(&newer), Err(StoreError::Newer { found: 99, .. })));
    }

    #[test]
    fn a_rewrite_leaves_no_free_page_and_no_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let store = Sqlite::make(&path).unwrap();
        let text = "x".repeat(300);
        for at in 0..200_u8 {
            store.execute("INSERT INTO results VALUES (?2, ?1)", &[Value::from(&[at; 32]), Value::from(&*text)]).unwrap();
        }
        store.execute("DELETE FROM results WHERE hash > ?1", &[Value::from(&[20; 32])]).unwrap();
        assert!(store.rewrite().unwrap());
        let free: i64 = store.connection.pragma_query_value(None, "freelist_count", |row| row.get(0)).unwrap();
        assert_eq!((free, std::fs::metadata(folder.path().join("collector.db-wal")).unwrap().len()), (0, 0));
        assert_eq!(store.examine().unwrap(), Vec::<String>::new());
    }

    /// Stores the same submissions in an order of arrival, and gives the bytes of the database but for its counters of changes.
    fn stored_in(order: impl Iterator<Item = u8>, is_rewritten: bool) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collector.db");
        let store = Sqlite::make(&path).unwrap();
        let sql = "INSERT INTO responses (nullifier, wave, part, version, payload, hash) VALUES (?1, x'00', 'scores', 1, ?1, ?1)";
        for nullifier in order.map(|at| crate::anonymous::Digest::of(&[&[at]]).0) {
            store.execute(sql, &[Value::from(&nullifier)]).unwrap();
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
