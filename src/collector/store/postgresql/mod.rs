//! The database on a PostgreSQL server: the same tables in a schema of their own, one writer at a time among all collectors.
//!
//! Whoever writes holds an advisory lock until its transaction is over, as the one who writes a file of SQLite does.

mod address;
mod session;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;

use postgres::Error;
use postgres::types::{ToSql, Type};

pub(crate) use address::ServerAddress;
use session::{PROMISES, Session, explained};

use super::error::StoreError;
use super::stored::Stored;
use super::value::{Row, Unreadable, Value};

const STEPS: [&str; 2] =
    [include_str!("../migrations/postgresql-0001-first.sql"), include_str!("../migrations/postgresql-0002-take.sql")];

/// The newest version, the one this program works with.
const LATEST: i64 = STEPS.len() as i64;

/// Begins a transaction of the one who writes; `dxpulse` as a number.
const BEGIN: &str = "BEGIN READ WRITE; SELECT pg_advisory_xact_lock(28279922072777573)";

/// Stores submissions of open waves where nothing is stored under their nullifiers, and gives the nullifiers of those.
const TAKE: &str = "SELECT take($1, $2, $3, $4, $5, $6)";

/// The types of its columns.
const COLUMNS: [Type; 6] =
    [Type::BYTEA_ARRAY, Type::BYTEA_ARRAY, Type::TEXT_ARRAY, Type::INT8_ARRAY, Type::BYTEA_ARRAY, Type::BYTEA_ARRAY];

/// What has the server begin another file of its log, and give it its length: the first that is written to it does.
const READYING: [&str; 2] = ["SELECT pg_switch_wal()", "UPDATE format SET version = version"];

/// What has the server forget its log.
const EMPTYING: [&str; 2] = ["SELECT pg_switch_wal()", "CHECKPOINT"];

/// Each table, with its key.
const KEYS: [(&str, &str); 7] = [
    ("people", "person"),
    ("waves", "wave"),
    ("issued", "wave, part, credential"),
    ("responses", "nullifier"),
    ("days", "day, wave"),
    ("results", "hash"),
    ("admins", "token_hash"),
];

/// Settings of a server that would keep traces of what came when, each with what it has to be.
const TRACELESS: [(&str, &str); 12] = [
    ("track_commit_timestamp", "off"),
    ("archive_mode", "off"),
    ("wal_recycle", "off"),
    ("wal_keep_size", "0"),
    ("log_statement", "none"),
    ("log_duration", "off"),
    ("log_statement_stats", "off"),
    ("log_min_duration_statement", "-1"),
    ("log_min_duration_sample", "-1"),
    ("log_transaction_sample_rate", "0"),
    ("log_parameter_max_length_on_error", "0"),
    ("auto_explain.log_min_duration", "-1"),
];

/// Says whether the role may have the log emptied, whether it may make temporary tables, and how many others hold the log.
const RIGHTS: &str = "SELECT
    has_function_privilege('pg_switch_wal()', 'EXECUTE')
        AND (SELECT bool_or(rolsuper OR pg_has_role(oid, 'pg_checkpoint', 'USAGE')) FROM pg_roles WHERE rolname = current_user),
    has_database_privilege(current_database(), 'TEMPORARY'),
    (SELECT count(*) FROM pg_replication_slots) + (SELECT count(*) FROM pg_stat_replication)";

/// A database on a server.
pub(super) struct Postgresql {
    address: ServerAddress,
    session: RefCell<Session>,
    /// Whether a transaction is under way, and whether something in it failed.
    transaction: Cell<Option<Outcome>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good,
    Failed,
}

impl fmt::Debug for Postgresql {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Postgresql").field(&self.address).finish()
    }
}

impl Postgresql {
    /// Opens the database, and makes its tables where there are none.
    pub(super) fn make(address: ServerAddress) -> Result<Self, StoreError> {
        let opened = Self::connect(address)?;
        match opened.setting("server_encoding")?.as_deref() {
            Some("UTF8") => {}
            _ => return Err(opened.unfit("it is not encoded in UTF-8", "make it with `ENCODING 'UTF8' TEMPLATE template0`")),
        }
        opened.together(|| match opened.version()? {
            None => opened.update(0),
            Some(_) if opened.is_in_use()? => Err(StoreError::Taken(opened.address.to_string())),
            Some(found) => opened.update(found),
        })?;
        Ok(opened)
    }

    /// Opens the database that is there.
    pub(super) fn open(address: ServerAddress) -> Result<Self, StoreError> {
        let opened = Self::connect(address)?;
        let empty = || StoreError::Empty(opened.address.to_string());
        if opened.version()?.ok_or_else(empty)? < LATEST {
            // Another collector may have been first.
            opened.together(|| opened.update(opened.version()?.ok_or_else(empty)?))?;
        }
        Ok(opened)
    }

    /// Makes what a later version has more than an earlier one.
    fn update(&self, version: i64) -> Result<(), StoreError> {
        STEPS.iter().skip(usize::try_from(version).unwrap_or_default()).try_for_each(|step| self.batch(step))
    }

    fn connect(address: ServerAddress) -> Result<Self, StoreError> {
        let session = RefCell::new(Session::start(&address)?);
        Ok(Self { address, session, transaction: Cell::new(None) })
    }

    /// Gives the version of the tables; `None` where there are none.
    fn version(&self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'dxpulse_collector' AND table_name = 'format'";
        if self.query((sql, 1), &[], |_| Ok(()))?.is_empty() {
            return Ok(None);
        }
        match self.query(("SELECT version FROM format", 1), &[], |row| row.get::<i64>(0))?.pop() {
            Some(found) if found > LATEST => Err(StoreError::Newer { place: self.address.to_string(), found, known: LATEST }),
            found => Ok(found),
        }
    }

    /// Says whether someone is invited, or something was published.
    fn is_in_use(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM waves)";
        Ok(self.query((sql, 1), &[], |row| row.get::<bool>(0))? == [true])
    }

    /// Does everything in one transaction, while nobody else writes: on the disk when it returns, or not at all.
    pub(super) fn together<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if let Err(error) = self.batch(BEGIN) {
            // Whoever waited for the lock in vain has begun nevertheless.
            let _ = self.batch("ROLLBACK");
            return Err(error.into());
        }
        self.transaction.set(Some(Outcome::Good));
        let result = work();
        // The server would answer the commit of a failed transaction with a rollback, and no error.
        let is_good = result.is_ok() && self.transaction.get() == Some(Outcome::Good);
        let ended = self.batch(if is_good { "COMMIT" } else { "ROLLBACK" });
        self.transaction.set(None);
        let result = result?;
        ended?;
        if is_good { Ok(result) } else { Err(StoreError::Corrupt(self.address.to_string()).into()) }
    }

    /// Runs a statement and gives the number of rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        let changed = self.run(|session| {
            let statement = session.prepared(sql, values)?;
            session.client.execute(&statement, &bound(values))
        });
        changed.map(|rows| usize::try_from(rows).unwrap_or(usize::MAX))
    }

    /// Reads so many rows of those that a statement finds.
    pub(super) fn query<T>(
        &self,
        (sql, most): (&str, usize),
        values: &[Value<'_>],
        mut read: impl FnMut(Row<'_>) -> Result<T, Unreadable>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.run(|session| {
            let statement = session.prepared(sql, values)?;
            session.client.query(&statement, &bound(values))
        })?;
        let found = rows.iter().take(most).map(|row| read(Row::Postgresql(row))).collect::<Result<_, _>>();
        found.map_err(|Unreadable| StoreError::Corrupt(self.address.to_string()))
    }

    /// Stores those submissions that are the first under their nullifier and whose wave is open, all in one statement, which is a
    /// transaction where there is none; says of each whether it was stored.
    pub(super) fn insert_at_once(&self, new: &[Stored]) -> Result<Vec<bool>, StoreError> {
        let mut met = HashSet::new();
        let first: Vec<&Stored> = new.iter().filter(|one| met.insert(one.nullifier.0.0)).collect();
        if first.len() < 2 {
            return Ok(vec![false; new.len()]);
        }
        let column = |of: fn(&Stored) -> &[u8]| first.iter().map(|one| of(one)).collect::<Vec<_>>();
        let nullifiers = column(|one| &one.nullifier.0.0);
        let (waves, payloads, hashes) = (column(|one| &one.place.0.0.0), column(|one| &one.payload), column(|one| &one.hash.0));
        let parts: Vec<&str> = first.iter().map(|one| one.place.1.name()).collect();
        let versions: Vec<i64> = first.iter().map(|one| one.version.into()).collect();
        let columns: [&(dyn ToSql + Sync); 6] = [&nullifiers, &waves, &parts, &versions, &payloads, &hashes];
        let rows = self.run(|session| {
            let statement = session.prepared_as(TAKE, &COLUMNS)?;
            session.client.query(&statement, &columns)
        })?;
        let mut stored: HashSet<&[u8]> = rows.iter().filter_map(|row| row.try_get(0).ok()).collect();
        Ok(new.iter().map(|one| stored.remove(one.nullifier.0.0.as_slice())).collect())
    }

    /// Writes every table anew in the order of its keys, in one transaction, and clears away what was there before.
    ///
    /// Rows tell by their places and their transactions in which order they came; afterwards all have the same transaction. Whoever reads
    /// meanwhile, such as a copy that is being made, sees the old rows, which therefore go afterwards: with their files, and with those
    /// of the log. Says whether that could be done: nobody may be reading any more, and the role must be allowed to ask for it.
    pub(super) fn rewrite(&self) -> Result<bool, StoreError> {
        self.together(|| {
            KEYS.iter().try_for_each(|(table, key)| {
                self.batch(&format!(
                    "CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM {table};
                     DELETE FROM {table};
                     INSERT INTO {table} SELECT * FROM kept ORDER BY {key};
                     DROP TABLE kept"
                ))
            })
        })?;
        // Whoever waits for a table keeps others from reading it, so that it doesn't wait for long.
        self.batch("SET lock_timeout = '2s'")?;
        let is_cleared = KEYS.iter().all(|(table, _)| self.batch(&format!("CLUSTER {table} USING {table}_pkey")).is_ok());
        self.batch(PROMISES)?;
        // A role that may not ask for it never may: `traces` tells that, and another attempt helps nobody.
        let is_done = |sql: &&str| matches!(self.batch(sql), Ok(()) | Err(StoreError::Unfit { .. }));
        Ok(EMPTYING.iter().all(is_done) && is_cleared)
    }

    /// Has the server begin another file of its log, where the role may ask for that.
    pub(super) fn get_ready(&self) {
        let _ = READYING.iter().all(|sql| self.batch(sql).is_ok());
    }

    /// Looks whether everything that is needed is there.
    pub(super) fn examine(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for (table, _) in KEYS {
            if self.query((&format!("SELECT 1 FROM {table} LIMIT 1"), 1), &[], |_| Ok(())).is_err() {
                found.push(format!("the table {table} can't be read"));
            }
        }
        if self.query((RIGHTS, 1), &[], |row| row.get::<bool>(1))? != [true] {
            found.push("its role may make no temporary tables, which the rewrite needs".to_owned());
        }
        Ok(found)
    }

    /// Gives the settings of the server that keep traces of what came when.
    pub(super) fn traces(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for (name, traceless) in TRACELESS {
            if let Some(value) = self.setting(name)?.filter(|value| value != traceless) {
                found.push(format!("{name} = {value}"));
            }
        }
        let rights = self.query((RIGHTS, 1), &[], |row| Ok((row.get::<bool>(0)?, row.get::<i64>(2)?)))?;
        if rights.iter().any(|(may_empty, _)| !may_empty) {
            found.push("its role may not have the log emptied".to_owned());
        }
        if rights.iter().any(|(_, holders)| *holders > 0) {
            found.push("replicas or replication slots hold the log".to_owned());
        }
        Ok(found)
    }

    /// Says that the database is not one to work with.
    pub(super) fn unfit(&self, reason: &str, hint: &'static str) -> StoreError {
        StoreError::Unfit { place: self.address.to_string(), reason: reason.to_owned(), hint }
    }

    fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT setting FROM pg_catalog.pg_settings WHERE name = ?1";
        Ok(self.query((sql, 1), &[Value::from(name)], |row| row.get(0))?.pop())
    }

    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.run(|session| session.client.batch_execute(sql))
    }

    /// Does something in the session; outside of a transaction, once more where the connection was lost.
    fn run<T>(&self, mut work: impl FnMut(&mut Session) -> Result<T, Error>) -> Result<T, StoreError> {
        let mut session = self.session.borrow_mut();
        let mut result = work(&mut session);
        let is_lost = result.is_err() && session.client.is_closed();
        if is_lost && self.transaction.get().is_none() {
            *session = Session::start(&self.address)?;
            result = work(&mut session);
        }
        if result.is_err() && self.transaction.get().is_some() {
            self.transaction.set(Some(Outcome::Failed));
        }
        result.map_err(|error| explained(&self.address, &error))
    }
}

fn bound<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
