//! The order of system calls: what the screen calls saved was synced to the disk before.

mod support;

use std::fs;

use support::trace::{TRACED, calls};
use support::{Home, PROGRAM, program, shown};

#[test]
fn an_answer_is_synced_before_it_is_called_saved() {
    let home = Home::new();
    let trace = traced(&home, |screen| {
        screen.press("9").until_that("one reply saved", |text| shown::saved(text) == Some(1));
    });
    let calls = calls(&trace);
    let drawn = calls.iter().position(|call| call.is_terminal() && call.arguments.contains("saved")).expect("saved is drawn");
    let typed =
        calls[..drawn].iter().rposition(|call| call.name == "read" && call.arguments.contains("\"9\"")).expect("9 is read");
    let between = &calls[typed..drawn];
    let synced = between.iter().rposition(|call| call.is_sync() && call.is_database()).expect("the database is synced before");
    assert!(between[..synced].iter().any(|call| call.is_write() && call.is_database()), "what is synced was written before");
    assert!(!between[synced..].iter().any(|call| call.is_write() && call.is_database()), "nothing is written after the sync");
}

#[test]
fn a_trace_without_a_sync_is_told_from_one_with_it() {
    let good = "7 read(0</dev/pts/1>, \"9\", 1) = 1\n7 pwrite64(5</h/a.db-wal>, \"x\", 1, 0) = 1\n\
                7 fdatasync(5</h/a.db-wal> <unfinished ...>\n8 write(1</dev/pts/1>, \"y\", 1) = 1\n7 <... fdatasync resumed>) = 0\n";
    let found = calls(good);
    let names: Vec<_> = found.iter().map(|call| call.name).collect();
    assert_eq!(names, ["read", "pwrite64", "write", "fdatasync"], "a call counts when it returns");
    assert!(found[3].is_sync() && found[3].is_database() && found[1].is_write() && found[2].is_terminal());
    let failed = calls("7 fdatasync(5</h/a.db-wal>) = -1 EIO (Input/output error)\n");
    assert!(!failed[0].is_sync());
}

/// Runs the first bundled survey under strace and gives the trace.
fn traced(home: &Home, act: impl FnOnce(&mut support::Screen)) -> String {
    let file = home.path().join("trace.txt");
    let log = file.to_str().expect("temporary folders have plain names");
    let start =
        program("/usr/bin/strace", ["-f", "-y", "-s", "65536", "-e", TRACED, "-o", log, PROGRAM, "take", "platform-pulse"]);
    let mut screen = start.home(home).start();
    screen.ready();
    act(&mut screen);
    screen.press("ctrl-c").end();
    fs::read_to_string(&file).expect("strace writes its log")
}
