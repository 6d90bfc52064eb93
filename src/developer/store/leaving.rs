//! What is sealed and leaves the machine, to a collector or to a webhook: the one rule for what may be sent, and what may still be taken
//! out unsent.

use rusqlite::Transaction;

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Record};

/// Something that was sealed, in one of its versions.
pub(super) trait Leaving: Record {
    /// Gives the number of the version: a later one takes its place under the same name.
    fn number(&self) -> u32;

    /// Says whether some version of it may have left the machine.
    fn may_have_left(&self) -> bool;

    /// Gives it with the mark that it may have left.
    fn tried(self) -> Self;
}

impl Store {
    /// Takes down that something is about to leave the machine; `false` when it was changed or taken out meanwhile.
    pub(super) fn begin_leaving<L: Leaving>(&mut self, sealed: &L) -> Result<bool, StoreError> {
        let mut is_current = false;
        self.write(|transaction| {
            let current = current(transaction, sealed)?.filter(|current| current.number() == sealed.number());
            is_current = current.is_some();
            current.map_or(Ok(()), |current| records::put(transaction, &current.tried()))
        })?;
        Ok(is_current)
    }
}

/// Finds what there is now of what this is, or was.
pub(super) fn current<L: Leaving>(transaction: &Transaction<'_>, sealed: &L) -> Result<Option<L>, rusqlite::Error> {
    let all: Vec<L> = records::all(transaction)?;
    Ok(all.into_iter().find(|other| other.name() == sealed.name()))
}

/// Says whether none of these may have left the machine.
pub(super) fn are_here<L: Leaving>(transaction: &Transaction<'_>, sealed: &[L]) -> Result<bool, rusqlite::Error> {
    for sealed in sealed {
        if current(transaction, sealed)?.is_some_and(|current| current.may_have_left()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes these out.
pub(super) fn remove<'a, L: Leaving + 'a>(
    transaction: &Transaction<'_>,
    sealed: impl IntoIterator<Item = &'a L>,
) -> Result<(), rusqlite::Error> {
    sealed.into_iter().try_for_each(|sealed| records::remove(transaction, L::KIND, &sealed.name()))
}
