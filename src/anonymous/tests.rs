//! The whole way of an answer across the network, without one: prepared, signed, issued, sent, receipted, listed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::classes::{Class, Values};
use super::encoding::Digest;
use super::ledger::{Closing, Counts, Ledger};
use super::manifest::{Bundle, FORMAT, Keys, Manifest, ManifestError, Wave, is_safe, key_text};
use super::submission::{self, Sender, Submission};
use super::token::{IssuerKey, SystemChance};
use super::{Frame, Receipt, SigningKey};
use crate::response::{Draft, Response, json as shape};

const SOURCE: &str = r#"
id = "pulse"
title = "Pulse"

[privacy]
segments = ["tenure"]

[[segment]]
id = "tenure"
values = [{ code = "new", label = "Under a year" }, { code = "old", label = "Longer" }]

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"

[[question]]
id = "why"
type = "text"
text = "Why?"

[[question]]
id = "tool"
type = "single"
text = "Which tool do you use most?"
choices = [{ code = "ci", label = "CI" }, { code = "else", label = "Another", other = true }]
"#;

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::hours(hours)
}

struct Published {
    wave: Wave,
    issuers: [IssuerKey; 2],
}

fn manifest(issuers: &[IssuerKey; 2]) -> Manifest {
    let class = |value: &str| Class { nodes: Values::from([("tenure".to_owned(), value.to_owned())]), invited: 10 };
    Manifest {
        format: FORMAT.to_owned(),
        collector: "https://pulse.example.com".to_owned(),
        receipt_key: SigningKey::from_seed(&[7; 32]).public(),
        survey: "pulse".to_owned(),
        wave: "2027-Q1".to_owned(),
        sequence: 1,
        issue_opens: at(0),
        opens: at(24),
        closes: at(240),
        invited: 20,
        classes: vec![class("new"), class("old")],
        languages: std::collections::BTreeMap::new(),
        keys: Keys { scores: key_text(&issuers[0].public().unwrap()), comments: key_text(&issuers[1].public().unwrap()) },
        relay: None,
        source: SOURCE.to_owned(),
    }
}

fn publish() -> Published {
    let issuers = [(); 2].map(|()| IssuerKey::generate(&mut SystemChance).unwrap());
    let publisher = SigningKey::from_seed(&[1; 32]);
    let bundle = Bundle::prepare(&manifest(&issuers)).unwrap().signed_by(&publisher);
    let wave = bundle.open(&[publisher.public()]).unwrap();
    Published { wave, issuers }
}

fn response(wave: &Wave) -> Response {
    let answers = json!({ "nps": 3, "why": "builds are slow", "tool": { "other": "make" } });
    let (replies, _) = shape::from_objects(&wave.survey, answers.as_object().unwrap(), &serde_json::Map::new());
    let draft = Draft { replies, ..Draft::start(&wave.survey, at(25)) };
    Response::finish(&wave.survey, &draft, "id".to_owned(), at(25)).unwrap()
}

#[test]
fn an_answer_is_sent_once_with_a_token_and_proved_by_receipt_and_ledger() {
    let Published { wave, issuers } = publish();
    let segments = Values::from([("tenure".to_owned(), "new".to_owned())]);
    let sender = Sender { segments: &segments, seconds: 40, salts: [[1; 32], [2; 32]] };
    let submissions = Submission::of(&wave, &response(&wave), &sender).unwrap();
    let collector = SigningKey::from_seed(&[7; 32]);
    let mut entries = Vec::new();
    for (submission, issuer) in submissions.iter().zip(&issuers) {
        let part = submission.part();
        let (key, owner) = (wave.key(part), SigningKey::from_seed(&[9 + part as u8; 32]));
        let blinding = key.blind(wave.challenge(part), &owner.public(), &mut SystemChance).unwrap();
        let answer = issuer.sign(key, &key.request(&blinding.blinded)).unwrap();
        let token = key.finalize(&blinding, &answer).unwrap();
        let frame = Frame::new(wave.id, token, &owner, (1, submission.payload().to_vec())).unwrap();
        let body = frame.to_bytes();
        let received = Frame::from_bytes(&body).unwrap();
        assert_eq!((body.len(), &received), (4096, &frame));
        received.check(wave.id).unwrap();
        key.verify(&received.token, wave.challenge(part)).unwrap();
        submission::read(&wave, part, &received.payload).unwrap();
        let stored = (received.version, received.payload_hash());
        assert!(Receipt::sign(wave.id, received.nullifier(), stored, &collector).covers(wave.id, &frame, &collector.public()));
        entries.push((received.nullifier(), received.payload_hash()));
    }
    let (first, list) = (entries[0], Ledger::new(entries).to_bytes());
    let counts = Counts { scores: 1, comments: 1 };
    let closing = Closing::sign(wave.id, 20, (counts, counts), &list, &collector);
    let ledger = closing.check(wave.id, &list, &wave.manifest.receipt_key).unwrap();
    assert_eq!(ledger.find(first.0), Some(first.1));
}

#[test]
fn scores_hold_the_class_and_no_words_and_comments_hold_words_alone() {
    let Published { wave, .. } = publish();
    let segments = Values::from([("tenure".to_owned(), "new".to_owned())]);
    let sender = Sender { segments: &segments, seconds: 40, salts: [[1; 32], [2; 32]] };
    let submissions = Submission::of(&wave, &response(&wave), &sender).unwrap();
    let payload = |at: usize| serde_json::from_slice::<serde_json::Value>(submissions[at].payload()).unwrap();
    let (scores, comments) = (payload(0), payload(1));
    assert_eq!(scores["answers"], json!({ "nps": 3, "tool": "else" }));
    assert_eq!((&scores["class"], &scores["duration"]), (&json!({ "tenure": "new" }), &json!("30 s to 1 min")));
    assert_eq!(comments["comments"], json!({ "why": "builds are slow", "tool.other": "make" }));
    assert_eq!((scores.get("language"), comments.get("class")), (None, None));
    assert_eq!(submission::comments_length(&wave.survey, &response(&wave).replies), submissions[1].payload().len());
}

#[test]
fn a_bundle_is_refused_for_whatever_does_not_hold() {
    let issuers = [(); 2].map(|()| IssuerKey::generate(&mut SystemChance).unwrap());
    let (publisher, stranger) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
    let open = |change: fn(&mut Manifest), key: &SigningKey| {
        let mut manifest = manifest(&issuers);
        change(&mut manifest);
        Bundle::prepare(&manifest).unwrap().signed_by(key).open(&[publisher.public()]).map(|_| ())
    };
    assert_eq!(open(|_| {}, &publisher), Ok(()));
    assert_eq!(open(|_| {}, &stranger), Err(ManifestError::Stranger(stranger.public())));
    assert_eq!(open(|it| it.opens = at(300), &publisher), Err(ManifestError::Windows));
    assert_eq!(open(|it| it.keys.scores = it.keys.comments.clone(), &publisher), Err(ManifestError::SameKeys));
    assert!(matches!(open(|it| it.collector = "http://pulse.example.com".into(), &publisher), Err(ManifestError::Address(_))));
    let shrink: fn(&mut Manifest) = |it| (it.classes[0].invited, it.invited) = (9, 19);
    assert!(matches!(open(shrink, &publisher), Err(ManifestError::SmallClass { invited: 9, .. })));
    assert!(matches!(open(|it| it.invited = 21, &publisher), Err(ManifestError::Classes { .. })));
    assert!(matches!(open(|it| it.survey = "other".into(), &publisher), Err(ManifestError::OtherSurvey(_))));
    let prepared = Bundle::prepare(&manifest(&issuers)).unwrap();
    assert_eq!(prepared.open(&[publisher.public()]), Err(ManifestError::Unsigned));
    let mut changed = prepared.signed_by(&publisher);
    changed.manifest.push(' ');
    assert_eq!(changed.open(&[publisher.public()]), Err(ManifestError::Signature));
}

#[test]
fn answers_go_to_tls_or_to_this_machine_alone() {
    for safe in ["https://pulse.example.com", "https://pulse.example.com:8443/x", "http://127.0.0.1:80", "http://[::1]:8080"] {
        assert!(is_safe(safe), "{safe}");
    }
    for unsafe_url in ["http://pulse.example.com", "http://127.0.0.1.example.com", "https://", "ftp://x", "http://a@127.0.0.1"] {
        assert!(!is_safe(unsafe_url), "{unsafe_url}");
    }
    assert_eq!(Digest::of(&[]).short(), "e3b0-c442");
}
