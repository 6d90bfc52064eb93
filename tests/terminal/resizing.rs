//! The terminal takes another size at any time.

use serde_json::json;

use crate::support::Random;
use crate::{answers, at_mark, begun};

#[test]
fn every_size_is_drawn_anew() {
    let mut screen = begun();
    screen.until("How easy").until("2 of 4");
    let roomy = trimmed(&screen.text());
    for (columns, rows, shown) in
        [(40, 10, "2/4"), (20, 4, "How easy"), (200, 60, "2 of 4"), (20, 60, "2/4"), (200, 4, "How easy"), (80, 24, "2 of 4")]
    {
        let written = screen.written();
        screen.resize(columns, rows).more_than(written);
        screen.until_that("the question", |text| text.lines().any(|line| line.contains(shown)));
    }
    screen.until_that("the same as before", |text| trimmed(text) == roomy);
    screen.press("4").until("How reliable");
}

#[test]
fn on_a_wide_screen_the_block_stands_in_the_middle_and_is_not_stretched() {
    let mut screen = begun();
    screen.resize(200, 60).until_that("a centred block", |text| {
        let filled: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let indent = |line: &str| line.chars().take_while(|c| *c == ' ').count();
        let is_within = |line: &&str| indent(line) >= 60 && line.trim_end().chars().count() <= 62 + 76;
        text.contains("How easy") && filled.iter().all(is_within)
    });
}

#[test]
fn many_sizes_in_a_row_end_in_the_last() {
    let mut screen = begun();
    screen.until("How easy");
    let roomy = trimmed(&screen.text());
    let mut random = Random::new(1);
    for _ in 0..200 {
        let size = |random: &mut Random, least, most| u16::try_from(random.within(least..most)).unwrap();
        let (columns, rows) = (size(&mut random, 20, 220), size(&mut random, 4, 70));
        screen.resize(columns, rows);
    }
    screen.resize(80, 24).until_that("the same as before", |text| trimmed(text) == roomy);
    screen.press("4").until("How reliable").press("q");
    assert_eq!(screen.exit_code(), 3);
    screen.assert_given_back();
}

#[test]
fn a_screen_too_small_goes_over_to_lines() {
    for (columns, rows) in [(19, 24), (19, 100), (15, 60)] {
        let mut screen = begun();
        screen.until("How easy").resize(columns, rows).until_that("the mark", at_mark);
        screen.assert_given_back();
        screen.type_raw(b"4\r").until("Question 3 of 4").until_that("the mark", at_mark);
        screen.type_raw(b"5\r").until("Question 4 of 4").until_that("the mark", at_mark);
        screen.type_raw(b"fast\r").until("Type submit").until_that("the mark", at_mark).type_raw(b"submit\r");
        assert_eq!(screen.exit_code(), 0);
        screen.assert_given_back();
        let raw = screen.raw();
        let leave = b"\x1b[?1049l";
        let left = raw.windows(leave.len()).rposition(|bytes| bytes == leave).expect("the screen is left");
        assert!(!raw[left + leave.len()..].contains(&0x1b), "lines hold no escape sequence");
        assert_eq!(answers(screen.home()), [json!({ "nps": 9, "ease": 4, "reliability": 5, "reason": "fast" })]);
    }
}

#[test]
fn a_screen_large_enough_again_is_full_again_and_takes_no_half_typed_line_for_answers() {
    for (columns, rows) in [(19, 24), (80, 3), (5, 2)] {
        let mut screen = begun();
        screen.until("How easy").resize(columns, rows).until_that("the mark", at_mark);
        screen.type_raw(b"11").until_that("the half line", |text| text.trim_end().ends_with("11"));
        let written = screen.written();
        screen.resize(80, 24).more_than(written);
        screen.until("2 of 4").settle().press("4").until("How reliable").press("q");
        assert_eq!(screen.exit_code(), 3);
        screen.assert_given_back();
        assert_eq!(crate::kept(screen.home(), "pulse"), Some(2));
        let mut again = crate::pulse().home(screen.home()).start();
        again.until("How reliable").settle().press("shift-tab").until("How easy").until("your answer: 4");
    }
}

#[test]
fn lines_that_were_asked_for_stay_lines() {
    let mut screen = crate::pulse().args(["--accessible"]).size(19, 24).start();
    screen.until_that("the mark", at_mark).resize(80, 24).type_raw(b"9\r").until("Question 2 of 4");
    assert!(!screen.raw().contains(&0x1b));
}

#[test]
fn what_was_being_typed_is_there_when_lines_take_over() {
    let mut screen = begun();
    screen.until("How easy").press("4").until("How reliable").press("5").until("main reason");
    screen.type_text("half a").until("half a").resize(19, 30).until_that("the mark", at_mark);
    screen.type_raw(b"/quit\r");
    assert_eq!(screen.exit_code(), 3);
    let mut again = crate::pulse().home(screen.home()).start();
    again.until("main reason").until("half a");
}

/// Leaves out blanks at the ends of lines, which are no difference on a screen.
fn trimmed(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}
