//! Publishing: what a publisher signed is taken when it is theirs, this collector's, and newer than what is there.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::folder::Folder;
use super::keys::{self, KeyError};
use super::preparing::Ground;
use super::store::{PublishedResults, PublishedWave, Store, StoreError};
use crate::anonymous::manifest::Wave;
use crate::anonymous::results::{Document, ResultsError};
use crate::anonymous::{Bundle, ManifestError, Part, PublicKey, Results};
use crate::survey::Name;

/// Something that a publisher signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Signed {
    /// A wave.
    Wave(Bundle),
    /// Results of one.
    Results(Results),
}

/// Why something is not published.
#[derive(Debug, Error)]
pub(crate) enum Refusal {
    /// It is neither a wave nor results.
    #[error("it is neither a signed wave nor signed results")]
    Neither,
    /// The bundle doesn't hold.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The results don't hold.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// It was prepared elsewhere.
    #[error("it was prepared for another collector: its {0} is not this one's")]
    Elsewhere(&'static str),
    /// Its keys aren't here.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A newer wave is published.
    #[error("it has the number {sequence}, and wave {last} of {survey} is published")]
    Older {
        /// The survey.
        survey: String,
        /// Its number.
        sequence: u64,
        /// The number of the newest wave.
        last: u64,
    },
    /// Another wave has its name.
    #[error("another wave of the survey is called {0}")]
    NameTaken(String),
    /// Its name has another form.
    #[error("`{0}` can't be the name of a wave")]
    Name(String),
    /// It takes nothing any more.
    #[error("the wave is over")]
    Over,
    /// Results of a wave that isn't known, or still runs.
    #[error("no wave {wave} of {survey} was closed here")]
    NotClosed {
        /// The survey.
        survey: String,
        /// The wave.
        wave: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refusal {
    /// Says what to do next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Neither => "give the file that `dxpulse survey sign` wrote, whole".to_owned(),
            Self::Manifest(ManifestError::Unsigned) => {
                "sign it with `dxpulse survey sign`, where the publisher's key is".to_owned()
            }
            Self::Manifest(ManifestError::Stranger(_)) | Self::Results(ResultsError::Stranger(_)) => {
                "sign it with a trusted key, or add the key to `publishers` in collector.toml".to_owned()
            }
            Self::Manifest(_) | Self::Elsewhere(_) | Self::Key(_) | Self::Older { .. } | Self::NameTaken(_) | Self::Over => {
                "prepare the wave here again with `dxpulse-collector prepare`, and let it be signed anew".to_owned()
            }
            Self::Name(_) => format!("use the form {}", Name::PATTERN),
            Self::Results(_) => "sign the document anew".to_owned(),
            Self::NotClosed { .. } => "publish results once the wave is closed".to_owned(),
            Self::Store(error) => error.hint().to_owned(),
        }
    }
}

/// Reads something that a publisher signed; nothing of it is checked yet.
pub(crate) fn read(bytes: &[u8]) -> Result<Signed, Refusal> {
    // A file that is something else, such as a key, is never repeated.
    let object = serde_json::from_slice::<serde_json::Map<_, serde_json::Value>>(bytes).map_err(|_| Refusal::Neither)?;
    match object.contains_key("document") {
        true => Ok(Signed::Results(Results::from_json(bytes)?)),
        false => Ok(Signed::Wave(Bundle::from_json(bytes)?)),
    }
}

/// Checks a signed bundle against this collector: its publisher, its place, its keys, its windows.
pub(crate) fn check(
    bundle: &Bundle,
    publishers: &[PublicKey],
    (ground, folder, store): (&Ground, &Folder, &Store),
    now: DateTime<Utc>,
) -> Result<Wave, Refusal> {
    let wave = bundle.open(publishers)?;
    let manifest = &wave.manifest;
    if manifest.collector != ground.url {
        return Err(Refusal::Elsewhere("address"));
    }
    if manifest.receipt_key != ground.receipt_key {
        return Err(Refusal::Elsewhere("key for receipts"));
    }
    if manifest.relay != ground.relay {
        return Err(Refusal::Elsewhere("relay"));
    }
    if Name::new(&manifest.wave.to_lowercase()).is_none() {
        return Err(Refusal::Name(manifest.wave.clone()));
    }
    if manifest.collect_closes() <= now {
        return Err(Refusal::Over);
    }
    if store.wave(wave.id)?.is_none() {
        is_newer(store, &wave)?;
    }
    for part in Part::ALL {
        keys::issuer_key(folder, &wave, part)?;
    }
    Ok(wave)
}

/// Refuses a wave that comes before one of its survey that is published.
fn is_newer(store: &Store, wave: &Wave) -> Result<(), Refusal> {
    let (survey, sequence) = (wave.manifest.survey.clone(), wave.manifest.sequence);
    let last = store.last_sequence(&survey)?;
    if sequence <= last { Err(Refusal::Older { survey, sequence, last }) } else { Ok(()) }
}

/// Publishes a checked wave; says whether it is new, or was published before.
pub(crate) fn publish(store: &Store, bundle: &Bundle, wave: &Wave) -> Result<bool, Refusal> {
    store.together(|| {
        if store.wave(wave.id)?.is_some() {
            return Ok(false);
        }
        let (survey, name, sequence) = (wave.manifest.survey.clone(), wave.manifest.wave.clone(), wave.manifest.sequence);
        is_newer(store, wave)?;
        if store.waves()?.iter().any(|known| known.survey == survey && known.name == name) {
            return Err(Refusal::NameTaken(name));
        }
        let bundle = serde_json::json!(bundle).to_string();
        store.publish(&PublishedWave { id: wave.id, survey, name, sequence, bundle, is_closed: false })?;
        Ok(true)
    })
}

/// Publishes results of a closed wave, in the place of earlier ones.
pub(crate) fn publish_results(store: &Store, results: &Results, publishers: &[PublicKey]) -> Result<(Document, bool), Refusal> {
    let document = results.open(publishers)?;
    let is_same = |other: &Document| (&other.survey, &other.wave) == (&document.survey, &document.wave);
    let is_new = store.together(|| {
        let mut waves = store.waves()?.into_iter();
        if !waves.any(|wave| wave.is_closed && (&wave.survey, &wave.name) == (&document.survey, &document.wave)) {
            return Err(Refusal::NotClosed { survey: document.survey.clone(), wave: document.wave.clone() });
        }
        let new = PublishedResults { hash: results.hash(), document: serde_json::json!(results).to_string() };
        for old in store.results()?.into_iter().filter(|old| old.hash != new.hash) {
            let told = Results::from_json(old.document.as_bytes()).ok();
            let told = told.and_then(|old| serde_json::from_str::<Document>(&old.document).ok());
            if told.as_ref().is_some_and(is_same) {
                store.erase_results(old.hash)?;
            }
        }
        Ok(store.publish_results(&new)?)
    })?;
    Ok((document, is_new))
}
