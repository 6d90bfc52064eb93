//! The whole way of an answer across the network, without one: prepared, signed, issued, sent, receipted, listed.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::classes::{Class, Values};
use super::ledger::{Closing, Counts, Ledger};
use super::manifest::{Bundle, FORMAT, Keys, Manifest, ManifestError, Relay, Wave, key_text};
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

pub(super) fn at(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::hours(hours)
}

struct Published {
    wave: Wave,
    issuers: [IssuerKey; 2],
}

/// Gives the keys of a wave; making them takes longer than all the rest.
fn issuers() -> [IssuerKey; 2] {
    static ISSUERS: LazyLock<[IssuerKey; 2]> =
        LazyLock::new(|| [(); 2].map(|()| IssuerKey::generate(&mut SystemChance).unwrap()));
    ISSUERS.clone()
}

/// Gives a published wave of a survey, with its classes and languages.
pub(super) fn wave(source: &str, classes: Vec<Class>, languages: &[(&str, u32)]) -> Wave {
    let issuers = issuers();
    let invited = classes.iter().map(|class| class.invited).sum();
    let languages = languages.iter().map(|(language, readers)| ((*language).to_owned(), *readers)).collect();
    let manifest = Manifest { source: source.to_owned(), classes, invited, languages, ..manifest(&issuers) };
    Bundle::prepare(&manifest).unwrap().review().unwrap()
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
    let issuers = issuers();
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
        submission::check(&wave, part, &received.payload).unwrap();
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

/// Gives how a manifest is taken that differs from a sound one.
fn reviewed(change: impl FnOnce(&mut Manifest)) -> Result<(), ManifestError> {
    let mut manifest = manifest(&issuers());
    change(&mut manifest);
    Bundle::prepare(&manifest).unwrap().review().map(|_| ())
}

#[test]
fn a_bundle_is_taken_from_a_trusted_publisher_alone() {
    let (publisher, stranger) = (SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32]));
    let prepared = Bundle::prepare(&manifest(&issuers())).unwrap();
    let open = |bundle: &Bundle| bundle.open(&[publisher.public()]).map(|_| ());
    assert_eq!(open(&prepared), Err(ManifestError::Unsigned));
    assert_eq!(open(&prepared.clone().signed_by(&publisher)), Ok(()));
    assert_eq!(open(&prepared.clone().signed_by(&stranger)), Err(ManifestError::Stranger(Box::new(stranger.public()))));
    let mut taken_over = prepared.clone().signed_by(&stranger);
    taken_over.publisher = Some(publisher.public());
    assert_eq!(open(&taken_over), Err(ManifestError::Signature));
    let mut changed = prepared.signed_by(&publisher);
    changed.manifest.push(' ');
    assert_eq!(open(&changed), Err(ManifestError::Signature));
}

#[test]
fn a_manifest_is_refused_for_windows_names_keys_and_addresses_that_do_not_hold() {
    assert_eq!(reviewed(|_| {}), Ok(()));
    assert_eq!(reviewed(|it| it.opens = at(300)), Err(ManifestError::Windows));
    assert_eq!(reviewed(|it| it.issue_opens = at(25)), Err(ManifestError::Windows));
    assert_eq!(reviewed(|it| it.survey = "other".into()), Err(ManifestError::OtherSurvey("other".into())));
    for name in ["", "../2027-Q1", "2027 Q1", "2027-Q1\u{1b}[31m", ".", &"q".repeat(65)] {
        assert_eq!(reviewed(|it| it.wave = name.into()), Err(ManifestError::Name), "{name}");
    }
    assert_eq!(reviewed(|it| it.keys.scores = it.keys.comments.clone()), Err(ManifestError::SameKeys));
    assert_eq!(reviewed(|it| it.keys.comments = "AAEC".into()), Err(ManifestError::Key("comments")));
    let unsafe_url = "http://pulse.example.com".to_owned();
    assert_eq!(reviewed(|it| it.collector = unsafe_url.clone()), Err(ManifestError::Address(unsafe_url)));
    let relayed = |url: &str, keys: &str| reviewed(|it| it.relay = Some(Relay { url: url.to_owned(), keys: keys.to_owned() }));
    assert_eq!(relayed("https://relay.example.com", "AAEC"), Ok(()));
    assert_eq!(relayed("https://relay.example.com", ""), Err(ManifestError::RelayKeys));
    assert_eq!(relayed("https://relay.example.com", "AAE"), Err(ManifestError::RelayKeys));
    assert!(matches!(relayed("http://relay.example.com", "AAEC"), Err(ManifestError::Address(_))));
}

#[test]
fn a_manifest_is_refused_for_classes_that_could_point_at_people() {
    let small = Err(ManifestError::SmallClass { class: "tenure=new".into(), invited: 9 });
    assert_eq!(reviewed(|it| (it.classes[0].invited, it.invited) = (9, 19)), small);
    for invited in [19, 21, 29] {
        assert_eq!(reviewed(|it| it.invited = invited), Err(ManifestError::Classes { classes: 20, invited }));
    }
    assert_eq!(reviewed(|it| it.invited = 30), Ok(()), "ten without a value hide among one another");
    assert!(matches!(reviewed(|it| it.classes[0].nodes.clear()), Err(ManifestError::Overlap(..))));
    assert!(matches!(reviewed(|it| it.classes[0] = it.classes[1].clone()), Err(ManifestError::Overlap(..))));
    let place = |segment: &'static str, value: &'static str| {
        reviewed(move |it| _ = it.classes[0].nodes.insert(segment.into(), value.into()))
    };
    assert_eq!(place("office", "berlin"), Err(ManifestError::Class("office=berlin tenure=new".into())));
    assert_eq!(place("tenure", "n\u{1b}[8mew"), Err(ManifestError::Class("tenure=n[8mew".into())));
    assert_eq!(reviewed(|it| _ = it.languages.insert("en".into(), 10)), Ok(()));
    for (language, readers) in [("en", 9), ("de", 10), ("en", 21)] {
        let refused = Err(ManifestError::Language(language.to_owned()));
        assert_eq!(reviewed(|it| _ = it.languages.insert(language.into(), readers)), refused);
    }
    let betraying = reviewed(|it| it.source.push_str("show_if = \"answered(why)\"\n"));
    assert!(matches!(betraying, Err(ManifestError::Betrayed { .. })));
}

#[test]
fn a_manifest_has_one_text() {
    let issuers = issuers();
    let text = Bundle::prepare(&manifest(&issuers)).unwrap().manifest;
    let review = |manifest: String| Bundle { manifest, publisher: None, signature: None }.review().map(|_| ());
    assert_eq!(review(text.clone()), Ok(()));
    let twice = text.replace(r#""tenure": "new""#, r#""tenure": "old", "tenure": "new""#);
    assert_ne!(twice, text);
    for other in [twice, format!(" {text}"), format!("{text}\n"), text.replace("\n  ", "\n\t")] {
        assert_eq!(review(other), Err(ManifestError::Text));
    }
    let twice = text.replace(r#""sequence": 1"#, r#""sequence": 2, "sequence": 1"#);
    assert!(matches!(review(twice), Err(ManifestError::Form(_))), "a field that stands twice");
    let later = text.replace(FORMAT, "dxpulse-wave/2").replace(r#""sequence": 1"#, r#""order": 1"#);
    assert_eq!(review(later), Err(ManifestError::Format("dxpulse-wave/2".to_owned())));
    let Err(ManifestError::Form(told)) = review(text.replace("sequence", "se\\u001b[31mquence")) else { panic!("it is read") };
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn a_language_is_told_where_it_makes_no_group_smaller() {
    let source = "id = \"pulse\"\ntitle = { en = \"Pulse\", de = \"Puls\" }\n[privacy]\nsegments = [\"tenure\"]\n\
        [[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = { en = \"Recommend?\", de = \"Empfehlen?\" }\n";
    let everyone = |invited: u32| vec![Class { nodes: Values::new(), invited }];
    let tenures = ["new", "old"].map(|value| Class { nodes: [("tenure".to_owned(), value.to_owned())].into(), invited: 20 });
    let cases = [
        (everyone(40), &[("en", 30), ("de", 10)][..], true),
        (everyone(40), &[("en", 30)], true),
        // The nine who read none of them would be known by telling none.
        (everyone(40), &[("en", 31)], false),
        (tenures.to_vec(), &[("en", 20), ("de", 20)], true),
        (everyone(40), &[], false),
    ];
    for (classes, languages, tells) in cases {
        assert_eq!(wave(source, classes, languages).manifest.tells_language("en"), tells, "{languages:?}");
    }
}
