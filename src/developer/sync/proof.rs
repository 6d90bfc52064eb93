//! The proof after the close: the whole ledger is fetched, so that nobody learns which entry is looked for, and one's own is found
//! in it or not.

use super::SyncError;
use super::http::Http;
use crate::anonymous::{Closing, Ledger, Wave};

/// The ledger of a closed wave that holds, and what the collector stated.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What the collector signed.
    pub closing: Closing,
    /// Its entries.
    pub ledger: Ledger,
}

/// Fetches and checks the ledger of a wave; `None` while the collector hasn't closed it.
///
/// # Errors
/// When the collector can't be reached, or its statement doesn't hold.
pub fn fetch(wave: &Wave) -> Result<Option<Proof>, SyncError> {
    let http = Http::new(&wave.manifest.collector)?;
    let closing: Closing = match http.get_json(&format!("/v1/waves/{}/closing", wave.id.0)) {
        Err(failed) if failed.code() == "not-closed" => return Ok(None),
        closing => closing?,
    };
    let ledger = http.get_bytes(&format!("/v1/waves/{}/ledger", wave.id.0))?;
    let ledger = closing.check(wave.id, &ledger, &wave.manifest.receipt_key)?;
    Ok(Some(Proof { closing, ledger }))
}
