//! A database that is gone or damaged, and what its operator is told to do.

use std::fs;
use std::process::Command;

use crate::place::Place;

/// Sets a collector up that has one copy of its database.
fn with_copy() -> Place {
    let (place, ..) = Place::with_wave(10);
    place.let_a_night_pass();
    let server = place.serve();
    server.wait_for("copied the database");
    server.stop();
    place
}

/// Does what a message says behind `in its place: `, in a shell.
fn follow(place: &Place, told: &str) {
    let line = told.lines().find_map(|line| line.split_once("in its place: ")).unwrap_or_else(|| panic!("{told}")).1;
    let line = line.replace("ROOT", place.root.path().to_str().unwrap());
    assert!(Command::new("sh").args(["-c", &line]).status().unwrap().success(), "{line}");
}

#[test]
fn a_database_that_is_gone_is_put_back_as_the_message_says() {
    let place = with_copy();
    fs::remove_file(place.data().join("collector.db")).unwrap();
    for command in ["status", "serve"] {
        let told = place.run(&[command]);
        assert!(
            told.code == 1 && told.err.contains("there is no database") && !told.err.contains("`dxpulse-collector init`"),
            "{told:?}"
        );
        assert!(told.err.contains("ROOT/data/backups"), "{told:?}");
    }
    follow(&place, &place.run(&["status"]).err);
    assert!(place.succeed(&["status"]).contains("10 invited"));
    assert!(place.succeed(&["doctor"]).contains("ok       database"));
}

#[test]
fn without_a_copy_the_message_says_so() {
    let place = Place::new();
    fs::remove_file(place.data().join("collector.db")).unwrap();
    let told = place.run(&["status"]);
    assert!(told.err.contains("there is no copy in ROOT/data/backups"), "{told:?}");
}

#[test]
fn no_server_starts_on_a_damaged_database() {
    let place = with_copy();
    let (database, whole) = (place.data().join("collector.db"), fs::read(place.data().join("collector.db")).unwrap());
    let damaged: Vec<u8> = whole.iter().enumerate().map(|(at, byte)| if at < 4096 { *byte } else { 0xa5 }).collect();
    for bytes in [damaged, b"not a database".to_vec(), Vec::new()] {
        fs::write(&database, bytes).unwrap();
        let told = place.run(&["serve"]);
        assert!(told.code == 1 && told.err.contains("collector.db is damaged"), "{told:?}");
        assert!(told.err.contains("ROOT/data/backups"), "{told:?}");
    }
    follow(&place, &place.run(&["serve"]).err);
    place.serve();
}

#[test]
fn a_second_server_is_refused_while_the_first_one_runs() {
    let (place, ..) = Place::with_wave(10);
    let server = place.serve();
    let told = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(told.code == 1 && told.err.contains("another server runs on ROOT/data"), "{told:?}");
    server.kill();
    place.serve();
}
