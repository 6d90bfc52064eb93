//! The wave that the wire formats are tried with: its bundle in fuzz/words, and a token of RFC 9578's own key.

use std::sync::LazyLock;

use dxpulse::anonymous::names::WaveId;
use dxpulse::anonymous::token::{Blinding, Challenge, IssuerKey, Key, SystemChance};
use dxpulse::anonymous::{Bundle, Part, PublicKey, SigningKey, Token, Wave};
use serde_json::Value;

/// Gives the bundle as it is published.
pub(crate) fn bundle() -> Bundle {
    Bundle::from_json(include_bytes!("../words/wave.json")).expect("it is a bundle")
}

/// Gives the wave in it.
pub(crate) fn wave() -> &'static Wave {
    static WAVE: LazyLock<Wave> = LazyLock::new(|| bundle().open(&[publisher()]).expect("it holds"));
    &WAVE
}

/// Gives the key of those who signed it.
pub(crate) fn publisher() -> PublicKey {
    SigningKey::from_seed(&[1; 32]).public()
}

/// Someone with a token, and whoever issued it.
pub(crate) struct Stage {
    pub(crate) wave: WaveId,
    pub(crate) issuer: IssuerKey,
    pub(crate) key: Key,
    pub(crate) challenge: Challenge,
    pub(crate) owner: SigningKey,
    pub(crate) blinding: Blinding,
    pub(crate) token: Token,
}

/// Gives the stage; it is set once.
pub(crate) fn stage() -> &'static Stage {
    static STAGE: LazyLock<Stage> = LazyLock::new(|| {
        let vectors: Value = serde_json::from_str(include_str!("../../tests/fixtures/rfc9578.json")).expect("vectors");
        let hex = vectors[0]["skS"].as_str().expect("a key").as_bytes();
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).expect("a digit");
        let pem: Vec<u8> = hex.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
        let issuer = IssuerKey::from_pem(&String::from_utf8(pem).expect("PEM")).expect("a key");
        let (key, owner) = (issuer.public().expect("its public half"), SigningKey::from_seed(&[9; 32]));
        let wave = wave().id;
        let challenge = Challenge::new("https://pulse.example.com", wave.0, Part::Scores);
        let blinding = key.blind(challenge, &owner.public(), &mut SystemChance).expect("blinded");
        let answer = issuer.sign(&key, &key.request(&blinding.blinded)).expect("signed");
        let token = key.finalize(&blinding, &answer).expect("a token");
        Stage { wave, issuer, key, challenge, owner, blinding, token }
    });
    &STAGE
}
