//! Tokens: proof of an invitation that can't be led back to it.
//!
//! Blind RSA signatures as in RFC 9474 (RSABSSA-SHA384-PSS-Deterministic, 2048 bits) with the wire bytes of RFC 9578, token type 2.
//! The nonce of a token is the SHA-256 of an ephemeral public key, so that whoever holds that key, and nobody else, can send,
//! change and take back what was sent with the token.

use blind_rsa_signatures as rsa;
use ring::signature::{RSA_PSS_2048_8192_SHA384, RsaPublicKeyComponents};
use thiserror::Error;

pub use blind_rsa_signatures::DefaultRng as SystemChance;
pub use blind_rsa_signatures::reexports::rand::CryptoRng;

use super::encoding::Digest;
use super::names::Part;
use super::signing::PublicKey;

#[cfg(test)]
mod rfc9578;
#[cfg(test)]
mod tests;

/// The token type of RFC 9578 for publicly verifiable tokens.
pub const TYPE: u16 = 2;

/// The bytes of an RSA modulus, of a blinded message and of a signature.
pub const MODULUS: usize = 256;

/// The public exponent of every key, big-endian.
const EXPONENT: [u8; 3] = [1, 0, 1];

/// The bytes of a token.
pub const LENGTH: usize = INPUT + MODULUS;

/// The bytes of a token request.
pub const REQUEST: usize = 3 + MODULUS;

/// The bytes of a token that are signed: type, nonce, digest of the challenge, id of the key.
const INPUT: usize = 2 + 3 * 32;

type Public = rsa::PublicKey<rsa::Sha384, rsa::PSS, rsa::Deterministic>;

/// The public key of a wave for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    key: Public,
    modulus: [u8; MODULUS],
    spki: Vec<u8>,
    id: Digest,
}

/// The secret key of a wave for one part; it never shows itself.
#[derive(Clone)]
pub struct IssuerKey(rsa::SecretKey<rsa::Sha384, rsa::PSS, rsa::Deterministic>);

/// What a token is asked for: one wave of one collector, one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge(Digest);

/// A request under way: what is sent, and what its answer is unblinded with. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Blinding {
    /// The message the issuer signs without seeing what it is.
    pub blinded: [u8; MODULUS],
    /// What turns the answer into a token. It stays on the machine.
    pub secret: [u8; MODULUS],
    input: [u8; INPUT],
}

/// A token, as it is sent along with a submission.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub [u8; LENGTH]);

/// Why a key, a request, an answer or a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// The key is no RSA key of 2048 bits with the exponent 65537.
    #[error("the key is not an RSA key of 2048 bits with the exponent 65537")]
    Key,
    /// The request is not one for this key.
    #[error("the token request is not one for this key")]
    Request,
    /// The blinded message is 0, 1, or not below the modulus.
    #[error("the blinded message is out of range")]
    Range,
    /// The issuer's answer doesn't unblind to a signature of its key.
    #[error("the issuer's signature does not verify")]
    Answer,
    /// The token is for another wave, part or key, or its signature doesn't verify.
    #[error("the token does not verify")]
    Token,
}

impl Key {
    /// Reads a key as RFC 9578 publishes it: a SubjectPublicKeyInfo for RSASSA-PSS, in DER.
    ///
    /// # Errors
    /// [`TokenError::Key`] for any other key, and for another encoding of the same one.
    pub fn from_spki(spki: &[u8]) -> Result<Self, TokenError> {
        let key = rsa::PublicKey::from_spki(spki).map_err(|_| TokenError::Key)?;
        let key = Self::of(key)?;
        if key.spki == spki { Ok(key) } else { Err(TokenError::Key) }
    }

    fn of(key: Public) -> Result<Self, TokenError> {
        let components = key.components();
        let (modulus, exponent) = (components.n(), components.e());
        let modulus: [u8; MODULUS] = trimmed(&modulus).try_into().map_err(|_| TokenError::Key)?;
        if modulus[0] < 0x80 || trimmed(&exponent) != EXPONENT {
            return Err(TokenError::Key);
        }
        let spki = key.to_spki().map_err(|_| TokenError::Key)?;
        let id = Digest::of(&[&spki]);
        Ok(Self { key, modulus, spki, id })
    }

    /// Gives the key as RFC 9578 publishes it.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Gives its id: the SHA-256 of its published form.
    pub fn id(&self) -> Digest {
        self.id
    }

    /// Begins a request for a token that belongs to an ephemeral key. Each token needs a key of its own: two tokens of one key
    /// would have one nullifier, and tell that they belong together.
    ///
    /// # Errors
    /// [`TokenError::Key`] when the key can't be used to blind.
    pub fn blind(&self, challenge: Challenge, owner: &PublicKey, chance: &mut impl CryptoRng) -> Result<Blinding, TokenError> {
        self.blind_input(input(challenge, owner, self.id()), chance)
    }

    fn blind_input(&self, input: [u8; INPUT], chance: &mut impl CryptoRng) -> Result<Blinding, TokenError> {
        let result = self.key.blind(chance, input).map_err(|_| TokenError::Key)?;
        let bytes = |bytes: &[u8]| bytes.try_into().map_err(|_| TokenError::Key);
        Ok(Blinding { blinded: bytes(&result.blind_message)?, secret: bytes(result.secret.as_ref())?, input })
    }

    /// Gives the request as it is sent: type, last byte of the key's id, blinded message.
    pub fn request(&self, blinded: &[u8; MODULUS]) -> [u8; REQUEST] {
        let mut request = [0; REQUEST];
        request[..2].copy_from_slice(&TYPE.to_be_bytes());
        request[2] = self.id().0[31];
        request[3..].copy_from_slice(blinded);
        request
    }

    /// Makes the token out of the issuer's answer.
    ///
    /// # Errors
    /// [`TokenError::Answer`] when it doesn't unblind to a signature of this key.
    pub fn finalize(&self, blinding: &Blinding, answer: &[u8]) -> Result<Token, TokenError> {
        let result = rsa::BlindingResult {
            blind_message: rsa::BlindMessage(blinding.blinded.to_vec()),
            secret: rsa::Secret(blinding.secret.to_vec()),
            msg_randomizer: None,
        };
        let answer = rsa::BlindSignature(answer.to_vec());
        let signature = self.key.finalize(&answer, &result, blinding.input).map_err(|_| TokenError::Answer)?;
        let token = [blinding.input.as_slice(), signature.as_ref()].concat();
        token.try_into().map(Token).map_err(|_| TokenError::Answer)
    }

    /// Checks a token for a challenge.
    ///
    /// # Errors
    /// [`TokenError::Token`] when it is for another challenge or key, or its signature doesn't verify.
    pub fn verify(&self, token: &Token, challenge: Challenge) -> Result<(), TokenError> {
        let (input, signature) = token.0.split_at(INPUT);
        let expected = input_of(challenge, token.nonce(), self.id());
        if input != expected {
            return Err(TokenError::Token);
        }
        let key = RsaPublicKeyComponents { n: &self.modulus[..], e: &EXPONENT };
        key.verify(&RSA_PSS_2048_8192_SHA384, input, signature).map_err(|_| TokenError::Token)
    }
}

impl IssuerKey {
    /// Makes a fresh key of 2048 bits.
    ///
    /// # Errors
    /// [`TokenError::Key`] when none can be made.
    pub fn generate(chance: &mut impl CryptoRng) -> Result<Self, TokenError> {
        let pair = rsa::KeyPair::<rsa::Sha384, rsa::PSS, rsa::Deterministic>::generate(chance, MODULUS * 8);
        pair.map(|pair| Self(pair.sk)).map_err(|_| TokenError::Key)
    }

    /// Reads a key from PEM (PKCS #8).
    ///
    /// # Errors
    /// [`TokenError::Key`] for anything else.
    pub fn from_pem(pem: &str) -> Result<Self, TokenError> {
        let key = Self(rsa::SecretKey::from_pem(pem).map_err(|_| TokenError::Key)?);
        key.public().map(|_| key)
    }

    /// Gives the key in PEM (PKCS #8); whoever has it can make tokens.
    ///
    /// # Errors
    /// [`TokenError::Key`] when it can't be written.
    pub fn to_pem(&self) -> Result<String, TokenError> {
        self.0.to_pem().map_err(|_| TokenError::Key)
    }

    /// Gives the public half.
    ///
    /// # Errors
    /// [`TokenError::Key`] when the key has no public half that clients accept.
    pub fn public(&self) -> Result<Key, TokenError> {
        Key::of(self.0.public_key().map_err(|_| TokenError::Key)?)
    }

    /// Signs a blinded message, which says nothing about the token it becomes.
    ///
    /// The same message has the same signature; chance only hides from clocks how it is computed.
    ///
    /// # Errors
    /// [`TokenError::Key`] when the public key isn't this one's, [`TokenError::Request`] for another type, key or length,
    /// [`TokenError::Range`] for 0, 1, and what isn't below the modulus.
    pub fn sign(&self, public: &Key, request: &[u8]) -> Result<[u8; MODULUS], TokenError> {
        if trimmed(&self.0.components().n()) != public.modulus {
            return Err(TokenError::Key);
        }
        let blinded = blinded(public, request)?;
        let signature = self.0.blind_sign(blinded).map_err(|_| TokenError::Range)?;
        signature.0.as_slice().try_into().map_err(|_| TokenError::Range)
    }
}

impl std::fmt::Debug for IssuerKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("IssuerKey")
    }
}

impl Challenge {
    /// Makes the challenge of RFC 9577 for a part of a wave: type, issuer's name, redemption context and origin.
    ///
    /// The issuer is the collector's address, the context the wave's id, the origin the part.
    pub fn new(collector: &str, wave: Digest, part: Part) -> Self {
        Self(Digest::of(&[&challenge(collector, Some(wave), part.name())]))
    }

    /// Gives its digest, which a token carries.
    pub fn digest(self) -> Digest {
        self.0
    }
}

impl Blinding {
    /// Takes up a request that was begun earlier, with what was kept of it.
    pub fn resume(key: &Key, challenge: Challenge, owner: &PublicKey, (blinded, secret): ([u8; MODULUS], [u8; MODULUS])) -> Self {
        Self { blinded, secret, input: input(challenge, owner, key.id()) }
    }
}

impl std::fmt::Debug for Blinding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Blinding")
    }
}

impl Token {
    /// Reads the bytes of a token of our type; `None` for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self).filter(|token| token.0[..2] == TYPE.to_be_bytes())
    }

    /// Gives its nonce: the SHA-256 of the key it belongs to.
    pub fn nonce(&self) -> Digest {
        self.field(0)
    }

    /// Gives the id of the key that signed it.
    pub fn key_id(&self) -> Digest {
        self.field(2)
    }

    /// Says whether it belongs to the ephemeral key of these bytes.
    pub fn belongs_to(&self, owner: &[u8; 32]) -> bool {
        self.nonce() == Digest::of(&[owner])
    }

    fn field(&self, at: usize) -> Digest {
        let start = 2 + 32 * at;
        let mut field = [0; 32];
        field.copy_from_slice(&self.0[start..start + 32]);
        Digest(field)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token")
    }
}

/// Gives the TokenChallenge of RFC 9577; no text of a checked manifest is longer than its two bytes of length can say.
fn challenge(issuer: &str, context: Option<Digest>, origin: &str) -> Vec<u8> {
    let length = |bytes: usize| u16::try_from(bytes).unwrap_or(u16::MAX).to_be_bytes();
    let context = context.map_or_else(|| vec![0], |context| [&[32], &context.0[..]].concat());
    let (issuer_length, origin_length) = (length(issuer.len()), length(origin.len()));
    [&TYPE.to_be_bytes(), &issuer_length, issuer.as_bytes(), &context, &origin_length, origin.as_bytes()].concat()
}

fn input(challenge: Challenge, owner: &PublicKey, key: Digest) -> [u8; INPUT] {
    input_of(challenge, Digest::of(&[owner.bytes()]), key)
}

fn input_of(challenge: Challenge, nonce: Digest, key: Digest) -> [u8; INPUT] {
    let mut input = [0; INPUT];
    input[..2].copy_from_slice(&TYPE.to_be_bytes());
    for (at, field) in [nonce, challenge.digest(), key].iter().enumerate() {
        input[2 + 32 * at..][..32].copy_from_slice(&field.0);
    }
    input
}

/// Reads the blinded message of a request.
fn blinded<'r>(key: &Key, request: &'r [u8]) -> Result<&'r [u8], TokenError> {
    let (head, blinded) = request.split_at_checked(3).ok_or(TokenError::Request)?;
    if blinded.len() != MODULUS || head[..2] != TYPE.to_be_bytes() || head[2] != key.id().0[31] {
        return Err(TokenError::Request);
    }
    // As numbers of the same length, big-endian bytes are ordered as the numbers are.
    let is_trivial = trimmed(blinded).len() <= 1 && blinded[MODULUS - 1] <= 1;
    if is_trivial || *blinded >= key.modulus[..] { Err(TokenError::Range) } else { Ok(blinded) }
}

/// Gives big-endian bytes without leading zeros.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    &bytes[start..]
}
