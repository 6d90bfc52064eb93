//! The lock of a survey on the disk: `NAME.lock.toml` beside `NAME.toml`. It is written as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::lock::{self, Lock};
use crate::disk;
use crate::survey::parse::Problem;

/// The greatest size of a lock, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

/// Why a lock can't be read.
#[derive(Debug)]
pub enum Unread {
    /// The system says no.
    Unreadable(io::Error),
    /// The file is no lock.
    Invalid {
        /// Its text.
        text: String,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
}

/// Gives the place of the lock of a survey's file.
pub fn path(survey: &Path) -> PathBuf {
    survey.with_extension("lock.toml")
}

/// Reads the lock beside a survey's file; `None` where there is none.
///
/// # Errors
/// When it is there and can't be read, or is no lock.
pub fn read(survey: &Path) -> Result<Option<Lock>, Unread> {
    let text = match text(&path(survey)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(Unread::Unreadable)?,
    };
    lock::read(&text).map(Some).map_err(|problems| Unread::Invalid { text, problems })
}

/// Writes the lock beside a survey's file; says whether that changed anything.
///
/// # Errors
/// When it can't be written; what stood in its place is untouched.
pub fn write(survey: &Path, lock: &Lock) -> io::Result<bool> {
    let path = path(survey);
    let new = lock::write(lock);
    if text(&path).is_ok_and(|old| old == new) {
        return Ok(false);
    }
    disk::replace(&fs::canonicalize(&path).unwrap_or(path), new.as_bytes(), disk::Rights::Kept)?;
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
        assert!(matches!(read(&survey), Err(Unread::Invalid { text, problems }) if text == "version = " && problems.len() == 1));
        fs::write(path(&survey), [0xff]).unwrap();
        assert!(matches!(read(&survey), Err(Unread::Unreadable(_))));
        fs::write(path(&survey), "#".repeat(1024 * 1024 + 1)).unwrap();
        assert!(matches!(read(&survey), Err(Unread::Unreadable(_))));
        let nowhere = folder.path().join("gone/pulse.toml");
        assert_eq!(write(&nowhere, &lock(1)).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
