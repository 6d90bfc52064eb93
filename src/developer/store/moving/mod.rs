//! Moving everything to another machine: what a store holds as one value, the mark of what went away, and taking in what came.
//!
//! What goes out is marked only once it is safe elsewhere, and only if it is still what went out; what comes in is merged with what
//! is here, all or nothing. Neither deletes a token, an enrolment or what was sealed.

mod contents;
mod merging;

use chrono::{DateTime, Utc};
use rusqlite::{Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use contents::Contents;

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Moved, Record};
use super::{drafts, leaving, responses};
use crate::anonymous::Digest;
use merging::{Changes, merge};

/// Why nothing was moved. What is here is as it was.
#[derive(Debug, Error)]
pub enum MovingError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something changed between reading and marking.
    #[error("something was answered or exchanged meanwhile")]
    Changed,
    /// Another membership with the same collector is in use here.
    #[error("{collector} was joined on this machine too, with another invitation")]
    Joined {
        /// The collector.
        collector: String,
    },
    /// What is here went on after what comes in.
    #[error("it is older than what was moved away from here on {}", at.format("%Y-%m-%d"))]
    Outdated {
        /// When that was.
        at: DateTime<Utc>,
    },
    /// What comes in contradicts itself.
    #[error("it does not hold what it should: {0}")]
    Unsound(&'static str),
}

/// What was new of what came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The collectors whose membership is used here from now on.
    pub collectors: Vec<String>,
    /// Parts of responses that wait in the outbox.
    pub waiting: usize,
    /// Responses.
    pub responses: usize,
    /// Surveys whose draft came in.
    pub drafts: Vec<String>,
    /// Surveys whose draft was left out, since the one here was saved later.
    pub left_out: Vec<String>,
    /// Surveys whose draft here gave way, since the one that came in was saved later.
    pub gave_way: Vec<String>,
    /// Declined surveys.
    pub declines: usize,
}

/// The moves that what is here has behind it, on this machine and those it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Moves {
    pub(super) all: Vec<Digest>,
}

impl Record for Moves {
    const KIND: Kind = Kind::Moves;

    fn name(&self) -> String {
        "all".to_owned()
    }
}

impl Taken {
    /// Says whether all that came in was here already.
    pub fn is_nothing(&self) -> bool {
        *self == Self { left_out: self.left_out.clone(), ..Self::default() }
    }
}

impl Store {
    /// Gives what would be moved from here by a move of this name, 32 random bytes; what was moved before is in it only where it is
    /// asked for again.
    ///
    /// # Errors
    /// When the database can't be read, or any part of it is damaged.
    pub fn contents(&self, by: Digest, again: bool) -> Result<Contents, StoreError> {
        self.check()?;
        Ok(Contents::of(self)?.leaving(by, again))
    }

    /// Marks what was moved, once it is safe elsewhere: from then on it isn't used here.
    ///
    /// # Errors
    /// [`MovingError::Changed`] when it is no longer what was moved, or it can't be written; nothing is marked then.
    pub fn move_away(&mut self, contents: &Contents, again: bool, now: DateTime<Utc>) -> Result<(), MovingError> {
        let transaction = self.begin()?;
        let mut here = Contents::of(self)?;
        let by = contents.moves.last().copied().ok_or(MovingError::Unsound("it was not made to be moved"))?;
        if here.clone().leaving(by, again) != *contents {
            return Err(MovingError::Changed);
        }
        let write = || -> Result<(), rusqlite::Error> {
            here.each_mark(|moved| _ = moved.get_or_insert(Moved { at: now, by }));
            here.enrolments.iter().try_for_each(|it| records::put(&transaction, it))?;
            here.tokens.iter().try_for_each(|it| records::put(&transaction, it))?;
            here.outbox.iter().try_for_each(|it| records::put(&transaction, it))?;
            here.events.iter().try_for_each(|it| records::put(&transaction, it))?;
            records::put(&transaction, &Moves { all: contents.moves.clone() })?;
            transaction.commit()
        };
        self.finished(write())
    }

    /// Takes in what was moved from another machine, or back to this one: what is here already stays, the later of two versions counts.
    ///
    /// # Errors
    /// When it can't be taken in without losing something, or can't be written; nothing is changed then.
    pub fn take_in(&mut self, moved: &Contents) -> Result<Taken, MovingError> {
        let transaction = self.begin()?;
        let (changes, taken) = merge(&Contents::of(self)?, moved)?;
        let write = || -> Result<(), rusqlite::Error> {
            apply(&transaction, &changes)?;
            transaction.commit()
        };
        self.finished(write())?;
        Ok(taken)
    }

    /// Begins a transaction that keeps everyone else from writing.
    fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        begun.map_err(|error| self.explain(&error))
    }

    fn finished(&self, written: Result<(), rusqlite::Error>) -> Result<(), MovingError> {
        written.map_err(|error| self.explain(&error))?;
        Ok(self.still_there()?)
    }
}

fn apply(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), rusqlite::Error> {
    for source in &changes.sources {
        responses::keep_source(transaction, &crate::survey::canonical::sha256(source), source)?;
    }
    changes.replaced.iter().try_for_each(|response| responses::replace(transaction, response))?;
    for response in &changes.responses {
        response.clone().summed().insert(transaction)?;
    }
    changes.declines.iter().try_for_each(|decline| decline.clone().summed().insert(transaction))?;
    changes.no_drafts.iter().try_for_each(|survey| drafts::delete(transaction, survey))?;
    changes.drafts.iter().try_for_each(|draft| draft.clone().summed().save(transaction))?;
    changes.enrolments.iter().try_for_each(|it| records::put(transaction, it))?;
    changes.waves.iter().try_for_each(|it| records::put(transaction, it))?;
    changes.results.iter().try_for_each(|it| records::put(transaction, it))?;
    changes.tokens.iter().try_for_each(|it| records::put(transaction, it))?;
    leaving::remove(transaction, &changes.unsealed)?;
    changes.outbox.iter().try_for_each(|it| records::put(transaction, it))?;
    leaving::remove(transaction, &changes.unsealed_events)?;
    changes.unsent.iter().try_for_each(|it| records::put(transaction, it))?;
    changes.events.iter().try_for_each(|it| records::put(transaction, it))?;
    records::put(transaction, &Moves { all: changes.moves.clone() })
}
