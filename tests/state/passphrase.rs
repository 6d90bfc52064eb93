//! The passphrase: asked for twice, never shown, long enough, and the terminal is as it was whatever happens.

use rustix::process::Signal;

use crate::machine::{Machine, PASSPHRASE, desk};
use crate::support::{End, Screen, dxpulse};

fn asked(machine: &Machine) -> Screen {
    let mut screen = dxpulse(["export", "--state", &machine.file("state")]).home(&machine.home).start();
    screen.until("Passphrase for the file: ");
    screen
}

/// Answers a question once it stands on the screen for so many times; what is typed before it is asked is dropped.
fn answers(screen: &mut Screen, (question, times): (&str, usize), line: &str) {
    screen.until_that(question, |text| text.matches(question).count() == times);
    screen.type_raw(format!("{line}\r").as_bytes());
}

const FIRST: &str = "Passphrase for the file: ";
const AGAIN: &str = "The same again: ";

#[test]
fn it_is_asked_for_twice_and_never_shown() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    let mut screen = asked(&here);
    answers(&mut screen, (FIRST, 1), "too short");
    answers(&mut screen, (FIRST, 2), PASSPHRASE);
    answers(&mut screen, (AGAIN, 1), "four words are not enough");
    answers(&mut screen, (FIRST, 3), PASSPHRASE);
    answers(&mut screen, (AGAIN, 2), PASSPHRASE);
    assert_eq!(screen.exit_code(), 0);
    let written = String::from_utf8_lossy(&screen.raw()).into_owned();
    assert!(!written.contains("enough") && written.contains("state is written"), "{written}");
    assert!(written.contains("at least 12 characters, or 4 words") && written.contains("the two differ"), "{written}");
    screen.assert_given_back();

    let mut screen = dxpulse(["import", "--state", &there.file("state")]).home(&there.home).start();
    answers(&mut screen, ("Passphrase of the file: ", 1), PASSPHRASE);
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert_eq!(there.states(), ["scheduled", "scheduled"]);
}

#[test]
fn leaving_the_question_moves_nothing_and_shows_what_is_typed_again() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let before = here.everything();
    type Way = (&'static str, fn(&mut Screen), u32);
    let ways: [Way; 3] = [
        ("ctrl-c", |screen| _ = screen.type_raw(b"secret\x03"), 130),
        ("ctrl-d", |screen| _ = screen.type_raw(b"\x04"), 1),
        ("SIGTERM", |screen| _ = screen.signal(Signal::TERM), 143),
    ];
    for (name, leave, code) in ways {
        let mut screen = asked(&here);
        leave(&mut screen);
        assert_eq!(screen.end(), End::Code(code), "{name}");
        screen.assert_given_back();
    }
    assert_eq!(here.everything(), before);
    assert!(!desk.path().join("state").exists());
}

#[test]
fn without_a_terminal_a_file_is_needed_and_what_is_too_short_in_it_is_refused() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let without = here.run(&["export", "--state", &here.file("state")]);
    assert!(without.code == 1 && without.err.contains("--passphrase-file"), "{without:?}");
    std::fs::write(desk.path().join("passphrase"), "too short\n").unwrap();
    let short = here.export("state");
    assert!(short.code == 1 && short.err.contains("at least 12 characters, or 4 words"), "{short:?}");
    assert!(!desk.path().join("state").exists());
    let given =
        here.home.run_with(["export", "--state", &here.file("state"), "--passphrase-file", "-"], "four words are enough\r\n");
    assert!(given.status.success(), "{}", String::from_utf8_lossy(&given.stderr));
    std::fs::write(desk.path().join("passphrase"), PASSPHRASE).unwrap();
    assert_eq!(here.import("state").code, 0);
}
