//! What can go wrong with the database, and what to do about it. Never repeats what is stored.

use std::io;
use std::path::Path;

use thiserror::Error;

use crate::report::Failure;

/// Why the database could not do what was asked. What it held before is untouched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum StoreError {
    /// There is none.
    #[error("there is no database at {0}")]
    Missing(String),
    /// It has no tables yet, or no more.
    #[error("{0} holds nothing of a collector")]
    Empty(String),
    /// A newer program wrote it.
    #[error("{place} was written by a newer dxpulse-collector (format {found}, this one knows up to {known})")]
    Newer {
        /// The database.
        place: String,
        /// The format it has.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// It is some other program's.
    #[error("{0} is not a collector's database")]
    Foreign(String),
    /// Another collector keeps what it has in it.
    #[error("{0} holds what another collector has")]
    Taken(String),
    /// It is damaged.
    #[error("{0} is damaged")]
    Corrupt(String),
    /// No space is left.
    #[error("no space is left for {0}")]
    Full(String),
    /// Another process kept it to itself for too long.
    #[error("another process is writing {0}")]
    Busy(String),
    /// Its permissions keep us out.
    #[error("no permission to use {0}")]
    Denied(String),
    /// The server it is on can't be reached.
    #[error("{place} can't be reached: {reason}")]
    Unreachable {
        /// The database.
        place: String,
        /// What kept us from it.
        reason: String,
    },
    /// It is there, and can't be worked with as it is.
    #[error("{place}: {reason}")]
    Unfit {
        /// The database.
        place: String,
        /// Why.
        reason: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// It failed in some other way.
    #[error("{place}: {reason}")]
    Other {
        /// The database.
        place: String,
        /// What it said, which repeats nothing that is stored.
        reason: String,
    },
}

impl StoreError {
    /// Explains a failure with a file.
    pub(super) fn of_file(path: &Path, error: &io::Error) -> Self {
        let place = path.display().to_string();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(place),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Denied(place),
            kind => Self::Other { place, reason: kind.to_string() },
        }
    }

    /// Says what to do next.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Missing(_) | Self::Empty(_) => "set the collector up with `dxpulse-collector init`",
            Self::Newer { .. } => "install the newer dxpulse-collector; the data is untouched",
            Self::Foreign(_) => "name the collector's own folder with --data, or a database of its own",
            Self::Taken(_) => "make another database; for a second server, copy the folder of the collector that has this one",
            Self::Corrupt(_) => "stop the collector and put the newest backup in its place",
            Self::Full(_) => "free some space, then try again; what was acknowledged is kept",
            Self::Busy(_) => "wait a moment, then try again",
            Self::Denied(_) => "run the command as the user that the collector runs as",
            Self::Unreachable { .. } => {
                "see whether its server runs, and its address (`url` under [database] in collector.toml); SSL_CERT_FILE names authorities to trust"
            }
            Self::Unfit { hint, .. } => hint,
            Self::Other { .. } => "check the disk and the space on it, then try again",
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}
