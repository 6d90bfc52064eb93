//! The way of an answer: sealed, sent, changed, taken back, counted, proven.

use std::fs;

use dxpulse::anonymous::Results;
use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::results::{Action, Document, Figure, State};

use crate::support::exchange::{Collector, Developer, printed};

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
    printed(&collector.run(&["publish", &file.display().to_string()]));
    developer.sync();
    let told = printed(&developer.run(["results"]));
    for part in ["What you told us", "Net Promoter Score  +12", "◐ under way: a cache for builds"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
