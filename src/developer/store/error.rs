//! What can go wrong with the store, where, and what to do about it. Never repeats an answer.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ffi::{self, ErrorCode};
use thiserror::Error;

/// Why the store could not do what was asked. What it held before is untouched.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A newer dxpulse wrote the database.
    #[error("{} was written by a newer dxpulse (format {found}, this one knows up to {known})", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The format it has.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The database is damaged.
    #[error("{} is damaged: {what}", path.display())]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What was seen.
        what: String,
    },
    /// The file is some other program's.
    #[error("{} is not a database of dxpulse", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file or folder can't be written.
    #[error("{} is read-only", path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// No space is left.
    #[error("no space is left for {}", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// Another process kept the database to itself for too long.
    #[error("another process is writing {}", path.display())]
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// The permissions of a file or folder keep us out.
    #[error("no permission to use {}", path.display())]
    Denied {
        /// The file or folder.
        path: PathBuf,
    },
    /// Something else stands where a file or folder of ours belongs.
    #[error("{} is not a {expected}", path.display())]
    Misplaced {
        /// What stands in the way.
        path: PathBuf,
        /// `file` or `folder`.
        expected: &'static str,
    },
    /// The file system can't lock files.
    #[error("files can't be locked at {}", path.display())]
    Lockless {
        /// The file that could not be locked.
        path: PathBuf,
    },
    /// A survey is being answered elsewhere, so nothing may be removed.
    #[error("{survey} is being answered in another terminal")]
    Answering {
        /// The survey.
        survey: String,
    },
    /// The database was removed or replaced while it was open.
    #[error("the database was removed or replaced while it was open: {}", path.display())]
    Gone {
        /// The database.
        path: PathBuf,
    },
    /// The operating system failed in some other way.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// SQLite failed in some other way.
    #[error("{}: {}", path.display(), ffi::code_to_str(*code))]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// SQLite's extended result code.
        code: i32,
    },
}

impl StoreError {
    /// Says what to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Newer { .. } => "install the newer dxpulse; the data is untouched".to_owned(),
            Self::Corrupt { path, .. } => format!(
                "`dxpulse doctor --rescue FILE` writes what can still be read of what was sealed to FILE; then keep a copy: move {} aside, \
                 together with the -wal and -shm files beside it if there are any, and start again",
                path.display()
            ),
            Self::Foreign { path } => {
                format!("move {} aside, or set DXPULSE_HOME to a folder of its own", path.display())
            }
            Self::ReadOnly { path } if is_mounted_read_only(path) => {
                "the file system is mounted read-only: mount it writable, or set DXPULSE_HOME to a folder that is".to_owned()
            }
            Self::ReadOnly { path } => {
                format!("make {} writable, or set DXPULSE_HOME to a folder that is", path.display())
            }
            Self::Full { .. } => "free some space or raise the quota, then try again; what was saved before is kept".to_owned(),
            Self::Busy { .. } => "wait until the other dxpulse is done, then try again".to_owned(),
            Self::Denied { path } => format!("check who owns {} and its permissions", path.display()),
            Self::Misplaced { path, .. } => {
                format!("move {} aside, or set DXPULSE_HOME to another folder", path.display())
            }
            Self::Lockless { .. } => "set DXPULSE_HOME to a folder on a local disk".to_owned(),
            Self::Answering { .. } => "finish or leave the survey there, then try again".to_owned(),
            Self::Gone { .. } => "put it back, or start dxpulse again and answer anew".to_owned(),
            Self::Disk { .. } | Self::Sqlite { .. } => "check the disk and the space on it, then try again".to_owned(),
        }
    }

    /// Says whether this keeps only from writing, so that reading may still be possible.
    pub(super) fn is_about_writing(&self) -> bool {
        matches!(
            self,
            Self::ReadOnly { .. }
                | Self::Full { .. }
                | Self::Denied { .. }
                | Self::Lockless { .. }
                | Self::Disk { .. }
                | Self::Sqlite { .. }
        )
    }

    pub(super) fn corrupt(path: &Path, what: impl Into<String>) -> Self {
        Self::Corrupt { path: path.to_owned(), what: what.into() }
    }

    /// Explains a failure of the operating system.
    pub(super) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            io::ErrorKind::NotADirectory => Self::Misplaced { path, expected: "folder" },
            io::ErrorKind::IsADirectory => Self::Misplaced { path, expected: "file" },
            _ => Self::Disk { path, source },
        }
    }

    /// Explains a failure of SQLite on our own database, whose statements are known to be right.
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let Some(failure) = error.sqlite_error() else {
            return Self::corrupt(path, "a row is not of the expected form");
        };
        let owned = path.to_owned();
        match (failure.code, failure.extended_code) {
            (_, ffi::SQLITE_IOERR_SHMSIZE) => Self::Full { path: owned },
            (_, ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_DATA) => Self::corrupt(path, failure.to_string()),
            (_, ffi::SQLITE_IOERR_LOCK | ffi::SQLITE_IOERR_RDLOCK | ffi::SQLITE_IOERR_SHMLOCK | ffi::SQLITE_IOERR_SHMOPEN) => {
                Self::Lockless { path: owned }
            }
            (_, ffi::SQLITE_READONLY_DBMOVED) => Self::Gone { path: owned },
            (ErrorCode::NotADatabase, _) => Self::corrupt(path, "its header is not that of a database"),
            (ErrorCode::DatabaseCorrupt | ErrorCode::ConstraintViolation | ErrorCode::Unknown | ErrorCode::TypeMismatch, _) => {
                Self::corrupt(path, ffi::code_to_str(failure.extended_code))
            }
            (ErrorCode::ReadOnly, _) => Self::ReadOnly { path: owned },
            (ErrorCode::DiskFull, _) => Self::Full { path: owned },
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Busy { path: owned },
            (ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied, _) => Self::Denied { path: owned },
            (ErrorCode::FileLockingProtocolFailed, _) => Self::Lockless { path: owned },
            (ErrorCode::CannotOpen, _) => cannot_open(path),
            (_, code) => Self::Sqlite { path: owned, code },
        }
    }
}

/// Finds out why SQLite could not open a database: it doesn't say.
fn cannot_open(path: &Path) -> StoreError {
    let owned = path.to_owned();
    let folder = path.parent().unwrap_or(path);
    if path.is_dir() {
        return StoreError::Misplaced { path: owned, expected: "file" };
    }
    if !is_writable(folder) {
        return StoreError::ReadOnly { path: folder.to_owned() };
    }
    StoreError::Denied { path: owned }
}

/// Says whether a file system can't be written by anyone.
fn is_mounted_read_only(path: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(path, Access::WRITE_OK) == Err(rustix::io::Errno::ROFS)
}

/// Says whether files can be made in a folder.
pub(super) fn is_writable(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(error: &StoreError) -> String {
        format!("{error:?}").split([' ', '{']).next().unwrap_or_default().to_owned()
    }

    #[test]
    fn every_failure_of_sqlite_is_explained() {
        let cases = [
            (ffi::SQLITE_READONLY, "ReadOnly"),
            (ffi::SQLITE_READONLY_DIRECTORY, "ReadOnly"),
            (ffi::SQLITE_READONLY_DBMOVED, "Gone"),
            (ffi::SQLITE_FULL, "Full"),
            (ffi::SQLITE_IOERR_SHMSIZE, "Full"),
            (ffi::SQLITE_IOERR_WRITE, "Sqlite"),
            (ffi::SQLITE_IOERR_FSYNC, "Sqlite"),
            (ffi::SQLITE_IOERR_LOCK, "Lockless"),
            (ffi::SQLITE_PROTOCOL, "Lockless"),
            (ffi::SQLITE_IOERR_CORRUPTFS, "Corrupt"),
            (ffi::SQLITE_BUSY, "Busy"),
            (ffi::SQLITE_BUSY_SNAPSHOT, "Busy"),
            (ffi::SQLITE_LOCKED, "Busy"),
            (ffi::SQLITE_CORRUPT, "Corrupt"),
            (ffi::SQLITE_CORRUPT_INDEX, "Corrupt"),
            (ffi::SQLITE_NOTADB, "Corrupt"),
            (ffi::SQLITE_ERROR, "Corrupt"),
            (ffi::SQLITE_PERM, "Denied"),
            (ffi::SQLITE_NOMEM, "Sqlite"),
        ];
        for (code, expected) in cases {
            let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("an answer".to_owned()));
            let error = StoreError::from_sqlite(Path::new("/home/dxpulse.db"), &failure);
            assert_eq!(name(&error), expected, "{code}");
            assert!(error.to_string().starts_with("/home/dxpulse.db") || error.to_string().ends_with("dxpulse.db"));
            assert!(!error.hint().is_empty() && !format!("{error} {error:?} {}", error.hint()).contains("an answer"));
        }
    }

    #[test]
    fn every_failure_of_the_system_is_explained() {
        use rustix::io::Errno;
        let cases = [
            (Errno::ROFS, "ReadOnly"),
            (Errno::NOSPC, "Full"),
            (Errno::DQUOT, "Full"),
            (Errno::ACCESS, "Denied"),
            (Errno::PERM, "Denied"),
            (Errno::NOTDIR, "Misplaced"),
            (Errno::ISDIR, "Misplaced"),
            (Errno::IO, "Disk"),
        ];
        for (errno, expected) in cases {
            let error = StoreError::from_io(Path::new("/home/dxpulse.db"), errno.into());
            assert_eq!(name(&error), expected, "{errno}");
        }
    }
}
