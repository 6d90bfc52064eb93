//! `dxpulse survey lint`: which files are checked, what is said of them, and how it ends.

use std::fs;
use std::os::unix::fs::symlink;

use crate::sandbox::{Outcome, Sandbox};

pub(crate) const GOOD: &str = "\
id = \"pulse\"
title = \"Pulse\"

[[question]]
id = \"ease\"
type = \"rating\"
text = \"How easy was your last deployment?\"
";

/// Gives a survey with one mistake in line 2.
pub(crate) fn misspelt() -> String {
    GOOD.replace("title", "titel")
}

fn lint(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "lint"], arguments].concat())
}

/// Gives the last line of what was said on standard error.
fn summary(outcome: &Outcome) -> &str {
    outcome.err.lines().last().unwrap_or_default()
}

#[test]
fn a_clean_file_prints_nothing_and_ends_with_0() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    let outcome = lint(&sandbox, &["pulse.toml"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""));
    assert_eq!(outcome.err, "dxpulse: 1 file, 0 errors, 0 warnings\n");
}

#[test]
fn a_mistake_is_drawn_with_its_line_and_ends_with_1() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &misspelt());
    let outcome = lint(&sandbox, &["pulse.toml"]);
    let drawn = "\
error[unknown-key]: unknown key `titel`
 --> pulse.toml:2:1
  |
2 | titel = \"Pulse\"
  | ^^^^^
  |
  = help: did you mean `title`?

";
    assert_eq!((outcome.code, outcome.out.as_str()), (1, drawn));
    assert_eq!(summary(&outcome), "dxpulse: 1 file, 1 error, 0 warnings");
}

#[test]
fn what_is_no_toml_ends_with_2_and_so_does_what_is_no_text() {
    let sandbox = Sandbox::new();
    sandbox.write("open.toml", "id = \"pulse");
    fs::write(sandbox.path("latin.toml"), b"id = \"pulse\"\ntitle = \"Caf\xe9\"\n").unwrap();
    for (file, code, place) in [("open.toml", "syntax", "open.toml:1:"), ("latin.toml", "not-utf-8", "latin.toml:2:13")] {
        let outcome = lint(&sandbox, &[file]);
        assert_eq!(outcome.code, 2, "{outcome:?}");
        assert!(outcome.out.contains(&format!("error[{code}]")) && outcome.out.contains(place), "{}", outcome.out);
    }
}

#[test]
fn a_path_that_cannot_be_read_is_told_and_the_others_are_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &misspelt());
    let outcome = lint(&sandbox, &["nowhere.toml", "pulse.toml"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.out.contains("pulse.toml:2:1"), "{}", outcome.out);
    let said = "dxpulse: nowhere.toml: can't be read: No such file or directory (os error 2)\n\
                dxpulse: 1 file, 1 error, 0 warnings, 1 path not read\n";
    assert_eq!(outcome.err, said);
}

#[test]
fn a_folder_stands_for_the_surveys_in_it_and_below() {
    let sandbox = Sandbox::new();
    for name in ["b.toml", "a/deep/er/c.toml"] {
        sandbox.write(&format!("here/{name}"), &misspelt());
    }
    let others = [
        ("Cargo.toml", "[package]\nname = \"pulse\"\n"),
        ("gone.lock.toml", "id = \"pulse\"\nlock = 1\n"),
        (".hidden.toml", "id = \"pulse\"\n"),
        (".hidden/d.toml", "id = \"pulse\"\n"),
        ("notes.md", "id = \"pulse\"\n"),
    ];
    others.iter().for_each(|(name, text)| sandbox.write(&format!("here/{name}"), text));
    sandbox.write("elsewhere.toml", &misspelt().replace("\"pulse\"", "\"week\""));
    symlink("../elsewhere.toml", sandbox.path("here/link.toml")).unwrap();
    symlink("..", sandbox.path("here/a/round")).unwrap();
    let outcome = lint(&sandbox, &["here", "here/b.toml", "./here"]);
    let places: Vec<&str> = outcome.out.lines().filter_map(|line| line.strip_prefix(" --> ")).collect();
    assert_eq!(places, ["here/b.toml:2:1", "here/link.toml:2:1", "here/a/deep/er/c.toml:2:1"]);
    assert_eq!((outcome.code, summary(&outcome)), (1, "dxpulse: 3 files, 3 errors, 0 warnings"));
}

#[test]
fn a_survey_in_a_folder_is_found_by_its_ending_in_any_case_and_by_a_misspelt_header() {
    let sandbox = Sandbox::new();
    sandbox.write("here/UP.TOML", &misspelt());
    sandbox.write("here/without-id.toml", "title = \"Pulse\"\n\n[[questions]]\nid = \"ease\"\n");
    let outcome = lint(&sandbox, &["here"]);
    assert!(outcome.out.contains("--> here/UP.TOML:2:1") && outcome.out.contains("here/without-id.toml:"), "{}", outcome.out);
}

#[test]
fn a_folder_without_surveys_is_told_and_ends_with_2() {
    let sandbox = Sandbox::new();
    sandbox.write("here/Cargo.toml", "[package]\nname = \"pulse\"\n");
    for command in ["lint", "simulate"] {
        let outcome = sandbox.run(&["survey", command, "here"]);
        assert_eq!((outcome.code, outcome.err.contains("there is no survey in these folders")), (2, true), "{outcome:?}");
    }
}

#[test]
fn surveys_of_one_folder_with_the_same_id_are_errors_in_every_format() {
    let sandbox = Sandbox::new();
    ["one/a.toml", "one/b.toml", "two/a.toml"].iter().for_each(|path| sandbox.write(path, GOOD));
    let drawn = "\
error[shared-id]: the id pulse is that of one/b.toml too
 --> one/a.toml:1:6
  |
1 | id = \"pulse\"
  |      ^^^^^^^
  |
  = help: give each survey an id of its own

error[shared-id]: the id pulse is that of one/a.toml too
 --> one/b.toml:1:6
  |
1 | id = \"pulse\"
  |      ^^^^^^^
  |
  = help: give each survey an id of its own

";
    let outcome = lint(&sandbox, &["."]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, drawn));
    assert_eq!(outcome.err, "dxpulse: 3 files, 2 errors, 0 warnings\n");
    for format in ["json", "sarif", "github"] {
        let outcome = lint(&sandbox, &["--format", format, "."]);
        assert_eq!((outcome.code, outcome.out.matches("is that of one/").count()), (1, 2), "{}", outcome.out);
    }
}

#[test]
fn a_pipe_is_not_waited_for() {
    let sandbox = Sandbox::new();
    let pipe = sandbox.path("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let outcome = lint(&sandbox, &["pipe.toml"]);
    assert_eq!(
        (outcome.code, outcome.err.contains("pipe.toml: can't be read: it is a pipe, not a file")),
        (2, true),
        "{outcome:?}"
    );
}

#[test]
fn without_a_path_the_folder_it_runs_in_is_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("surveys/pulse.toml", &misspelt());
    let outcome = lint(&sandbox, &[]);
    assert!(outcome.out.contains("--> surveys/pulse.toml:2:1"), "{}", outcome.out);
    assert_eq!((outcome.code, summary(&outcome)), (1, "dxpulse: 1 file, 1 error, 0 warnings"));
}

#[test]
fn a_file_that_is_named_is_checked_whatever_is_in_it() {
    let sandbox = Sandbox::new();
    sandbox.write("Cargo.toml", "[package]\nname = \"pulse\"\n");
    let outcome = lint(&sandbox, &["Cargo.toml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("error[unknown-key]: unknown key `package`"), "{}", outcome.out);
    let beside_its_folder = lint(&sandbox, &[".", "Cargo.toml"]);
    assert_eq!((beside_its_folder.code, beside_its_folder.out), (1, outcome.out));
}

#[test]
fn many_files_are_reported_in_the_order_of_their_names() {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (100..164).map(|number| format!("many/{number}.toml")).collect();
    let survey = |number: usize| misspelt().replace("\"pulse\"", &format!("\"pulse-{number}\""));
    names.iter().enumerate().for_each(|(number, name)| sandbox.write(name, &survey(number)));
    let outcome = lint(&sandbox, &["many"]);
    let places: Vec<&str> = outcome.out.lines().filter_map(|line| line.strip_prefix(" --> ")).collect();
    assert_eq!(places, names.iter().map(|name| format!("{name}:2:1")).collect::<Vec<_>>());
}

#[test]
fn a_check_needs_no_home() {
    let sandbox = Sandbox::new().without("DXPULSE_HOME").without("HOME");
    sandbox.write("pulse.toml", &misspelt());
    let outcome = lint(&sandbox, &["pulse.toml"]);
    assert_eq!((outcome.code, summary(&outcome)), (1, "dxpulse: 1 file, 1 error, 0 warnings"));
}

#[test]
fn colour_is_for_terminals_and_for_those_who_force_it() {
    let plain = Sandbox::new();
    let forced = Sandbox::new().with("CLICOLOR_FORCE", "1");
    for (sandbox, coloured) in [(plain, false), (forced, true)] {
        sandbox.write("pulse.toml", &misspelt());
        assert_eq!(lint(&sandbox, &["pulse.toml"]).out.contains('\u{1b}'), coloured);
    }
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &misspelt());
    let (screen, code) = sandbox.on_terminal(&["survey", "lint", "pulse.toml"], "1 error", b"");
    assert!(screen.contains("\u{1b}[") && code == 1, "{screen:?}");
}

#[test]
fn a_code_is_explained_with_a_bad_and_a_good_example() {
    let sandbox = Sandbox::new();
    let explained = sandbox.succeed(&["survey", "lint", "--explain", "no-middle"]);
    assert!(explained.starts_with("no-middle\n\nA scale with an even number of points"), "{explained}");
    assert!(explained.contains("\nBad:\n\n    [[question]]\n") && explained.contains("\nGood:\n\n    [[question]]\n"));
    let explained = sandbox.succeed(&["survey", "lint", "--explain", "leading"]);
    assert!(explained.starts_with("leading\n\n") && explained.contains("\nBad:\n\n    Don't you agree"), "{explained}");
    assert!(explained.contains("waive = [{ rule = \"leading\""), "{explained}");
}

#[test]
fn wrong_usage_ends_with_2_and_a_near_miss_is_told() {
    let cases: [(&[&str], &str); 4] = [
        (&["--explain", "no-midle"], "no finding has the code \"no-midle\"; did you mean `no-middle`?"),
        (&["--explain", "no-middle", "pulse.toml"], "cannot be used with"),
        (&["--format", "xml"], "invalid value 'xml'"),
        (&["--strict"], "unexpected argument"),
    ];
    for (arguments, said) in cases {
        let outcome = lint(&Sandbox::new(), arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.err.contains(said), "{}", outcome.err);
    }
}
