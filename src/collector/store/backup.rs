//! Copies of the database, each written anew in the order of its keys.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::error::StoreError;
use super::open::Store;

/// What the name of a copy begins and ends with; the day stands between.
const NAME: (&str, &str) = ("collector-", ".db");

impl Store {
    /// Copies the database to a folder under the name of a day, unless that copy is there.
    pub(crate) fn back_up(&self, folder: &Path, day: &str) -> Result<PathBuf, StoreError> {
        let copy = folder.join(format!("{}{day}{}", NAME.0, NAME.1));
        let unfinished = copy.with_extension("unfinished");
        if copy.exists() {
            return Ok(copy);
        }
        let _ = fs::remove_file(&unfinished);
        self.copy_to(&unfinished)?;
        let durable = fs::File::open(&unfinished).and_then(|file| file.sync_all());
        durable.and_then(|()| fs::rename(&unfinished, &copy)).map_err(|error| StoreError::of_file(&copy, &error))?;
        Ok(copy)
    }
}

/// Gives the copies in a folder, the newest first.
pub(crate) fn backups(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_copy = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(NAME.0) && name.ends_with(NAME.1)
    };
    let mut found: Vec<_> = entries.filter(is_copy).collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found
}

/// Gives the day of a copy.
pub(crate) fn day_of(copy: &Path) -> Option<NaiveDate> {
    copy.file_name()?.to_str()?.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?.parse().ok()
}

/// Removes all copies but the newest ones.
pub(crate) fn thin_out(folder: &Path, keep: usize) {
    for old in backups(folder).into_iter().skip(keep) {
        let _ = fs::remove_file(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_copies_are_kept_and_can_be_opened() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::make(&place.path().join("collector.db")).unwrap();
        for day in ["2026-11-01", "2026-11-02", "2026-11-03"] {
            store.back_up(place.path(), day).unwrap();
        }
        thin_out(place.path(), 2);
        let kept = backups(place.path());
        assert_eq!(kept, ["collector-2026-11-03.db", "collector-2026-11-02.db"].map(|name| place.path().join(name)));
        assert_eq!(Store::open(&kept[0]).unwrap().invited(), Ok(0));
    }
}
