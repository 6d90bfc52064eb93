//! The manifest of a wave, and the bundle it is published in.
//!
//! A manifest holds all that decides what is asked, when, of how many, and with which keys: its hash is the wave's id, and every
//! signature of the wave covers that id. It is signed by a publisher whose key the collector never has.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

mod address;
mod review;

use super::classes::{Class, SMALLEST};
use super::encoding::{Digest, from_hex, shown, to_base64, to_hex};
use super::names::{Part, WaveId};
use super::signing::{PublicKey, Purpose, SigningKey};
use super::token::{Challenge, Key};
use crate::survey::Survey;

pub use address::is_safe;

/// The form of manifests that this version reads and writes.
pub const FORMAT: &str = "dxpulse-wave/1";

/// The most bytes of a bundle.
pub const MOST_BYTES: usize = 1 << 20;

/// How long submissions are collected after the last answer.
pub const COLLECT: TimeDelta = TimeDelta::hours(72);

/// What is published of a wave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The collector's address, such as `https://pulse.example.com`.
    pub collector: String,
    /// The key that the collector signs receipts and closings with.
    pub receipt_key: PublicKey,
    /// The survey's id.
    pub survey: String,
    /// What the wave is called, such as `2026-Q4`.
    pub wave: String,
    /// Counts up with every wave of the survey, so that an older one can't come back.
    pub sequence: u64,
    /// When tokens are issued.
    pub issue_opens: DateTime<Utc>,
    /// When the survey opens for answers, and submissions are taken.
    pub opens: DateTime<Utc>,
    /// When it closes for answers; submissions are taken for [`COLLECT`] longer.
    pub closes: DateTime<Utc>,
    /// How many people were invited when it was prepared.
    pub invited: u32,
    /// The classes of the invited.
    pub classes: Vec<Class>,
    /// The languages that may be told, with how many of the invited read each: with the class, at least [`SMALLEST`].
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub languages: std::collections::BTreeMap<String, u32>,
    /// The public keys that tokens are issued with.
    pub keys: Keys,
    /// The relay that submissions go through, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<Relay>,
    /// The survey, in TOML.
    pub source: String,
}

/// The public keys of a wave, each a SubjectPublicKeyInfo in base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// For scores.
    pub scores: String,
    /// For comments.
    pub comments: String,
}

/// A relay for Oblivious HTTP (RFC 9458): it sees who sends and not what; the collector sees what and not who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relay {
    /// The address encapsulated requests are posted to.
    pub url: String,
    /// The collector's key configurations (`application/ohttp-keys`), in base64.
    pub keys: String,
}

/// A manifest as it travels; before it is signed, without publisher and signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The manifest's JSON, byte for byte as it is hashed and signed.
    pub manifest: String,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<PublicKey>,
    /// The signature, in 128 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Why a bundle is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ManifestError {
    /// It is too long, or no bundle at all.
    #[error("it is not a bundle of a wave: {0}")]
    Form(String),
    /// Its form is of another version.
    #[error("its form is {0}, and this version reads {FORMAT}")]
    Format(String),
    /// Nobody signed it.
    #[error("it is not signed")]
    Unsigned,
    /// Someone signed it who isn't trusted.
    #[error("it is signed by {0}, who is not a publisher trusted here")]
    Stranger(Box<PublicKey>),
    /// The signature doesn't hold for its text.
    #[error("its signature does not hold: it was changed after it was signed")]
    Signature,
    /// Its text isn't the one that its content has.
    #[error("its text is not in the one form that a manifest has: it was written by hand, or by another version")]
    Text,
    /// The wave has no name that could stand in a file's.
    #[error("its wave has no name of letters, digits and - _ . +, 64 at most")]
    Name,
    /// A key can't be used.
    #[error("its key for {0} is not an RSA key of 2048 bits with the exponent 65537")]
    Key(&'static str),
    /// The keys of both parts are the same.
    #[error("its keys for scores and comments are the same")]
    SameKeys,
    /// The address isn't one that answers may go to.
    #[error("{0} is not an https address of a host, without name, password or query")]
    Address(String),
    /// The keys of the relay are no base64.
    #[error("the keys for its relay are not in base64")]
    RelayKeys,
    /// The windows don't follow one another.
    #[error("its windows are out of order: tokens first, then answers")]
    Windows,
    /// A class names what the survey doesn't let out, or has a value that nobody could read.
    #[error("its class {0} does not fit the survey's segments")]
    Class(String),
    /// Two classes share a combination of values.
    #[error("its classes {0} and {1} overlap")]
    Overlap(String, String),
    /// A class is so small that it would point at people.
    #[error("its class {class} has {invited} invited; the least is {SMALLEST}")]
    SmallClass {
        /// The class, in words.
        class: String,
        /// How many there are.
        invited: u32,
    },
    /// The classes have more people than were invited, or leave out so few that it would point at them.
    #[error("its classes have {classes} people, and {invited} were invited")]
    Classes {
        /// How many the classes have.
        classes: u64,
        /// How many were invited.
        invited: u32,
    },
    /// A language isn't the survey's, or so few read it that it would point at them.
    #[error("its language {0} is not one of the survey's that at least {SMALLEST} of the invited read")]
    Language(String),
    /// What is asked would tell what isn't told.
    #[error(
        "its survey asks depending on `{question}`, which is not told with the scores: who is asked would tell it ({condition})"
    )]
    Betrayed {
        /// The question whose answer would be told.
        question: String,
        /// The condition that would tell it.
        condition: String,
    },
    /// The survey in it is not sound.
    #[error("its survey is not sound: {0}")]
    Survey(String),
    /// It is for another survey than the one in it.
    #[error("it is for the survey {0}, and holds another")]
    OtherSurvey(String),
}

/// A checked manifest with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// The wave's id.
    pub id: WaveId,
    /// What was published.
    pub manifest: Manifest,
    /// The survey in it.
    pub survey: Survey,
    /// The hash of what it asks, which every payload names: worked out once, since a collector meets many.
    items: String,
    scores: Key,
    comments: Key,
}

impl Bundle {
    /// Writes a manifest down; the text is what is hashed and signed from now on.
    ///
    /// # Errors
    /// [`ManifestError::Form`] when it can't be written.
    pub fn prepare(manifest: &Manifest) -> Result<Self, ManifestError> {
        let manifest = serde_json::to_string_pretty(manifest).map_err(|error| ManifestError::Form(error.to_string()))?;
        Ok(Self { manifest, publisher: None, signature: None })
    }

    /// Reads a bundle's JSON; nothing of it is checked yet.
    ///
    /// # Errors
    /// [`ManifestError::Form`] when it is too long or something else.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ManifestError> {
        if bytes.len() > MOST_BYTES {
            return Err(ManifestError::Form(format!("it has more than {MOST_BYTES} bytes")));
        }
        serde_json::from_slice(bytes).map_err(|error| ManifestError::Form(shown(&error.to_string())))
    }

    /// Gives the wave's id.
    pub fn wave_id(&self) -> WaveId {
        WaveId(Digest::of(&[self.manifest.as_bytes()]))
    }

    /// Signs it.
    #[must_use]
    pub fn signed_by(self, key: &SigningKey) -> Self {
        let signature = to_hex(&key.sign(Purpose::Manifest, self.manifest.as_bytes()));
        Self { publisher: Some(key.public()), signature: Some(signature), ..self }
    }

    /// Checks that one of the trusted publishers signed it, and everything in it.
    ///
    /// # Errors
    /// The first thing that doesn't hold.
    pub fn open(&self, trusted: &[PublicKey]) -> Result<Wave, ManifestError> {
        let publisher = self.publisher.ok_or(ManifestError::Unsigned)?;
        let signature = self.signature.as_deref().ok_or(ManifestError::Unsigned)?;
        if !trusted.contains(&publisher) {
            return Err(ManifestError::Stranger(Box::new(publisher)));
        }
        let signature = from_hex(signature).ok_or(ManifestError::Signature)?;
        if !publisher.verifies(Purpose::Manifest, self.manifest.as_bytes(), &signature) {
            return Err(ManifestError::Signature);
        }
        self.review()
    }

    /// Checks everything in it but who signed it.
    ///
    /// # Errors
    /// As [`Bundle::open`].
    pub fn review(&self) -> Result<Wave, ManifestError> {
        review::review(self)
    }
}

impl Manifest {
    /// Gives the end of the collect window.
    pub fn collect_closes(&self) -> DateTime<Utc> {
        self.closes.checked_add_signed(COLLECT).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Gives the last day on which answers are taken.
    pub fn last_day(&self) -> NaiveDate {
        (self.closes - TimeDelta::seconds(1)).date_naive()
    }

    /// Says whether so few are invited that they have a single class: whoever knows them can guess whose answer is whose.
    pub fn is_among_few(&self) -> bool {
        self.invited < SMALLEST
    }

    /// Says whether scores may tell a language: where those who read none of the languages are as many, or nobody at all.
    pub fn tells_language(&self, language: &str) -> bool {
        let others = self.languages.values().fold(self.invited, |rest, readers| rest.saturating_sub(*readers));
        (others == 0 || others >= SMALLEST) && self.languages.contains_key(language)
    }
}

impl Wave {
    /// Gives the public key of a part.
    pub fn key(&self, part: Part) -> &Key {
        match part {
            Part::Scores => &self.scores,
            Part::Comments => &self.comments,
        }
    }

    /// Gives the hash of what the survey asks, in hexadecimal.
    pub fn items(&self) -> &str {
        &self.items
    }

    /// Gives what a token of a part is asked for.
    pub fn challenge(&self, part: Part) -> Challenge {
        Challenge::new(&self.manifest.collector, self.id.0, part)
    }
}

/// Gives a public key as manifests write it.
pub fn key_text(key: &Key) -> String {
    to_base64(key.spki())
}
