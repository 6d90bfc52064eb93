//! Ctrl-Z, `fg`, and stops from outside: the shell gets its terminal, and the survey comes back whole.

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Screen, Start, program, shell};
use crate::{at_mark, at_prompt, begun, children, home, kept, program_folder, until_stopped};

const QUESTION: &str = "How easy was it to get your work done";

fn zsh() -> Start {
    let path = format!("{}:/usr/bin:/bin", program_folder());
    program("/usr/bin/zsh", ["-f", "-i", "+Z", "+o", "prompt_sp"]).env("PATH", path).env("PS1", "$ ")
}

fn fish() -> Start {
    let path = format!("{}:/usr/bin:/bin", program_folder());
    program(
        "/usr/bin/fish",
        ["--no-config", "-i", "--features", "no-query-term", "-C", "function fish_prompt; echo -n '$ '; end"],
    )
    .env("PATH", path)
}

/// Starts a shell and in it the survey of trials, with its first question answered.
fn in_shell(shell: Start, command: &str) -> Screen {
    let mut screen = shell.home(&home()).start();
    screen.until("$").type_raw(command.as_bytes()).type_raw(b"\r");
    screen.until("How likely").settle().press("9").until(QUESTION).until("✓ 1 reply saved");
    screen
}

#[test]
fn a_suspended_survey_gives_the_shell_its_terminal_and_fg_brings_it_back() {
    for (name, start) in [("bash", shell()), ("zsh", zsh()), ("fish", fish())] {
        let mut screen = in_shell(start, "dxpulse take pulse");
        screen.press("ctrl-z").until_that("the shell's screen", |text| {
            !text.contains(QUESTION) && text.to_lowercase().contains("stopped") || text.contains("suspended")
        });
        assert!(!screen.left_on().iter().any(|mode| mode == "alternate screen" || mode == "hidden cursor"), "{name}");
        screen.type_raw(b"fg\r").until(QUESTION).until("2 of 4").until("? help");
        screen.settle().press("4").until("How reliable").press("q").until("2 replies kept");
        assert_eq!(kept(screen.home(), "pulse"), Some(2), "{name}");
    }
}

#[test]
fn bash_finds_its_line_discipline_after_a_stop_and_after_the_end() {
    let mut screen = in_shell(shell(), "dxpulse take pulse");
    screen.press("ctrl-z").until("Stopped");
    screen.assert_given_back();
    screen.type_raw(b"fg\r").until(QUESTION).settle().press("q").until("kept");
    screen.until_that("a prompt", at_prompt);
    screen.assert_given_back();
}

#[test]
fn keys_typed_before_the_survey_is_back_answer_nothing() {
    let mut screen = in_shell(shell(), "dxpulse take pulse");
    screen.press("ctrl-z").until("Stopped");
    screen.type_raw(b"fg\r1q").until(QUESTION).settle();
    assert!(screen.text().contains(QUESTION), "{}", screen.text());
    screen.press("4").until("How reliable");
}

#[test]
fn a_stop_from_outside_comes_back_whole() {
    let mut screen = in_shell(shell(), "dxpulse take pulse");
    let survey = child(&screen);
    kill_process(survey, Signal::STOP).unwrap();
    screen.until("Stopped").type_raw(b"clear\r").until_gone("Stopped").type_raw(b"fg\r");
    screen.until(QUESTION).until("? help").until("✓ 1 reply saved").settle().press("4").until("How reliable").press("q");
    screen.until("2 replies kept").until_that("a prompt", at_prompt);
    screen.assert_given_back();
}

#[test]
fn a_stop_without_any_shell_comes_back_whole() {
    let mut screen = begun();
    screen.until(QUESTION);
    screen.signal(Signal::STOP);
    until_stopped(screen.pid());
    let written = screen.written();
    screen.signal(Signal::CONT).more_than(written);
    let raw = screen.raw();
    screen.until(QUESTION).settle().press("4").until("How reliable").press("q");
    assert_eq!(screen.exit_code(), 3);
    screen.assert_given_back();
    assert!(String::from_utf8_lossy(&raw[written..]).contains("\u{1b}[?1049h"), "the screen is taken again");
}

#[test]
fn where_no_shell_could_continue_it_the_survey_is_not_stopped() {
    let mut screen = begun();
    screen.until(QUESTION).press("ctrl-z").settle().press("4").until("How reliable");
}

#[test]
fn a_parent_that_waits_is_suspended_too() {
    let mut screen = in_shell(shell(), "sh -c 'dxpulse take pulse; echo done $?'");
    screen.press("ctrl-z").until("Stopped").type_raw(b"fg\r").until(QUESTION).settle().press("q").until("done 3");
}

#[test]
fn the_line_face_asks_again_after_a_stop() {
    let mut screen = shell().home(&home()).start();
    screen.until("$").type_raw(b"dxpulse take pulse --accessible\r").until("Question 1 of 4");
    screen.until("> ").type_raw(b"9\r").until("Question 2 of 4").until_that("the mark", at_mark);
    screen.type_raw(b"\x1a").until("Stopped").type_raw(b"clear\r").until_gone("Stopped").type_raw(b"fg\r");
    screen.until("Question 2 of 4").until_that("the mark", at_mark);
    screen.type_raw(b"4\r").until("Question 3 of 4").type_raw(b"quit\r").until_that("a prompt", at_prompt);
    assert_eq!(kept(screen.home(), "pulse"), Some(2));
}

fn child(screen: &Screen) -> Pid {
    let id = *children(screen.pid()).first().expect("the shell runs the survey");
    i32::try_from(id).ok().and_then(Pid::from_raw).expect("process ids are positive")
}
