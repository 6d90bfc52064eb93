//! Forgetting: removes what the store has written, and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::{lock, place};

/// Removes the database, the files beside it and the locks; gives what was removed.
///
/// # Errors
/// [`StoreError::Answering`] while a survey is being answered anywhere: nothing is removed then. Otherwise the file that
/// could not be removed.
pub fn forget(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let locks = lock::take_all(folder)?;
    let mut removed = Vec::new();
    // The database goes after the files beside it, which mean nothing without it; the locks go last, so that whoever
    // waits for one finds the store gone.
    let files = place::files(folder).into_iter().rev().chain(locks.iter().map(|(path, _)| path.clone()));
    for path in files {
        if remove(&path, fs::remove_file(&path))? {
            removed.push(path);
        }
    }
    let locks = lock::folder_in(folder);
    match fs::remove_dir(&locks) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
        result => {
            if remove(&locks, result)? {
                removed.push(locks);
            }
        }
    }
    Ok(removed)
}

fn remove(path: &Path, result: io::Result<()>) -> Result<bool, StoreError> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(StoreError::from_io(path, error)),
    }
}
