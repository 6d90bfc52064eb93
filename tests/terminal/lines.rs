//! The line face: plain lines alone, for every type of question and every way out.

use rustix::process::Signal;
use serde_json::json;

use crate::support::{Home, Screen, Start, dxpulse};
use crate::{answers, at_mark, kept, pulse, survey};

/// A question of every type, each answered in one line.
const EVERY_TYPE: &str = r#"
[[question]]
id = "hello"
type = "note"
text = "About the last 7 days."

[[question]]
id = "nps"
type = "nps"
text = "Recommend?"

[[question]]
id = "docs"
type = "rating"
points = 7
anchors = { low = "Hard", high = "Easy" }
direction = "higher_is_better"
text = "Documentation?"

[[question]]
id = "trust"
type = "likert"
text = "I trust our tests."

[[question]]
id = "support"
type = "csat"
text = "Support?"

[[question]]
id = "effort"
type = "ces"
text = "It was easy."

[[question]]
id = "role"
type = "single"
text = "Role?"
choices = [{ code = "a", label = "Services" }, { code = "b", label = "Libraries" }, { code = "o", label = "Else", other = true }]

[[question]]
id = "barriers"
type = "multi"
text = "Barriers?"
choices = [{ code = "a", label = "Docs" }, { code = "b", label = "Builds" }, { code = "c", label = "Reviews" }]

[[question]]
id = "order"
type = "ranking"
text = "Order?"
choices = [{ code = "a", label = "Speed" }, { code = "b", label = "Docs" }]

[[question]]
id = "tools"
type = "matrix"
text = "Each of these helped me."
points = 5
anchors = { low = "Little", high = "Much" }
direction = "higher_is_better"
rows = [{ code = "ci", label = "Builds" }, { code = "ide", label = "The editor" }]

[[question]]
id = "reason"
type = "text"
text = "Reason?"

[[question]]
id = "story"
type = "text"
length = "long"
text = "Story?"

[[question]]
id = "hours"
type = "number"
text = "Hours?"
min = 0
max = 100
decimals = 1

[[question]]
id = "oncall"
type = "boolean"
text = "On call?"

[[question]]
id = "since"
type = "date"
text = "Since?"
"#;

fn say(screen: &mut Screen, line: &str) {
    let written = screen.until_that("the mark", at_mark).written();
    screen.type_raw(line.as_bytes()).type_raw(b"\r").more_than(written + line.len() + 1);
}

#[test]
fn every_type_of_question_is_answered_in_lines() {
    let home = Home::new();
    survey(&home, "all", EVERY_TYPE);
    let mut screen = dxpulse(["take", "all.toml", "--accessible"]).home(&home).size(80, 50).start();
    let lines = [
        "",
        "10",
        "7",
        "4",
        "5",
        "6",
        "other: Tools",
        "1 3",
        "2 1",
        "3",
        "5",
        "quick",
        "one",
        "two",
        ".",
        "2.5",
        "yes",
        "2024-02-29",
    ];
    for line in lines {
        if matches!(line, "two" | ".") {
            // Further lines of a longer text have no mark before them.
            screen.type_raw(line.as_bytes()).type_raw(b"\r");
        } else {
            say(&mut screen, line);
        }
    }
    screen.until("Review of your answers").until_that("the mark", at_mark).type_raw(b"submit\r");
    assert_eq!(screen.exit_code(), 0);
    let stored = json!({
        "nps": 10, "docs": 7, "trust": 4, "support": 5, "effort": 6, "role": { "other": "Tools" }, "barriers": ["a", "c"],
        "order": ["b", "a"], "tools": { "ci": 3, "ide": 5 }, "reason": "quick", "story": "one\ntwo", "hours": 2.5,
        "oncall": true, "since": "2024-02-29",
    });
    assert_eq!(answers(&home), [stored]);
    assert_plain(&screen);
}

#[test]
fn whatever_asks_for_lines_gets_lines_without_one_escape() {
    let asked: [fn(Start) -> Start; 5] = [
        |start| start.args(["--accessible"]),
        |start| start.env("ACCESSIBLE", "1"),
        |start| start.env("TERM", "dumb"),
        |start| start.size(19, 24),
        |start| start.size(80, 3),
    ];
    for ask in asked {
        let mut screen = ask(pulse()).start();
        for line in ["9", "4", "nonsense", "help", "5", "fast"] {
            say(&mut screen, line);
        }
        screen.until_that("the mark", at_mark).type_raw(b"submit\r");
        assert_eq!(screen.exit_code(), 0);
        assert_eq!(answers(screen.home())[0]["reason"], "fast");
        assert_plain(&screen);
        screen.assert_given_back();
    }
}

/// What is typed, the signal, the exit code, and how many replies the draft then holds.
type Way = (&'static [u8], Option<Signal>, u32, Option<u64>);

#[test]
fn every_way_out_of_lines_keeps_the_answers() {
    let ways: [Way; 8] = [
        (b"quit\r", None, 3, Some(1)),
        (b"\x04", None, 3, Some(1)),
        (b"\x03", None, 130, Some(1)),
        (b"decline\rdecline\r", None, 4, None),
        (b"", Some(Signal::TERM), 143, Some(1)),
        (b"", Some(Signal::HUP), 129, Some(1)),
        (b"", Some(Signal::INT), 130, Some(1)),
        (b"", Some(Signal::QUIT), 143, Some(1)),
    ];
    for (typed, signal, code, replies) in ways {
        let mut screen = pulse().args(["--accessible"]).start();
        say(&mut screen, "9");
        screen.until("Question 2 of 4").until_that("the mark", at_mark).type_raw(typed);
        if let Some(signal) = signal {
            screen.signal(signal);
        }
        assert_eq!((screen.exit_code(), kept(screen.home(), "pulse")), (code, replies), "{typed:?} {signal:?}");
        assert_plain(&screen);
        screen.assert_given_back();
    }
}

#[test]
fn lines_of_a_longer_text_that_were_ended_are_kept_on_the_way_out() {
    let source = "[[question]]\nid = \"why\"\ntype = \"text\"\nlength = \"long\"\ntext = \"Why?\"\n";
    for (typed, signal) in [(&b"\x03"[..], None), (b"", Some(Signal::TERM)), (b"", Some(Signal::HUP))] {
        let home = Home::new();
        let file = survey(&home, "trial", source);
        let mut screen = dxpulse(["take", &file.to_string_lossy(), "--accessible"]).home(&home).start();
        say(&mut screen, "my first line");
        screen.until_that("the mark", at_mark).type_raw(typed);
        if let Some(signal) = signal {
            screen.signal(signal);
        }
        screen.exit_code();
        assert_eq!(kept(screen.home(), "trial"), Some(1), "{typed:?} {signal:?}");
    }
}

#[test]
fn lines_sent_before_the_first_question_answer_nothing() {
    let mut screen = pulse().args(["--accessible"]).start();
    screen.type_raw(b"9\r").until("Question 1 of 4").until_that("the mark", at_mark);
    say(&mut screen, "7");
    screen.until("Your answer: 7").until("Question 2 of 4");
}

#[test]
fn resizing_and_pasted_escapes_disturb_no_line() {
    let mut screen = pulse().args(["--accessible"]).start();
    screen.until_that("the mark", at_mark).resize(30, 60).resize(100, 60);
    for line in ["9", "4", "5", "a\u{202e}b"] {
        say(&mut screen, line);
    }
    screen.until("Review of your answers").until_that("the mark", at_mark).type_raw(b"submit\r");
    assert_eq!(screen.exit_code(), 0);
    assert_eq!(answers(screen.home())[0]["reason"].as_str().map(|text| text.contains('\u{202e}')), Some(false));
}

fn assert_plain(screen: &Screen) {
    let raw = screen.raw();
    let escape = raw.iter().position(|byte| *byte == 0x1b);
    assert_eq!(escape.map(|at| String::from_utf8_lossy(&raw[at..]).into_owned()), None);
}
