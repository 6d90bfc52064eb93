//! The real program in a real terminal: answering, every way out, suspending, resizing, the editor, and what must never happen.

mod answering;
mod colours;
mod disk;
mod editor;
mod guard;
mod inbox;
mod inline;
mod leaving;
mod leaving_words;
mod lines;
mod preview;
mod resizing;
mod resuming;
#[path = "../support/mod.rs"]
mod support;
mod suspending;
mod tongues;
mod without_terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::{Home, PROGRAM, Screen, Start, dxpulse};

/// What the review says once nothing is missing.
const REVIEW: &str = "stores your response";

/// Makes a home in whose folder of surveys is that of trials, `pulse`: a wide scale, two ratings with labels, a short text.
fn home() -> Home {
    let home = Home::new();
    let folder = home.path().join("surveys");
    fs::create_dir(&folder).expect("a home can be written");
    fs::write(folder.join("pulse.toml"), include_str!("../surveys/good/pulse.toml")).expect("a home can be written");
    home
}

/// Prepares the survey of trials.
fn pulse() -> Start {
    dxpulse(["take", "pulse"]).home(&home())
}

/// Starts the survey of trials and answers its first question.
fn begun() -> Screen {
    let mut screen = pulse().start();
    screen.ready().press("9").until("✓ 1 reply saved");
    screen
}

/// Answers the rest of the survey of trials, or of the bundled pulse, after its first question, up to the review.
fn to_the_review(screen: &mut Screen) {
    screen.until("How easy").press("4").until("How reliable").press("5").until("main reason");
    // The Enter that led here doesn't count a second time until it is surely another one.
    screen.type_text("fast builds").press("enter").until(REVIEW).settle();
}

/// Writes a survey with these questions, in TOML, to a file of the home.
fn survey(home: &Home, id: &str, questions: &str) -> PathBuf {
    let file = home.path().join(format!("{id}.toml"));
    let head = format!("id = \"{id}\"\ntitle = \"A survey for trials\"\nlanguage = \"en\"\nminutes = 1\nversion = 1\n\n");
    fs::write(&file, head + questions).expect("a home can be written");
    file
}

/// Gives the answers of every stored response, oldest first.
fn answers(home: &Home) -> Vec<Value> {
    let Value::Array(records) = json(home, ["export", "--format", "json"]) else { panic!("an export is an array") };
    records.into_iter().map(|mut record| record["answers"].take()).collect()
}

/// Gives what `dxpulse list` says of a survey.
fn listed(home: &Home, id: &str) -> Value {
    let Value::Array(surveys) = json(home, ["list", "--json"]) else { panic!("a list is an array") };
    surveys.into_iter().find(|survey| survey["id"] == id).unwrap_or_default()
}

/// Gives how many replies the draft of a survey holds; `None` without a draft.
fn kept(home: &Home, id: &str) -> Option<u64> {
    listed(home, id)["answered"].as_u64()
}

fn json<const N: usize>(home: &Home, arguments: [&str; N]) -> Value {
    let output = home.run(arguments);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("--json prints JSON")
}

/// Gives the children of a process.
fn children(process: u32) -> Vec<u32> {
    let list = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// Waits until a process is stopped.
fn until_stopped(process: u32) {
    let since = Instant::now();
    while !fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| stat.contains(") T ")) {
        assert!(since.elapsed() < Duration::from_secs(30), "{process} isn't stopped");
        thread::yield_now();
    }
}

/// Writes an executable shell script.
fn script(folder: &Path, name: &str, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\n{text}\n")).expect("a home can be written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a home can be written");
    file
}

/// Gives the folder of the program under test.
fn program_folder() -> &'static str {
    PROGRAM.rsplit_once('/').expect("a program stands in a folder").0
}

/// Says whether a shell waits for a command.
fn at_prompt(text: &str) -> bool {
    text.trim_end().ends_with('$')
}

/// Says whether the line face waits for a line.
fn at_mark(text: &str) -> bool {
    text.trim_end().ends_with('>')
}
