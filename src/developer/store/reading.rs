//! Reading a store where nothing can be written: a read-only folder or file system, a full disk.
//!
//! The files themselves are never changed. Where SQLite can't do without writing, it gets a copy in a folder that only we
//! can enter, and the copy's names are gone before the first answer is read.

use std::cell::Cell;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::database::Store;
use super::error::StoreError;
use super::open::{State, prepare, state};
use super::{check, place};

impl Store {
    /// Opens a store that can't be written, only to read it; `refused` says why it could not be opened otherwise.
    pub(super) fn open_to_read(folder: &Path, refused: StoreError) -> Result<Self, StoreError> {
        let path = folder.join(place::DATABASE);
        let mut ways = vec!["mode=ro"];
        // Without a log there is nothing that SQLite would have to write before it can read.
        if !has_log(folder) {
            ways.push("immutable=1");
        }
        let read = ways.into_iter().find_map(|way| Self::read_in_place(folder, &path, way).ok());
        let read = read.map_or_else(|| Self::read_copy(folder, &path, &std::env::temp_dir()), Ok);
        read.map_err(|error| if error.is_about_writing() { refused } else { error })
    }

    fn read_in_place(folder: &Path, path: &Path, way: &str) -> Result<Self, StoreError> {
        let explain = |error: rusqlite::Error| StoreError::from_sqlite(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri(path, way), flags).and_then(prepare).map_err(explain)?;
        if state(path, &connection)? == State::NeedsSetup {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        let checked = check::small(path, &connection)?;
        let identity = place::identity(path)?.ok_or_else(|| StoreError::Gone { path: path.to_owned() })?;
        Ok(Self {
            folder: folder.to_owned(),
            path: path.to_owned(),
            identity,
            connection,
            is_to_read: true,
            checked,
            records_checked: Cell::default(),
        })
    }

    fn read_copy(folder: &Path, path: &Path, temporary: &Path) -> Result<Self, StoreError> {
        let copy = private_folder(temporary).map_err(|error| StoreError::from_io(temporary, error))?;
        let opened = copy_files(folder, &copy).map_err(|error| StoreError::from_io(&copy, error));
        let opened = opened.and_then(|()| Self::open_file(&copy, None));
        // SQLite holds the files open; without names they are gone when this process ends in any way.
        let _ = fs::remove_dir_all(&copy);
        let store = opened.map_err(|error| of_original(error, path))?;
        Ok(Self { folder: folder.to_owned(), path: path.to_owned(), is_to_read: true, ..store })
    }
}

/// Says whether SQLite left something beside the database that belongs to it.
fn has_log(folder: &Path) -> bool {
    let [_, log, _, journal] = place::files(folder);
    [log, journal].iter().any(|file| fs::metadata(file).is_ok_and(|file| file.len() > 0))
}

/// Writes a path as SQLite's URI takes it.
fn uri(path: &Path, way: &str) -> PathBuf {
    use std::ffi::OsString;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = b"file:".to_vec();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'%' | b'?' | b'#' => uri.extend(format!("%{byte:02x}").bytes()),
            byte => uri.push(*byte),
        }
    }
    uri.extend(format!("?{way}").bytes());
    OsString::from_vec(uri).into()
}

/// Makes a folder that only we can enter; one that is there already is never used.
fn private_folder(temporary: &Path) -> io::Result<PathBuf> {
    let mut made = Err(io::ErrorKind::AlreadyExists.into());
    for number in 0..64 {
        let folder = temporary.join(format!("dxpulse-{}-{number}", std::process::id()));
        made = DirBuilder::new().mode(0o700).create(&folder).map(|()| folder);
        if made.is_ok() {
            break;
        }
    }
    made
}

/// Names the database where the copy was named, which is gone.
fn of_original(error: StoreError, path: &Path) -> StoreError {
    let path = path.to_owned();
    match error {
        StoreError::Corrupt { what, .. } => StoreError::Corrupt { path, what },
        StoreError::Newer { found, known, .. } => StoreError::Newer { path, found, known },
        StoreError::Foreign { .. } => StoreError::Foreign { path },
        error => error,
    }
}

fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    let [database, log, _, journal] = place::files(from);
    for file in [database, log, journal] {
        match fs::read(&file) {
            Ok(bytes) => fs::write(to.join(file.file_name().unwrap_or_default()), bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_of_a_uri_is_still_that_path() {
        assert_eq!(uri(Path::new("/a b/50%?#x/d.db"), "mode=ro"), Path::new("file:/a b/50%25%3f%23x/d.db?mode=ro"));
    }
}
