//! One file of `lint` with the lock beside it: the lock is read, renewed where that is asked for, and the survey checked against it.

use std::{io, str};

use super::sources::{failed, shown};
use crate::author::files::{self, Candidate};
use crate::author::lint::report::Failed;
use crate::author::lint::{Checked, broken, check, check_with, renewed};
use crate::author::lock::Lock;
use crate::author::lockfile::{self, LockFileError};

/// What was found in a survey's file and in the lock beside it.
pub(super) struct Linted {
    /// The survey's file, and that of the lock where something is wrong with the lock itself.
    pub(super) files: Vec<Checked>,
    /// The lock, where it can't be read.
    pub(super) unread: Option<Failed>,
    /// What is to be said of the lock's renewal.
    pub(super) renewal: Option<Renewal>,
}

/// What became of a lock that was to be renewed, and isn't as it was.
pub(super) enum Renewal {
    /// It was written; what to say of it.
    Written(String),
    /// An error in the survey or its lock kept it from being written; what to say of it.
    Kept(String),
    /// It couldn't be written.
    Failed(LockFileError),
}

/// Reads and checks a file, and renews its lock first if asked to; `None` stands for a file of a folder that is no survey.
pub(super) fn lint(candidate: &Candidate, renews: bool) -> io::Result<Option<Linted>> {
    let Some(bytes) = files::read(candidate)? else { return Ok(None) };
    let path = shown(&candidate.path);
    let kept = || renews.then(|| kept(candidate));
    Ok(Some(match lockfile::read(&candidate.path) {
        Ok(old) => {
            let (lock, renewal) = if renews { renew(candidate, &bytes, old) } else { (old, None) };
            Linted { files: vec![check_with(path, bytes, lock.as_ref())], unread: None, renewal }
        }
        Err(LockFileError::Invalid { path: lock, text, problems }) => {
            let files = vec![check(path, bytes), broken(shown(&lock), text, problems)];
            Linted { files, unread: None, renewal: kept() }
        }
        Err(LockFileError::Unreadable { path: lock, cause } | LockFileError::Unwritable { path: lock, cause }) => {
            Linted { files: vec![check(path, bytes)], unread: Some(failed(&lock, &cause)), renewal: kept() }
        }
    }))
}

/// Writes the lock that a survey has now, unless an error keeps it from being locked; gives the lock that counts from now on.
fn renew(candidate: &Candidate, bytes: &[u8], old: Option<Lock>) -> (Option<Lock>, Option<Renewal>) {
    let new = str::from_utf8(bytes).ok().and_then(|text| renewed(text, old.as_ref()));
    let Some(new) = new else { return (old, Some(kept(candidate))) };
    match lockfile::write(&candidate.path, &new) {
        Ok(false) => (Some(new), None),
        Ok(true) => {
            let renewal = written(candidate, old.as_ref(), &new);
            (Some(new), Some(renewal))
        }
        Err(error) => (old, Some(Renewal::Failed(error))),
    }
}

fn written(candidate: &Candidate, old: Option<&Lock>, new: &Lock) -> Renewal {
    let ended: Vec<String> = old.map(|old| new.ended_since(old)).into_iter().flatten().map(|id| format!("`{id}`")).collect();
    let path = shown(&lockfile::path(&candidate.path));
    Renewal::Written(match ended.as_slice() {
        [] => format!("wrote {path}"),
        [one] => format!("wrote {path}; the trend of {one} ends"),
        several => format!("wrote {path}; the trends of {} end", several.join(", ")),
    })
}

fn kept(candidate: &Candidate) -> Renewal {
    Renewal::Kept(format!("{} isn't locked before its errors are settled", shown(&candidate.path)))
}
