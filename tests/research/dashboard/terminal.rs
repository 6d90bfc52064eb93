//! The real program in a real terminal.

use std::fs;
use std::process::{Command, Stdio};

use rustix::process::Signal;

use super::answers;
use crate::support::{End, Home, Start, program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dxpulse-research");

/// Prepares a dashboard over the answers of the trial.
fn dashboard() -> Start {
    let home = Home::new();
    let file = home.path().join("pulse.jsonl");
    fs::write(&file, answers::lines()).unwrap();
    program(PROGRAM, ["dashboard"]).args([file]).home(&home)
}

#[test]
fn it_is_read_resized_and_left_and_the_terminal_is_as_before() {
    let mut screen = dashboard().start();
    screen.ready().until("Took part").until("promoters").press("2").until("points a year");
    screen.press("tab").until("by language").press("w").until_gone("2026-Q3").until("2025-Q2");
    screen.press("W").until("2026-Q3").press("4").until("at 4–5").resize(40, 10).until("4 Items  5");
    screen.press("?").until("Keys").press("x").until_gone("Keys");
    screen.resize(200, 60).until("5 Comments").resize(80, 24).press("1").until("Took part").press("q");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert_eq!(screen.questions(), Vec::<String>::new());
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut screen = dashboard().start();
    screen.ready().until("Took part");
    let written = screen.written();
    screen.settle().settle();
    assert_eq!(screen.written(), written);
}

#[test]
fn every_way_out_gives_the_terminal_back() {
    for (signal, code) in [(None, 130), (Some(Signal::TERM), 143), (Some(Signal::HUP), 129), (Some(Signal::INT), 130)] {
        let mut screen = dashboard().start();
        screen.ready().until("Took part");
        match signal {
            Some(signal) => screen.signal(signal),
            None => screen.press("ctrl-c"),
        };
        assert_eq!(screen.end(), End::Code(code), "{signal:?}");
        screen.assert_given_back();
    }
}

#[test]
fn no_colour_is_written_where_none_is_wanted() {
    let mut screen = dashboard().env("NO_COLOR", "1").start();
    screen.ready().until("promoters").press("4").until("at 4–5").press("q");
    assert_eq!(screen.exit_code(), 0);
    let raw = String::from_utf8(screen.raw()).unwrap();
    let coloured = (30..38).chain(90..98).any(|code| raw.contains(&format!("[{code}m")) || raw.contains(&format!(";{code}m")));
    assert!(!coloured, "{raw:?}");
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let home = Home::new();
    let file = home.path().join("pulse.jsonl");
    fs::write(&file, answers::lines()).unwrap();
    let output = Command::new(PROGRAM).arg("dashboard").arg(&file).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true));
    assert!(said.contains("no terminal to draw on") && said.contains("dxpulse-research report"), "{said}");
}
