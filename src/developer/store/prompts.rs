//! What is remembered of prompts: read, changed and written in one step, so that all shells and tools of the machine share one budget.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::TransactionBehavior;

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Record};
use crate::developer::prompting::Memory;

impl Record for Memory {
    const KIND: Kind = Kind::Prompts;

    fn name(&self) -> String {
        "all".to_owned()
    }
}

impl Store {
    /// Gives what is remembered of prompts; `None` where nothing is yet.
    ///
    /// # Errors
    /// When the database can't be read, or what is remembered is damaged.
    pub fn memory(&self) -> Result<Option<Memory>, StoreError> {
        Ok(self.records()?.pop())
    }

    /// Changes what is remembered of prompts, which begins now where nothing is yet. Nobody else does meanwhile, and it is on the disk
    /// when this returns.
    ///
    /// # Errors
    /// When it can't be written, is damaged, or somebody else writes for too long; nothing is changed then.
    pub fn remember<T>(&mut self, now: DateTime<Utc>, work: impl FnOnce(&mut Memory) -> T) -> Result<T, StoreError> {
        self.check_records()?;
        let run = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let known = records::all::<Memory>(&transaction)?.pop();
            let mut memory = known.clone().unwrap_or_else(|| Memory::begin(now));
            let outcome = work(&mut memory);
            if known.as_ref() != Some(&memory) {
                records::put(&transaction, &memory)?;
            }
            transaction.commit()?;
            Ok(outcome)
        };
        let outcome = run().map_err(|error| match error {
            rusqlite::Error::InvalidQuery => StoreError::corrupt(&self.path, "what is remembered of prompts is damaged"),
            error => StoreError::from_sqlite(&self.path, &error),
        })?;
        self.still_there()?;
        Ok(outcome)
    }

    /// Waits no longer than this for whoever else writes.
    ///
    /// # Errors
    /// When the database refuses that.
    pub fn wait_at_most(&self, time: Duration) -> Result<(), StoreError> {
        self.connection.busy_timeout(time).map_err(|error| self.explain(&error))
    }
}
