//! Processes that overtake one another: what one of them has read is not what is there any more.

use std::thread;

use dxpulse::developer::store::{Sealed, Store};

use crate::support::exchange::{Collector, Developer, all, printed};

/// A developer who has answered, what is sealed of it, and the store as another process has it open.
fn answered() -> (Collector, Developer, Store, Vec<Sealed>) {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "first"}"#);
    let store = Store::open(&developer.data()).expect("the store can be opened");
    let sealed = store.outbox().expect("it can be read");
    (collector, developer, store, sealed)
}

#[test]
fn what_is_kept_of_an_earlier_version_never_takes_the_place_of_a_later_one() {
    let (collector, developer, mut store, earlier) = answered();
    developer.edit(r#"{"nps": 4, "why": "second"}"#);
    for mut sealed in earlier {
        sealed.failure = Some("no answer in time".to_owned());
        store.keep_sealed(&sealed).expect("it can be kept");
    }
    assert!(developer.outbox().iter().all(|part| part.version() == 2), "{:?}", developer.outbox());
    developer.sync();
    let payloads =
        collector.rows().into_iter().map(|row| String::from_utf8(row.payload).expect("it is text")).collect::<String>();
    assert!(payloads.contains("second") && payloads.contains(r#""nps":4"#), "{payloads}");
}

#[test]
fn a_version_that_was_overtaken_is_not_sent() {
    let (_collector, developer, mut store, earlier) = answered();
    developer.edit(r#"{"nps": 4, "why": "second"}"#);
    for sealed in &earlier {
        assert!(!store.begin_sending(sealed).expect("the store can be written"));
    }
    let current = store.outbox().expect("it can be read");
    assert!(current.iter().all(|sealed| !sealed.may_be_known()));
    assert!(store.begin_sending(&current[0]).expect("the store can be written"));
}

#[test]
fn what_may_have_left_meanwhile_is_taken_back_and_not_called_unsent() {
    let (collector, developer, mut store, sealed) = answered();
    let scores = sealed.iter().find(|sealed| sealed.part().name() == "scores").expect("there are scores");
    assert!(store.begin_sending(scores).expect("the store can be written"));
    let told = printed(&developer.run(["undo"]));
    assert!(told.contains("taking back the scores") && !told.contains("draft"), "{told}");
    assert_eq!(developer.states(), ["scores scheduled"], "comments never left, and scores are taken back");
    developer.sync();
    let rows = collector.rows();
    assert_eq!((rows.len(), rows[0].version, rows[0].payload.len()), (1, 2, 0));
}

#[test]
fn a_response_is_reopened_only_while_nothing_of_it_has_left() {
    let (_collector, developer, mut store, sealed) = answered();
    let survey = dxpulse::survey::parse::parse(crate::SURVEY).expect("the survey is sound");
    let draft = dxpulse::response::Draft::start(&survey, chrono::Utc::now());
    store.begin_sending(&sealed[1]).expect("the store can be written");
    let response = sealed[0].response().to_owned();
    let undone = dxpulse::developer::store::Undone { response: &response, sealed: &sealed, events: &[] };
    assert!(!store.reopen(&survey, &draft, undone).expect("the store can be written"));
    assert_eq!(developer.outbox().len(), 2);
    assert!(store.draft(&survey).expect("it can be read").is_none());
}

#[test]
fn a_wave_that_two_processes_find_keeps_the_tokens_that_one_of_them_has_fetched() {
    let (_collector, developer, mut store, _) = answered();
    let known = store.waves(chrono::DateTime::<chrono::Utc>::MIN_UTC).expect("waves can be read").remove(0);
    let before = store.tokens().expect("tokens can be read");
    assert!(before.iter().all(|held| held.token().is_some()));
    store.keep_wave(&known, [chrono::Utc::now(); 2]).expect("it can be kept");
    assert!(store.tokens().expect("tokens can be read") == before);
    developer.sync();
}

#[test]
fn two_that_join_at_once_are_one() {
    let collector = Collector::open();
    for _ in 0..4 {
        let (developer, link) = (Developer::new(), collector.invitation());
        let outputs = thread::scope(|scope| {
            let join = || scope.spawn(|| developer.run(["enroll", &link]));
            [join(), join()].map(|joining| joining.join().expect("it can be started"))
        });
        assert!(outputs.iter().all(|output| output.status.success()), "{}{}", all(&outputs[0]), all(&outputs[1]));
        developer.take(r#"{"nps": 9, "why": "first"}"#);
        developer.sync();
        assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    }
}

#[test]
fn what_is_sealed_while_its_token_comes_gets_a_time() {
    let (_collector, developer, mut store, sealed) = answered();
    for mut sealed in sealed {
        sealed.send_at = None;
        store.keep_sealed(&sealed).expect("it can be kept");
    }
    assert_eq!(developer.states(), ["scores sealed", "comments sealed"]);
    printed(&developer.run(["sync"]));
    assert_eq!(developer.states(), ["scores scheduled", "comments scheduled"]);
}
