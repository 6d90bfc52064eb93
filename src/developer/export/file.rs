//! A file that is there as a whole or not at all, readable by its owner alone.
//!
//! It is written beside its place, made durable, and only then put there. What is no regular file (`/dev/null`, a named
//! pipe) is written directly: putting a file in its place would destroy it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A file that can't be written; what stood in its place is untouched.
#[derive(Debug, Error)]
pub enum FileError {
    /// The destination is a folder.
    #[error("{} is a folder", .0.display())]
    Folder(PathBuf),
    /// The destination, or the folder it goes to, can't be written.
    #[error("can't write {}: {cause}", .path.display())]
    Unwritable {
        /// The destination.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

impl FileError {
    /// Says what to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Folder(_) => "give the name of a file in it",
            Self::Unwritable { cause, .. } => match cause.kind() {
                io::ErrorKind::NotFound => "make the folder first",
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space, or choose another place",
                _ => "choose another place",
            },
        }
    }
}

/// Makes or replaces a file with what `write` writes; when that fails, the file is as it was.
///
/// # Errors
/// When the destination is a folder or can't be written.
pub fn replace(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), FileError> {
    prepare(path, write)?.put()
}

/// A file whose place has not changed yet. Unless it is put there, nothing is left of it.
#[derive(Debug)]
pub struct Prepared<W> {
    path: PathBuf,
    place: PathBuf,
    content: Content<W>,
}

#[derive(Debug)]
enum Content<W> {
    /// Written beside its place, and durable.
    Beside(Unfinished),
    /// Still to be written.
    Unwritten(W),
}

/// Writes a file as far as can be without changing its place.
///
/// # Errors
/// When the destination is a folder or can't be written.
pub fn prepare<W>(path: &Path, write: W) -> Result<Prepared<W>, FileError>
where
    W: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
{
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let known = fs::metadata(&place).ok();
    if known.as_ref().is_some_and(fs::Metadata::is_dir) || path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(FileError::Folder(path.to_owned()));
    }
    let content = match known {
        Some(known) if !known.is_file() => Content::Unwritten(write),
        _ => Content::Beside(beside(&place, write).map_err(|cause| unwritable(path, cause))?),
    };
    Ok(Prepared { path: path.to_owned(), place, content })
}

impl<W: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>> Prepared<W> {
    /// Puts the file into its place.
    ///
    /// # Errors
    /// When the place doesn't take it.
    pub fn put(self) -> Result<(), FileError> {
        let put = match self.content {
            Content::Beside(unfinished) => unfinished.rename(&self.place),
            Content::Unwritten(write) => directly(&self.place, write),
        };
        put.map_err(|cause| unwritable(&self.path, cause))
    }
}

fn unwritable(path: &Path, cause: io::Error) -> FileError {
    FileError::Unwritable { path: path.to_owned(), cause }
}

fn directly(place: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
    let mut to = BufWriter::new(OpenOptions::new().write(true).open(place)?);
    write(&mut to)?;
    to.flush()
}

fn beside(place: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<Unfinished> {
    let (unfinished, file) = Unfinished::in_folder(folder_of(place))?;
    let mut to = BufWriter::new(file);
    write(&mut to)?;
    to.into_inner()?.sync_all()?;
    Ok(unfinished)
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that goes away unless it was renamed.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Unfinished {
    fn in_folder(folder: &Path) -> io::Result<(Self, File)> {
        let mut attempt = 0;
        loop {
            let path = folder.join(format!(".dxpulse-export-{}-{attempt}.tmp", std::process::id()));
            match private().open(&path) {
                Ok(file) => return Ok((Self(path), file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn rename(self, place: &Path) -> io::Result<()> {
        fs::rename(&self.0, place)?;
        // Some file systems can't sync a folder; the file itself is durable either way.
        let _ = File::open(folder_of(place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn file_is_private_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.csv");
        for text in ["first", "second"] {
            replace(&path, |to| to.write_all(text.as_bytes())).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(names(folder.path()), ["mine.csv"]);
    }

    #[test]
    fn failure_half_way_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.csv");
        fs::write(&path, "old").unwrap();
        let failed = replace(&path, |to| {
            to.write_all(&[b'x'; 100_000])?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(failed.unwrap_err().hint().contains("space"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["mine.csv"]);
    }

    #[test]
    fn what_is_prepared_changes_nothing_until_it_is_put_and_leaves_nothing_where_it_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.csv");
        fs::write(&path, "old").unwrap();
        let prepared = || prepare(&path, |to| to.write_all(b"new")).unwrap();
        let ready = prepared();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()), ("old", 2));
        drop(ready);
        assert_eq!(names(folder.path()), ["mine.csv"]);
        prepared().put().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        let late = prepared();
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(matches!(late.put(), Err(FileError::Unwritable { .. })));
        assert_eq!(names(folder.path()), ["mine.csv"]);
    }

    #[test]
    fn folders_are_refused_and_missing_ones_are_not_made() {
        let folder = tempfile::tempdir().unwrap();
        for place in [folder.path().to_owned(), folder.path().join("new/")] {
            assert!(matches!(replace(&place, |_| Ok(())), Err(FileError::Folder(_))), "{place:?}");
        }
        let missing = replace(&folder.path().join("no/such/file"), |_| Ok(())).unwrap_err();
        assert_eq!(missing.hint(), "make the folder first");
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn symbolic_link_stays_one_and_a_device_stays_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        replace(&link, |to| to.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        replace(Path::new("/dev/null"), |to| to.write_all(b"gone")).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
