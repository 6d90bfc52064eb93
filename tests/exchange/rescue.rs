//! A damaged database: what was sealed is rescued, put back, and arrives.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::exchange::{Collector, Developer, all, printed};

/// The bytes of a page.
const PAGE: usize = 1024;

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

#[test]
fn what_was_sealed_is_rescued_from_pages_that_sqlite_cannot_read_and_arrives() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let database = developer.data().join("dxpulse.db");
    let mut bytes = fs::read(&database).expect("it can be read");
    // The first byte of each page says what kind of page it is.
    bytes.iter_mut().skip(PAGE).step_by(PAGE).for_each(|kind| *kind ^= 0xff);
    fs::write(&database, bytes).expect("it can be damaged");
    let output = developer.run(["outbox"]);
    assert!(all(&output).contains("is damaged") && all(&output).contains("doctor --rescue"), "{}", all(&output));
    let file = developer.home.path().join("rescued.json");
    let told = printed(&developer.run(["doctor", "--rescue", text(&file)]));
    assert!(told.contains("wrote 2 sealed parts of answers, 0 receipts and 2 tokens"), "{told}");
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);
    fs::rename(&database, developer.home.path().join("damaged.db")).expect("it can be moved aside");
    let told = printed(&developer.run(["doctor", "--restore", text(&file)]));
    assert!(told.contains("2 sealed parts to send"), "{told}");
    developer.sync();
    assert_eq!((developer.states().len(), collector.rows().len()), (2, 2));
    collector.close("one");
    assert!(developer.verifies().0);
    let told = printed(&developer.run(["doctor", "--restore", text(&file)]));
    assert!(told.contains("everything in the file is here already"), "{told}");
}

#[test]
fn a_sealed_answer_of_which_one_byte_is_another_is_mended() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let payload = printed(&developer.run(["payload"]));
    let database = developer.data().join("dxpulse.db");
    let mut bytes = fs::read(&database).expect("it can be read");
    let place = bytes.windows(11).rposition(|word| word == b"fast builds").expect("the words are there");
    bytes[place] = b'l';
    fs::write(&database, bytes).expect("it can be damaged");
    let output = developer.run(["outbox"]);
    assert!(all(&output).contains("is damaged"), "{}", all(&output));
    let (file, other) = (developer.home.path().join("rescued.json"), Developer::new());
    printed(&developer.run(["doctor", "--rescue", text(&file)]));
    printed(&other.run(["doctor", "--restore", text(&file)]));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(lines(&printed(&other.run(["payload"]))), lines(&payload));
}

#[test]
fn a_change_that_stands_in_a_damaged_log_alone_is_not_passed_over() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "first"}"#);
    let reader = rusqlite::Connection::open(developer.data().join("dxpulse.db")).expect("it can be opened");
    reader.query_row("SELECT count(*) FROM records", [], |_| Ok(())).expect("it can be read");
    developer.edit(r#"{"nps": 1, "why": "second"}"#);
    let copy = Developer::new();
    fs::create_dir_all(copy.data()).expect("a folder can be made");
    for name in ["dxpulse.db", "dxpulse.db-wal"] {
        fs::copy(developer.data().join(name), copy.data().join(name)).expect("it can be copied");
    }
    let log = copy.data().join("dxpulse.db-wal");
    let mut bytes = fs::read(&log).expect("there is a log");
    bytes[100] ^= 1;
    fs::write(&log, bytes).expect("it can be damaged");
    let output = copy.run(["payload"]);
    assert!(all(&output).contains("its log has a byte of another value"), "{}", all(&output));
    let (file, other) = (copy.home.path().join("rescued.json"), Developer::new());
    printed(&copy.run(["doctor", "--rescue", text(&file)]));
    printed(&other.run(["doctor", "--restore", text(&file)]));
    assert!(printed(&other.run(["payload"])).contains("second"));
}
