//! What was typed or pasted for something else answers nothing.

use serde_json::json;

use crate::support::{Home, Screen, dxpulse};
use crate::{answers, begun, kept, pulse, survey};

const LONG: &str = "[[question]]\nid = \"story\"\ntype = \"text\"\nlength = \"long\"\ntext = \"What happened?\"\n\n\
                    [[question]]\nid = \"again\"\ntype = \"boolean\"\ntext = \"Again?\"\n";

#[test]
fn keys_sent_before_the_first_frame_answer_nothing() {
    for typed in ["git push\r", "99999", "q", "9", "y\x1b", "\r\r\r"] {
        let mut screen = pulse().start();
        screen.type_raw(typed.as_bytes());
        // The terminal may show the keys itself before the program does anything.
        screen.until("How likely").settle();
        assert_untouched(&screen, typed);
        screen.press("9").until("How easy").until("✓ 1 reply saved");
    }
}

#[test]
fn ctrl_c_counts_as_soon_as_anything_is_shown() {
    let mut screen = pulse().start();
    screen.until("How likely").press("ctrl-c");
    assert_eq!(screen.exit_code(), 130);
    screen.assert_given_back();
}

#[test]
fn a_paste_on_a_choice_question_answers_nothing() {
    let mut screen = begun();
    screen.until("How easy").paste("4").until("pasted text answers nothing here").until("2 of 4");
    screen.paste("git push\n55555").until("2 of 4").press("4").until("✓ 2 replies saved");
    assert_eq!(kept(screen.home(), "pulse"), Some(2));
}

#[test]
fn a_burst_nobody_typed_answers_nothing() {
    for burst in ["git push", "4444444444", "nnnnq", "sssss"] {
        let mut screen = begun();
        screen.until("How easy").settle().type_raw(burst.as_bytes()).until("typed too fast").settle();
        assert!(screen.text().contains("2 of 4"), "{burst}: {}", screen.text());
        screen.press("q");
        assert_eq!((screen.exit_code(), kept(screen.home(), "pulse")), (3, Some(1)), "{burst}");
    }
}

#[test]
fn an_experts_fast_digits_all_count() {
    let mut screen = pulse().start();
    screen.ready().keys("9 4 5").until("main reason").until("✓ 3 replies saved");
}

#[test]
fn a_paste_into_a_text_is_literal() {
    let home = Home::new();
    survey(&home, "talk", LONG);
    let mut screen = dxpulse(["take", "talk.toml"]).home(&home).start();
    screen.ready().paste("first q line\nsecond 👩‍💻 line\r\n\tthird\x1b[31m red\x07\u{202e} end").until("third");
    screen.press("enter").until("Again?").press("y").until(crate::REVIEW).press("enter");
    assert_eq!(screen.exit_code(), 0);
    let story = answers(&home)[0]["story"].as_str().unwrap_or_default().to_owned();
    assert!(story.starts_with("first q line\nsecond 👩‍💻 line\n"), "{story:?}");
    assert!(!story.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']), "{story:?}");
    assert!(story.contains("third") && story.contains(" red") && story.ends_with(" end"), "{story:?}");
}

#[test]
fn a_paste_into_a_line_stays_on_the_line_and_sends_nothing_off() {
    let mut screen = begun();
    screen.until("How easy").press("4").until("How reliable").press("5").until("main reason");
    screen.paste("one\ntwo\n").until("one two").settle();
    assert!(screen.text().contains("4 of 4"), "{}", screen.text());
    screen.press("enter").until(crate::REVIEW).settle().press("enter").end();
    assert_eq!(answers(screen.home()), [json!({ "nps": 9, "ease": 4, "reliability": 5, "reason": "one two" })]);
}

fn assert_untouched(screen: &Screen, typed: &str) {
    assert!(screen.text().contains("How likely") && screen.text().contains("1 of 4"), "{typed}: {}", screen.text());
    assert_eq!(kept(screen.home(), "pulse").unwrap_or(0), 0, "{typed}");
}
