//! A wave of a collector in a developer's store, accepted as if it had just been fetched; nobody listens at its address.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{TimeDelta, Utc};
use dxpulse::anonymous::classes::Values;
use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::manifest::{FORMAT, Keys, key_text};
use dxpulse::anonymous::token::{IssuerKey, SystemChance};
use dxpulse::anonymous::{Bundle, Class, Manifest, SigningKey};
use dxpulse::developer::store::{Enrolment, KnownWave, Store};
use dxpulse::survey::parse::parse;

/// The collector's address: port 9 takes nothing.
pub(crate) const COLLECTOR: &str = "http://127.0.0.1:9";

/// Publishes a survey to the store in a folder of data.
pub(crate) fn publish(data: &Path, source: &str) {
    let key = || key_text(&IssuerKey::generate(&mut SystemChance).expect("a key can be made").public().expect("of two halves"));
    let (publisher, now) = (SigningKey::from_seed(&[1; 32]), Utc::now());
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        collector: COLLECTOR.to_owned(),
        receipt_key: SigningKey::from_seed(&[2; 32]).public(),
        survey: parse(source).expect("the survey is sound").id.to_string(),
        wave: "w1".to_owned(),
        sequence: 1,
        issue_opens: now - TimeDelta::days(9),
        opens: now - TimeDelta::days(2),
        closes: now + TimeDelta::days(9),
        invited: 20,
        classes: vec![Class { nodes: Values::new(), invited: 20 }],
        languages: BTreeMap::new(),
        keys: Keys { scores: key(), comments: key() },
        relay: None,
        source: source.to_owned(),
    };
    let bundle = Bundle::prepare(&manifest).expect("the manifest can be written").signed_by(&publisher);
    let wave = bundle.open(&[publisher.public()]).expect("the bundle holds");
    let enrolment = Enrolment {
        collector: COLLECTOR.to_owned(),
        publishers: vec![publisher.public()],
        credential: to_hex(&[3; 32]),
        invitation: None,
        former: None,
        taken: None,
        segments: Values::new(),
        refresh_at: now + TimeDelta::hours(20),
        is_shown: true,
        moved: None,
    };
    let mut store = Store::open(data).expect("a store can be made");
    store.keep_enrolment(&enrolment).expect("kept");
    let known = KnownWave { collector: COLLECTOR.to_owned(), wave, bundle, moved: None, is_closed: false };
    store.keep_wave(&known, [now + TimeDelta::days(1); 2]).expect("kept");
}
