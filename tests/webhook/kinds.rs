//! What says who asks, what goes to a collector and what goes to a webhook share no run, and answers go one at a time.

use chrono::{TimeDelta, Utc};
use dxpulse::developer::store::Store;

use crate::developer::Developer;
use crate::endpoint::Endpoint;
use crate::support::published_wave::{COLLECTOR, publish};

const PULSE: &str = "id = \"pulse\"\ntitle = \"Pulse\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n";

fn store(developer: &Developer) -> Store {
    Store::open(&developer.home.path().join("data")).unwrap()
}

/// Lets everything be due since an hour ago.
fn make_due(developer: &Developer) {
    let (mut store, then) = (store(developer), Utc::now() - TimeDelta::hours(1));
    for mut event in store.events().unwrap() {
        event.send_at = then;
        store.keep_event(&event).unwrap();
    }
    for mut enrolment in store.enrolments().unwrap() {
        enrolment.refresh_at = then;
        store.keep_enrolment(&enrolment).unwrap();
    }
}

#[test]
fn in_the_background_one_event_is_delivered_and_the_others_wait_anew() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    publish(&developer.home.path().join("data"), PULSE);
    (0..3).for_each(|_| developer.answer());
    make_due(&developer);
    let would = developer.succeed(&["sync", "--dry-run"]);
    assert_eq!(
        ["would now: deliver", "later: deliver", "would now: look for"].map(|part| would.matches(part).count()),
        [1, 2, 0],
        "{would}"
    );
    developer.succeed(&["sync", "--background"]);
    assert_eq!(endpoint.requests().len(), 1);
    let events = store(&developer).events().unwrap();
    let waiting: Vec<_> = events.iter().filter(|event| !event.is_delivered()).collect();
    let soonest = Utc::now() + TimeDelta::minutes(8);
    assert!(waiting.len() == 2 && waiting.iter().all(|event| event.send_at > soonest), "{:?}", developer.outbox());
    let would = developer.succeed(&["sync", "--dry-run"]);
    assert!(would.contains(&format!("would now: look for surveys of {COLLECTOR}")) && !would.contains("now: deliver"), "{would}");
}

#[test]
fn what_a_collector_published_never_goes_to_the_webhook() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    publish(&developer.home.path().join("data"), PULSE);
    developer.output(&["take", "pulse", "--answers", "-"], r#"{ "nps": 3 }"#);
    let outbox = developer.outbox();
    assert!(outbox.len() == 1 && outbox[0].get("endpoint").is_none() && outbox[0]["wave"] == "w1", "{outbox:?}");
    make_due(&developer);
    developer.output(&["sync", "--now"], "");
    assert_eq!(endpoint.requests(), []);
}
