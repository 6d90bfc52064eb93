//! Submissions as bytes: each has one form, and one byte changed is one byte too many.

use std::sync::LazyLock;

use dxpulse::anonymous::frame::{MOST, SIZES};
use dxpulse::anonymous::names::WaveId;
use dxpulse::anonymous::token::{Challenge, IssuerKey, Key, LENGTH, SystemChance};
use dxpulse::anonymous::{Digest, Frame, Part, SigningKey, Token};
use proptest::prelude::*;

const WAVE: WaveId = WaveId(Digest([7; 32]));

/// What a wave's submissions are checked with, and a token of its own.
struct Stage {
    key: Key,
    challenge: Challenge,
    owner: SigningKey,
    token: Token,
}

static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let issuer = IssuerKey::generate(&mut SystemChance).unwrap();
    let (key, owner) = (issuer.public().unwrap(), SigningKey::from_seed(&[1; 32]));
    let challenge = Challenge::new("https://pulse.example.com", WAVE.0, Part::Scores);
    let blinding = key.blind(challenge, &owner.public(), &mut SystemChance).unwrap();
    let token = key.finalize(&blinding, &issuer.sign(&key, &key.request(&blinding.blinded)).unwrap()).unwrap();
    Stage { key, challenge, owner, token }
});

/// Gives the submission that a body is, as a collector finds it.
fn received(body: &[u8]) -> Option<Frame> {
    let frame = Frame::from_bytes(body).ok()?;
    frame.check(WAVE).ok()?;
    STAGE.key.verify(&frame.token, STAGE.challenge).ok()?;
    Some(frame)
}

fn frame(version: u32, payload: Vec<u8>) -> Option<Frame> {
    Frame::new(WAVE, STAGE.token.clone(), &STAGE.owner, (version, payload))
}

/// Makes payloads of every length that a body takes, the ends of its sizes more often.
fn payloads() -> impl Strategy<Value = Vec<u8>> {
    let head = SIZES[2] - MOST;
    let ends = SIZES.map(|size| size - head).into_iter().flat_map(|most| [most - 1, most, most + 1]).chain([0, 1]);
    let length = prop_oneof![0..=MOST, proptest::sample::select(ends.filter(|length| *length <= MOST).collect::<Vec<_>>())];
    (length, any::<u8>()).prop_map(|(length, byte)| vec![byte; length])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_body_reads_back_as_what_it_was_made_of(version in 1..=u32::MAX, payload in payloads()) {
        let frame = frame(version, payload.clone()).unwrap();
        let body = frame.to_bytes();
        prop_assert!(SIZES.contains(&body.len()));
        let smaller = SIZES.into_iter().filter(|size| *size < body.len()).max().unwrap_or(0);
        prop_assert!(payload.len() + (SIZES[2] - MOST) > smaller, "a smaller body would do");
        prop_assert_eq!(Frame::from_bytes(&body), Ok(frame.clone()));
        prop_assert_eq!(received(&body), Some(frame));
    }

    #[test]
    fn one_byte_changed_is_refused_somewhere(payload in payloads(), at in any::<prop::sample::Index>(), by in 1..=u8::MAX) {
        let mut body = frame(3, payload).unwrap().to_bytes();
        let at = at.index(body.len());
        body[at] ^= by;
        prop_assert_eq!(received(&body), None, "byte {} changed by {}", at, by);
    }

    #[test]
    fn bytes_cut_off_or_added_are_refused(payload in payloads(), length in 0..20_000_usize) {
        let body = frame(3, payload).unwrap().to_bytes();
        prop_assume!(length != body.len());
        let mut other = body;
        other.resize(length, 0);
        prop_assert_eq!(received(&other), None);
    }
}

#[test]
fn every_byte_before_the_payload_counts() {
    let body = frame(3, b"{}".to_vec()).unwrap().to_bytes();
    for at in 0..LENGTH + 104 + 8 {
        let mut changed = body.clone();
        changed[at] ^= 1;
        assert_eq!(received(&changed), None, "byte {at}");
    }
    assert!(received(&body).is_some());
}

#[test]
fn nobody_but_the_owner_changes_a_submission() {
    let thief = SigningKey::from_seed(&[2; 32]);
    assert_eq!(Frame::new(WAVE, STAGE.token.clone(), &thief, (2, Vec::new())), None, "a token of another key");
    let mut stolen = frame(1, b"{}".to_vec()).unwrap();
    stolen.owner = *thief.public().bytes();
    assert_eq!(received(&stolen.to_bytes()), None);
    let elsewhere = Frame::new(WaveId(Digest([8; 32])), STAGE.token.clone(), &STAGE.owner, (1, Vec::new())).unwrap();
    assert_eq!(received(&elsewhere.to_bytes()), None, "signed for another wave");
    assert_eq!(frame(0, Vec::new()), None, "versions begin with 1");
    assert_eq!(frame(1, vec![0; MOST + 1]), None, "too long for the largest body");
}
