//! What a close or an erasure leaves in the database's log goes also where its command breaks off, or while somebody else reads.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use dxpulse::anonymous::Part;
use rusqlite::Connection;

use crate::people::{Developer, scores};
use crate::place::{Invited, Place};

/// Reads the database, and doesn't stop.
fn reader(place: &Place) -> Connection {
    let connection = Connection::open(place.data().join("collector.db")).unwrap();
    connection.execute_batch("BEGIN").unwrap();
    connection.query_row("SELECT count(*) FROM people", [], |row| row.get::<_, i64>(0)).unwrap();
    connection
}

/// Says whether the log of the database holds something.
fn is_in_log(place: &Place, bytes: &[u8]) -> bool {
    let log = fs::read(place.data().join("collector.db-wal")).unwrap_or_default();
    log.windows(bytes.len()).any(|found| found == bytes)
}

/// Has a rewrite that is due be as old as one that was forgotten.
fn let_it_be_forgotten(place: &Place) {
    let due = File::options().write(true).open(place.data().join("rewrite-due")).unwrap();
    due.set_modified(SystemTime::now() - Duration::from_secs(600)).unwrap();
}

#[test]
fn what_a_close_that_was_killed_left_in_the_log_is_told_and_goes_with_the_server() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let held = developer.token(&server, &wave, Part::Scores);
    let reading = reader(&place);
    let frame = held.frame(&wave, 1, &scores(&wave, 5, 1));
    assert_eq!(crate::people::send(&server, &wave, &frame).status(), 201);
    let mut close = place.command(&[], &["close", "now", "--now"]).stderr(Stdio::piped()).spawn().unwrap();
    let said = BufReader::new(close.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.into_iter().any(|line| line.contains("rewriting the database")), "it comes to the rewrite");
    close.kill().unwrap();
    close.wait().unwrap();
    let nullifier = frame.nullifier().0.0;
    assert!(is_in_log(&place, &nullifier));
    let told = place.run(&["doctor"]);
    assert!(told.code == 1 && told.out.contains("wrong    rewrite") && told.out.contains("`serve` does it"), "{told:?}");
    server.stop();
    let_it_be_forgotten(&place);
    let server = place.serve();
    server.wait_for("something else reads the database");
    drop(reading);
    server.stop();
    let_it_be_forgotten(&place);
    let server = place.serve();
    server.wait_for("rewrote the database");
    assert!(!is_in_log(&place, &nullifier));
    assert!(!place.run(&["doctor"]).out.contains("wrong    rewrite"));
}

#[test]
fn whoever_reads_holds_up_neither_an_erasure_nor_anybody_who_answers() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let developers: Vec<Developer> = (1..4).map(Developer::new).collect();
    developers.iter().zip(&invited).for_each(|(developer, Invited { code, .. })| _ = developer.enrol(&server, code));
    let held: Vec<_> = developers.iter().map(|developer| developer.token(&server, &wave, Part::Scores)).collect();
    let _reading = reader(&place);
    let mut answering = held.iter();
    let mut answer = || answering.next().unwrap().send(&server, &wave, (1, &scores(&wave, 5, 1))).status().as_u16();
    let erase = place.command(&[], &["invite", "--remove", &invited[9].contact]).stderr(Stdio::piped()).spawn().unwrap();
    assert_eq!([answer(), answer()], [201; 2]);
    let erased = erase.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&erased.stderr);
    assert!(erased.status.success() && told.contains("something else reads the database"), "{told}");
    assert_eq!((answer(), server.get("/readyz").status().as_u16()), (201, 200));
}

#[test]
fn a_disk_that_takes_nothing_is_wrong() {
    let place = Place::new();
    assert!(place.run(&["doctor"]).out.contains("ok       database"));
    let told = place.run_through(&["prlimit", "--fsize=0"], &["doctor"]);
    assert!(told.code == 1 && told.out.contains("wrong    database") && told.out.contains("space"), "{told:?}");
    let settings = fs::read_to_string(place.data().join("collector.toml")).unwrap();
    let folder = settings.lines().find(|line| line.starts_with("folder")).unwrap();
    fs::write(place.data().join("collector.toml"), settings.replace(folder, "folder = \"/proc/none\"")).unwrap();
    let told = place.run(&["doctor"]);
    assert!(told.code == 1 && told.out.contains("wrong    backups") && told.out.contains("/proc/none"), "{told:?}");
}
