//! Looking for damage: the pages of a small database at every opening, those of a table of a large one when it is read,
//! everything when asked to. Without this, a lost page would be taken for an empty table.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::database::Store;
use super::error::StoreError;

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
        self.waves(DateTime::<Utc>::MIN_UTC)?;
        self.tokens()?;
        self.outbox()?;
        self.responses(None).try_for_each(|response| response.map(drop))
    }

    /// Checks the pages of a table that is about to be read, unless that was done at the opening.
    pub(super) fn check_table(&self, table: &str) -> Result<(), StoreError> {
        if self.checked {
            return Ok(());
        }
        run(&self.path, &self.connection, &format!("PRAGMA quick_check({table})"))
    }

    /// Checks the pages of the records, which are read over and over, before they are read for the first time.
    pub(super) fn check_records(&self) -> Result<(), StoreError> {
        if !self.records_checked.get() {
            self.check_table("records")?;
            self.records_checked.set(true);
        }
        Ok(())
    }
}

/// Checks the pages of a database that is small; says whether it was.
pub(super) fn small(path: &Path, connection: &Connection) -> Result<bool, StoreError> {
    let pages = connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0));
    let is_small = pages.map_err(|error| StoreError::from_sqlite(path, &error))? <= SMALL_PAGES;
    if is_small {
        run(path, connection, "PRAGMA quick_check(1)")?;
    }
    Ok(is_small)
}

fn run(path: &Path, connection: &Connection, check: &str) -> Result<(), StoreError> {
    let verdict = connection.query_row(check, [], |row| row.get::<_, String>(0));
    match verdict.map_err(|error| StoreError::from_sqlite(path, &error))?.as_str() {
        "ok" => Ok(()),
        damage => Err(StoreError::corrupt(path, first_damage(damage))),
    }
}

/// Gives the first damage that SQLite names, without the heading it puts above.
fn first_damage(verdict: &str) -> &str {
    let named = verdict.lines().find(|line| !line.starts_with("***"));
    named.unwrap_or("a page is not of the expected form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_above_the_damage_is_left_out() {
        let verdict = "*** in database main ***\nTree 5 page 5: btreeInitPage() returns error code 11";
        assert_eq!(first_damage(verdict), "Tree 5 page 5: btreeInitPage() returns error code 11");
        assert_eq!(first_damage("row 1 missing from index x"), "row 1 missing from index x");
        assert!(!first_damage("*** in database main ***").contains('*'));
    }
}
