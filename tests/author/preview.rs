//! `dxpulse survey preview` where nothing can be shown: what it says, and how it ends.

use crate::lint::GOOD;
use crate::sandbox::Sandbox;

#[test]
fn what_is_asked_for_and_is_not_there_is_told_with_what_is() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    sandbox.write("folder/pulse.toml", GOOD);
    for (arguments, code, said, help) in [
        (&["pulse.toml", "--question", "eas"][..], 2, "pulse.toml has no question \"eas\"", "did you mean `ease`?"),
        (&["pulse.toml", "--question", "speed"], 2, "pulse.toml has no question \"speed\"", "its questions are ease"),
        (&["pulse.toml", "--lang", "fr"], 1, "no terminal to ask on", "start it in a terminal"),
        (&["nowhere.toml"], 1, "can't read nowhere.toml", "give the path of a survey's TOML file"),
        (&["folder"], 1, "can't read folder: it is no file", "give the path of a survey's TOML file"),
        (&["pulse.toml"], 1, "no terminal to ask on", "start it in a terminal"),
    ] {
        let outcome = sandbox.run(&[&["survey", "preview"], arguments].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (code, ""), "{arguments:?}: {}", outcome.err);
        assert!(outcome.err.contains(said) && outcome.err.contains(help), "{arguments:?}: {}", outcome.err);
    }
}

#[test]
fn a_size_is_columns_and_rows_that_can_be_drawn() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    for (size, said) in
        [("80", "such as 80x24"), ("19x24", "sizes from 20x4 to 500x200"), ("80x201", "sizes from 20x4 to 500x200")]
    {
        let outcome = sandbox.run(&["survey", "preview", "pulse.toml", "--size", size]);
        assert_eq!(outcome.code, 2, "{size}");
        assert!(outcome.err.contains(said), "{size}: {}", outcome.err);
    }
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_is_told() {
    let sandbox = Sandbox::new().with("TERM", "dumb");
    sandbox.write("pulse.toml", GOOD);
    let (screen, code) = sandbox.on_terminal(&["survey", "preview", "pulse.toml"], "help: ", b"");
    assert!(screen.contains("this terminal can't be drawn on") && code == 1, "{screen}");
}
