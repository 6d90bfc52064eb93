//! Answering by keys, and where the response goes.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Home, dxpulse, program, shell};
use crate::{answers, at_prompt, begun, home, listed, pulse, survey, to_the_review};

#[test]
fn keys_to_the_end_store_exactly_these_answers() {
    let mut screen = begun();
    to_the_review(&mut screen);
    screen.press("enter");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert!(screen.text().contains("thanks"), "{}", screen.text());
    let home = screen.home();
    assert_eq!(answers(home), [json!({ "nps": 9, "ease": 4, "reliability": 5, "reason": "fast builds" })]);
    assert_eq!(listed(home, "pulse")["state"], "answered");
    let history = String::from_utf8(home.run(["history"]).stdout).expect("output is UTF-8");
    assert!(history.contains("A pulse for trials"), "{history}");
}

#[test]
fn one_key_answers_and_goes_on() {
    for (key, shown) in [("0", "your answer: 0 "), ("7", "your answer: 7 "), ("t", "your answer: 10 "), ("s", "── skipped ")]
    {
        let mut screen = pulse().start();
        screen.ready().press(key).until("How easy").until("✓ 1 reply saved");
        screen.press("backspace").until("How likely").until(shown);
    }
}

#[test]
fn ten_is_typed_in_two_digits_without_any_timer() {
    let mut screen = pulse().start();
    screen.ready().press("1").until("1_");
    screen.settle();
    assert!(screen.text().contains("How likely"), "a lone 1 waits");
    screen.press("0").until("How easy").press("backspace").until("── your answer: 10");
}

#[test]
fn a_survey_of_one_question_is_sent_off_by_its_one_key() {
    let home = Home::new();
    survey(&home, "one", "[[question]]\nid = \"again\"\ntype = \"boolean\"\ntext = \"Again?\"\n");
    let mut screen = dxpulse(["take", "one.toml"]).home(&home).start();
    screen.ready().press("y");
    assert_eq!((screen.exit_code(), answers(&home)), (0, vec![json!({ "again": true })]));
}

#[test]
fn the_substitution_of_a_shell_holds_the_json_alone_and_the_screen_is_drawn() {
    let mut screen = shell().home(&home()).start();
    screen.until("$ ").type_raw(b"x=$(dxpulse take pulse --json); printf '%s' \"$x\" > x.json\r");
    screen.until("How likely").settle().press("9");
    to_the_review(&mut screen);
    screen.press("enter").until("thanks").until_that("a prompt", at_prompt);
    screen.type_raw(b"exit\r").end();
    let stored: Value = serde_json::from_slice(&fs::read(screen.home().path().join("x.json")).unwrap()).unwrap();
    assert_eq!(stored["answers"]["reason"], "fast builds");
    assert_eq!(stored["survey"], "pulse");
}

#[test]
fn standard_streams_may_lead_anywhere_or_nowhere() {
    for redirected in
        ["</dev/null", "<platform.txt", ">/dev/null", "| cat >/dev/null", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/null"]
    {
        let command = format!("echo 12345678 >platform.txt; dxpulse take pulse --json {redirected}");
        let mut screen = shell().home(&home()).start();
        screen.until("$ ").type_raw(command.as_bytes()).type_raw(b"\r");
        screen.until("How likely").settle().press("9");
        to_the_review(&mut screen);
        screen.press("enter").until("thanks").until_that("a prompt", at_prompt);
        screen.type_raw(b"exit\r").end();
        assert_eq!(answers(screen.home()).len(), 1, "{redirected}");
    }
}

#[test]
fn a_reader_of_the_json_that_has_gone_loses_no_answer() {
    let mut screen = program("/bin/bash", ["-c", "dxpulse take pulse --json | true; echo ${PIPESTATUS[0]}"]);
    screen = screen.env("PATH", format!("{}:/usr/bin:/bin", crate::program_folder()));
    let mut screen = screen.home(&home()).start();
    screen.until("How likely").settle().press("9");
    to_the_review(&mut screen);
    screen.press("enter").until("thanks").until("\n0").end();
    assert_eq!(answers(screen.home()).len(), 1);
}

#[test]
fn a_note_is_read_to_its_end_on_a_small_screen_and_goes_back_at_once() {
    let home = Home::new();
    let words: Vec<String> = (1..60).map(|at| format!("word{at}")).collect();
    let rating = "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy?\"\n";
    survey(&home, "long", &format!("[[question]]\nid = \"n\"\ntype = \"note\"\ntext = \"{}\"\n{rating}", words.join(" ")));
    let mut screen = dxpulse(["take", "--full", "long.toml"]).home(&home).size(40, 10).start();
    screen.ready().until("word1 ").until("▾").press("down").until("▴ 2 more");
    screen.press("pagedown").until("word59");
    for _ in 0..5 {
        screen.press("down");
    }
    screen.press("up").until("▾ 2 more").press("enter").until("How easy?");
}
