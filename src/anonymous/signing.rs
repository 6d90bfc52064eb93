//! Signatures with ed25519, each for one purpose: what was signed as one thing never passes as another.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use ed25519_dalek::{Signature, Signer, Verifier, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::encoding::{from_hex, to_hex};

/// What a signature is for; its name goes before the bytes that are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A wave's manifest, by its publisher.
    Manifest,
    /// Published results, by their publisher.
    Results,
    /// A submission, by the key bound into its token.
    Submission,
    /// A receipt, by the collector.
    Receipt,
    /// The closing of a wave, by the collector.
    Closing,
}

impl Purpose {
    fn prefix(self) -> &'static [u8] {
        match self {
            Self::Manifest => b"dxpulse manifest 1\0",
            Self::Results => b"dxpulse results 1\0",
            Self::Submission => b"dxpulse submission 1\0",
            Self::Receipt => b"dxpulse receipt 1\0",
            Self::Closing => b"dxpulse closing 1\0",
        }
    }

    fn message(self, bytes: &[u8]) -> Vec<u8> {
        [self.prefix(), bytes].concat()
    }
}

/// A secret key; what it shows of itself is its public half.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// A public key; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl SigningKey {
    /// Makes the key of these 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// Gives the 32 bytes it was made of; they are the secret.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Gives the public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs; the same bytes give the same 64.
    pub fn sign(&self, purpose: Purpose, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&purpose.message(bytes)).to_bytes()
    }
}

impl PublicKey {
    /// Reads a key; `None` for 32 bytes that are none, another way to write one, or a key that anybody could sign for.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok()?;
        (is_canonical(bytes) && !key.is_weak()).then_some(Self(key))
    }

    /// Reads 64 hexadecimal digits, or the 52 letters of [`PublicKey::to_letters`].
    pub fn from_text(text: &str) -> Option<Self> {
        let letters = || BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?.try_into().ok();
        from_hex(text).or_else(letters).and_then(|bytes| Self::from_bytes(&bytes))
    }

    /// Gives the 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Gives the key in 52 letters and digits, for links.
    pub fn to_letters(self) -> String {
        BASE32_NOPAD.encode(self.bytes()).to_ascii_lowercase()
    }

    /// Says whether a signature is this key's for that purpose. A weak key, which anybody could sign for, is none of these.
    pub fn verifies(&self, purpose: Purpose, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify(&purpose.message(bytes), &Signature::from_bytes(signature)).is_ok()
    }
}

/// Says whether the y in a point's bytes is below the prime of the field, 2^255 - 19 (RFC 8032, 5.1.3). A sign on x = 0 is left to
/// whoever looks for weak keys: the points with that x are.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = bytes;
    *lowest < 0xed || highest & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey of {}", self.public())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&to_hex(self.bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = from_hex(&String::deserialize(deserializer)?);
        let key = bytes.and_then(|bytes| Self::from_bytes(&bytes));
        key.ok_or_else(|| de::Error::custom("expected a public key of 64 lower-case hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_its_purpose_and_its_bytes_alone() {
        let (key, other) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
        let signature = key.sign(Purpose::Receipt, b"taken");
        assert!(key.public().verifies(Purpose::Receipt, b"taken", &signature));
        assert!(!key.public().verifies(Purpose::Closing, b"taken", &signature));
        assert!(!key.public().verifies(Purpose::Receipt, b"taken!", &signature));
        assert!(!other.public().verifies(Purpose::Receipt, b"taken", &signature));
    }

    #[test]
    fn a_key_is_read_in_both_of_its_forms_and_a_weak_one_in_none() {
        let key = SigningKey::from_seed(&[3; 32]).public();
        assert_eq!(PublicKey::from_text(&key.to_string()), Some(key));
        assert_eq!(PublicKey::from_text(&key.to_letters()), Some(key));
        assert_eq!(key.to_letters().len(), 52);
        let identity = [[1].as_slice(), &[0; 31]].concat();
        assert_eq!(PublicKey::from_bytes(&identity.try_into().unwrap()), None);
    }

    #[test]
    fn a_key_has_one_form_in_bytes_and_one_in_json() {
        // The point whose y is 3, and the same with y written as 3 plus the prime of the field, 2^255 - 19.
        let (mut plain, mut longer) = ([0; 32], [0xff; 32]);
        plain[0] = 3;
        (longer[0], longer[31]) = (0xf0, 0x7f);
        assert!(PublicKey::from_bytes(&plain).is_some(), "a point of the curve");
        assert!(VerifyingKey::from_bytes(&longer).is_ok(), "the library reads it");
        assert_eq!(PublicKey::from_bytes(&longer), None);
        let key = SigningKey::from_seed(&[3; 32]).public();
        let read = |text: &str| serde_json::from_value::<PublicKey>(serde_json::json!(text)).ok();
        assert_eq!(read(&key.to_string()), Some(key));
        assert_eq!((read(&key.to_letters()), read(&key.to_string().to_uppercase())), (None, None));
    }
}
