//! The database, wherever it is: opened, written in transactions, read, rewritten and examined.

use std::fmt;
use std::path::{Path, PathBuf};

use super::arrivals::REDEEMED;
use super::error::StoreError;
use super::postgresql::{Postgresql, ServerAddress};
use super::sqlite::Sqlite;
use super::stored::Stored;
use super::value::{Row, Unreadable, Value};

/// Where a collector's database is.
#[derive(Debug, Clone)]
pub(crate) enum Location {
    /// In a file: SQLite.
    File(PathBuf),
    /// On a server: PostgreSQL.
    Server(ServerAddress),
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Location> for Location {
    fn from(location: &Self) -> Self {
        location.clone()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(out),
            Self::Server(address) => address.fmt(out),
        }
    }
}

/// A collector's database.
#[derive(Debug)]
pub(crate) struct Store(Database);

#[derive(Debug)]
enum Database {
    Sqlite(Sqlite),
    Postgresql(Box<Postgresql>),
}

impl Store {
    /// Opens the database, and makes it where there is none.
    pub(crate) fn make(location: impl Into<Location>) -> Result<Self, StoreError> {
        Ok(Self(match location.into() {
            Location::File(path) => Database::Sqlite(Sqlite::make(&path)?),
            Location::Server(address) => Database::Postgresql(Box::new(Postgresql::make(address)?)),
        }))
    }

    /// Opens the database that is there.
    pub(crate) fn open(location: impl Into<Location>) -> Result<Self, StoreError> {
        Ok(Self(match location.into() {
            Location::File(path) => Database::Sqlite(Sqlite::open(&path)?),
            Location::Server(address) => Database::Postgresql(Box::new(Postgresql::open(address)?)),
        }))
    }

    /// Does everything in one transaction, while nobody else writes: on the disk when it returns, or not at all.
    pub(crate) fn together<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Database::Sqlite(file) => file.together(work),
            Database::Postgresql(server) => server.together(work),
        }
    }

    /// Writes every table anew in the order of its keys, and empties the log; says whether that could be done.
    ///
    /// Nothing tells what came first then. Where someone keeps reading a file, its log is left to the next time.
    pub(crate) fn rewrite(&self) -> Result<bool, StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.rewrite(),
            Database::Postgresql(server) => server.rewrite(),
        }
    }

    /// Looks whether the database is whole, as far as that is seen fast, and keeps what it is given.
    pub(crate) fn check_quickly(&self) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.check_quickly(),
            // What can be seen fast was looked at when it was opened.
            Database::Postgresql(_) => Ok(()),
        }
    }

    /// Writes something that changes nothing, and fails where nothing can be written, such as on a full disk.
    pub(crate) fn try_writing(&self) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.try_writing(),
            // A transaction shows that it is the writer; what its disks hold is its operator's.
            Database::Postgresql(_) => self.invited().map(drop),
        }
    }

    /// Gives what an examination of the whole database finds wrong with it.
    pub(crate) fn examine(&self) -> Result<Vec<String>, StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.examine(),
            Database::Postgresql(server) => server.examine(),
        }
    }

    /// Gives the settings of a database server that keep traces of what came when.
    pub(crate) fn traces(&self) -> Result<Vec<String>, StoreError> {
        match &self.0 {
            Database::Sqlite(_) => Ok(Vec::new()),
            Database::Postgresql(server) => server.traces(),
        }
    }

    /// Copies a database that is a file, written anew in the order of its keys. Copies of a server's are its operator's.
    pub(super) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(database) => database.copy_to(file),
            Database::Postgresql(server) => Err(server.unfit("it is no file that could be copied", "copy it with pg_dump")),
        }
    }

    /// Stores those submissions that are the first under their nullifier, where one statement for all of them is quicker than one each;
    /// says of each whether it was stored.
    pub(super) fn insert_at_once(&self, new: &[Stored]) -> Result<Vec<bool>, StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.insert_at_once(new),
            Database::Postgresql(server) => server.insert_at_once(new),
        }
    }

    /// Says whether [`Self::insert_at_once`] is on the disk when it returns, where no transaction is under way.
    pub(super) fn commits_at_once(&self) -> bool {
        matches!(self.0, Database::Postgresql(_))
    }

    /// Gives which part of those who wait to store something are worth a commit: one of so many. A server, which answers later than a
    /// file, is better asked sooner.
    pub(crate) fn part_at_once(&self) -> usize {
        match &self.0 {
            Database::Sqlite(_) => 2,
            Database::Postgresql(_) => 3,
        }
    }

    /// Says whether submissions stand together for [`Self::settle`] to move.
    pub(crate) fn is_unsettled(&self) -> bool {
        match &self.0 {
            Database::Sqlite(file) => file.is_unsettled(),
            Database::Postgresql(_) => false,
        }
    }

    /// Moves submissions that stand together into their places.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.settle(),
            Database::Postgresql(_) => Ok(()),
        }
    }

    /// Tidies up after a burst, and gets ready for the next, in a transaction of its own.
    pub(crate) fn tidy_up(&self) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.together(|| file.settle().map(|()| file.lengthen_log())),
            Database::Postgresql(_) => Ok(()),
        }
    }

    /// Gets ready for the first burst, so that nobody waits for room in the log.
    pub(crate) fn get_ready(&self) -> Result<(), StoreError> {
        match &self.0 {
            Database::Sqlite(_) => self.tidy_up(),
            Database::Postgresql(server) => {
                server.get_ready();
                Ok(())
            }
        }
    }

    /// Gives what a statement names to count every submission.
    pub(super) fn redeemed(&self) -> &'static str {
        match &self.0 {
            Database::Sqlite(_) => REDEEMED,
            Database::Postgresql(_) => "(SELECT wave, part, 1 AS counted FROM responses)",
        }
    }

    /// Runs a statement and gives the number of rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.execute(sql, values),
            Database::Postgresql(server) => server.execute(sql, values),
        }
    }

    /// Gives what a statement finds.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(Row<'_>) -> Result<T, Unreadable>,
    ) -> Result<Vec<T>, StoreError> {
        match &self.0 {
            Database::Sqlite(file) => file.query((sql, usize::MAX), values, read),
            Database::Postgresql(server) => server.query((sql, usize::MAX), values, read),
        }
    }

    /// Gives the first row that a statement finds.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(Row<'_>) -> Result<T, Unreadable>,
    ) -> Result<Option<T>, StoreError> {
        let found = match &self.0 {
            Database::Sqlite(file) => file.query((sql, 1), values, read),
            Database::Postgresql(server) => server.query((sql, 1), values, read),
        };
        found.map(|mut rows| rows.pop())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_in_a_transaction_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::make(&folder.path().join("collector.db")).unwrap();
        let failed: Result<(), StoreError> = store.together(|| {
            store.execute("INSERT INTO admins VALUES (x'00', 'one')", &[])?;
            Err(StoreError::Full("here".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(store.first("SELECT count(*) FROM admins", &[], |row| row.get::<u32>(0)), Ok(Some(0)));
    }
}
