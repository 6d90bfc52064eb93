//! The open store itself, and what all its parts share: one connection, transactions, errors with the path, times as text.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, Transaction};

use super::error::StoreError;
use super::place::{self, Identity};

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(super) folder: PathBuf,
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    pub(super) connection: Connection,
    /// Whether nothing that is written to it would be kept.
    pub(super) is_to_read: bool,
    /// Whether every page was checked at the opening.
    pub(super) checked: bool,
    /// Whether the pages of the records were checked since.
    pub(super) records_checked: Cell<bool>,
}

impl Store {
    /// Gives it where answers can be kept in it, and not where it could be opened to be read alone.
    pub fn to_write(self) -> Option<Self> {
        (!self.is_to_read).then_some(self)
    }

    /// Gives the database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does some work in one transaction, all or nothing.
    pub(super) fn write(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<(), rusqlite::Error>) -> Result<(), StoreError> {
        let run = || {
            let transaction = self.connection.transaction()?;
            work(&transaction)?;
            transaction.commit()
        };
        run().map_err(|error| StoreError::from_sqlite(&self.path, &error))?;
        self.still_there()
    }

    /// Makes sure that the path still leads to the database that is open: what is written to a removed file is lost.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when it doesn't.
    pub fn still_there(&self) -> Result<(), StoreError> {
        match place::identity(&self.path)? == Some(self.identity) {
            true => Ok(()),
            false => Err(StoreError::Gone { path: self.path.clone() }),
        }
    }

    pub(super) fn explain(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }

    pub(super) fn corrupt(&self, what: &str) -> StoreError {
        StoreError::corrupt(&self.path, what)
    }
}

/// Gives a time as it is stored: RFC 3339 in UTC, to the second.
pub(super) fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads a time as it is stored.
pub(super) fn time(stamp: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(stamp).ok().map(|time| time.to_utc())
}
