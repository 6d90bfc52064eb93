//! Results that were published and accepted. What is read again is checked again.

use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Record};
use crate::anonymous::results::Document;
use crate::anonymous::{Digest, Results};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) hash: Digest,
    pub(super) collector: String,
    pub(super) results: Results,
}

impl Record for Stored {
    const KIND: Kind = Kind::Results;

    fn name(&self) -> String {
        self.hash.to_string()
    }
}

impl Store {
    /// Gives the results that were accepted, in the order they came.
    ///
    /// # Errors
    /// When the database can't be read or is damaged, or results aren't signed by a publisher that is pinned.
    pub fn results(&self) -> Result<Vec<Document>, StoreError> {
        let stored: Vec<Stored> = self.records()?;
        let enrolments = self.enrolments()?;
        let open = |stored: Stored| {
            let enrolment = enrolments.iter().find(|enrolment| enrolment.collector == stored.collector);
            let document = enrolment.and_then(|enrolment| stored.results.open(&enrolment.publishers).ok());
            document.ok_or_else(|| self.corrupt("results are not signed by a publisher you joined"))
        };
        stored.into_iter().map(open).collect()
    }

    /// Keeps results that were accepted; those that are kept already stay where they are.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn keep_results(&mut self, collector: &str, results: &Results) -> Result<(), StoreError> {
        let stored = Stored { hash: results.hash(), collector: collector.to_owned(), results: results.clone() };
        self.write(|transaction| records::put(transaction, &stored))
    }
}
