//! What the server works with: keys, database, and the waves it has met so far.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::http::StatusCode;

use super::problem::Problem;
use crate::anonymous::manifest::Wave;
use crate::anonymous::token::IssuerKey;
use crate::anonymous::{Bundle, Part, SigningKey, WaveId};
use crate::collector::folder::Folder;
use crate::collector::identity::Identity;
use crate::collector::keys;
use crate::collector::reader::Reader;
use crate::collector::settings::Settings;
use crate::collector::store::StoreError;
use crate::collector::writer::Writer;

/// The keys that tokens are issued with, as they were read.
type Issuers = HashMap<(WaveId, Part), Arc<IssuerKey>>;

/// A running collector.
pub(crate) struct Collector {
    pub(crate) folder: Folder,
    pub(crate) settings: Settings,
    pub(crate) receipt_key: SigningKey,
    pub(crate) oblivious: ohttp::Server,
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    pub(crate) identity: Option<Identity>,
    waves: RwLock<HashMap<WaveId, Arc<Wave>>>,
    meeting: tokio::sync::Mutex<()>,
    issuers: Mutex<Issuers>,
}

impl Collector {
    /// Brings together what a server works with.
    pub(crate) fn new(
        (folder, settings): (Folder, Settings),
        receipt_key: SigningKey,
        oblivious: ohttp::Server,
        (reader, writer): (Reader, Writer),
    ) -> Self {
        let identity = settings.oidc.clone().map(Identity::new);
        let (waves, meeting, issuers) = Default::default();
        Self { folder, settings, receipt_key, oblivious, reader, writer, identity, waves, meeting, issuers }
    }

    /// Finds a published wave; what was published never changes, so that it is read once.
    pub(crate) async fn wave(&self, id: WaveId) -> Result<Arc<Wave>, Problem> {
        let known = || self.waves.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(wave) = known() {
            return Ok(wave);
        }
        // Of all who come at once for a wave that was not met before, one reads it.
        let _turn = self.meeting.lock().await;
        if let Some(wave) = known() {
            return Ok(wave);
        }
        let found = self.reader.read(move |store| store.wave(id)).await?;
        let unknown = || Problem::not_found("wave-unknown", "there is no such wave here");
        let published = found.ok_or_else(unknown)?;
        let wave = Bundle::from_json(published.bundle.as_bytes()).and_then(|bundle| bundle.review());
        let wave = Arc::new(wave.map_err(|error| {
            super::log_seldom(&format!("the wave {} of {} can't be used: {error}", published.name, published.survey));
            unknown()
        })?);
        self.waves.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&wave));
        Ok(wave)
    }

    /// Gives the key that tokens of a part are issued with.
    pub(crate) fn issuer(&self, wave: &Wave, part: Part) -> Result<Arc<IssuerKey>, Problem> {
        let issuers = || self.issuers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = issuers().get(&(wave.id, part)) {
            return Ok(Arc::clone(key));
        }
        let key = keys::issuer_key(&self.folder, wave, part).map_err(|error| {
            super::log_seldom(&format!("no tokens can be issued: {error}"));
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "no-key",
                "the collector can't issue tokens of this wave; tell who runs it",
            )
        })?;
        let key = Arc::new(key);
        issuers().insert((wave.id, part), Arc::clone(&key));
        Ok(key)
    }

    /// Forgets the waves and keys of all but those that are there and not closed, so that a destroyed key is gone from memory too.
    pub(crate) async fn forget_closed(&self) -> Result<(), StoreError> {
        let waves = self.reader.read(|store| store.waves()).await?;
        let is_open = |id: &WaveId| waves.iter().any(|wave| wave.id == *id && !wave.is_closed);
        let is_there = |id: &WaveId| waves.iter().any(|wave| wave.id == *id);
        self.issuers.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, _), _| is_open(id));
        self.waves.write().unwrap_or_else(PoisonError::into_inner).retain(|id, _| is_there(id));
        Ok(())
    }
}
