//! Nothing is left behind: after every way out the terminal is as before, and the answers are where they should be.

use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{PROGRAM, Screen, dxpulse, settings, wait_out_guard};
use crate::{answers, begun, home, kept, listed, pulse, until_stopped};

/// What a respondent does, what is waited for, and what the process is told.
enum Step {
    Press(&'static str),
    Shows(&'static str),
    Told(Signal),
}

use Step::{Press, Shows, Told};

/// The steps, the exit code, and how many replies the draft then holds.
type Way = (&'static [Step], u32, Option<u64>);

const WAYS: [Way; 10] = [
    (&[Press("q")], 3, Some(1)),
    (&[Press("f10")], 3, Some(1)),
    (&[Press("esc"), Shows("Menu"), Press("q")], 3, Some(1)),
    (&[Press("ctrl-c")], 130, Some(1)),
    (&[Press("?"), Shows("esc close"), Press("ctrl-c")], 130, Some(1)),
    (&[Press("esc"), Shows("Menu"), Press("x"), Shows("Decline this"), Press("y")], 4, None),
    (&[Told(Signal::TERM)], 143, Some(1)),
    (&[Told(Signal::HUP)], 129, Some(1)),
    (&[Told(Signal::INT)], 130, Some(1)),
    (&[Told(Signal::QUIT)], 143, Some(1)),
];

/// Takes the steps and gives the exit code, once the terminal is seen to be as before.
fn leave(screen: &mut Screen, steps: &[Step]) -> u32 {
    for step in steps {
        match step {
            Press(key) => screen.press(key),
            Shows(text) => screen.until(text),
            Told(signal) => screen.signal(*signal),
        };
    }
    let code = screen.exit_code();
    screen.assert_given_back();
    code
}

#[test]
fn every_way_out_gives_the_terminal_back_and_keeps_the_answers() {
    for (at, (steps, code, replies)) in WAYS.iter().enumerate() {
        let mut screen = begun();
        assert_eq!(leave(&mut screen, steps), *code, "way {at}");
        assert_eq!(kept(screen.home(), "pulse"), *replies, "way {at}");
        assert_eq!(answers(screen.home()).len(), 0, "way {at}");
    }
}

#[test]
fn a_declined_survey_is_listed_as_declined() {
    let mut screen = pulse().start();
    screen.ready().press("esc").until("Menu").press("x").until("Decline this").press("y");
    assert_eq!(screen.exit_code(), 4);
    assert_eq!(listed(screen.home(), "pulse")["state"], "declined");
}

#[test]
fn what_was_typed_is_saved_after_a_pause() {
    let mut screen = begun();
    screen.until("How easy").press("4").until("How reliable").press("5").until("main reason").until("✓ 3 replies saved");
    screen.type_text("half a").until("half a").until("✓ 4 replies saved");
    screen.kill();
    let mut again = pulse().home(screen.home()).start();
    again.until("main reason").until("half a").until("✓ 4 replies saved");
    again.kill();
}

#[test]
fn whoever_declines_while_an_answer_is_changed_drops_the_change_alone() {
    let home = home();
    let stored = home.run_with(["take", "pulse", "--answers", "-"], r#"{"nps": 9, "ease": 4, "reliability": 5}"#);
    assert!(stored.status.success(), "{}", String::from_utf8_lossy(&stored.stderr));
    let mut screen = dxpulse(["edit"]).home(&home).start();
    screen.ready().press("esc").until("Menu").press("x").until("Drop these changes?").press("y");
    assert_eq!(screen.exit_code(), 4);
    assert!(screen.text().contains("changes dropped"), "{}", screen.text());
    assert_eq!(answers(&home).len(), 1);
}

#[test]
fn half_typed_text_is_kept_on_every_way_out() {
    for (step, code) in [(Press("alt-q"), 3), (Press("ctrl-c"), 130), (Told(Signal::TERM), 143), (Told(Signal::HUP), 129)] {
        let mut screen = begun();
        screen.until("How easy").press("4").until("How reliable").press("5").until("main reason");
        screen.type_text("half a").until("half a");
        assert_eq!(leave(&mut screen, &[step]), code);
        let mut again = pulse().home(screen.home()).start();
        again.until("main reason").until("half a").until("✓ 4 replies saved");
        again.kill();
    }
}

#[test]
fn the_time_is_up_after_the_timeout_with_the_draft_kept() {
    let mut first = begun();
    first.press("q").end();
    for arguments in [&["--timeout", "1"][..], &["--timeout", "1", "--accessible"]] {
        let mut screen = pulse().args(arguments.iter().copied()).home(first.home()).start();
        assert_eq!(screen.exit_code(), 124);
        screen.assert_given_back();
        assert_eq!(kept(screen.home(), "pulse"), Some(1));
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_first_and_quotes_no_answer() {
    for arguments in [&[][..], &["--accessible"]] {
        let mut screen = pulse().args(arguments.iter().copied()).env("DXPULSE_PANIC", "4").start();
        if arguments.is_empty() {
            screen.ready().press("9").until("How easy").press("4").until("How reliable").press("5").until("main reason");
            screen.type_text("confidential").press("enter");
        } else {
            screen.until("> ").type_raw(b"9\r4\r5\rconfidential\r");
        }
        assert_eq!(screen.exit_code(), 101);
        screen.assert_given_back();
        let told = screen.text();
        let told = &told[told.find("dxpulse stopped").expect("a panic says so")..];
        assert!(told.contains("because of a bug at") && told.contains("answers you gave are kept"), "{told}");
        assert!(!told.contains("confidential") && !told.contains("panicked"), "{told}");
        assert_eq!(kept(screen.home(), "pulse"), Some(4));
    }
}

#[test]
fn a_process_told_to_end_while_stopped_ends_when_it_goes_on() {
    let mut screen = begun();
    screen.signal(Signal::STOP).signal(Signal::TERM).signal(Signal::CONT);
    assert_eq!(screen.exit_code(), 143);
    screen.assert_given_back();
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_with_the_draft_kept() {
    for (arguments, steps, replies) in [
        (&["take", "pulse"][..], &[("1 of 4", "9"), ("2 of 4", "4"), ("3 of 4", "")][..], Some(2)),
        (&["take", "pulse", "--accessible"], &[("> ", "9\r"), ("Question 2 of 4", "")], Some(1)),
        (&[], &[("Platform pulse", "")], None),
    ] {
        let home = crate::home();
        let pty = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        settings(&home).iter().for_each(|(name, value)| command.env(name, value));
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let mut writer = pty.master.take_writer().unwrap();
        let mut screen = vt100::Parser::default();
        for (shown, key) in steps {
            until(&mut reader, &mut screen, shown);
            wait_out_guard();
            writer.write_all(key.as_bytes()).unwrap();
        }
        // The writer says goodbye with Ctrl-D, which the program isn't to see: a terminal that goes away takes it along.
        let id = child.process_id().unwrap();
        kill_process(i32::try_from(id).ok().and_then(Pid::from_raw).unwrap(), Signal::STOP).unwrap();
        until_stopped(id);
        drop((reader, writer, pty.master));
        assert_eq!(child.wait().unwrap().exit_code(), 129, "{arguments:?}");
        assert_eq!(kept(&home, "pulse"), replies, "{arguments:?}");
    }
}

/// Reads until the screen shows this.
fn until(reader: &mut impl Read, screen: &mut vt100::Parser, text: &str) {
    while !screen.screen().contents().contains(text) {
        let mut buffer = [0; 4096];
        let count = reader.read(&mut buffer).expect("the terminal can be read");
        assert!(count > 0, "the program ended before it showed {text:?}");
        screen.process(&buffer[..count]);
    }
}
