//! The inbox: surveys are opened from it and come back to it.

use rustix::process::Signal;

use crate::support::{End, Home, dxpulse, shell};
use crate::{answers, at_mark, at_prompt, begun, home, kept, to_the_review};

const GREETING: &str = "Short surveys on how your developer platform treats you";

#[test]
fn a_survey_is_taken_from_the_inbox_and_comes_back_with_thanks() {
    let mut screen = dxpulse([]).start();
    screen.ready().until(GREETING).until("Platform pulse").press("enter").until("How likely").settle().press("9");
    to_the_review(&mut screen);
    screen.press("enter").until("thanks").until("answered 2").settle();
    assert!(!screen.text().contains(GREETING), "{}", screen.text());
    screen.press("q");
    assert_eq!((screen.exit_code(), answers(screen.home()).len()), (0, 1));
    screen.assert_given_back();
    let mut again = dxpulse([]).home(screen.home()).start();
    again.ready().until("answered 2");
    assert!(!again.text().contains(GREETING), "the greeting is for the first start");
}

#[test]
fn a_survey_left_comes_back_as_a_draft() {
    let mut screen = dxpulse([]).home(&home()).start();
    screen.ready().press("3").until("How likely").settle().press("9").until("✓ 1 reply saved").press("q");
    screen.until("To resume").until("1 of 4, saved just now").settle().press("enter").until("2 of 4").settle().press("q");
    screen.until("To resume").settle().press("esc");
    assert_eq!((screen.exit_code(), kept(screen.home(), "pulse")), (0, Some(1)));
    screen.assert_given_back();
}

#[test]
fn a_declined_survey_comes_back_as_declined() {
    let mut screen = dxpulse([]).start();
    screen.ready().press("1").until("How likely").settle().press("esc").until("Menu").press("x").until("Decline this").press("y");
    screen.until("declined 2").settle().press("q");
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn a_survey_open_elsewhere_is_said_in_the_inbox() {
    let mut first = begun();
    let mut inbox = dxpulse([]).home(first.home()).start();
    inbox.ready().press("enter").until("is being answered in another terminal").settle();
    first.press("q").end();
    inbox.press("enter").until("2 of 4");
}

#[test]
fn every_way_out_of_the_inbox_gives_the_terminal_back() {
    for (key, signal, code) in [
        (Some("q"), None, 0),
        (Some("esc"), None, 0),
        (Some("ctrl-c"), None, 130),
        (None, Some(Signal::TERM), 143),
        (None, Some(Signal::HUP), 129),
        (None, Some(Signal::INT), 130),
    ] {
        let mut screen = dxpulse([]).start();
        screen.ready().until("Known about who");
        if let Some(key) = key {
            screen.press(key);
        }
        if let Some(signal) = signal {
            screen.signal(signal);
        }
        assert_eq!(screen.end(), End::Code(code), "{key:?} {signal:?}");
        screen.assert_given_back();
    }
}

#[test]
fn keys_sent_before_the_inbox_is_shown_open_nothing() {
    let mut screen = dxpulse([]).start();
    screen.type_raw(b"1\rq2").ready().until("Known about who").press("down").press("enter").until("1 of ");
}

#[test]
fn the_inbox_takes_every_size_and_goes_over_to_lines_where_it_is_too_small() {
    let mut screen = dxpulse([]).start();
    screen.ready().until("Platform pulse");
    for (columns, rows) in [(40, 10), (200, 60), (20, 4), (80, 24)] {
        let written = screen.written();
        screen.resize(columns, rows).more_than(written);
    }
    screen.until("q leave").resize(19, 3).until_that("the mark", at_mark);
    screen.resize(80, 24).type_raw(b"1\r").until("Question 1 of 3").type_raw(b"9\r").until("Question 2").type_raw(b"quit\r");
    screen.until("to resume: 1 of 4").until_that("the mark", at_mark).type_raw(b"quit\r");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
}

#[test]
fn the_inbox_in_lines_holds_no_escape_sequence() {
    let mut screen = dxpulse([]).env("ACCESSIBLE", "1").start();
    screen.until_that("the mark", at_mark).type_raw(b"7\r").until("type a number from 1 to").type_raw(b"1\r");
    for (question, line) in
        [("Question 1", "9"), ("Question 2", "4"), ("Question 3", "5"), ("Question 4", "fast"), ("Review", "submit")]
    {
        screen.until(question).until_that("the mark", at_mark).type_raw(line.as_bytes()).type_raw(b"\r");
    }
    screen.until("thanks").until("answered on 2").until_that("the mark", at_mark).type_raw(b"quit\r");
    assert_eq!((screen.exit_code(), answers(screen.home()).len()), (0, 1));
    assert!(!screen.raw().contains(&0x1b));
}

#[test]
fn an_answered_survey_is_not_opened_again_and_says_how() {
    let home = Home::new();
    home.run_with(["take", "platform-pulse", "--answers", "-"], "{}");
    let mut screen = dxpulse([]).home(&home).start();
    screen.ready().until("Platform pulse").press("2").until("to answer again").press("q");
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn a_suspended_inbox_comes_back_whole_and_drops_what_was_typed_meanwhile() {
    for accessible in ["", "1"] {
        let mut screen = shell().env("ACCESSIBLE", accessible).start();
        screen.until("$").type_raw(b"dxpulse\r").until("Platform pulse").settle().press("ctrl-z").until("Stopped");
        screen.assert_given_back();
        screen.type_raw(b"clear\r").until_gone("Stopped").type_raw(b"fg\rq").until("Platform pulse").settle();
        assert!(screen.text().contains("Platform pulse"), "{}", screen.text());
        let leave: &[u8] = if accessible.is_empty() { b"q" } else { b"uit\r" };
        screen.type_raw(leave).until_that("a prompt", at_prompt).assert_given_back();
    }
}
