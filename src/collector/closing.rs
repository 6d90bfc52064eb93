//! The end of a wave: what was gathered is listed and signed for, and what could issue tokens is destroyed.

use super::folder::{DiskError, Folder};
use super::keys;
use super::store::{Store, StoreError};
use crate::anonymous::manifest::Wave;
use crate::anonymous::{Closing, Ledger, SigningKey};

/// Closes a wave in the database, in one transaction; a wave that is closed stays as it is.
///
/// No more tokens or submissions are taken after that, and nothing tells who got a token.
pub(crate) fn close(store: &Store, wave: &Wave, key: &SigningKey) -> Result<bool, StoreError> {
    store.together(|| {
        if !store.is_taking(wave.id)? {
            return Ok(false);
        }
        let gathered = store.gather(wave.id)?;
        let ledger = Ledger::new(gathered.entries).to_bytes();
        let invited = gathered.invited.max(wave.manifest.invited);
        let closing = Closing::sign(wave.id, invited, (gathered.issued, gathered.redeemed), &ledger, key);
        let text = serde_json::json!(closing).to_string();
        store.close(wave.id, &text, &ledger)?;
        Ok(true)
    })
}

/// Destroys the keys of every closed wave that still has some, such as after a crash between both steps.
pub(crate) fn destroy_keys(store: &Store, folder: &Folder) -> Result<usize, Unfinished> {
    let mut destroyed = 0;
    for wave in store.waves()?.into_iter().filter(|wave| wave.is_closed) {
        destroyed += usize::from(keys::destroy_wave(folder, wave.id)?);
    }
    Ok(destroyed)
}

/// Why the keys of a closed wave are still there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfinished {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be destroyed.
    #[error(transparent)]
    Disk(#[from] DiskError),
}
