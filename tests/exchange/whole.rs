//! The way of an answer: sealed, sent, changed, taken back, counted, proven.

use std::fs;

use dxpulse::anonymous::Results;
use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::results::{Action, Document, Figure, State};

use crate::support::exchange::{Collector, Developer, all, printed};

#[test]
fn an_answer_goes_the_whole_way_into_the_ledger() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    assert_eq!(developer.states(), ["scores scheduled", "comments scheduled"]);
    assert!(collector.rows().is_empty(), "nothing is sent before its time");
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    let rows = collector.rows();
    for part in developer.outbox() {
        let (nullifier, hash) = part.signed_for().expect("it has a receipt");
        let row = rows.iter().find(|row| row.nullifier == to_hex(&nullifier.0)).expect("it is stored");
        assert_eq!((row.part.as_str(), row.version, row.hash.as_str()), (part.name(), 1, to_hex(&hash.0).as_str()));
    }
    assert_eq!(rows.len(), 2);
    collector.close("one");
    let (holds, told) = developer.verifies();
    assert!(holds && told.contains("found in the published list"), "{told}");
    assert_eq!(developer.states(), ["scores verified", "comments verified"]);
}

#[test]
fn results_and_what_is_done_about_them_reach_those_who_were_asked() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    assert!(printed(&developer.run(["results"])).is_empty());
    let document = Document {
        survey: "pulse".to_owned(),
        wave: "one".to_owned(),
        title: "What you told us".to_owned(),
        summary: "Builds are what slows you down.".to_owned(),
        figures: vec![Figure { label: "Net Promoter Score".to_owned(), value: "+12".to_owned(), note: None }],
        actions: vec![Action { text: "a cache for builds".to_owned(), state: State::Doing }],
    };
    let results = Results::sign(&document, collector.publisher()).expect("the results can be signed");
    collector.close("one");
    let file = collector.data().join("results.json");
    fs::write(&file, serde_json::to_vec(&results).expect("they can be written")).expect("a file can be written");
    collector.close("one");
    printed(&collector.run(&["publish", &file.display().to_string()]));
    developer.sync();
    let told = printed(&developer.run(["results"]));
    for part in ["What you told us", "Net Promoter Score  +12", "◐ under way: a cache for builds"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_change_takes_the_place_of_what_was_sent_and_is_counted_once() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    developer.edit(r#"{"nps": 3, "why": "slow builds"}"#);
    assert_eq!(developer.states(), ["scores scheduled", "comments scheduled"]);
    developer.sync();
    let rows = collector.rows();
    assert!(rows.len() == 2 && rows.iter().all(|row| row.version == 2), "{rows:?}");
    assert!(rows.iter().any(|row| String::from_utf8_lossy(&row.payload).contains(r#""nps":3"#)));
    collector.close("one");
    assert!(developer.verifies().0);
}

#[test]
fn what_is_taken_back_leaves_nothing_but_that() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    printed(&developer.run(["withdraw", "pulse"]));
    developer.sync();
    let rows = collector.rows();
    assert!(rows.len() == 2 && rows.iter().all(|row| row.version == 2 && row.payload.is_empty()), "{rows:?}");
    collector.close("one");
    let (holds, told) = developer.verifies();
    assert!(holds && told.contains("listed as taken back"), "{told}");
    assert!(told.contains("1 responses sent; of all scores and comments, 2 were taken back"), "{told}");
    let unknown = developer.run(["verify", "nosuch"]);
    assert!(!unknown.status.success() && all(&unknown).contains("there are waves of pulse"), "{}", all(&unknown));
}

#[test]
fn undoing_what_was_not_sent_leaves_a_draft_and_nothing_to_send() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let told = printed(&developer.run(["undo"]));
    assert!(told.contains("a draft again"), "{told}");
    developer.sync();
    assert!(developer.outbox().is_empty() && collector.rows().is_empty());
    printed(&developer.home.run_with(["take", "pulse", "--answers", "-", "--discard-draft"], r#"{"nps": 1, "why": "second"}"#));
    developer.sync();
    assert_eq!(collector.rows().len(), 2);
}

#[test]
fn undoing_what_was_sent_takes_it_back() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    let told = printed(&developer.run(["undo"]));
    assert!(told.contains("taking back the scores") && told.contains("taking back the comments"), "{told}");
    developer.sync();
    assert!(collector.rows().iter().all(|row| row.payload.is_empty()));
}

#[test]
fn what_is_written_anew_after_it_was_taken_back_is_kept_and_told_to_be_refused() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    developer.edit(r#"{"nps": 9}"#);
    developer.sync();
    developer.edit(r#"{"nps": 8, "why": "really fast builds"}"#);
    let output = developer.try_sync();
    assert!(!output.status.success() && all(&output).contains("it was taken back"), "{}", all(&output));
    assert_eq!(developer.states(), ["scores acknowledged", "comments blocked"]);
    let told = printed(&developer.run(["outbox"]));
    assert!(told.contains("it was taken back before, which is final"), "{told}");
    developer.sync();
}
