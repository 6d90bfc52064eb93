//! A report counts as published exactly where somebody may have seen it: not one that couldn't be made, and surely one that the ledger has.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::RESEARCH;
use crate::report::Place;

/// A ledger in a pipe, so that the program waits wherever it reads or writes it.
struct Pipe {
    place: Place,
    running: Child,
}

impl Pipe {
    /// Begins to write `report.md`, which is waiting for its ledger then.
    fn begin() -> (Self, File) {
        let place = Place::new();
        let ledger = place.path().join("ledger.json");
        assert!(Command::new("mkfifo").arg(&ledger).status().unwrap().success());
        let mut command = Command::new(RESEARCH);
        command.args(["report", "pulse.toml", "--ledger", "ledger.json", "--format", "markdown", "-o", "report.md"]);
        command.current_dir(place.path()).env("DXPULSE_HOME", place.path().join("home")).stderr(Stdio::piped());
        let running = command.spawn().unwrap();
        let ledger = File::options().write(true).open(ledger).unwrap();
        (Self { place, running }, ledger)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Gives what was said at the end, which isn't a good one.
    fn refused(self) -> (Place, String) {
        let output = self.running.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        (self.place, String::from_utf8(output.stderr).unwrap())
    }
}

/// Says whether a file is left that was to be put somewhere else.
fn has_unfinished(place: &Place) -> bool {
    fs::read_dir(place.path()).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().ends_with(".tmp"))
}

#[test]
fn a_report_that_cannot_be_written_is_not_published() {
    let place = Place::new();
    let said = place.refused(&["report", "pulse.toml", "-o", "no/such/folder/report.html"]);
    assert!(said.contains("can't write no/such/folder/report.html") && !said.contains("published"), "{said}");
    assert!(!place.path().join("home/data/published.json").exists());
    place.printed(&["report", "pulse.toml", "-o", "report.html"]);
    assert!(place.path().join("report.html").exists() && place.path().join("home/data/published.json").exists());
}

#[test]
fn where_the_ledger_cannot_be_kept_nothing_is_left_and_an_old_report_stays() {
    let (pipe, mut ledger) = Pipe::begin();
    fs::write(pipe.at("report.md"), "old").unwrap();
    fs::rename(pipe.at("ledger.json"), pipe.at("pipe")).unwrap();
    fs::create_dir(pipe.at("ledger.json")).unwrap();
    ledger.write_all(br#"{"published":[]}"#).unwrap();
    drop(ledger);
    let at = pipe.at("report.md");
    let (place, said) = pipe.refused();
    assert!(said.contains("ledger.json is a folder"), "{said}");
    assert_eq!(fs::read_to_string(at).unwrap(), "old");
    assert!(!has_unfinished(&place));
}

#[test]
fn a_report_that_the_ledger_has_and_its_place_does_not_take_counts_and_that_is_said() {
    let (mut pipe, mut ledger) = Pipe::begin();
    ledger.write_all(br#"{"published":[]}"#).unwrap();
    drop(ledger);
    while !has_unfinished(&pipe.place) {
        assert!(pipe.running.try_wait().unwrap().is_none(), "it ended too soon");
        std::thread::yield_now();
    }
    fs::create_dir(pipe.at("report.md")).unwrap();
    let mut kept = String::new();
    File::open(pipe.at("ledger.json")).unwrap().read_to_string(&mut kept).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert!(!kept["published"].as_array().unwrap().is_empty() && !kept["comments"].as_array().unwrap().is_empty());
    let (place, said) = pipe.refused();
    assert!(said.contains("can't write report.md") && said.contains("it counts as published all the same"), "{said}");
    assert!(!has_unfinished(&place));
}
