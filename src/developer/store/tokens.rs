//! Tokens: what they are asked for with is kept before the request, so that asking again after a failure asks for the same.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::records::{self, Kind, Moved, Record};
use crate::anonymous::encoding::{from_base64, from_hex, to_base64, to_hex};
use crate::anonymous::token::{Blinding, MODULUS};
use crate::anonymous::{Digest, Part, SigningKey, Token, WaveId};

/// A token of a wave, or what becomes one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    wave: Digest,
    part: String,
    /// When it is to be fetched.
    pub fetch_at: DateTime<Utc>,
    /// How often that was tried in vain.
    #[serde(default)]
    pub attempts: u32,
    owner: Option<String>,
    /// The blinded message and what unblinds the answer, while a request is under way.
    blinding: Option<(String, String)>,
    token: Option<String>,
    /// Whether it was fetched after submissions had opened.
    #[serde(default)]
    pub is_late: bool,
    /// Why the collector issues none for good, in its words; as long as this stands it isn't asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Whether it was moved to another machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

/// A request for a token, as it is kept before it is sent.
#[derive(Clone)]
pub struct Request {
    /// The ephemeral key that the token will belong to.
    pub owner: SigningKey,
    /// The blinded message.
    pub blinded: [u8; MODULUS],
    /// What unblinds the answer.
    pub secret: [u8; MODULUS],
}

impl Record for Held {
    const KIND: Kind = Kind::Token;

    fn name(&self) -> String {
        name(WaveId(self.wave), &self.part)
    }
}

impl std::fmt::Debug for Held {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Held for {}", self.part)
    }
}

impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Request")
    }
}

impl Held {
    /// A token that is yet to be asked for.
    pub(super) fn planned(wave: WaveId, part: Part, fetch_at: DateTime<Utc>) -> Self {
        Self {
            wave: wave.0,
            part: part.name().to_owned(),
            fetch_at,
            attempts: 0,
            owner: None,
            blinding: None,
            token: None,
            is_late: false,
            refusal: None,
            moved: None,
        }
    }

    /// Gives the wave it is for.
    pub fn wave(&self) -> WaveId {
        WaveId(self.wave)
    }

    /// Gives the part it is for.
    pub fn part(&self) -> Part {
        Part::from_name(&self.part).unwrap_or(Part::Scores)
    }

    /// Gives the name of the part, as it is kept.
    pub(super) fn part_name(&self) -> &str {
        &self.part
    }

    /// Gives the token with the key it belongs to, once it was issued.
    pub fn token(&self) -> Option<(Token, SigningKey)> {
        let token = Token::from_bytes(&from_base64(self.token.as_deref()?)?)?;
        Some((token, self.owner()?))
    }

    /// Gives the request under way.
    pub fn request(&self) -> Option<Request> {
        let (blinded, secret) = self.blinding.as_ref()?;
        let bytes = |text: &str| from_base64(text)?.try_into().ok();
        Some(Request { owner: self.owner()?, blinded: bytes(blinded)?, secret: bytes(secret)? })
    }

    /// Takes down what a request is made with.
    pub fn asked_with(&mut self, owner: &SigningKey, blinding: &Blinding) {
        self.owner = Some(to_hex(&owner.seed()));
        self.blinding = Some((to_base64(&blinding.blinded), to_base64(&blinding.secret)));
    }

    /// Takes the token that was issued; what would lead from the request to it is dropped.
    pub fn issued(&mut self, token: &Token, is_late: bool) {
        self.token = Some(to_base64(&token.0));
        self.is_late = is_late;
        self.refusal = None;
        self.blinding = None;
    }

    fn owner(&self) -> Option<SigningKey> {
        Some(SigningKey::from_seed(&from_hex(self.owner.as_deref()?)?))
    }
}

impl Store {
    /// Gives all tokens, issued or not.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn tokens(&self) -> Result<Vec<Held>, StoreError> {
        self.records()
    }

    /// Gives the waves that can't be answered from here, since no token is issued for them.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn barred(&self) -> Result<Vec<WaveId>, StoreError> {
        Ok(self.tokens()?.iter().filter(|held| held.part() == Part::Scores && held.refusal.is_some()).map(Held::wave).collect())
    }

    /// Lets the tokens of these waves be asked for again that were refused.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn ask_again(&mut self, waves: &[WaveId]) -> Result<(), StoreError> {
        self.write(|transaction| {
            let all: Vec<Held> = records::all(transaction)?;
            let refused = all.into_iter().filter(|held| held.refusal.is_some() && waves.contains(&held.wave()));
            refused.map(|held| Held { refusal: None, attempts: 0, ..held }).try_for_each(|held| records::put(transaction, &held))
        })
    }

    /// Keeps a token as it is now; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_token(&mut self, held: &Held) -> Result<(), StoreError> {
        self.write(|transaction| records::put(transaction, held))
    }
}

/// Gives the name of what belongs to a part of a wave.
pub(super) fn name(wave: WaveId, part: &str) -> String {
    format!("{}.{part}", wave.0)
}
