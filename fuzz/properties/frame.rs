//! Any bytes are a submission, a request, an answer or a key in their one form, or they are refused; what was changed never passes.

use dxpulse::anonymous::token::{Key, MODULUS, REQUEST};
use dxpulse::anonymous::{Frame, Token};

use super::wave::{Stage, stage};

/// Checks bytes as they are, and as a length, a version and changes of a sound submission: a place in two bytes, what becomes of it.
pub(crate) fn check(input: &[u8]) {
    let stage = stage();
    check_body(stage, input);
    check_token_bytes(stage, input);
    let [high, low, version, changes @ ..] = input else { return };
    let payload = vec![b'x'; usize::from(u16::from_be_bytes([*high, *low])) % 17_000];
    let made = Frame::new(stage.wave, stage.token.clone(), &stage.owner, (u32::from(*version), payload.clone()));
    let Some(frame) = made else {
        return assert!(*version == 0 || payload.len() > dxpulse::anonymous::frame::MOST);
    };
    let sound = frame.to_bytes();
    assert_eq!(received(stage, &sound), Some(frame));
    let mut changed = sound.clone();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % changed.len();
        changed[at] = change[2];
    }
    check_body(stage, &changed);
    assert_eq!(received(stage, &changed).is_some(), changed == sound, "a changed submission is taken");
    let mut spki = stage.key.spki().to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(change[1]) % spki.len();
        spki[at] ^= change[2];
    }
    check_key(&spki);
}

fn check_body(stage: &Stage, body: &[u8]) {
    let Ok(frame) = Frame::from_bytes(body) else { return };
    assert_eq!(frame.to_bytes(), body, "a submission has one form");
    assert!(frame.version > 0);
    assert_eq!(frame.is_withdrawal(), frame.payload.is_empty());
    let _ = (frame.check(stage.wave), stage.key.verify(&frame.token, stage.challenge));
}

fn check_token_bytes(stage: &Stage, input: &[u8]) {
    check_key(input);
    if let Some(token) = Token::from_bytes(input) {
        assert_eq!(stage.key.verify(&token, stage.challenge).is_ok(), token == stage.token);
    }
    match input.len() {
        // What signs is another's, or one's own blinded again: neither makes a token out of this request.
        MODULUS => assert!(stage.key.finalize(&stage.blinding, input).is_err()),
        REQUEST => _ = stage.issuer.sign(&stage.key, input),
        _ => {}
    }
}

fn check_key(spki: &[u8]) {
    if let Ok(key) = Key::from_spki(spki) {
        assert_eq!(key.spki(), spki, "a key has one form");
    }
}

/// Gives the submission that a body is, as a collector finds it.
fn received(stage: &Stage, body: &[u8]) -> Option<Frame> {
    let frame = Frame::from_bytes(body).ok()?;
    frame.check(stage.wave).ok()?;
    stage.key.verify(&frame.token, stage.challenge).ok()?;
    Some(frame)
}
