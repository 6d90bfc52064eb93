//! Receipts: the collector's signature under what it took. Only a receipt that verifies makes an answer "sent".

use std::fmt;

use serde::{Deserialize, Serialize};

use super::encoding::{Digest, from_hex, to_hex};
use super::frame::{Frame, Nullifier};
use super::names::WaveId;
use super::signing::{PublicKey, Purpose, SigningKey};

/// The collector's word that it stored a version of a submission.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The wave's id.
    pub wave: Digest,
    /// The nullifier it is stored under.
    pub nullifier: Digest,
    /// The version that is stored.
    pub version: u32,
    /// The SHA-256 of its payload.
    pub payload_hash: Digest,
    /// The collector's signature, in 128 hexadecimal digits.
    pub signature: String,
}

impl Receipt {
    /// Signs for what was stored.
    pub fn sign(wave: WaveId, nullifier: Nullifier, (version, payload_hash): (u32, Digest), key: &SigningKey) -> Self {
        let (wave, nullifier) = (wave.0, nullifier.0);
        let signature = key.sign(Purpose::Receipt, &signed(wave, nullifier, version, payload_hash));
        Self { wave, nullifier, version, payload_hash, signature: to_hex(&signature) }
    }

    /// Says whether it is this collector's receipt for exactly what was sent.
    pub fn covers(&self, wave: WaveId, frame: &Frame, collector: &PublicKey) -> bool {
        let (nullifier, payload_hash) = (frame.nullifier().0, frame.payload_hash());
        let is_meant =
            (self.wave, self.nullifier, self.version, self.payload_hash) == (wave.0, nullifier, frame.version, payload_hash);
        let signature = from_hex(&self.signature);
        let message = signed(wave.0, nullifier, frame.version, payload_hash);
        is_meant && signature.is_some_and(|signature| collector.verifies(Purpose::Receipt, &message, &signature))
    }
}

// A nullifier has no place in a log.
impl fmt::Debug for Receipt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Receipt of version {}", self.version)
    }
}

fn signed(wave: Digest, nullifier: Digest, version: u32, payload_hash: Digest) -> Vec<u8> {
    [&wave.0[..], &nullifier.0, &version.to_be_bytes(), &payload_hash.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymous::token::{LENGTH, Token};

    #[test]
    fn a_receipt_covers_one_version_of_one_submission_of_one_wave() {
        let (collector, owner) = (SigningKey::from_seed(&[3; 32]), SigningKey::from_seed(&[4; 32]));
        let (wave, elsewhere) = (WaveId(Digest([1; 32])), WaveId(Digest([2; 32])));
        let mut token = [0; LENGTH];
        token[2..34].copy_from_slice(&Digest::of(&[owner.public().bytes()]).0);
        let frame = |version: u32, payload: &[u8]| {
            Frame::new(wave, Token(token), &owner, (version, payload.to_vec())).expect("a submission")
        };
        let sent = frame(1, b"{}");
        let receipt = Receipt::sign(wave, sent.nullifier(), (1, sent.payload_hash()), &collector);
        assert!(receipt.covers(wave, &sent, &collector.public()));
        assert!(!receipt.covers(elsewhere, &sent, &collector.public()));
        assert!(!receipt.covers(wave, &sent, &owner.public()), "anybody's signature is none");
        assert!(!receipt.covers(wave, &frame(2, b"{}"), &collector.public()));
        assert!(!receipt.covers(wave, &frame(1, b"{ }"), &collector.public()));
        assert!(!receipt.covers(wave, &frame(1, b""), &collector.public()), "a withdrawal has a receipt of its own");
        // What a server says it took counts only as far as it signed for it.
        let later = Receipt { version: 2, ..receipt };
        assert!(!later.covers(wave, &frame(2, b"{}"), &collector.public()));
    }
}
