//! A disk that takes no more while somebody answers: nothing is called saved that isn't.

use std::fs;

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::support::{Home, Screen};
use crate::{answers, at_mark, begun, kept, pulse, to_the_review};

/// Lets no file grow, or lifts that limit.
fn limit(screen: &Screen, is_full: bool) {
    let id = i32::try_from(screen.pid()).ok().and_then(Pid::from_raw);
    prlimit(id, Resource::Fsize, Rlimit { current: is_full.then_some(0), maximum: None }).expect("a limit can be lowered");
}

#[test]
fn what_cannot_be_saved_is_never_called_saved_and_saving_works_once_there_is_room() {
    let mut screen = begun();
    limit(&screen, true);
    screen.press("4").until("How reliable").until("✗ not saved").until("! ");
    screen.press("backspace").until("4 ● Easy").until("✗ not saved");
    assert!(!screen.text().contains('✓'), "{}", screen.text());
    limit(&screen, false);
    screen.press("enter").until("How reliable").press("5").until("✓ 3 replies saved").until_gone("not saved").press("alt-q");
    assert_eq!(screen.exit_code(), 3);
    assert_eq!(kept(screen.home(), "pulse"), Some(3));
}

#[test]
fn leaving_with_something_unsaved_takes_a_second_time() {
    let mut screen = begun();
    limit(&screen, true);
    screen.press("4").until("How reliable").until("✗ not saved");
    screen.press("q").until("leave again to go without saving").press("q");
    assert_eq!(screen.exit_code(), 1);
    screen.assert_given_back();
    assert!(!screen.text().contains("kept"), "{}", screen.text());
    assert_eq!(kept(screen.home(), "pulse"), Some(1));
}

#[test]
fn ctrl_c_leaves_at_once_also_with_something_unsaved() {
    let mut screen = begun();
    limit(&screen, true);
    screen.press("4").until("✗ not saved").press("ctrl-c");
    assert_eq!(screen.exit_code(), 130);
    screen.assert_given_back();
    assert!(screen.text().contains("dxpulse: ") && !screen.text().contains("kept"), "{}", screen.text());
}

#[test]
fn a_response_that_cannot_be_stored_stays_on_the_screen_until_it_can() {
    let mut screen = begun();
    to_the_review(&mut screen);
    screen.until("✓ 4 replies saved");
    limit(&screen, true);
    screen.press("enter").until("not saved").until(crate::REVIEW).until("fast builds");
    assert_eq!(answers(screen.home()).len(), 0);
    limit(&screen, false);
    screen.press("enter");
    assert_eq!((screen.exit_code(), answers(screen.home()).len()), (0, 1));
}

#[test]
fn the_line_face_says_that_an_answer_is_not_saved() {
    let mut screen = pulse().args(["--accessible"]).start();
    screen.until_that("the mark", at_mark).type_raw(b"9\r").until("Question 2 of 4").until_that("the mark", at_mark);
    limit(&screen, true);
    screen.type_raw(b"4\r").until("Question 3 of 4").until("not saved");
    limit(&screen, false);
    screen.type_raw(b"5\r").until("Question 4 of 4").until_that("the mark", at_mark).type_raw(b"/quit\r");
    assert_eq!((screen.exit_code(), kept(screen.home(), "pulse")), (3, Some(3)));
}

#[test]
fn without_a_terminal_a_file_that_may_not_grow_is_told_and_nothing_is_stored() {
    let home = Home::new();
    let (survey, answers) = (home.path().join("mine.toml"), home.path().join("answers.json"));
    fs::write(&survey, "id = \"mine\"\ntitle = \"Mine\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n")
        .unwrap();
    fs::write(&answers, r#"{"nps": 9}"#).unwrap();
    let take = ["take", survey.to_str().unwrap(), "--answers", answers.to_str().unwrap(), "--json"];
    for limit in [0, 512, 2048, 8192] {
        let output = home.command_through(&["prlimit", &format!("--fsize={limit}")]).args(take).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{limit}: {told}");
        assert!(told.starts_with("dxpulse: ") && told.contains("help: "), "{limit}: {told}");
    }
    assert!(home.command().args(take).output().unwrap().status.success());
}
