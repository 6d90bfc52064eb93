//! From paths to a report: surveys and the locks beside them are read, checked and locked, several at once.

use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::files::{self, Candidate};
use super::lint::report::{Failed, Report};
use super::lint::{Checked, check};
use super::lock::{Lock, lock};
use super::lockfile::{self, LockFileError};
use crate::survey::parse::Severity;

/// What came of checking.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What was found.
    pub(super) report: Report,
    /// The locks that were written, as their paths are shown.
    pub(super) locked: Vec<String>,
    /// The surveys that could not be locked, since they have errors.
    pub(super) unlocked: Vec<String>,
}

/// Reads and checks every file that these paths mean, and locks those without errors if asked to.
pub(super) fn check_all(paths: &[PathBuf], locks: bool) -> Outcome {
    let (candidates, unread) = files::candidates(paths);
    let mut all = Outcome::default();
    all.report.failures.extend(unread.iter().map(|(path, error)| unreadable(path, error)));
    for one in for_each(&candidates, |candidate| check_one(candidate, locks)) {
        all.report.files.extend(one.report.files);
        all.report.failures.extend(one.report.failures);
        all.locked.extend(one.locked);
        all.unlocked.extend(one.unlocked);
    }
    all
}

fn check_one(candidate: &Candidate, locks: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let path = &candidate.path;
    let bytes = match files::read(candidate) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return outcome,
        Err(error) => {
            outcome.report.failures.push(unreadable(path, &error));
            return outcome;
        }
    };
    let old = lockfile::read(path).map_err(|error| outcome.report.failures.push(failed(path, &error)));
    let checked = check(shown(path), bytes, old.as_ref().ok().and_then(Option::as_ref));
    if let (true, Ok(old)) = (locks, &old) {
        lock_one(path, &checked, old.as_ref(), &mut outcome);
    }
    outcome.report.files.push(checked);
    outcome
}

fn lock_one(path: &Path, checked: &Checked, old: Option<&Lock>, outcome: &mut Outcome) {
    let Some(survey) = checked.survey.as_ref().filter(|_| checked.count(Severity::Error) == 0) else {
        outcome.unlocked.push(shown(path));
        return;
    };
    match lockfile::write(path, &lock(survey, old)) {
        Ok(true) => outcome.locked.push(shown(&lockfile::path(path))),
        Ok(false) => {}
        Err(error) => outcome.report.failures.push(failed(path, &error)),
    }
}

/// Gives what `work` makes of each item, in order; several items are worked on at once, one by each processor.
fn for_each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if workers < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let work_on = || {
        while let Some((at, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?))) {
            let result = work(item);
            done.lock().expect("no worker panics while it holds the list").push((at, result));
        }
    };
    thread::scope(|scope| {
        (1..workers).for_each(|_| drop(scope.spawn(work_on)));
        work_on();
    });
    let mut done = done.into_inner().expect("no worker panics while it holds the list");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn unreadable(path: &Path, error: &io::Error) -> Failed {
    Failed { path: shown(path), message: format!("can't be read: {error}") }
}

fn failed(survey: &Path, error: &LockFileError) -> Failed {
    let message = match error {
        LockFileError::Unreadable { cause, .. } => format!("can't be read: {cause}"),
        LockFileError::Invalid { .. } => "is not a lock of a survey".to_owned(),
        LockFileError::Unwritable { cause, .. } => format!("can't be written: {cause}"),
    };
    Failed { path: shown(&lockfile::path(survey)), message: format!("{message}; {}", error.hint()) }
}

/// Gives a path as it is shown: as it was written, without a `./` in front.
fn shown(path: &Path) -> String {
    let plain = files::plain(path);
    let path = if plain.as_os_str().is_empty() { path } else { &plain };
    path.to_string_lossy().into_owned()
}
