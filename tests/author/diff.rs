//! `dxpulse survey diff`: what breaks a trend from one version to another, in a real repository.

use std::process::Command;

use serde_json::{Value, json};

use crate::locks::{
    BREAKS, CONTINUES, Edit, MENDED, OTHER_GERMAN, OTHER_INSTRUMENT, OTHER_OBJECT, SWISS, V2, V3, WITHOUT, locked, pulse,
};
use crate::sandbox::{Outcome, Sandbox};

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments).current_dir(sandbox.path("."));
    let output = command.env("HOME", sandbox.path("user")).env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Makes a repository in which the survey and its lock are committed.
fn repository() -> Sandbox {
    let sandbox = locked().with("PATH", &std::env::var("PATH").unwrap());
    git(&sandbox, &["init", "--quiet"]);
    commit(&sandbox);
    sandbox
}

fn commit(sandbox: &Sandbox) {
    git(sandbox, &["add", "."]);
    git(sandbox, &["commit", "--quiet", "--message", "a version"]);
}

fn diff(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "diff"], arguments].concat())
}

/// Gives what the working copy changes against the last commit: question and change, with `!` where it breaks a trend.
fn told(sandbox: &Sandbox, edits: &[Edit]) -> (Vec<String>, i32) {
    sandbox.write("pulse.toml", &pulse(edits));
    let outcome = diff(sandbox, &["--json", "HEAD:pulse.toml", "pulse.toml"]);
    let report: Value = serde_json::from_str(&outcome.out).unwrap();
    let line = |change: &Value| {
        let mark = if change["breaks_trend"] == true { " !" } else { "" };
        format!("{} {}{mark}", change["question"].as_str().unwrap_or("survey"), change["what"].as_str().unwrap())
    };
    (report["changes"].as_array().unwrap().iter().map(line).collect(), outcome.code)
}

#[test]
fn a_working_copy_is_compared_with_what_was_committed() {
    let sandbox = repository();
    type Case<'a> = (&'a [Edit], &'a [&'a str], i32);
    let cases: [Case<'_>; 9] = [
        (&[], &[], 0),
        (&[MENDED], &["ease text !"], 1),
        (&[MENDED, V2, CONTINUES], &["survey survey", "ease text"], 0),
        (&[MENDED, V2, BREAKS], &["survey survey", "ease text !"], 1),
        (&[SWISS], &["ease translation_added"], 0),
        (&[OTHER_GERMAN], &["ease translation_changed !"], 1),
        (&[WITHOUT], &["reason removed !"], 1),
        (&[OTHER_OBJECT], &["use_1 text !", "use_2 text !"], 1),
        (&[OTHER_INSTRUMENT], &["use_1 instrument !", "use_2 instrument !", "use_3 added", "use_4 added"], 1),
    ];
    for (edits, changes, code) in cases {
        assert_eq!(told(&sandbox, edits), (changes.iter().map(|line| (*line).to_owned()).collect(), code), "{edits:?}");
    }
}

#[test]
fn the_changes_stand_in_two_parts_question_by_question() {
    let sandbox = repository();
    let help: Edit = (
        "type = \"text\"",
        "type = \"text\"\nrequired = true\nhelp = { en = \"Anything that took you more than an hour, whichever tool it was that you used for it.\", de = \"Alles\" }",
    );
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2, help, ("en = \"Pulse\"", "en = \"Our pulse\"")]));
    let outcome = diff(&sandbox, &["HEAD:pulse.toml", "./pulse.toml"]);
    let expected = "\
HEAD:pulse.toml, version 1 → pulse.toml, version 2

Breaks the trend

  ease
    text changed; something else is asked
      - It was easy to deply.
      + It was easy to deploy.

  reason
    help added; something else is asked
      + Anything that took you more than an hour, whichever tool it was that you
        used for it.

Leaves the trend as it is

  the survey
    `version` changed; no question is asked otherwise
    `title` changed; no question is asked otherwise

  reason
    required now; other people leave it unanswered: compare with care

Where only a slip was mended, add trend = \"continue\" to the question: its trend
goes on.
";
    assert_eq!((outcome.out.as_str(), outcome.code), (expected, 1));
    assert_eq!(outcome.err, "dxpulse: 5 changes, 2 break a trend\n");
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2, BREAKS]));
    let outcome = diff(&sandbox, &["HEAD:pulse.toml", "pulse.toml"]);
    assert!(outcome.out.contains("text changed; its author says that the trend begins anew\n"), "{}", outcome.out);
    assert!(!outcome.out.contains("continue"), "{}", outcome.out);
    assert_eq!(sandbox.run(&["survey", "lint", "--lock", "pulse.toml"]).code, 0);
    sandbox.write("pulse.toml", &pulse(&[("version = 1", "version = 3"), BREAKS]));
    assert_eq!(sandbox.run(&["survey", "lint", "--lock", "pulse.toml"]).code, 0);
    let outcome = diff(&sandbox, &["HEAD:pulse.toml", "pulse.toml"]);
    assert!(
        outcome.out.contains("asked something else in between; its author says that the trend begins anew\n"),
        "{}",
        outcome.out
    );
    assert_eq!(outcome.code, 1);
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2, BREAKS]));
    let outcome = diff(&sandbox, &["pulse.toml", "pulse.toml"]);
    let expected = "pulse.toml, version 2 → pulse.toml, version 2\n\nNothing that is asked has changed.\n";
    assert_eq!((outcome.out.as_str(), outcome.err.as_str(), outcome.code), (expected, "dxpulse: no changes\n", 0));
}

#[test]
fn on_a_narrow_terminal_lines_end_between_words() {
    let sandbox = repository();
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2]));
    let expected = "\
HEAD:pulse.toml, version 1 → pulse.toml,
  version 2

Breaks the trend

  ease
    text changed; something else is
      asked
      - It was easy to deply.
      + It was easy to deploy.

Leaves the trend as it is

  the survey
    `version` changed; no question is
      asked otherwise

Where only a slip was mended, add trend
= \"continue\" to the question: its trend
goes on.
dxpulse: 2 changes, 1 breaks a trend";
    let (shown, _) = sandbox.on_terminal_of(40, &["survey", "diff", "HEAD:pulse.toml", "pulse.toml"], "breaks a trend", b"");
    assert_eq!(shown.replace('\r', "").trim_end(), expected);
}

#[test]
fn json_has_every_change_with_what_was_and_is_there() {
    let sandbox = repository();
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2]));
    let outcome = diff(&sandbox, &["--json", "HEAD:pulse.toml", "pulse.toml"]);
    let expected = json!({
        "old": { "path": "HEAD:pulse.toml", "id": "pulse", "version": 1 },
        "new": { "path": "pulse.toml", "id": "pulse", "version": 2 },
        "breaks_trend": true,
        "changes": [
            {
                "question": null, "what": "survey", "subject": "version", "before": 1, "after": 2,
                "breaks_trend": false, "why": "no question is asked otherwise", "message": "`version` changed"
            },
            {
                "question": "ease", "what": "text", "subject": "text",
                "before": "It was easy to deply.", "after": "It was easy to deploy.",
                "breaks_trend": true, "why": "something else is asked",
                "message": "text changed from \"It was easy to deply.\" to \"It was easy to deploy.\""
            }
        ]
    });
    assert_eq!(serde_json::from_str::<Value>(&outcome.out).unwrap(), expected);
}

#[test]
fn a_question_that_moved_is_told_with_the_one_it_passed() {
    let sandbox = Sandbox::new();
    let question = |id: &str| format!("[[question]]\nid = \"{id}\"\ntype = \"boolean\"\ntext = \"Is it {id}?\"\n");
    for (path, order) in [("old.toml", ["a", "b", "c"]), ("new.toml", ["c", "b", "a"])] {
        sandbox.write(path, &format!("id = \"pulse\"\ntitle = \"Pulse\"\n{}", order.map(question).concat()));
    }
    let outcome = diff(&sandbox, &["old.toml", "new.toml"]);
    let told = "  c, b\n    moved before a; earlier questions colour later ones: compare with care\n";
    assert!(outcome.out.ends_with(told), "{}", outcome.out);
    let report: Value = serde_json::from_str(&diff(&sandbox, &["--json", "old.toml", "new.toml"]).out).unwrap();
    let keys = ["question", "what", "subject", "before", "after"];
    let changes: Vec<_> = report["changes"].as_array().unwrap().iter().map(|change| keys.map(|key| &change[key])).collect();
    assert_eq!(changes, [["c", "moved", "a", "later", "earlier"], ["b", "moved", "a", "later", "earlier"]]);
}

#[test]
fn what_was_said_of_an_earlier_change_is_remembered_by_the_lock() {
    let sandbox = repository();
    let settle = |edits: &[Edit]| {
        sandbox.write("pulse.toml", &pulse(edits));
        assert_eq!(sandbox.run(&["survey", "lint", "--lock", "."]).code, 0);
        commit(&sandbox);
    };
    settle(&[MENDED, V2, CONTINUES]);
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2, BREAKS]));
    assert_eq!(diff(&sandbox, &["HEAD~1:pulse.toml", "pulse.toml"]).code, 1, "the survey speaks for its own version");
    settle(&[MENDED, V3]);
    let since_first = |new: &str| diff(&sandbox, &["HEAD~2:pulse.toml", new]).code;
    assert_eq!((since_first("pulse.toml"), since_first("HEAD:pulse.toml")), (0, 0));
    settle(&[("easy to deply", "simple to deploy"), ("version = 1", "version = 4"), BREAKS]);
    settle(&[("easy to deply", "simple to deploy"), ("version = 1", "version = 5")]);
    assert_eq!(diff(&sandbox, &["HEAD~4:pulse.toml", "pulse.toml"]).code, 1);
    assert_eq!(diff(&sandbox, &["HEAD~1:pulse.toml", "HEAD:pulse.toml"]).code, 0);
}

#[test]
fn a_file_of_that_name_comes_before_a_revision() {
    let sandbox = repository();
    sandbox.write("HEAD:pulse.toml", &pulse(&[MENDED]));
    assert_eq!(diff(&sandbox, &["HEAD:pulse.toml", "pulse.toml"]).code, 1);
    assert_eq!(diff(&sandbox, &["HEAD:./pulse.toml", "pulse.toml"]).code, 0);
}

#[test]
fn what_cannot_be_compared_ends_with_2_and_says_why() {
    let sandbox = repository();
    sandbox.write("bad.toml", &pulse(&[("type = \"ces\"", "type = \"cse\"")]));
    let cases: [(&[&str], &str); 6] = [
        (&["nowhere.toml", "pulse.toml"], "dxpulse: nowhere.toml: can't be read: No such file"),
        (
            &["HEAD:nowhere.toml", "pulse.toml"],
            "dxpulse: HEAD:nowhere.toml: can't be read: path 'nowhere.toml' does not exist in 'HEAD'",
        ),
        (&["nobody:pulse.toml", "gone.toml"], "; gone.toml: can't be read: No such file"),
        (&["pulse.toml", "bad.toml"], "error[unknown-type]: unknown type `cse`\n --> bad.toml:7:8\n"),
        (&["--", "--textconv:pulse.toml", "pulse.toml"], "dxpulse: --textconv:pulse.toml: can't be read: No such file"),
        (&["pulse.toml"], "required arguments were not provided"),
    ];
    for (arguments, said) in cases {
        let outcome = diff(&sandbox, arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.err.contains(said), "{}", outcome.err);
    }
    let without_git = locked().with("PATH", "");
    let outcome = diff(&without_git, &["HEAD:pulse.toml", "pulse.toml"]);
    assert!(outcome.code == 2 && outcome.err.contains("no git to ask"), "{outcome:?}");
}

#[test]
fn nothing_of_a_path_acts_on_the_terminal() {
    let sandbox = Sandbox::new();
    let path = "hostile\u{1b}[2J\u{9b}31m\u{202e}.toml";
    sandbox.write(path, &pulse(&[]));
    for arguments in [&[path, path][..], &["--json", path, path], &[path, "no\u{1b}where"]] {
        let outcome = diff(&sandbox, arguments);
        let acts = |c: &char| dxpulse::survey::characters::is_forbidden(*c);
        assert_eq!(outcome.out.chars().chain(outcome.err.chars()).find(acts), None, "{arguments:?}");
    }
}
