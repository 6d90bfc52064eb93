//! One file of `lint` with the lock beside it: the lock is read, renewed where that is asked for, and the survey checked against it.

use std::str;

use super::sources::{failed, shown};
use crate::author::files::{self, Candidate};
use crate::author::lint::report::Failed;
use crate::author::lint::{Checked, broken, check_with, renewed};
use crate::author::lock::Lock;
use crate::author::lockfile::{self, LockFileError};

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

/// Reads and checks a file, and renews its lock first if asked to; for a file of a folder that is no survey nothing comes of it.
pub(super) fn lint(candidate: &Candidate, renews: bool) -> Linted {
    let bytes = match files::read(candidate) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Linted::default(),
        Err(error) => return Linted { failures: vec![failed(&candidate.path, &error)], ..Linted::default() },
    };
    let mut linted = Linted::default();
    let lock = match lockfile::read(&candidate.path) {
        Ok(old) if renews => renew(candidate, &bytes, old, &mut linted),
        Ok(old) => old,
        Err(error) => {
            linted.renewal = renews.then(|| kept(candidate));
            match error {
                LockFileError::Invalid { path, text, problems } => linted.files.push(broken(shown(&path), text, problems)),
                error => linted.failures.push(unlocked(candidate, &error)),
            }
            None
        }
    };
    linted.files.insert(0, check_with(shown(&candidate.path), bytes, lock.as_ref()));
    linted
}

/// Writes the lock that a survey has now, unless an error keeps it from being locked; gives the lock that counts from now on.
fn renew(candidate: &Candidate, bytes: &[u8], old: Option<Lock>, linted: &mut Linted) -> Option<Lock> {
    let new = str::from_utf8(bytes).ok().and_then(|text| renewed(text, old.as_ref()));
    let Some(new) = new else {
        linted.renewal = Some(kept(candidate));
        return old;
    };
    match lockfile::write(&candidate.path, &new) {
        Ok(is_new) => {
            linted.renewal = is_new.then(|| written(candidate, old.as_ref(), &new));
            Some(new)
        }
        Err(error) => {
            linted.failures.push(unlocked(candidate, &error));
            old
        }
    }
}

fn written(candidate: &Candidate, old: Option<&Lock>, new: &Lock) -> String {
    let ended: Vec<String> = old.map(|old| new.ended_since(old)).into_iter().flatten().map(|id| format!("`{id}`")).collect();
    let path = shown(&lockfile::path(&candidate.path));
    match ended.as_slice() {
        [] => format!("wrote {path}"),
        [one] => format!("wrote {path}; the trend of {one} ends"),
        several => format!("wrote {path}; the trends of {} end", several.join(", ")),
    }
}

fn kept(candidate: &Candidate) -> String {
    format!("{} isn't locked before its errors are settled", shown(&candidate.path))
}

/// Tells of a lock that can't be read or written.
fn unlocked(candidate: &Candidate, error: &LockFileError) -> Failed {
    let message = match error {
        LockFileError::Unreadable { cause, .. } => format!("can't be read: {cause}"),
        LockFileError::Unwritable { cause, .. } => format!("can't be written: {cause}"),
        LockFileError::Invalid { .. } => "is not a lock of a survey".to_owned(),
    };
    Failed { path: shown(&lockfile::path(&candidate.path)), message: format!("{message}; {}", error.hint()) }
}
