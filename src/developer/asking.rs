//! Which surveys may be asked, put together for deciding: out of the catalog, the store and the settings.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::config::moment;
use crate::developer::catalog::{Catalog, Listed, Origin};
use crate::developer::listing::{Standing, State};
use crate::developer::prompting::{Candidate, Due, Span};
use crate::developer::standing::standings;
use crate::developer::store::{HistoryEntry, Store, StoreError};

/// The name of the due file, in the folder of the data.
pub const DUE: &str = "due";

/// How far the time of a terminal's last output may lie behind now: Linux sets it in steps.
const TERMINAL_LAG: TimeDelta = TimeDelta::seconds(8);

/// What is known of the surveys and what became of them.
pub struct Asking<'c> {
    /// The surveys that may be asked, or may be again.
    pub candidates: Vec<Candidate<'c>>,
    /// When anything was answered or declined last.
    pub settled: Option<DateTime<Utc>>,
}

impl<'c> Asking<'c> {
    /// Puts together what deciding needs to know; `muted` names the surveys that the developer muted.
    ///
    /// # Errors
    /// When the store can't be read or is damaged.
    pub fn of<Z: TimeZone>(
        catalog: &'c Catalog,
        store: Option<&Store>,
        muted: impl Fn(&str) -> bool,
        now: &DateTime<Z>,
    ) -> Result<Self, StoreError> {
        let standings = standings(catalog, store, now.fixed_offset())?;
        let history = store.map(Store::history).transpose()?.unwrap_or_default();
        let candidate = |listed: &'c Listed| {
            let standing = standings.iter().find(|standing| standing.id == listed.id)?;
            Some(candidate(listed, standing, &history, (muted(listed.id.as_str()), now)))
        };
        let candidates = catalog.listed().iter().filter_map(candidate).collect();
        Ok(Self { candidates, settled: history.first().map(|entry| entry.at) })
    }
}

fn candidate<'c, Z: TimeZone>(
    listed: &'c Listed,
    standing: &Standing,
    history: &[HistoryEntry],
    (is_muted, now): (bool, &DateTime<Z>),
) -> Candidate<'c> {
    let today = now.naive_local().date();
    let midnight = |day: NaiveDate| moment(day.and_time(NaiveTime::MIN), &now.timezone()).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let period = listed.wave.as_ref().and_then(|wave| wave.at(today));
    let is_evergreen = listed.wave.as_ref().is_some_and(|wave| wave.is_evergreen());
    let span = period.as_ref().map(|period| Span {
        opens: midnight(period.opens),
        closes: period.closes.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, midnight),
        is_evergreen,
    });
    // What is begun in a file of the same id is another draft than the survey of the list.
    let state = match &standing.state {
        State::Draft { .. } if standing.file.is_some() => State::Open,
        state => state.clone(),
    };
    Candidate {
        id: &listed.id,
        wave: period.map_or_else(|| format!("version {}", listed.version), |period| period.id),
        trigger: listed.trigger.as_ref(),
        grace_days: listed.grace_days,
        span,
        state,
        reopens: listed.wave.as_ref().and_then(|wave| wave.next_opening(today)).map(midnight),
        settled_at: history.iter().find(|entry| entry.survey == listed.id).map(|entry| entry.at),
        is_muted,
        is_bundled: listed.origin == Origin::Bundled,
    }
}

/// Writes the due file where it says something else by now, and its seal. A reader sees the old one or the new one, never half of it;
/// since the old seal goes first, one that comes in between, or after this was cut short, finds none and reads the file. The seal's
/// time is that of the terminal from which a prompt need look into it: fish has no other clock.
///
/// # Errors
/// When it can't be written.
pub fn write_due(folder: &Path, due: &Due) -> io::Result<()> {
    let path = folder.join(DUE);
    let seal = |number: i64| folder.join(format!("{DUE}.{number}"));
    let old = fs::read_to_string(&path).unwrap_or_default();
    let number = Due::number(&old).unwrap_or_default();
    if old == due.text(number) && seal(number).exists() {
        return Ok(());
    }
    // Also where the clock was set back, this is a number no shell has seen.
    let next = due.written().timestamp_micros().max(number.checked_add(1).unwrap_or_default());
    let fresh = folder.join(format!("{DUE}.new.{}", std::process::id()));
    let write = || {
        // Where a file can't bear that time, the hook of fish looks into the other more often.
        let _ = File::create(seal(next))?.set_modified((due.soonest() - TERMINAL_LAG).into());
        fs::write(&fresh, due.text(next))?;
        break_seals(folder, next)?;
        fs::rename(&fresh, &path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&fresh)))
}

/// Removes all seals but the one of this number, also those that whoever was cut short has left.
fn break_seals(folder: &Path, but: i64) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(DUE)?.strip_prefix('.')?.parse::<i64>().ok());
        if number.is_some_and(|number| number != but) && entry.file_type()?.is_file() {
            match fs::remove_file(entry.path()) {
                // Somebody else has done it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::developer::prompting::{Memory, due, nothing_due};

    #[test]
    fn what_is_due_has_one_seal_which_is_another_whenever_it_says_something_else() {
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::from_timestamp(1_764_144_000, 0).unwrap();
        let nothing = due(&[], &Memory::begin(now), None, None, now);
        let write = |due: &Due| {
            write_due(folder.path(), due).unwrap();
            let text = fs::read_to_string(folder.path().join(DUE)).unwrap();
            let number = Due::number(&text).unwrap();
            let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<_> = names.collect();
            names.sort();
            assert_eq!(names, ["due".to_owned(), format!("due.{number}")]);
            number
        };
        let first = write(&nothing);
        assert_eq!(first, now.timestamp_micros());
        assert_eq!(write(&nothing), first, "nothing new");
        let second = write(&nothing_due(now));
        assert!(second > first, "the clock stands still");
        assert!(write(&nothing_due(now - TimeDelta::days(9))) > second, "or was set back");
        let third = write(&nothing);
        fs::remove_file(folder.path().join(format!("{DUE}.{third}"))).unwrap();
        assert!(write(&nothing) > third, "a seal that is gone is not the one that was read");
        fs::write(folder.path().join(DUE), nothing.text(i64::MAX)).unwrap();
        assert_eq!(write(&nothing), first, "beyond the last number, they begin anew");
    }
}
