//! Looking for damage: the pages of a small database at every opening, everything when asked to.

use std::path::Path;

use rusqlite::Connection;

use super::{Store, StoreError};

/// Up to this many pages SQLite's own check costs less than opening the file did.
const SMALL_PAGES: i64 = 64;

impl Store {
    /// Reads everything there is and checks it; takes time in proportion to the database.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the first damage found.
    pub fn check(&self) -> Result<(), StoreError> {
        run(&self.path, &self.connection, "PRAGMA quick_check(1)")?;
        run(&self.path, &self.connection, "PRAGMA integrity_check(1)")?;
        self.drafts()?;
        self.history()?;
        self.responses(None).try_for_each(|response| response.map(drop))
    }
}

/// Checks the pages of a database that is small, so that a lost page isn't taken for an empty table.
pub(super) fn quick(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let pages = connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0));
    if pages.map_err(|error| StoreError::from_sqlite(path, &error))? > SMALL_PAGES {
        return Ok(());
    }
    run(path, connection, "PRAGMA quick_check(1)")
}

fn run(path: &Path, connection: &Connection, check: &str) -> Result<(), StoreError> {
    let verdict = connection.query_row(check, [], |row| row.get::<_, String>(0));
    match verdict.map_err(|error| StoreError::from_sqlite(path, &error))?.as_str() {
        "ok" => Ok(()),
        damage => Err(StoreError::corrupt(path, damage.lines().next().unwrap_or_default())),
    }
}
