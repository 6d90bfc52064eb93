//! How bytes are written in JSON and addresses: digests and keys in lower-case hexadecimal, longer values in base64.

use std::fmt;

use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use crate::survey::characters::strip;

/// The digits of a digest.
const DIGITS: usize = 64;

/// 32 bytes, mostly a SHA-256; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Gives the SHA-256 of the parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        Self(hash.finalize().into())
    }

    /// Reads 64 lower-case hexadecimal digits; `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    /// Gives the first 32 bits, in two groups of four digits, for people to compare.
    pub fn short(&self) -> String {
        let hex = self.to_string();
        format!("{}-{}", &hex[..4], &hex[4..8])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HEXLOWER.encode_mut_str(&self.0, &mut [0; DIGITS]))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(HEXLOWER.encode_mut_str(&self.0, &mut [0; DIGITS]))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| de::Error::custom("expected 64 lower-case hexadecimal digits"))
    }
}

/// Gives bytes in lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Reads a fixed number of bytes from lower-case hexadecimal; `None` for anything else.
pub fn from_hex<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    let (mut bytes, digits) = ([0; LENGTH], text.as_bytes());
    let is_read = digits.len() == 2 * LENGTH && HEXLOWER.decode_mut(digits, &mut bytes).is_ok();
    is_read.then_some(bytes)
}

/// Gives bytes in base64 with padding.
pub fn to_base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Reads base64 with padding; `None` for anything else.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.as_bytes()).ok()
}

/// Gives a text of somebody else's as it may be shown: the start of it, without what drives a terminal.
pub(super) fn shown(text: &str) -> String {
    strip(text).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_what_it_writes_and_nothing_else() {
        let digest = Digest::of(&[b"a", b"bc"]);
        assert_eq!(digest, Digest::of(&[b"abc"]));
        assert_eq!(Digest::from_hex(&digest.to_string()), Some(digest));
        for wrong in ["", "00", &digest.to_string().to_uppercase(), &format!("{digest}0")] {
            assert_eq!(Digest::from_hex(wrong), None, "{wrong}");
        }
        assert_eq!(digest.short(), "ba78-16bf");
    }
}
