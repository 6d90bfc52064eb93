//! Records: what is exchanged with collectors, each a JSON document with a checksum under a kind and a name.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::checksum;
use super::database::Store;
use super::error::StoreError;
use crate::anonymous::Digest;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A collector that was joined, by its address.
    Enrolment,
    /// A wave that was published, by its id.
    Wave,
    /// A token, or a request for one, by wave and part.
    Token,
    /// What was sealed for sending, by wave and part.
    Sealed,
    /// Published results, by their hash.
    Results,
    /// What was sealed for a webhook, by its subject.
    Event,
    /// A response whose place another one took, by its id.
    Replaced,
    /// What was taken back before it was sent, by response and part.
    Unsent,
    /// The moves that what is here has behind it.
    Moves,
    /// What is remembered of prompts.
    Prompts,
}

/// The mark of what was moved to another machine, and is used there and no longer here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// When.
    pub at: DateTime<Utc>,
    /// Which move it was: 32 random bytes that every file after it names.
    pub by: Digest,
}

impl Kind {
    /// Gives the kind's name in the database.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::Wave => "wave",
            Self::Token => "token",
            Self::Sealed => "sealed",
            Self::Results => "results",
            Self::Event => "event",
            Self::Replaced => "replaced",
            Self::Unsent => "unsent",
            Self::Moves => "moves",
            Self::Prompts => "prompts",
        }
    }
}

/// A part of a response that was taken back before it was sent, so that no copy of it from another machine is sent after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unsent {
    pub(super) response: String,
    pub(super) part: String,
}

impl Record for Unsent {
    const KIND: Kind = Kind::Unsent;

    fn name(&self) -> String {
        format!("{}.{}", self.response, self.part)
    }
}

/// Something that is kept as a record.
pub(super) trait Record: Serialize + DeserializeOwned {
    /// What it is.
    const KIND: Kind;

    /// Gives its name among its kind.
    fn name(&self) -> String;
}

/// Name, checksum and body of a record.
type Row = (String, [u8; 16], String);

impl Store {
    /// Gives all records of a kind, in the order they were first kept.
    pub(super) fn records<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        self.check_records()?;
        all(&self.connection).map_err(|error| match error {
            rusqlite::Error::InvalidQuery => self.corrupt(&format!("a record of the kind {} is damaged", R::KIND.name())),
            error => self.explain(&error),
        })
    }
}

/// Gives all records of a kind as they are in a transaction; one that is damaged is an invalid query.
pub(super) fn all<R: Record>(connection: &Connection) -> Result<Vec<R>, rusqlite::Error> {
    let kind = R::KIND.name();
    let read = |(name, sum, body): Row| {
        let record = (sum == checksum::of(&[kind, &name, &body])).then(|| serde_json::from_str(&body).ok()).flatten();
        record.ok_or(rusqlite::Error::InvalidQuery)
    };
    rows(connection, R::KIND)?.into_iter().map(read).collect()
}

fn rows(connection: &Connection, kind: Kind) -> Result<Vec<Row>, rusqlite::Error> {
    let sql = "SELECT name, checksum, body FROM records WHERE kind = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map([kind.name()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// Keeps a record, in place of the one that has its name.
pub(super) fn put<R: Record>(connection: &Connection, record: &R) -> Result<(), rusqlite::Error> {
    let body = serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let (kind, name) = (R::KIND.name(), record.name());
    let sql = "INSERT INTO records (kind, name, checksum, body) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (kind, name) DO UPDATE SET checksum = excluded.checksum, body = excluded.body";
    connection.prepare_cached(sql)?.execute(params![kind, name, checksum::of(&[kind, &name, &body]), body])?;
    Ok(())
}

/// Keeps a record, unless there is one of its name.
pub(super) fn put_new<R: Record>(connection: &Connection, record: &R) -> Result<(), rusqlite::Error> {
    let sql = "SELECT count(*) FROM records WHERE kind = ?1 AND name = ?2";
    let count: i64 = connection.query_row(sql, params![R::KIND.name(), record.name()], |row| row.get(0))?;
    if count == 0 { put(connection, record) } else { Ok(()) }
}

/// Drops a record.
pub(super) fn remove(connection: &Connection, kind: Kind, name: &str) -> Result<(), rusqlite::Error> {
    connection.execute("DELETE FROM records WHERE kind = ?1 AND name = ?2", params![kind.name(), name]).map(drop)
}
