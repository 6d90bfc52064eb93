//! The collector's folder (0700) and its files (0600): where each stands, and how one is written and destroyed.
//!
//! ```text
//! collector.toml        settings
//! collector.db          the database, and -wal, -shm while it is open
//! receipt.key           what receipts and closings are signed with
//! ohttp.key             what oblivious requests are opened with
//! keys/                 what tokens of a wave are issued with, until it closes
//! prepared/             waves that wait for their publisher's signature
//! rewritten             the day of the last nightly rewrite
//! rewrite-due           there while the database has to be rewritten
//! day                   the day that the server last ran
//! serve.lock            locked by the one server that runs
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk;
use crate::report::Failure;

/// The variable that names the folder.
pub(crate) const VARIABLE: &str = "DXPULSE_COLLECTOR_DATA";

/// The folder that holds all of a collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder(PathBuf);

/// A file or folder that can't be used.
#[derive(Debug, Error)]
#[error("{}: {cause}", .path.display())]
pub(crate) struct DiskError {
    /// The file or folder.
    pub(crate) path: PathBuf,
    /// What the system said.
    #[source]
    pub(crate) cause: io::Error,
}

impl DiskError {
    pub(crate) fn new(path: &Path, cause: io::Error) -> Self {
        Self { path: path.to_owned(), cause }
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        let hint = match error.cause.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "run the command as the user that the collector runs as",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space, then try again",
            _ => "check the disk and the permissions",
        };
        Self::new(error.to_string()).hint(hint)
    }
}

impl Folder {
    /// Takes a folder; nothing is looked at yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.0.join("collector.toml")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("collector.db")
    }

    pub(crate) fn receipt_key(&self) -> PathBuf {
        self.0.join("receipt.key")
    }

    pub(crate) fn ohttp_key(&self) -> PathBuf {
        self.0.join("ohttp.key")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub(crate) fn prepared(&self) -> PathBuf {
        self.0.join("prepared")
    }

    pub(crate) fn rewritten(&self) -> PathBuf {
        self.0.join("rewritten")
    }

    pub(crate) fn rewrite_due(&self) -> PathBuf {
        self.0.join("rewrite-due")
    }

    pub(crate) fn last_day(&self) -> PathBuf {
        self.0.join("day")
    }

    /// Takes the lock of the one server that may run here, which goes with the file or with the process; `None` where another has it.
    pub(crate) fn lock(&self) -> Result<Option<File>, DiskError> {
        let path = self.0.join("serve.lock");
        let failed = |error| DiskError::new(&path, error);
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Says whether a collector was set up here.
    pub(crate) fn is_set_up(&self) -> bool {
        self.settings().exists()
    }

    /// Makes the folder and those in it, closed to others.
    pub(crate) fn make(&self) -> Result<(), DiskError> {
        [self.0.clone(), self.keys(), self.prepared()].iter().try_for_each(|path| make_private_folder(path))
    }
}

/// Makes a folder that only its owner enters, or closes the one that is there.
pub(crate) fn make_private_folder(path: &Path) -> Result<(), DiskError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.and_then(|()| fs::set_permissions(path, Permissions::from_mode(0o700))).map_err(|error| DiskError::new(path, error))
}

/// Writes a file that only its owner reads: as a whole or not at all, and on the disk when it returns.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    disk::replace(path, bytes, disk::Rights::Private).map_err(|error| DiskError::new(path, error))
}

/// Reads a text file; `None` where there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>, DiskError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::new(path, error)),
    }
}

/// Overwrites a file and removes it; says whether there was one.
///
/// A file system that copies on writing, or a disk that spreads its writes, may keep the old blocks for a while.
pub(crate) fn destroy(path: &Path) -> Result<bool, DiskError> {
    let overwritten = OpenOptions::new().write(true).open(path).and_then(|mut file| {
        let length = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        file.write_all(&vec![0; length])?;
        file.sync_all()
    });
    match overwritten.and_then(|()| fs::remove_file(path)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(DiskError::new(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_private_and_a_destroyed_one_is_gone() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().join("data"));
        folder.make().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write_private(&folder.receipt_key(), b"secret").unwrap();
        assert_eq!((mode(folder.path()), mode(&folder.keys()), mode(&folder.receipt_key())), (0o700, 0o700, 0o600));
        assert_eq!(read(&folder.receipt_key()).unwrap().as_deref(), Some("secret"));
        assert_eq!((destroy(&folder.receipt_key()).unwrap(), destroy(&folder.receipt_key()).unwrap()), (true, false));
        assert_eq!(read(&folder.receipt_key()).unwrap(), None);
    }
}
