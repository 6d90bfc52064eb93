//! What can go wrong with the database, and what to do about it. Never repeats what is stored.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi::code_to_str;
use thiserror::Error;

use crate::report::Failure;

/// Why the database could not do what was asked. What it held before is untouched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum StoreError {
    /// There is none.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// A newer program wrote it.
    #[error("{} was written by a newer dxpulse-collector (format {found}, this one knows up to {known})", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The format it has.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// It is some other program's.
    #[error("{} is not a collector's database", .0.display())]
    Foreign(PathBuf),
    /// It is damaged.
    #[error("{} is damaged", .0.display())]
    Corrupt(PathBuf),
    /// No space is left.
    #[error("no space is left for {}", .0.display())]
    Full(PathBuf),
    /// Another process kept it to itself for too long.
    #[error("another process is writing {}", .0.display())]
    Busy(PathBuf),
    /// Its permissions keep us out.
    #[error("no permission to use {}", .0.display())]
    Denied(PathBuf),
    /// SQLite failed in some other way.
    #[error("{}: {}", path.display(), code_to_str(*code))]
    Other {
        /// The database.
        path: PathBuf,
        /// SQLite's extended result code.
        code: i32,
    },
}

impl StoreError {
    /// Explains a failure of SQLite; our own statements are known to be right.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let Some(failure) = error.sqlite_error() else { return Self::Corrupt(path) };
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy(path),
            ErrorCode::DiskFull => Self::Full(path),
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::Denied(path),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
                Self::Corrupt(path)
            }
            _ => Self::Other { path, code: failure.extended_code },
        }
    }

    /// Says what to do next.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Missing(_) => "set the collector up with `dxpulse-collector init`",
            Self::Newer { .. } => "install the newer dxpulse-collector; the data is untouched",
            Self::Foreign(_) => "name the collector's own folder with --data",
            Self::Corrupt(_) => "stop the collector and put the newest backup in its place",
            Self::Full(_) => "free some space, then try again; what was acknowledged is kept",
            Self::Busy(_) => "wait a moment, then try again",
            Self::Denied(_) => "run the command as the user that the collector runs as",
            Self::Other { .. } => "check the disk and the space on it, then try again",
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}
