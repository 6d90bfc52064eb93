//! The body of a submission on the wire: token, key, version, payload and signature, padded to one of three sizes.
//!
//! ```text
//!   0  token              354
//! 354  owner's key         32
//! 386  version              4   big-endian, from 1
//! 390  payload's length     4   big-endian; 0 takes the submission back
//! 394  signature           64   of wave, nullifier, version and the payload's SHA-256
//! 458  payload              …
//!      zeros                    up to 4, 8 or 16 KiB
//! ```

use std::fmt;

use thiserror::Error;

use super::encoding::Digest;
use super::names::WaveId;
use super::signing::{PublicKey, Purpose, SigningKey};
use super::token::{self, Token};

/// The sizes a body may have, in bytes.
pub const SIZES: [usize; 3] = [4 << 10, 8 << 10, 16 << 10];

/// The bytes before the payload.
const HEAD: usize = token::LENGTH + 32 + 4 + 4 + 64;

/// The most bytes of a payload.
pub const MOST: usize = SIZES[2] - HEAD;

/// What a submission is stored under: it says that two versions are of the same sender, and not who that is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nullifier(pub Digest);

/// A submission as it crosses the network.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The proof of an invitation.
    pub token: Token,
    /// The bytes of the key that the token belongs to.
    pub owner: [u8; 32],
    /// The version: the first is 1, and a higher one replaces a lower one.
    pub version: u32,
    /// What is said; empty where it is taken back.
    pub payload: Vec<u8>,
    /// The owner's signature.
    pub signature: [u8; 64],
}

/// Why a body is no submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    /// The body has none of the three sizes.
    #[error("a body has 4096, 8192 or 16384 bytes")]
    Size,
    /// The token is of another type.
    #[error("the token is not of type 2")]
    Token,
    /// The key is none.
    #[error("the owner's key is not an ed25519 key")]
    Owner,
    /// Versions begin with 1.
    #[error("versions begin with 1")]
    Version,
    /// The payload's length leads past the end, or a smaller body would do.
    #[error("the payload's length does not fit the body")]
    Length,
    /// The padding isn't zeros.
    #[error("the padding is not zeros")]
    Padding,
    /// The token belongs to another key.
    #[error("the token does not belong to the owner's key")]
    Binding,
    /// The signature doesn't hold for this wave, version and payload.
    #[error("the owner's signature does not verify")]
    Signature,
}

impl Nullifier {
    /// Gives the nullifier of a token: SHA-256("dxp" ‖ nonce).
    pub fn of(token: &Token) -> Self {
        Self(Digest::of(&[b"dxp", &token.nonce().0]))
    }

    /// Reads 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        Digest::from_hex(text).map(Self)
    }
}

impl fmt::Display for Nullifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl fmt::Debug for Nullifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Nullifier")
    }
}

impl Frame {
    /// Puts a payload and a token together, signed by the token's owner.
    ///
    /// `None` where nobody would take it: for a payload of more than [`MOST`] bytes, version 0, and a token of another key.
    pub fn new(wave: WaveId, token: Token, owner: &SigningKey, (version, payload): (u32, Vec<u8>)) -> Option<Self> {
        if payload.len() > MOST || version == 0 || !token.belongs_to(owner.public().bytes()) {
            return None;
        }
        let signed = signed(wave, Nullifier::of(&token), version, &payload);
        let signature = owner.sign(Purpose::Submission, &signed);
        Some(Self { token, owner: *owner.public().bytes(), version, payload, signature })
    }

    /// Gives the nullifier it is stored under.
    pub fn nullifier(&self) -> Nullifier {
        Nullifier::of(&self.token)
    }

    /// Gives the SHA-256 of the payload.
    pub fn payload_hash(&self) -> Digest {
        Digest::of(&[&self.payload])
    }

    /// Says whether it takes the submission back.
    pub fn is_withdrawal(&self) -> bool {
        self.payload.is_empty()
    }

    /// Gives the body, padded.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = u32::try_from(self.payload.len()).unwrap_or(u32::MAX);
        let mut body = Vec::with_capacity(size(self.payload.len()));
        body.extend(self.token.0);
        body.extend(self.owner);
        body.extend(self.version.to_be_bytes());
        body.extend(length.to_be_bytes());
        body.extend(self.signature);
        body.extend(&self.payload);
        body.resize(size(self.payload.len()), 0);
        body
    }

    /// Reads a body, strictly: there is one form for each submission. Token, key and signature are not checked yet.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_bytes(body: &[u8]) -> Result<Self, FrameError> {
        if !SIZES.contains(&body.len()) {
            return Err(FrameError::Size);
        }
        let (token, rest) = body.split_at(token::LENGTH);
        let token = Token::from_bytes(token).ok_or(FrameError::Token)?;
        let (owner, rest) = rest.split_first_chunk().ok_or(FrameError::Size)?;
        let (version, rest) = rest.split_first_chunk().ok_or(FrameError::Size)?;
        let (length, rest) = rest.split_first_chunk().ok_or(FrameError::Size)?;
        let (signature, rest) = rest.split_first_chunk().ok_or(FrameError::Size)?;
        let version = u32::from_be_bytes(*version);
        if version == 0 {
            return Err(FrameError::Version);
        }
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (payload, padding) = rest.split_at_checked(length).ok_or(FrameError::Length)?;
        if size(length) != body.len() {
            return Err(FrameError::Length);
        }
        if padding.iter().fold(0, |all, byte| all | byte) != 0 {
            return Err(FrameError::Padding);
        }
        Ok(Self { token, owner: *owner, version, payload: payload.to_vec(), signature: *signature })
    }

    /// Checks that token, key and signature belong together, for a wave. The token itself is checked with the wave's key.
    ///
    /// # Errors
    /// [`FrameError::Binding`], [`FrameError::Owner`] or [`FrameError::Signature`].
    pub fn check(&self, wave: WaveId) -> Result<(), FrameError> {
        if !self.token.belongs_to(&self.owner) {
            return Err(FrameError::Binding);
        }
        let owner = PublicKey::from_bytes(&self.owner).ok_or(FrameError::Owner)?;
        let signed = signed(wave, self.nullifier(), self.version, &self.payload);
        if owner.verifies(Purpose::Submission, &signed, &self.signature) { Ok(()) } else { Err(FrameError::Signature) }
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Frame of version {} with {} bytes", self.version, self.payload.len())
    }
}

/// Gives the size of the body of a payload.
fn size(payload: usize) -> usize {
    SIZES.into_iter().find(|size| HEAD + payload <= *size).unwrap_or(SIZES[2])
}

fn signed(wave: WaveId, nullifier: Nullifier, version: u32, payload: &[u8]) -> Vec<u8> {
    [&wave.0.0[..], &nullifier.0.0, &version.to_be_bytes(), &Digest::of(&[payload]).0].concat()
}
