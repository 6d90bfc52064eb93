//! Published results, by the hash of their document.

use super::error::StoreError;
use super::open::Store;
use super::value::{Row, values};
use crate::anonymous::Digest;

/// Signed results in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedResults {
    /// The SHA-256 of the document.
    pub(crate) hash: Digest,
    /// The signed document, in JSON.
    pub(crate) document: String,
}

impl Store {
    /// Gives all results.
    pub(crate) fn results(&self) -> Result<Vec<PublishedResults>, StoreError> {
        let read = |row: Row<'_>| Ok(PublishedResults { hash: Digest(row.get(0)?), document: row.get(1)? });
        self.all("SELECT hash, document FROM results ORDER BY hash", &[], read)
    }

    /// Publishes results; says whether they were new.
    pub(crate) fn publish_results(&self, results: &PublishedResults) -> Result<bool, StoreError> {
        let sql = "INSERT INTO results (hash, document) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.execute(sql, values![&results.hash, &*results.document]).map(|added| added > 0)
    }

    /// Takes results back, such as those that a revision replaces.
    pub(crate) fn erase_results(&self, hash: Digest) -> Result<(), StoreError> {
        self.execute("DELETE FROM results WHERE hash = ?1", values![&hash]).map(|_| ())
    }
}
