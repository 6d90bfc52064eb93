//! The language the program speaks in a terminal, whatever language the survey is in.

use crate::support::{Home, dxpulse};
use crate::{answers, at_mark, pulse, survey};

const QUESTION: &str = "\n[[question]]\nid = \"oncall\"\ntype = \"boolean\"\ntext = \"On call?\"\n";

#[test]
fn a_survey_is_answered_in_german_with_the_keys_of_german() {
    let home = Home::new();
    survey(&home, "mine", QUESTION);
    let mut screen = dxpulse(["take", "--lang", "de", "mine.toml"]).home(&home).start();
    screen.ready().until("On call?").until("j ○ Ja").until("◈ bleibt hier").press("?").until("ja antworten und weiter");
    screen.press("esc").until("n ○ Nein").press("j").until("danke: auf diesem Rechner gespeichert, nichts wurde gesendet");
    assert_eq!((screen.exit_code(), answers(&home)[0]["oncall"].as_bool()), (0, Some(true)));
    screen.assert_given_back();
}

#[test]
fn the_locale_speaks_and_the_inbox_hands_it_on() {
    let mut screen = dxpulse([]).env("LANG", "ja_JP.UTF-8").start();
    screen.ready().until("自動では起動しません").press("1").until("ローカルに保存").until("残り").settle();
    screen.press("9").until("✓ 1件保存済み").press("q").until("回答の途中").until("1/").settle().press("q");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
}

#[test]
fn a_survey_without_the_language_keeps_its_own_and_the_program_speaks_the_readers() {
    let home = Home::new();
    survey(&home, "mine", QUESTION);
    let mut screen = dxpulse(["take", "mine.toml"]).home(&home).env("LC_ALL", "ja_JP.UTF-8").start();
    screen.ready().until("A survey for trials").until("On call?").until("y ○ はい").until("◈ ローカルに保存").press("y");
    screen.until("ありがとうございました");
    assert_eq!((screen.exit_code(), answers(&home)[0]["oncall"].as_bool()), (0, Some(true)));
}

#[test]
fn words_of_the_language_and_english_ones_are_typed_in_lines() {
    let mut screen = pulse().args(["--accessible", "--lang", "de"]).start();
    for (asked, line) in [("Frage 1", "9"), ("Frage 2", "überspringen"), ("Frage 3", "back"), ("Antwort bisher", "ende")] {
        screen.until(asked).until_that("the mark", at_mark).type_raw(format!("{line}\r").as_bytes());
    }
    screen.until("2 Antworten gespeichert; fortsetzen mit: dxpulse take pulse");
    assert_eq!(screen.exit_code(), 3);
}
