//! The versions of the database, each a file of SQL. A file that was released never changes.

use rusqlite::Connection;
use rusqlite_migration::{Error, M, Migrations};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001-first.sql")),
    M::up(include_str!("migrations/0002-file-of-a-draft.sql")),
    M::up(include_str!("migrations/0003-waves.sql")),
    M::up(include_str!("migrations/0004-exchange.sql")),
];

/// The newest version, the one this program works with.
pub(super) const LATEST: i64 = STEPS.len() as i64;

/// Marks a database as ours: `dxpu` in ASCII.
pub(super) const APPLICATION: i64 = 0x6478_7075;

/// Brings a database to the newest version, in one transaction.
pub(super) fn apply(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    Migrations::from_slice(STEPS).to_latest(connection).map_err(|error| match error {
        Error::RusqliteError { err, .. } => err,
        // All that is left speaks of a version out of range, which the caller has ruled out.
        _ => rusqlite::Error::InvalidQuery,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_applies_and_marks_the_database_as_ours() {
        let mut connection = Connection::open_in_memory().unwrap();
        apply(&mut connection).unwrap();
        let application = connection.pragma_query_value(None, "application_id", |row| row.get(0));
        assert_eq!(application, Ok(APPLICATION));
        assert_eq!(connection.pragma_query_value(None, "user_version", |row| row.get(0)), Ok(LATEST));
    }
}
