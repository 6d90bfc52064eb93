//! What SIGKILL leaves, a second terminal, and a survey that changed meanwhile.

use std::fs;

use serde_json::json;

use crate::support::{End, Home, dxpulse};
use crate::{answers, begun, kept, pulse, survey, to_the_review};

#[test]
fn a_killed_survey_goes_on_at_the_same_question_with_every_answer() {
    let mut first = begun();
    let home = first.home().clone();
    assert_eq!(first.until("How easy").kill(), End::Signal("Killed".to_owned()));
    let mut second = pulse().home(&home).start();
    second.ready().until("2 of 4").press("4").until("✓ 2 replies saved").until("How reliable").kill();
    let mut third = pulse().home(&home).start();
    third.ready().until("3 of 4").press("5").until("✓ 3 replies saved").type_text("half").until("half").kill();
    let mut fourth = pulse().home(&home).start();
    fourth.ready().until("4 of 4").type_text("whole").press("enter").until(crate::REVIEW).until("✓ 4 replies saved").kill();
    let mut fifth = pulse().home(&home).start();
    fifth.ready().until(crate::REVIEW).press("enter");
    assert_eq!(fifth.exit_code(), 0);
    assert_eq!(answers(&home), [json!({ "nps": 9, "ease": 4, "reliability": 5, "reason": "whole" })]);
}

#[test]
fn a_stored_response_survives_sigkill_and_isnt_asked_again() {
    let mut screen = begun();
    to_the_review(&mut screen);
    screen.press("enter").until("thanks").kill();
    let mut again = pulse().home(screen.home()).start();
    assert_eq!(again.exit_code(), 1);
    assert!(again.text().contains("was answered already"), "{}", again.text());
    assert_eq!(answers(screen.home()).len(), 1);
}

#[test]
fn answering_again_adds_a_response() {
    let mut first = begun();
    to_the_review(&mut first);
    first.press("enter").end();
    let mut again = pulse().args(["--again"]).home(first.home()).start();
    again.ready().press("3").until("How easy").press("r").until(crate::REVIEW).press("enter");
    assert_eq!(again.exit_code(), 0);
    let all = answers(first.home());
    assert_eq!((all.len(), &all[1]["nps"]), (2, &json!(3)));
}

#[test]
fn a_second_terminal_is_declined_while_the_first_is_there() {
    let mut first = begun();
    let home = first.home().clone();
    for arguments in [&[][..], &["--accessible"]] {
        let mut second = pulse().args(arguments.iter().copied()).home(&home).start();
        assert_eq!(second.exit_code(), 1);
        assert!(second.text().contains("is being answered in another terminal"), "{}", second.text());
        assert!(second.text().contains("help: go on there"), "{}", second.text());
        second.assert_given_back();
    }
    let mut other = dxpulse(["take", "first-deployment"]).home(&home).start();
    other.ready().until("How did your first deployment").press("q").end();
    first.until("How easy").press("4").until("✓ 2 replies saved").press("q").end();
    let mut after = pulse().home(&home).start();
    after.ready().until("3 of 4").kill();
    let mut last = pulse().home(&home).start();
    last.ready().until("3 of 4").press("q");
    assert_eq!((last.exit_code(), kept(&home, "pulse")), (3, Some(2)));
}

#[test]
fn a_survey_that_changed_under_its_draft_says_so_and_asks_anew_what_changed() {
    let question = |id: &str, text: &str| format!("[[question]]\nid = \"{id}\"\ntype = \"boolean\"\ntext = \"{text}\"\n\n");
    let (kept, altered, gone) = (question("kept", "Kept?"), question("altered", "Before?"), question("gone", "Gone?"));
    let hidden = question("hidden", "Hidden?").replace("\n\n", "\nshow_if = \"!kept\"\n\n");
    let note = |text: &str| question("note", text).replace("boolean", "note");
    let home = Home::new();
    survey(&home, "trial", &[kept.clone(), hidden.clone(), altered, note("Halfway."), gone].concat());
    let mut first = dxpulse(["take", "trial.toml"]).home(&home).start();
    first
        .ready()
        .press("y")
        .until("Before?")
        .press("y")
        .until("Halfway.")
        .press("enter")
        .until("Gone?")
        .press("n")
        .until(crate::REVIEW)
        .until("3 replies")
        .press("q")
        .end();

    survey(&home, "trial", &[kept, hidden, question("altered", "After?"), note("More."), question("new", "New?")].concat());
    let mut second = dxpulse(["take", "trial.toml"]).home(&home).start();
    second.ready().until("survey changed; asked anew: 2; new: 3; gone: 1; rest kept");
    second.press("r").until(crate::REVIEW).until_that("one answer left", |text| text.contains("Kept?") && text.contains("yes"));
    second.press("backspace").until("New?").press("n").until(crate::REVIEW).press("enter");
    assert_eq!(second.exit_code(), 0);
    assert_eq!(answers(&home), [json!({ "kept": true, "new": false })]);
}

#[test]
fn a_survey_that_no_longer_reads_leaves_its_draft_alone() {
    let home = Home::new();
    let file = survey(
        &home,
        "trial",
        "[[question]]\nid = \"a\"\ntype = \"boolean\"\ntext = \"A?\"\n\n[[question]]\nid = \"b\"\ntype = \"boolean\"\ntext = \"B?\"\n",
    );
    let mut first = dxpulse(["take", "trial.toml"]).home(&home).start();
    first.ready().press("y").until("B?").press("q").end();
    let good = fs::read(&file).unwrap();
    fs::write(&file, "id = ").unwrap();
    let mut broken = dxpulse(["take", "trial.toml"]).home(&home).start();
    assert_eq!(broken.exit_code(), 1);
    fs::write(&file, good).unwrap();
    let mut again = dxpulse(["take", "trial.toml"]).home(&home).start();
    again.until("B?").until("✓ 1 reply saved");
}
