//! One survey is answered in one place at a time: a file lock that the kernel takes back when the process dies.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::database::Store;
use super::error::{StoreError, is_writable};
use super::place;
use crate::survey::SurveyId;

const FOLDER: &str = "locks";

/// No survey id has an underscore, so this never stands for one.
const SETUP: &str = "_setup";

/// The same for the exchange with collectors.
const EXCHANGE: &str = "_exchange";

/// The right to answer a survey; given back when dropped, and by the kernel when the process ends in any way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Store {
    /// Takes the right to answer a survey; `None` while someone else has it.
    ///
    /// # Errors
    /// When the lock file can't be made or locked, or the database was removed since it was opened.
    pub fn lock(&self, survey: &SurveyId) -> Result<Option<Lock>, StoreError> {
        let lock = take(&self.folder, survey.as_str())?;
        // Whoever removes the store holds every lock meanwhile, so this is settled once ours is held.
        self.still_there()?;
        Ok(lock)
    }

    /// Takes the right to exchange something with collectors; `None` while someone else has it.
    ///
    /// # Errors
    /// As [`Store::lock`].
    pub fn lock_exchange(&self) -> Result<Option<Lock>, StoreError> {
        take(&self.folder, EXCHANGE)
    }

    /// Says whether a survey is being answered right now, without keeping anybody from it.
    pub fn is_answering(&self) -> bool {
        let surveys = files(&self.folder.join(FOLDER)).unwrap_or_default().into_iter().filter(|path| {
            let name = path.file_stem().unwrap_or_default();
            name != SETUP && name != EXCHANGE
        });
        // Shared, so that several may look at once; it is given back with the file.
        let is_held =
            |path: PathBuf| File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)));
        surveys.into_iter().any(is_held)
    }

    /// Takes every right there is, so that nothing is answered or exchanged meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Answering`] or [`StoreError::Busy`] while someone else has one.
    pub fn lock_all(&self) -> Result<Vec<Lock>, StoreError> {
        // So that it is among the locks there are.
        drop(self.lock_exchange()?);
        let taken = take_all(&self.folder)?;
        self.still_there()?;
        Ok(taken.into_iter().map(|(_, lock)| lock).collect())
    }
}

/// Waits for the right to create or migrate the database.
pub(super) fn setup(folder: &Path) -> Result<Lock, StoreError> {
    let path = file_of(folder, SETUP)?;
    loop {
        let file = open(&path)?;
        file.lock().map_err(|error| explain(&path, error))?;
        if still_there(&path, &file)? {
            return Ok(Lock { _file: file });
        }
    }
}

/// Takes every lock there is; gives the lock files, and fails while one is held elsewhere.
pub(super) fn take_all(folder: &Path) -> Result<Vec<(PathBuf, Lock)>, StoreError> {
    let locks = folder.join(FOLDER);
    let mut taken = Vec::new();
    for path in files(&locks)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match take(folder, &name)? {
            Some(lock) => taken.push((path, lock)),
            None if name == SETUP || name == EXCHANGE => return Err(StoreError::Busy { path: folder.join(place::DATABASE) }),
            None => return Err(StoreError::Answering { survey: name }),
        }
    }
    Ok(taken)
}

/// Gives the folder of the locks.
pub(super) fn folder_in(folder: &Path) -> PathBuf {
    folder.join(FOLDER)
}

fn take(folder: &Path, name: &str) -> Result<Option<Lock>, StoreError> {
    let path = file_of(folder, name)?;
    loop {
        let file = open(&path)?;
        match file.try_lock() {
            Ok(()) if still_there(&path, &file)? => return Ok(Some(Lock { _file: file })),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(explain(&path, error)),
        }
    }
}

fn file_of(folder: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let locks = folder.join(FOLDER);
    place::make_folder(&locks)?;
    Ok(locks.join(format!("{name}.lock")))
}

fn open(path: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
    file.map_err(|error| {
        let folder = path.parent().unwrap_or(path);
        if error.kind() == io::ErrorKind::PermissionDenied && !is_writable(folder) {
            return StoreError::ReadOnly { path: folder.to_owned() };
        }
        StoreError::from_io(path, error)
    })
}

/// Says whether the file that was locked is still the one that others will find.
fn still_there(path: &Path, file: &File) -> Result<bool, StoreError> {
    let ours = file.metadata().map_err(|error| StoreError::from_io(path, error))?;
    Ok(place::identity(path)? == Some((ours.dev(), ours.ino())))
}

fn explain(path: &Path, error: io::Error) -> StoreError {
    use rustix::io::Errno;
    let lockless = [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOLCK, Errno::NOSYS, Errno::INVAL];
    if Errno::from_io_error(&error).is_some_and(|errno| lockless.contains(&errno)) {
        return StoreError::Lockless { path: path.to_owned() };
    }
    StoreError::from_io(path, error)
}

fn files(locks: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(locks) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| StoreError::from_io(locks, error))?,
    };
    let paths: io::Result<Vec<_>> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(|error| StoreError::from_io(locks, error))?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "lock"));
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_locks_is_named() {
        for errno in [rustix::io::Errno::NOLCK, rustix::io::Errno::NOTSUP] {
            let error = explain(Path::new("/home/locks/nps.lock"), io::Error::from(errno));
            assert!(matches!(error, StoreError::Lockless { .. }), "{error:?}");
        }
        let other = explain(Path::new("/home/locks/nps.lock"), io::Error::from(rustix::io::Errno::IO));
        assert!(matches!(other, StoreError::Disk { .. }), "{other:?}");
    }

    #[test]
    fn the_setup_lock_is_no_survey() {
        assert_eq!(SurveyId::new(SETUP), None);
    }
}
