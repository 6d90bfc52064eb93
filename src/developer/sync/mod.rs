//! The exchange with collectors: joining, waves, tokens, sending, proof. It sends only what the store has sealed.
//!
//! ```text
//! enrolling   the one-time code becomes a credential                       says who asks
//! tokens      one of each kind for every wave, before submissions open     says who asks, not for what
//! sending     sealed parts, one at a time, at times drawn by chance        says what, not who
//! delivering  events for a webhook, one at a time, at times drawn by chance     says what; who is not asked, and could be seen
//! proof       the ledger of a closed wave, whole                           says nothing
//! ```
//!
//! What says who asks and what says what never share a connection, nor a run, unless who is asked to wait doesn't want to; nor do a collector and a webhook.

pub mod background;
pub mod delivering;
pub mod enrolling;
mod http;
mod oblivious;
pub mod plan;
pub mod proof;
pub mod published;
pub mod round;
pub mod schedule;
pub mod sending;
pub mod signing_in;
pub mod tokens;

use thiserror::Error;

pub use http::Failed;

use crate::anonymous::ManifestError;
use crate::anonymous::ledger::LedgerError;
use crate::anonymous::results::ResultsError;
use crate::anonymous::token::TokenError;
use crate::developer::store::StoreError;

/// Why an exchange failed.
#[derive(Debug, Error)]
pub enum SyncError {
    /// The collector could not be talked to, or refused.
    #[error(transparent)]
    Failed(#[from] Failed),
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A published wave is refused.
    #[error("the collector publishes a wave that is refused: {0}")]
    Wave(#[from] ManifestError),
    /// A published wave contradicts one that is known.
    #[error("the collector publishes a wave that is refused: {0}")]
    Contradiction(String),
    /// Published results are refused.
    #[error("the collector publishes results that are refused: {0}")]
    Results(#[from] ResultsError),
    /// A token is refused.
    #[error("the collector issued a token that is refused: {0}")]
    Token(#[from] TokenError),
    /// A ledger doesn't hold.
    #[error("the collector's proof does not hold: {0}")]
    Ledger(#[from] LedgerError),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Chance,
}

impl SyncError {
    /// Says whether what came is refused, rather than that nothing came.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Wave(_) | Self::Contradiction(_) | Self::Results(_) | Self::Token(_) | Self::Ledger(_) => true,
            Self::Failed(_) | Self::Store(_) | Self::Chance => false,
        }
    }
}

/// Draws random bytes from the system.
pub(super) fn random<const COUNT: usize>() -> Result<[u8; COUNT], SyncError> {
    let mut random = [0; COUNT];
    getrandom::fill(&mut random).map_err(|_| SyncError::Chance)?;
    Ok(random)
}

/// Draws a number of 64 bits.
pub(super) fn draw() -> Result<u64, SyncError> {
    random().map(u64::from_le_bytes)
}
