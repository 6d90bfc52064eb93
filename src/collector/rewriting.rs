//! The rewrite of the database after what has to leave no trace, such as a close or an erasure.
//!
//! It is noted in the folder before, and forgotten once it is done: where whoever began it broke off, or somebody else kept reading the
//! database, the server does it again.

use std::fs;
use std::time::Duration;

use super::folder::{DiskError, Folder, write_private};
use super::store::{Store, StoreError};

/// How long after it was begun it is begun again.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is said where something was left.
pub(crate) const LEFT: &str = "what was there before could not be cleared away yet, since something else reads the database; `serve` tries again every five minutes";

/// Notes that the database has to be rewritten, before what makes it so.
pub(crate) fn plan(folder: &Folder) -> Result<(), DiskError> {
    write_private(&folder.rewrite_due(), b"")
}

/// Says whether it has to be rewritten.
pub(crate) fn is_planned(folder: &Folder) -> bool {
    folder.rewrite_due().exists()
}

/// Says whether it has to be rewritten, and nobody began it just now.
pub(crate) fn is_due(folder: &Folder) -> bool {
    let begun = fs::metadata(folder.rewrite_due()).and_then(|file| file.modified());
    // A time in the future says nothing.
    begun.is_ok_and(|begun| begun.elapsed().map_or(true, |since| since >= PATIENCE))
}

/// Rewrites the database; says whether nothing is left of what was there before.
pub(crate) fn rewrite(store: &Store, folder: &Folder) -> Result<bool, StoreError> {
    // Whoever has to leave no trace planned it, and heard whether that could be noted.
    let _ = plan(folder);
    let is_done = store.rewrite()?;
    if is_done {
        // What stays is done once more.
        let _ = fs::remove_file(folder.rewrite_due());
    }
    Ok(is_done)
}
