//! The lock of a survey on the disk: `NAME.lock.toml` beside `NAME.toml`. It is written as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::lock::{self, Lock};
use crate::survey::parse::{Problem, render};

/// The greatest size of a lock, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

/// Why a lock can't be read or written.
#[derive(Debug, Error)]
pub enum LockFileError {
    /// The file can't be read.
    #[error("can't read {}: {cause}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The file is no lock.
    #[error("{} is not a lock of a survey", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
    /// The file can't be written; what stood in its place is untouched.
    #[error("can't write {}: {cause}", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

impl LockFileError {
    /// Says what to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check the file and its permissions",
            Self::Invalid { .. } => "restore it from version control, or delete it and lock the survey again",
            Self::Unwritable { .. } => "make the survey's folder writable for you",
        }
    }

    /// Gives every problem of a file that is no lock, with its place; `None` for the other errors.
    pub fn details(&self, colour: bool) -> Option<String> {
        match self {
            Self::Invalid { path, text, problems } => Some(render(problems, &path.display().to_string(), text, colour)),
            _ => None,
        }
    }
}

/// Gives the place of the lock of a survey's file.
pub fn path(survey: &Path) -> PathBuf {
    survey.with_extension("lock.toml")
}

/// Reads the lock beside a survey's file; `None` where there is none.
///
/// # Errors
/// When it is there and can't be read, or is no lock.
pub fn read(survey: &Path) -> Result<Option<Lock>, LockFileError> {
    let path = path(survey);
    let text = match text(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|cause| LockFileError::Unreadable { path: path.clone(), cause })?,
    };
    lock::read(&text).map(Some).map_err(|problems| LockFileError::Invalid { path, text, problems })
}

/// Writes the lock beside a survey's file; says whether that changed anything.
///
/// # Errors
/// When it can't be written.
pub fn write(survey: &Path, lock: &Lock) -> Result<bool, LockFileError> {
    let path = path(survey);
    let new = lock::write(lock);
    if text(&path).is_ok_and(|old| old == new) {
        return Ok(false);
    }
    let place = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
    replace(&place, &new).map_err(|cause| LockFileError::Unwritable { path, cause })?;
    Ok(true)
}

fn text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    match text.len() as u64 > MOST_BYTES {
        true => Err(io::Error::other("it is bigger than 1 MiB")),
        false => Ok(text),
    }
}

/// Writes a new file beside the old one and puts it in its place in one step.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if let Ok(known) = fs::metadata(path) {
            fs::set_permissions(&unfinished, known.permissions())?;
        }
        fs::rename(&unfinished, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::SurveyId;

    fn lock(version: u32) -> Lock {
        Lock { survey: SurveyId::new("pulse").unwrap(), version, questions: Vec::new() }
    }

    #[test]
    fn the_lock_stands_beside_the_survey_and_is_written_only_where_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let survey = folder.path().join("my.pulse.toml");
        assert_eq!(path(&survey), folder.path().join("my.pulse.lock.toml"));
        assert!(read(&survey).unwrap().is_none());
        assert!(write(&survey, &lock(1)).unwrap());
        assert!(!write(&survey, &lock(1)).unwrap());
        assert!(write(&survey, &lock(2)).unwrap());
        assert_eq!(read(&survey).unwrap(), Some(lock(2)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_the_mode_of_the_file_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (survey, elsewhere) = (folder.path().join("pulse.toml"), folder.path().join("elsewhere"));
        fs::write(&elsewhere, "old").unwrap();
        fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, path(&survey)).unwrap();
        assert!(write(&survey, &lock(1)).unwrap());
        assert!(fs::symlink_metadata(path(&survey)).unwrap().is_symlink());
        assert_eq!(fs::metadata(&elsewhere).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(read(&survey).unwrap(), Some(lock(1)));
    }

    #[test]
    fn what_is_no_lock_is_told_and_a_folder_that_is_gone_is_no_place_to_write() {
        let folder = tempfile::tempdir().unwrap();
        let survey = folder.path().join("pulse.toml");
        fs::write(path(&survey), "version = ").unwrap();
        let error = read(&survey).unwrap_err();
        assert!(error.to_string().ends_with("pulse.lock.toml is not a lock of a survey"), "{error}");
        assert!(error.details(false).unwrap().contains("pulse.lock.toml:1:"), "{:?}", error.details(false));
        fs::write(path(&survey), [0xff]).unwrap();
        assert!(matches!(read(&survey), Err(LockFileError::Unreadable { .. })));
        fs::write(path(&survey), "#".repeat(1024 * 1024 + 1)).unwrap();
        assert!(matches!(read(&survey), Err(LockFileError::Unreadable { .. })));
        let nowhere = folder.path().join("gone/pulse.toml");
        assert!(matches!(write(&nowhere, &lock(1)), Err(error @ LockFileError::Unwritable { .. }) if !error.hint().is_empty()));
    }
}
