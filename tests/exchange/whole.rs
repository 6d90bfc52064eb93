//! The way of an answer: sealed, sent, changed, taken back, counted, proven.

use dxpulse::anonymous::encoding::to_hex;

use crate::support::exchange::{Collector, Developer};

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
