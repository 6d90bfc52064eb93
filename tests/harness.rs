//! The terminal harness itself, tried on programs whose behaviour is known: a check that can't fail proves nothing.

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustix::process::Signal;
use support::{End, Home, Random, bytes, program, shell, shown};

#[test]
fn text_and_cursor_are_those_of_the_cells() {
    let mut screen = program("/bin/sh", ["-c", "printf '\\033[2;3Hab\\033[4;1H日本'; exec sleep 60"]).size(20, 5).start();
    screen.until("日本");
    assert_eq!(screen.row(1), "  ab");
    assert_eq!(screen.cursor(), (3, 4));
    assert_eq!(screen.kill(), End::Signal("Killed".to_owned()));
}

#[test]
fn keys_arrive_as_a_terminal_sends_them() {
    for (name, sent) in [
        ("9", "9"),
        ("enter", "\r"),
        ("backspace", "\x7f"),
        ("shift-tab", "\x1b[Z"),
        ("ctrl-c", "\x03"),
        ("alt-up", "\x1b[1;3A"),
        ("alt-enter", "\x1b\r"),
        ("f1", "\x1bOP"),
        ("é", "é"),
    ] {
        assert_eq!(bytes(name), sent.as_bytes(), "{name}");
    }
    let mut screen = program("/bin/sh", ["-c", "stty raw -echo; echo go; exec od -An -c -w1 -N4"]).start();
    screen.until("go").keys("a down").until("033").until("B");
}

#[test]
fn paste_is_marked_and_bytes_are_not() {
    let mut screen = program("/bin/sh", ["-c", "stty -echo; echo go; exec cat -v"]).start();
    screen.until("go").paste("two words").type_raw(b"\r");
    screen.until("^[[200~two words^[[201~");
}

#[test]
fn resize_reaches_the_program_as_a_signal() {
    let mut screen = program("/bin/bash", ["-c", "trap 'stty size' WINCH; echo go; while :; do sleep 0.01; done"]).start();
    screen.until("go").resize(40, 10).until("10 40");
}

#[test]
fn exit_codes_and_signals_are_told_apart() {
    assert_eq!(program("/bin/sh", ["-c", "exit 3"]).start().exit_code(), 3);
    let mut screen = program("/bin/sleep", ["60"]).start();
    assert_eq!(screen.signal(Signal::TERM).end(), End::Signal("Terminated".to_owned()));
}

#[test]
fn every_byte_before_the_end_is_seen() {
    let mut screen = program("/usr/bin/seq", ["20000"]).start();
    assert_eq!(screen.exit_code(), 0);
    assert!(screen.raw().ends_with(b"20000\r\n"));
}

#[test]
fn modes_left_on_are_noticed() {
    for left in ["\\033[?1049h", "\\033[?25l", "\\033[?2004h", "\\033[?2026h", "\\033[>1u", "\\033[1m", "\\033[?1003h"] {
        let mut screen = program("/usr/bin/printf", [left]).start();
        screen.exit_code();
        assert!(catch_unwind(AssertUnwindSafe(|| screen.assert_given_back())).is_err(), "{left}");
    }
    let mut screen = program("/bin/stty", ["raw"]).start();
    screen.exit_code();
    assert!(!screen.is_cooked());
    assert!(catch_unwind(AssertUnwindSafe(|| screen.assert_given_back())).is_err(), "raw mode");
    let mut screen = program("/usr/bin/printf", ["\\033[?1049h\\033[?2026h\\033[>1u\\033[<1u\\033[?2026l\\033[?1049l"]).start();
    screen.exit_code();
    screen.assert_given_back();
    assert!(screen.is_cooked());
}

#[test]
fn questions_to_the_terminal_are_recorded_and_not_answered() {
    for question in ["\\033[6n", "\\033[c", "\\033[?u", "\\033]11;?\\007", "\\033P+q544e\\033\\\\", "\\033[?2026$p"] {
        let mut screen = program("/usr/bin/printf", [question]).start();
        screen.exit_code();
        assert_eq!(screen.questions().len(), 1, "{question}");
    }
    let mut screen = program("/usr/bin/printf", ["\\033[2J\\033[?25h\\033]0;title\\007"]).start();
    screen.exit_code();
    assert_eq!(screen.questions(), Vec::<String>::new());
}

#[test]
fn a_wait_in_vain_ends_with_the_program_and_shows_the_screen() {
    let mut screen = program("/bin/echo", ["something else"]).start();
    let waited = catch_unwind(AssertUnwindSafe(|| {
        screen.until("never shown");
    }));
    let message = *waited.expect_err("the text is never shown").downcast::<String>().expect("a formatted message");
    assert!(message.contains("never shown") && message.contains("│something else"), "{message}");
}

#[test]
fn a_shell_stops_and_continues_its_job() {
    let mut screen = shell().start();
    screen.until("$").type_text("cat").press("enter").until("$ cat");
    screen.type_text("one").press("enter").until("one\none").press("ctrl-z").until("Stopped");
    screen.type_text("fg; echo back").press("enter").until("fg; echo back\ncat");
    screen.type_text("two").press("enter").until("two\ntwo").press("ctrl-d").until("\nback");
}

#[test]
fn nothing_of_the_surroundings_is_inherited() {
    let mut screen = program("/usr/bin/env", []).env("MARK", "here").start();
    assert_eq!(screen.exit_code(), 0);
    let names: Vec<_> = screen.text().lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.to_owned()).collect();
    let mut names: Vec<_> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["DXPULSE_HOME", "HOME", "LANG", "MARK", "PATH", "SHELL", "TERM", "TZ"]);
}

#[test]
fn a_home_is_kept_as_long_as_someone_uses_it() {
    let screen = program("/bin/sleep", ["60"]).start();
    let home: Home = screen.home().clone();
    drop(screen);
    assert!(home.path().is_dir());
    let path = home.path().to_owned();
    drop(home);
    assert!(!path.exists());
}

#[test]
fn random_numbers_repeat_with_their_seed() {
    let numbers = |seed| {
        let mut random = Random::new(seed);
        [random.within(0..100), random.within(0..100), random.within(5..6)]
    };
    assert_eq!(numbers(7), numbers(7));
    assert_ne!(numbers(7), numbers(8));
    assert_eq!(numbers(9)[2], 5);
}

#[test]
fn place_and_count_are_read_off_the_screen() {
    for (text, place, saved) in [
        ("  Pulse      ●○○  1 of 3 · 20 s left\n\n  ────────── ✓ 1 reply saved\n  hints", Some((1, 3)), Some(1)),
        ("Pulse 12/22\n── your answer: 9 ── ✓ 11 saved", Some((12, 22)), Some(11)),
        ("Pulse   review\n ✓  1  How likely   9\n── ✓ 3 replies saved", None, Some(3)),
        ("Pulse  2 of 3 · 5 s left\n ── … saving", Some((2, 3)), None),
        ("Pulse  2 of 3 · 5 s left\n ── ✗ not saved", Some((2, 3)), None),
        ("", None, None),
    ] {
        assert_eq!((shown::place(text), shown::saved(text)), (place, saved), "{text}");
    }
}
