//! What only the holder of a token may do, and what an invitation is good for: one response.

use std::collections::BTreeSet;
use std::thread;

use chrono::{DateTime, Utc};
use dxpulse::anonymous::encoding::Digest;
use dxpulse::anonymous::signing::Purpose;
use dxpulse::anonymous::token::{Blinding, SystemChance};
use dxpulse::anonymous::{Frame, Part, SigningKey, Token, Wave};
use dxpulse::developer::store::Store;

use crate::support::exchange::{Collector, Developer};

/// How many requests one invitation is used for at once.
const AT_ONCE: usize = 50;

fn put(collector: &Collector, wave: &Wave, frame: &Frame) -> (u16, Vec<u8>) {
    let path = format!("PUT /v1/waves/{}/responses/{} HTTP/1.1", wave.id.0, frame.nullifier());
    collector.sent(&format!("{path}\r\ncontent-type: application/octet-stream"), &frame.to_bytes())
}

/// What somebody has on their machine: the wave, the token of the scores with its key, the payload that was sealed, the credential.
fn kept(developer: &Developer) -> (Wave, Token, SigningKey, Vec<u8>, String) {
    let store = Store::open(&developer.data()).expect("the store can be opened");
    let known = store.waves(DateTime::<Utc>::MIN_UTC).expect("waves can be read").remove(0);
    let held = store.tokens().expect("tokens can be read").into_iter().find(|held| held.part() == Part::Scores);
    let (token, owner) = held.and_then(|held| held.token()).expect("there is a token");
    let sealed = store.outbox().expect("the outbox can be read").into_iter().find(|sealed| sealed.part() == Part::Scores);
    let payload = sealed.map(|sealed| sealed.payload().to_vec()).unwrap_or_default();
    let credential = store.enrolments().expect("enrolments can be read").remove(0).credential;
    (known.wave, token, owner, payload, credential)
}

#[test]
fn nobody_but_the_owner_of_the_token_changes_or_takes_back_an_answer() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    let before = collector.rows();
    let (wave, token, owner, payload, _) = kept(&developer);
    let other = SigningKey::from_seed(&[9; 32]);
    let stranger = Developer::joined(&collector);
    let (_, foreign, ..) = kept(&stranger);
    for payload in [payload.clone(), Vec::new()] {
        let own = Frame::new(wave.id, token.clone(), &owner, (2, payload)).expect("it is short enough");
        let swapped = Frame { owner: *other.public().bytes(), ..own.clone() };
        assert_eq!(put(&collector, &wave, &swapped).0, 403, "a key that the token doesn't belong to");
        let theirs = Frame { signature: other.sign(Purpose::Submission, b"anything"), ..own.clone() };
        assert_eq!(put(&collector, &wave, &theirs).0, 403, "a signature of another key");
        let moved = Frame { token: foreign.clone(), ..own };
        assert_eq!(put(&collector, &wave, &moved).0, 403, "a token of somebody else");
    }
    assert_eq!(collector.rows(), before);
    let own = Frame::new(wave.id, token, &owner, (2, payload)).expect("it is short enough");
    assert_eq!(put(&collector, &wave, &own).0, 200, "the owner may");
}

#[test]
fn a_version_is_taken_once_and_again_only_as_the_same() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    let (wave, token, owner, payload, _) = kept(&developer);
    let frame = |version, payload: &[u8]| Frame::new(wave.id, token.clone(), &owner, (version, payload.to_vec())).expect("short");
    let other = String::from_utf8_lossy(&payload).replace(r#""nps":9"#, r#""nps":1"#).into_bytes();
    let (first, second) = (put(&collector, &wave, &frame(1, &payload)), put(&collector, &wave, &frame(1, &payload)));
    assert_eq!((first.0, &first.1), (200, &second.1), "the same again gets the same receipt");
    assert_eq!(put(&collector, &wave, &frame(1, &other)).0, 409, "another of the same version");
    assert_eq!(put(&collector, &wave, &frame(2, &other)).0, 200);
    assert_eq!(put(&collector, &wave, &frame(1, &payload)).0, 409, "an older version");
    let scores = collector.rows().into_iter().find(|row| row.part == "scores").expect("it is stored");
    assert_eq!((scores.version, scores.payload), (2, other));
}

#[test]
fn an_invitation_is_good_for_one_response_however_many_ask_at_once() {
    let collector = Collector::open();
    let developer = Developer::new();
    developer.run(["enroll", &collector.invitation()]);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let (wave, _, _, payload, credential) = kept(&developer);
    let credential = fresh_credential(&collector).unwrap_or(credential);
    let key = wave.key(Part::Scores);
    let asked: Vec<(SigningKey, Blinding)> = (0..AT_ONCE)
        .map(|number| {
            let owner = SigningKey::from_seed(&Digest::of(&[&number.to_be_bytes()]).0);
            let blinding =
                key.blind(wave.challenge(Part::Scores), &owner.public(), &mut SystemChance).expect("it can be blinded");
            (owner, blinding)
        })
        .collect();
    let head = format!(
        "POST /v1/waves/{}/tokens/scores HTTP/1.1\r\nauthorization: Bearer {credential}\r\ncontent-type: application/private-token-request",
        wave.id.0
    );
    let replies: Vec<(u16, Vec<u8>)> = at_once(&asked, |(_, blinding)| collector.sent(&head, &key.request(&blinding.blinded)));
    let issued: Vec<usize> = (0..AT_ONCE).filter(|at| replies[*at].0 == 200).collect();
    assert_eq!(issued.len(), 1, "one token is issued");
    assert!(replies.iter().all(|(status, _)| [200, 409].contains(status)));
    let (owner, blinding) = &asked[issued[0]];
    let token = key.finalize(blinding, &replies[issued[0]].1).expect("the token verifies");
    let frames: Vec<Frame> = (0..AT_ONCE)
        .map(|number| {
            let payload = String::from_utf8_lossy(&payload).replace(r#""nps":9"#, &format!(r#""nps":{}"#, number % 11));
            Frame::new(wave.id, token.clone(), owner, (1, payload.into_bytes())).expect("it is short enough")
        })
        .collect();
    let statuses: Vec<u16> = at_once(&frames, |frame| put(&collector, &wave, frame).0);
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 201, 409].contains(status)), "{statuses:?}");
    assert_eq!(collector.rows().len(), 1, "exactly one is counted");
}

/// Enrols somebody by hand, so that no token was issued to them yet.
fn fresh_credential(collector: &Collector) -> Option<String> {
    let (credential, link) = (Digest([7; 32]), collector.invitation());
    let code = link.split_once("/join#")?.1.split('.').next()?.to_owned();
    let body = format!(r#"{{"code": "{code}", "credential_hash": "{}"}}"#, Digest::of(&[&credential.0]));
    let (status, _) = collector.sent("POST /v1/enrolments HTTP/1.1\r\ncontent-type: application/json", body.as_bytes());
    (status == 200).then(|| credential.to_string())
}

/// Does the same with each of them at the same time.
fn at_once<T: Sync, R: Send>(all: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let run = &run;
    thread::scope(|scope| {
        let running: Vec<_> = all.iter().map(|one| scope.spawn(move || run(one))).collect();
        running.into_iter().map(|running| running.join().expect("it doesn't panic")).collect()
    })
}

#[test]
fn an_invitation_is_redeemed_once_and_by_the_first_alone() {
    let collector = Collector::open();
    let link = collector.invitation();
    let developers: Vec<Developer> = (0..8).map(|_| Developer::new()).collect();
    let outputs = at_once(&developers, |developer| developer.run(["enroll", &link]).status.success());
    assert_eq!(outputs.iter().filter(|joined| **joined).count(), 1, "{outputs:?}");
    let credentials: BTreeSet<bool> = outputs.into_iter().collect();
    assert_eq!(credentials.len(), 2, "the others are refused");
}
