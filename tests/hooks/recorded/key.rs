//! Alt+J: bound while there is a survey to answer and nothing else is bound to it, and never longer.

use std::fs;

use super::place::{Place, SHELLS, Session, Shell};

const ALT_J: &str = "\x1bj";

/// Starts a shell that has just been asked for `my-survey`.
fn asked(place: &mut Place, after: &str) -> Session {
    fs::write(place.file("id"), "my-survey\n").unwrap();
    place.due(&["command any 0 true"]);
    let mut session = place.start("", after);
    session.run("true");
    session
}

/// Gives the calls that answer.
fn answered(place: &Place) -> usize {
    let calls = place.calls().into_iter().filter(|call| call[0] == "take");
    calls.inspect(|call| assert_eq!(call[1..], ["--inline", "--no-suspend", "--", "my-survey"])).count()
}

#[test]
fn the_key_answers_once_and_keeps_what_was_typed() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = asked(&mut place, "");
        assert!(!place.calls()[0].contains(&"--no-key".to_owned()), "{shell:?}");
        session.until("a survey is due").send("echo kept").until("$ echo kept").send(ALT_J).until("taking my-survey");
        session.screen.until_that("the line again", |text| text.trim_end().ends_with("$ echo kept"));
        session.run("-whole").until("\nkept-whole");
        assert_eq!(answered(&place), 1, "{shell:?}");
        session.send(ALT_J).send("\x15").run("echo after");
        assert_eq!(answered(&place), 1, "{shell:?}: it is bound once");
    }
}

#[test]
fn the_key_is_free_again_after_the_next_command() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = asked(&mut place, "");
        session.run("").run("echo other").send(ALT_J).send("\x15").run("echo after");
        assert_eq!(answered(&place), 0, "{shell:?}");
        let shown = match shell {
            Shell::Bash => "bind -X; bind -p | grep -c '\"\\\\ej\"'",
            Shell::Zsh => "bindkey -p '^[j'; echo 0",
            Shell::Fish => "bind \\ej 2>/dev/null; echo 0",
        };
        session.run(shown);
        let text = session.screen.text();
        assert!(text.contains("\n0\n") && !text.contains("__dxpulse"), "{shell:?}: {text}");
    }
}

#[test]
fn an_empty_line_leaves_the_key_bound() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = asked(&mut place, "");
        session.run("").send(ALT_J).until("taking my-survey");
    }
}

#[test]
fn the_key_answers_on_a_line_that_goes_on() {
    for (shell, begun) in
        [(Shell::Bash, "echo 'kept"), (Shell::Bash, "cat <<E"), (Shell::Bash, "if true; then"), (Shell::Zsh, "echo 'kept")]
    {
        let mut place = Place::new(shell);
        let mut session = asked(&mut place, "PS2='more> '");
        session.send(begun).send("\r").until("more> ").send(ALT_J).until("taking my-survey");
        let text = session.screen.text();
        assert!(!text.contains("error"), "{shell:?}: {text}");
        assert_eq!(answered(&place), 1);
    }
}

#[test]
fn a_key_that_the_user_has_bound_stays_theirs() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let (bind, vi) = match shell {
            Shell::Bash => ("bind '\"\\ej\": \"echo mine\"'", "set -o vi"),
            Shell::Zsh => ("bindkey -s '^[j' 'echo mine'", "bindkey -v"),
            Shell::Fish => ("bind \\ej 'commandline -i \"echo mine\"'", "fish_vi_key_bindings"),
        };
        let mut session = asked(&mut place, bind);
        assert_eq!(place.calls()[0][6], "--no-key", "{shell:?}");
        session.send(ALT_J).until("$ echo mine").run("").until("\nmine");
        session.run("true").send(ALT_J).until("$ echo mine");
        assert_eq!(answered(&place), 0);

        let mut place = Place::new(shell);
        asked(&mut place, vi);
        assert_eq!(place.calls()[0][6], "--no-key", "{shell:?}: Escape and j mean something to vi");
    }
}

#[test]
fn without_an_id_no_key_is_bound() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        place.due(&["command any 0 true"]);
        let mut session = place.start("", "");
        session.run("true").send(ALT_J).send("\x15").run("echo after");
        assert_eq!((place.calls().len(), answered(&place)), (1, 0), "{shell:?}");
    }
}
