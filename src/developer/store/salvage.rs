//! What can still be read of a damaged database where SQLite reads nothing more: records are looked for in the bytes of its file and of
//! its log.
//!
//! A record carries a checksum over all of it, so whatever passes is whole, wherever it was found. Nothing is written.

mod pages;
mod search;

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::database::Store;
use super::enrolments::Enrolment;
use super::error::StoreError;
use super::events::SealedEvent;
use super::outbox::Sealed;
use super::place;
use super::tokens::Held;
use super::waves;
use pages::Pages;

/// The sizes of pages that a database of ours may have.
const SIZES: [usize; 2] = [1024, 4096];

/// The form of what is written down.
const FORMAT: &str = "dxpulse-rescued/1";

/// What was found, as it is written down: secrets included.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salvaged {
    format: String,
    /// The collectors that were joined.
    pub enrolments: Vec<Enrolment>,
    /// Their waves.
    pub(super) waves: Vec<waves::Stored>,
    /// Tokens, with the keys that belong to them.
    pub tokens: Vec<Held>,
    /// Sealed answers, with their receipts.
    pub sealed: Vec<Sealed>,
    /// Answers that were sealed for a webhook.
    pub events: Vec<SealedEvent>,
}

impl Store {
    /// Looks for records in the files of a folder's database, however damaged they are.
    ///
    /// # Errors
    /// When a file is there and can't be read.
    pub fn salvage(folder: &Path) -> Result<Salvaged, StoreError> {
        let [database, log, ..] = place::files(folder);
        let (database, log) = (bytes(&database)?, bytes(&log)?);
        let mut salvaged = Salvaged { format: FORMAT.to_owned(), ..Salvaged::default() };
        for size in SIZES {
            let pages = Pages::of(&database, &log, size);
            salvaged.enrolments.extend(search::all::<Enrolment>(&pages));
            salvaged.waves.extend(search::all::<waves::Stored>(&pages));
            salvaged.tokens.extend(search::all::<Held>(&pages));
            salvaged.sealed.extend(search::all::<Sealed>(&pages));
            salvaged.events.extend(search::all::<SealedEvent>(&pages));
        }
        // Of the versions that were found of one record the last that was kept counts.
        let Salvaged { format, enrolments, waves, tokens, sealed, events } = salvaged;
        Ok(Salvaged {
            format,
            waves: latest(waves, |_| ()),
            enrolments: latest(enrolments, |it| u32::from(!it.is_pending())),
            tokens: latest(tokens, |it| u32::from(it.token().is_some()) * 2 + u32::from(it.request().is_some())),
            sealed: latest(sealed, |it| (it.version(), it.receipt.is_some(), it.was_tried, it.attempts)),
            events: latest(events, |it| (it.revision(), it.delivered, it.was_tried, it.attempts)),
        })
    }
}

impl Salvaged {
    /// Says whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.enrolments.is_empty() && self.tokens.is_empty() && self.sealed.is_empty() && self.events.is_empty()
    }

    /// Reads what was written down; `None` for anything else.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|salvaged: &Self| salvaged.format == FORMAT)
    }
}

impl std::fmt::Debug for Salvaged {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Salvaged")
    }
}

/// Keeps of each record the one of the highest rank.
fn latest<R: super::records::Record, K: Ord>(mut found: Vec<R>, rank: impl Fn(&R) -> K) -> Vec<R> {
    found.sort_by_key(|record| (record.name(), std::cmp::Reverse(rank(record))));
    found.dedup_by_key(|record| record.name());
    found
}

fn bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(StoreError::from_io(path, error)),
    }
}
