//! Where a developer's drafts, responses and declines live: one SQLite database in a folder of its own.
//!
//! What a call has written is on the disk when it returns. Damage is an error and never a wrong answer, and a database
//! that can't be used as it is stays untouched. It reads no clock and draws no random numbers.
//!
//! ```text
//! <folder>/             0700
//!   dxpulse.db          0600   and -wal, -shm while it is open
//!   locks/<survey>.lock 0600   held while that survey is answered
//! ```

mod check;
mod checksum;
mod drafts;
mod error;
mod forget;
mod history;
mod lock;
mod migrations;
mod open;
mod place;
mod responses;

use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, Transaction};

pub use drafts::DraftSummary;
pub use error::StoreError;
pub use forget::forget;
pub use history::{HistoryEntry, Outcome};
pub use lock::Lock;
pub use responses::{Responses, StoredResponse};

/// An open store.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    path: PathBuf,
    identity: place::Identity,
    connection: Connection,
    checked: bool,
}

impl Store {
    /// Gives the database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn write(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<(), rusqlite::Error>) -> Result<(), StoreError> {
        let run = || {
            let transaction = self.connection.transaction()?;
            work(&transaction)?;
            transaction.commit()
        };
        run().map_err(|error| StoreError::from_sqlite(&self.path, &error))
    }

    fn explain(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }

    fn corrupt(&self, what: &str) -> StoreError {
        StoreError::corrupt(&self.path, what)
    }
}

/// Gives a time as it is stored: RFC 3339 in UTC, to the second.
fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn time(stamp: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(stamp).ok().map(|time| time.to_utc())
}
