//! A disk that takes no more while somebody answers: nothing is called saved that isn't.

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::support::Screen;
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
