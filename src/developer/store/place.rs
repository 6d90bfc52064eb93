//! Where the store stands: its folder (0700), its files (0600), and whether there is a database yet.
//!
//! It never opens the database file itself: closing it again would drop the locks that SQLite holds for this process.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::{StoreError, is_writable};

/// The database's name in its folder.
pub(super) const DATABASE: &str = "dxpulse.db";

/// What dxpulse keeps in a folder of its own; with anything else in it, the folder is not ours to close to others.
const OURS: [&str; 4] = ["locks", "config.toml", "surveys", "cache"];

/// What the names of other files of ours begin with: the database and what lies beside it, what is due, the code of hooks, and texts that
/// are being edited.
const BEGINNINGS: [&str; 4] = [DATABASE, "due", "hook.", "edit-"];

/// The length of SQLite's smallest page in bytes.
const LEAST: u64 = 512;

/// Device and inode of a file.
pub(super) type Identity = (u64, u64);

/// Gives the database and the files SQLite keeps beside it.
pub(super) fn files(folder: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|end| folder.join(format!("{DATABASE}{end}")))
}

/// Gives device and inode of a file, if there is one.
pub(super) fn identity(path: &Path) -> Result<Option<Identity>, StoreError> {
    Ok(metadata(path)?.map(|file| (file.dev(), file.ino())))
}

/// Says whether there is a database with something in it.
pub(super) fn has_database(folder: &Path) -> Result<bool, StoreError> {
    let [database, log, _, journal] = files(folder);
    let length = |path: &Path| Ok(metadata(path)?.map_or(0, |file| file.len()));
    if metadata(&database)?.is_some_and(|file| !file.is_file()) {
        return Err(StoreError::Misplaced { path: database, expected: "file" });
    }
    let filled = length(&database)? > 0;
    // SQLite takes a page that is cut short for one that ends with zeros, and a file without a whole page for an empty one, unless
    // a log or a journal is there to restore it from.
    let is_whole = length(&database)?.is_multiple_of(LEAST);
    let is_restorable = length(&journal)? > 0 || (length(&database)? > LEAST && length(&log)? > 0);
    if filled && !is_whole && !is_restorable {
        return Err(StoreError::corrupt(&database, "it is cut short"));
    }
    // SQLite would throw the log away.
    if !filled && length(&log)? > 0 {
        return Err(StoreError::corrupt(&database, "it is missing or empty, but its log is not"));
    }
    Ok(filled)
}

/// Makes an empty database file that only we can read, unless there is one.
pub(super) fn make_database(folder: &Path) -> Result<(), StoreError> {
    let database = folder.join(DATABASE);
    if metadata(&database)?.is_some() {
        return Ok(());
    }
    let new = folder.join(format!("{DATABASE}.new"));
    let made = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new);
    made.and_then(|_| fs::rename(&new, &database)).map_err(|error| cannot_make(folder, &database, error))
}

/// Makes a folder that only we can enter, unless there is one; one that is ours and open to others is closed.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    match metadata(folder)? {
        Some(found) if !found.is_dir() => Err(StoreError::Misplaced { path: folder.to_owned(), expected: "folder" }),
        Some(found) if is_open(&found) && holds_only_ours(folder)? => set_mode(folder, 0o700),
        Some(_) => Ok(()),
        None => make_new_folder(folder),
    }
}

/// Closes the database and the files beside it to others.
pub(super) fn close_files(folder: &Path) -> Result<(), StoreError> {
    for path in files(folder) {
        if let Some(found) = metadata(&path)?.filter(is_open) {
            set_mode(&path, found.mode() & 0o600)?;
        }
    }
    Ok(())
}

fn make_new_folder(folder: &Path) -> Result<(), StoreError> {
    let missing = folder.ancestors().take_while(|place| !place.exists()).collect::<Vec<_>>();
    let parent = missing.last().and_then(|place| place.parent()).filter(|place| !place.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| cannot_make(parent, folder, error))?;
    // A folder whose name is lost with the power takes the answers with it. Not every file system can sync a folder, and
    // SQLite lets that pass too.
    for place in missing.into_iter().skip(1).chain([parent]) {
        let _ = File::open(place).and_then(|place| place.sync_all());
    }
    Ok(())
}

fn metadata(path: &Path) -> Result<Option<fs::Metadata>, StoreError> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let in_the_way = path.ancestors().find(|place| place.is_file()).unwrap_or(path);
            Err(StoreError::Misplaced { path: in_the_way.to_owned(), expected: "folder" })
        }
        Err(error) => Err(StoreError::from_io(path, error)),
    }
}

fn is_open(found: &fs::Metadata) -> bool {
    found.mode() & 0o077 != 0 && found.uid() == rustix::process::geteuid().as_raw()
}

fn holds_only_ours(folder: &Path) -> Result<bool, StoreError> {
    let entries = fs::read_dir(folder).map_err(|error| StoreError::from_io(folder, error))?;
    let begins = |name: &str| BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    let ours = |name: &str| begins(name) || name.ends_with(".lock") || OURS.contains(&name);
    Ok(entries.flatten().all(|entry| ours(&entry.file_name().to_string_lossy())))
}

fn set_mode(path: &Path, mode: u32) -> Result<(), StoreError> {
    match fs::set_permissions(path, Permissions::from_mode(mode)) {
        // Someone else closed the database just now, and SQLite took its log away.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.map_err(|error| StoreError::from_io(path, error)),
    }
}

fn cannot_make(folder: &Path, path: &Path, error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::PermissionDenied && !is_writable(folder) {
        return StoreError::ReadOnly { path: folder.to_owned() };
    }
    StoreError::from_io(path, error)
}
