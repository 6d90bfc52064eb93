//! Files that are replaced as a whole or not at all, whatever happens meanwhile.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::Path;

/// Who may do what with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rights {
    /// Its owner alone reads and writes it.
    Private,
    /// Those of the file that it replaces, with its owner; of a new one, what is usual for whoever writes it.
    Kept,
}

/// Writes a new file beside the old one and puts it in its place in one step; it is on the disk when this returns.
///
/// A link is replaced, and not what it leads to.
///
/// # Errors
/// When it can't be written; what stood in its place is untouched, and nothing is left beside it.
pub(crate) fn replace(path: &Path, bytes: &[u8], rights: Rights) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    // Of a process that had this number before and was stopped in between.
    let _ = fs::remove_file(&unfinished);
    let written = write(&unfinished, path, bytes, rights).and_then(|()| fs::rename(&unfinished, path));
    written.inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
    // Some file systems can't sync a folder; the file itself is durable either way.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn write(unfinished: &Path, path: &Path, bytes: &[u8], rights: Rights) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let old = match rights {
        Rights::Private => {
            options.mode(0o600);
            None
        }
        Rights::Kept => fs::metadata(path).ok(),
    };
    let mut file = options.open(unfinished)?;
    if let Some(old) = old {
        file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))?;
        // Only root can, and only root need.
        let _ = chown(unfinished, Some(old.uid()), Some(old.gid()));
    }
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn a_replaced_file_keeps_its_rights_unless_it_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        replace(&path, b"one", Rights::Private).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"two", Rights::Kept).unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"two".to_vec(), 0o640));
        replace(&path, b"three", Rights::Private).unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn what_can_t_be_replaced_is_untouched_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "kept").unwrap();
        assert!(replace(&path, b"new", Rights::Kept).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(path.join("inside")).unwrap(), "kept");
    }
}
