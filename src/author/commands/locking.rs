//! One file of `lint` with the lock beside it: the lock is read, renewed where that is asked for, and the survey checked against it.

use std::path::Path;
use std::str;

use super::sources::{failed, shown};
use crate::author::lint::report::Failed;
use crate::author::lint::{Checked, broken, check_with, renewed};
use crate::author::lock::Lock;
use crate::author::lockfile::{self, Unread};

/// What came of a survey's file and of the lock beside it.
#[derive(Debug, Default)]
pub(super) struct Linted {
    /// The survey's file, and that of the lock where something is wrong with the lock itself.
    pub(super) files: Vec<Checked>,
    /// What couldn't be read or written.
    pub(super) failures: Vec<Failed>,
    /// What became of a lock that was to be renewed, and isn't as it was.
    pub(super) renewal: Option<String>,
}

/// Checks a file, and renews its lock first if asked to.
pub(super) fn lint(path: &Path, bytes: Vec<u8>, renews: bool) -> Linted {
    let mut linted = Linted::default();
    let lock = match lockfile::read(path) {
        Ok(old) if renews => renew(path, &bytes, old, &mut linted),
        Ok(old) => old,
        Err(error) => {
            linted.renewal = renews.then(|| kept(path));
            let lock = lockfile::path(path);
            match error {
                Unread::Invalid { text, problems } => linted.files.push(broken(shown(&lock), text, problems)),
                Unread::Unreadable(error) => linted.failures.push(failed(&lock, &error)),
            }
            None
        }
    };
    linted.files.insert(0, check_with(shown(path), bytes, lock.as_ref()));
    linted
}

/// Writes the lock that a survey has now, unless an error keeps it from being locked; gives the lock that counts from now on.
fn renew(path: &Path, bytes: &[u8], old: Option<Lock>, linted: &mut Linted) -> Option<Lock> {
    let new = str::from_utf8(bytes).ok().and_then(|text| renewed(text, old.as_ref()));
    let Some(new) = new else {
        linted.renewal = Some(kept(path));
        return old;
    };
    match lockfile::write(path, &new) {
        Ok(is_new) => {
            linted.renewal = is_new.then(|| written(path, old.as_ref(), &new));
            Some(new)
        }
        Err(error) => {
            let message = format!("can't be written: {error}; make the survey's folder writable for you");
            linted.failures.push(Failed { path: shown(&lockfile::path(path)), message });
            old
        }
    }
}

fn written(path: &Path, old: Option<&Lock>, new: &Lock) -> String {
    let ended: Vec<String> = old.map(|old| new.ended_since(old)).into_iter().flatten().map(|id| format!("`{id}`")).collect();
    let path = shown(&lockfile::path(path));
    match ended.as_slice() {
        [] => format!("wrote {path}"),
        [one] => format!("wrote {path}; the trend of {one} ends"),
        several => format!("wrote {path}; the trends of {} end", several.join(", ")),
    }
}

fn kept(path: &Path) -> String {
    format!("{} isn't locked before its errors are settled", shown(path))
}
