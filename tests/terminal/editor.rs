//! The respondent's own editor: what it writes becomes the text, and no failure of it costs a word.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::support::{Home, Screen, dxpulse};
use crate::{answers, children, script, survey};

const QUESTIONS: &str = "[[question]]\nid = \"story\"\ntype = \"text\"\nlength = \"long\"\nmax_length = 4000\ntext = \"What happened?\"\n\n\
                         [[question]]\nid = \"again\"\ntype = \"boolean\"\ntext = \"Again?\"\n";

/// Starts the survey with an editor that runs this script, types a word, and presses the editor's key.
fn opened(variable: &str, command: &str, text: &str) -> Screen {
    let home = Home::new();
    survey(&home, "talk", QUESTIONS);
    script(home.path(), "my editor", text);
    let mut screen = dxpulse(["take", "--full", "talk.toml"]).home(&home).env(variable, command).start();
    screen.ready().type_text("before").until("before").press("ctrl-o");
    screen
}

fn finish(screen: &mut Screen) -> String {
    screen.settle().press("enter").until("Again?").press("y").until(crate::REVIEW).press("enter");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert_no_desk(screen.home().path());
    answers(screen.home())[0]["story"].as_str().unwrap_or_default().to_owned()
}

fn assert_no_desk(home: &Path) {
    let names = |folder: &Path| {
        fs::read_dir(folder).expect("a home can be listed").filter_map(|entry| entry.ok()?.file_name().into_string().ok())
    };
    let left: Vec<String> = names(home).chain(names(&home.join("data"))).filter(|name| name.starts_with("edit-")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn what_the_editor_writes_becomes_the_text() {
    for variable in ["VISUAL", "EDITOR"] {
        let mut screen = opened(variable, "'./my editor'", "printf '%s after\\nsecond\\n' \"$(cat \"$1\")\" >\"$1\"");
        screen.until("before after").until("second");
        assert_eq!(finish(&mut screen), "before after\nsecond");
    }
}

#[test]
fn quoted_arguments_of_the_editor_stay_whole_and_come_before_the_file() {
    let write = "printf '%s|%s|%s|' \"$1\" \"$2\" \"$#\" >\"$3\"";
    let mut screen = opened("VISUAL", "'./my editor' -c 'set tw=72; x'", write);
    screen.until("-c|set tw=72; x|3|");
    assert_eq!(finish(&mut screen), "-c|set tw=72; x|3|");
}

#[test]
fn the_file_is_private_and_the_terminal_is_the_editors() {
    let look = "stat -c %a \"$1\" \"${1%/*}\" >modes; test -t 0 -a -t 1 -a -t 2 && stty -a | grep -c -w icanon >tty; echo drawn";
    let mut screen = opened("VISUAL", "'./my editor'", look);
    screen.settle().until("What happened?").until("before");
    let home = screen.home().path().to_owned();
    assert_eq!(fs::read_to_string(home.join("modes")).unwrap(), "600\n700\n");
    assert_eq!(fs::read_to_string(home.join("tty")).unwrap(), "1\n");
    assert!(!screen.text().contains("drawn"));
    assert_eq!(finish(&mut screen), "before");
}

#[test]
fn no_failure_of_the_editor_costs_a_word() {
    for (command, text, told) in [
        ("'./my editor'", "echo lost >\"$1\"; exit 1", "ended with exit status: 1"),
        ("'./my editor'", "echo lost >\"$1\"; kill -9 $$", "ended with signal: 9"),
        ("'./my editor'", "kill -INT $$", "ended with signal: 2"),
        ("'./my editor'", "printf 'a\\377b' >\"$1\"", "not UTF-8"),
        ("'./my editor'", "head -c 65537 /dev/zero | tr '\\0' x >\"$1\"", "longer than 64 KiB"),
        ("'./my editor'", "rm \"$1\"", "file can't be used"),
        ("./absent", "", "no program `./absent`"),
        ("'./open", "", "open quote"),
        ("./talk.toml", "", "no program `./talk.toml`"),
    ] {
        let mut screen = opened("VISUAL", command, text);
        screen.until(told).until("before").until("What happened?");
        assert_eq!(finish(&mut screen), "before", "{text}");
    }
}

#[test]
fn a_text_longer_than_the_question_takes_is_cut_and_said() {
    let mut screen = opened("VISUAL", "'./my editor'", "head -c 5000 /dev/zero | tr '\\0' x >\"$1\"");
    screen.until("1000 characters at the end were left out");
    assert_eq!(finish(&mut screen).len(), 4000);
}

#[test]
fn escape_sequences_in_the_editors_file_never_reach_the_terminal() {
    let mut screen = opened("VISUAL", "'./my editor'", "printf 'a\\033]0;owned\\007\\033[6nb' >\"$1\"");
    screen.until("owned").settle();
    assert!(!String::from_utf8_lossy(&screen.raw()).contains("\u{1b}]0;") && screen.questions().is_empty());
    assert!(!finish(&mut screen).contains('\u{1b}'));
}

#[test]
fn a_resize_while_the_editor_is_open_counts_afterwards() {
    let wait = "echo open; while ! test -e done; do sleep 0.02; done; echo ' late' >>\"$1\"";
    let mut screen = opened("VISUAL", "'./my editor'", wait);
    screen.until("open").resize(40, 10).resize(60, 15).type_raw(b"typed for the editor\r");
    fs::write(screen.home().path().join("done"), "").unwrap();
    screen.until("What happened?").until("1 of 2").until("late");
    let widest = screen.text().lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(60), "{}", screen.text());
    assert_eq!(finish(&mut screen), "before late");
}

#[test]
fn a_screen_that_became_too_small_meanwhile_goes_over_to_lines() {
    let mut screen = opened("VISUAL", "'./my editor'", "echo open; while ! test -e done; do sleep 0.02; done; echo more >\"$1\"");
    screen.until("open").resize(18, 3);
    fs::write(screen.home().path().join("done"), "").unwrap();
    screen.until_that("the mark", crate::at_mark).type_raw(b"/quit\r");
    assert_eq!(screen.exit_code(), 3);
    screen.assert_given_back();
    let mut again = dxpulse(["take", "talk.toml"]).home(screen.home()).start();
    again.until("more");
}

#[test]
fn ctrl_c_in_the_editor_is_the_editors() {
    let mut screen =
        opened("VISUAL", "'./my editor'", "trap 'echo caught >\"$1\"; exit 0' INT; echo open; while :; do sleep 0.02; done");
    screen.until("open").type_raw(b"\x03").until("caught").until("What happened?");
    assert_eq!(finish(&mut screen), "caught");
}

#[test]
fn an_editor_open_when_the_time_is_up_is_ended_and_what_it_saved_is_kept() {
    for (editor, kept) in [
        ("echo open; exec sleep 60", "before"),
        ("echo saved >\"$1\"; echo open; exec sleep 60", "saved"),
        ("echo saved >\"$1\"; trap '' HUP; echo open; while :; do sleep 0.1; done", "saved"),
        (": >\"$1\"; echo open; exec sleep 60", "before"),
    ] {
        let home = Home::new();
        survey(&home, "talk", QUESTIONS);
        script(home.path(), "my editor", editor);
        let mut screen = dxpulse(["take", "talk.toml", "--timeout", "3"]).home(&home).env("VISUAL", "'./my editor'").start();
        screen.ready().type_text("before").until("before").press("ctrl-o").until("open");
        assert_eq!(screen.exit_code(), 124, "{editor}");
        screen.assert_given_back();
        assert_no_desk(home.path());
        let mut again = dxpulse(["take", "talk.toml"]).home(&home).start();
        again.until("What happened?").until(kept);
    }
}

#[test]
fn a_program_told_to_end_ends_its_editor_and_keeps_the_text() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut screen = opened("VISUAL", "'./my editor'", "echo open; exec sleep 60");
        screen.until("open").signal(signal);
        assert_eq!(screen.exit_code(), code);
        screen.assert_given_back();
        assert_no_desk(screen.home().path());
        assert!(children(screen.pid()).is_empty());
        let mut again = dxpulse(["take", "talk.toml"]).home(screen.home()).start();
        again.until("before");
    }
}
