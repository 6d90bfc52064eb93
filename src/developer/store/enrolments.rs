//! Enrolments: which collectors were joined, whose signatures count there, and the secret that asks for tokens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Moved, Record};
use crate::anonymous::classes::Values;
use crate::anonymous::{Digest, PublicKey};

/// A collector that was joined, or is about to be.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The collector's address, without a slash at the end.
    pub collector: String,
    /// The publishers whose waves are accepted, pinned when it was joined.
    pub publishers: Vec<PublicKey>,
    /// The secret that asks for tokens, in 64 hexadecimal digits: kept before it is first used.
    pub credential: String,
    /// The one-time code, until the collector has taken it; empty while the developer signs in instead.
    pub invitation: Option<String>,
    /// The secret that was good before a newer invitation, and is again if that one isn't taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<String>,
    /// The SHA-256 of the code that the collector took last, to know it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Digest>,
    /// What the collector's roster says of the developer, by segment.
    pub segments: Values,
    /// When its waves are to be looked for again.
    pub refresh_at: DateTime<Utc>,
    /// Whether the developer has seen the bytes of an answer before the first was sent.
    #[serde(default)]
    pub is_shown: bool,
    /// Whether it was moved to another machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

impl Record for Enrolment {
    const KIND: Kind = Kind::Enrolment;

    fn name(&self) -> String {
        self.collector.clone()
    }
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Enrolment with {}", self.collector)
    }
}

impl Enrolment {
    /// Says whether the collector has yet to take the invitation.
    pub fn is_pending(&self) -> bool {
        self.invitation.is_some()
    }

    /// Says whether it was joined with this code, as far as that was taken down.
    pub fn has_taken(&self, code: &str) -> bool {
        self.taken == Some(Digest::of(&[code.as_bytes()]))
    }

    /// Says whether there is a code that the collector has yet to take.
    pub fn has_code(&self) -> bool {
        self.invitation.as_ref().is_some_and(|code| !code.is_empty())
    }
}

impl Store {
    /// Gives the collectors that were joined, or are about to be.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn enrolments(&self) -> Result<Vec<Enrolment>, StoreError> {
        self.records()
    }

    /// Keeps an enrolment; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_enrolment(&mut self, enrolment: &Enrolment) -> Result<(), StoreError> {
        self.write(|transaction| records::put(transaction, enrolment))
    }

    /// Gives up an invitation that nobody has taken: what was joined before stays joined, and otherwise nothing is kept.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn give_up(&mut self, enrolment: &Enrolment) -> Result<(), StoreError> {
        let before = enrolment.former.clone().map(|credential| Enrolment {
            credential,
            invitation: None,
            former: None,
            ..enrolment.clone()
        });
        self.write(|transaction| match &before {
            Some(before) => records::put(transaction, before),
            None => records::remove(transaction, Kind::Enrolment, &enrolment.name()),
        })
    }
}
