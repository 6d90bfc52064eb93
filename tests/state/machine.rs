//! Machines for these tests: a home, the program run in it, and what a collector would have given it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use dxpulse::anonymous::classes::{Class, Values};
use dxpulse::anonymous::manifest::{FORMAT, Keys, Manifest, key_text};
use dxpulse::anonymous::token::{IssuerKey, SystemChance};
use dxpulse::anonymous::{Bundle, Part, SigningKey, Wave};
use dxpulse::developer::catalog::BUNDLED;
use dxpulse::developer::store::{Enrolment, KnownWave, Store};
use dxpulse::response::{Draft, Missing, Reply};
use dxpulse::survey::Survey;
use dxpulse::survey::parse::parse;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::Home;

/// Nothing listens there: what these tests are about needs no collector.
pub(crate) const COLLECTOR: &str = "http://127.0.0.1:9";

pub(crate) const PASSPHRASE: &str = "four words are enough";

const SOURCE: &str = r#"
id = "pulse"
title = "Pulse"

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

/// A machine with a home of its own.
pub(crate) struct Machine {
    pub(crate) home: Home,
    /// Where files that go from one machine to another lie.
    pub(crate) desk: PathBuf,
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Gives a bundled survey with its text.
pub(crate) fn bundled(id: &str) -> (Survey, &'static str) {
    let source = BUNDLED.iter().find(|(known, _)| *known == id).unwrap().1;
    (parse(source).unwrap(), source)
}

/// Makes a desk with the passphrase on it.
pub(crate) fn desk() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    desk
}

impl Machine {
    pub(crate) fn new(desk: &Path) -> Self {
        Self { home: Home::new(), desk: desk.to_owned() }
    }

    /// A machine that has joined a collector, whose wave is open, and has its tokens.
    pub(crate) fn joined(desk: &Path) -> Self {
        let machine = Self::new(desk);
        join(&mut machine.store(), &"ab".repeat(32));
        machine
    }

    /// The same with an answer to the collector's survey on its way, answers that stay, a draft and a declined survey.
    pub(crate) fn filled(desk: &Path) -> Self {
        let machine = Self::joined(desk);
        machine.answer("pulse", r#"{ "nps": 3, "why": "the builds are slow" }"#);
        machine.answer("golden-path", "{}");
        let mut store = machine.store();
        let (survey, _) = bundled("platform-pulse");
        let mut draft = Draft::start(&survey, Utc::now());
        let first = survey.asked().next().unwrap().id.clone();
        draft.replies.insert(first, Reply::Missing(Missing::Skipped));
        store.save_draft(&survey, &draft, Utc::now()).unwrap();
        store.decline(&bundled("time-saved").0, None, Utc::now()).unwrap();
        machine
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.data()).unwrap()
    }

    /// Runs the program without a terminal; paths of the home and the desk are written HOME and DESK.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.home.command().args(arguments).stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).replace(self.home.path().to_str().unwrap(), "HOME");
            text.replace(self.desk.to_str().unwrap(), "DESK")
        };
        Outcome { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs a command that must succeed, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.err);
        outcome.out
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.succeed(arguments)).unwrap()
    }

    pub(crate) fn answer(&self, survey: &str, answers: &str) {
        let output = self.home.run_with(["take", survey, "--again", "--discard-draft", "--answers", "-"], answers);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.desk.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn export(&self, name: &str) -> Outcome {
        self.run(&["export", "--state", &self.file(name), "--passphrase-file", &self.file("passphrase")])
    }

    pub(crate) fn import(&self, name: &str) -> Outcome {
        self.run(&["import", "--state", &self.file(name), "--passphrase-file", &self.file("passphrase")])
    }

    /// Gives the states in the outbox.
    pub(crate) fn states(&self) -> Vec<String> {
        let outbox = self.json(&["outbox", "--json"]);
        outbox.as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap().to_owned()).collect()
    }

    /// Gives all that can be seen of what is kept.
    pub(crate) fn everything(&self) -> String {
        let shown = [
            &["outbox", "--json"][..],
            &["history", "--json"],
            &["export", "--format", "json"],
            &["payload"],
            &["list", "--json"],
        ];
        shown.map(|arguments| self.run(arguments).out).join("\n")
    }
}

/// Gives the keys of the collector's wave: for scores, and for comments.
pub(crate) fn issuers() -> &'static [IssuerKey; 2] {
    static ISSUERS: OnceLock<[IssuerKey; 2]> = OnceLock::new();
    ISSUERS.get_or_init(|| [(); 2].map(|()| IssuerKey::generate(&mut SystemChance).unwrap()))
}

/// Gives the wave that the collector published: open since yesterday, the same for every machine.
pub(crate) fn published() -> &'static (Wave, Bundle) {
    static PUBLISHED: OnceLock<(Wave, Bundle)> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let publisher = SigningKey::from_seed(&[1; 32]);
        let bundle = Bundle::prepare(&manifest(Utc::now())).unwrap().signed_by(&publisher);
        (bundle.open(&[publisher.public()]).unwrap(), bundle)
    })
}

fn manifest(now: DateTime<Utc>) -> Manifest {
    let [scores, comments] = issuers().each_ref().map(|key| key_text(&key.public().unwrap()));
    Manifest {
        format: FORMAT.to_owned(),
        collector: COLLECTOR.to_owned(),
        receipt_key: SigningKey::from_seed(&[7; 32]).public(),
        survey: "pulse".to_owned(),
        wave: "first".to_owned(),
        sequence: 1,
        issue_opens: now - TimeDelta::days(3),
        opens: now - TimeDelta::days(1),
        closes: now + TimeDelta::days(10),
        invited: 12,
        classes: vec![Class { nodes: Values::new(), invited: 12 }],
        languages: std::collections::BTreeMap::new(),
        keys: Keys { scores, comments },
        relay: None,
        source: SOURCE.to_owned(),
    }
}

/// Keeps what joining and fetching would have brought.
pub(crate) fn join(store: &mut Store, credential: &str) {
    let (wave, bundle) = published();
    let later = Utc::now() + TimeDelta::hours(20);
    let enrolment = Enrolment {
        collector: COLLECTOR.to_owned(),
        publishers: vec![SigningKey::from_seed(&[1; 32]).public()],
        credential: credential.to_owned(),
        invitation: None,
        former: None,
        taken: None,
        segments: Values::new(),
        refresh_at: later,
        is_shown: true,
        moved: None,
    };
    store.keep_enrolment(&enrolment).unwrap();
    let known =
        KnownWave { collector: COLLECTOR.to_owned(), wave: wave.clone(), bundle: bundle.clone(), moved: None, is_closed: false };
    store.keep_wave(&known, [later; 2]).unwrap();
    for mut held in store.tokens().unwrap() {
        let (part, owner) = (held.part(), SigningKey::from_seed(&[if held.part() == Part::Scores { 3 } else { 4 }; 32]));
        let key = wave.key(part);
        let blinding = key.blind(wave.challenge(part), &owner.public(), &mut SystemChance).unwrap();
        held.asked_with(&owner, &blinding);
        let answer = issuers()[part as usize].sign(key, &key.request(&blinding.blinded)).unwrap();
        held.issued(&key.finalize(&blinding, &answer).unwrap(), false);
        store.keep_token(&held).unwrap();
    }
}
