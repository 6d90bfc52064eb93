//! `dxpulse survey lint` with a lock beside the survey: what a change asks of its author, and when the lock is written.

use std::fs;
use std::path::Path;

use dxpulse::author::lock::{compare, lock};
use dxpulse::author::lockfile;
use dxpulse::survey::parse::parse;
use serde_json::Value;

use crate::sandbox::{Outcome, Sandbox};

/// A survey in two languages.
pub(crate) const PULSE: &str = "\
id = \"pulse\"
title = { en = \"Pulse\", de = \"Puls\" }
version = 1

[[question]]
id = \"ease\"
type = \"ces\"
text = { en = \"It was easy to deply.\", de = \"Das Deployment war leicht.\" }

[[question]]
id = \"use\"
instrument = \"umux_lite\"
object = { en = \"the portal\", de = \"das Portal\" }

[[question]]
id = \"reason\"
type = \"text\"
text = { en = \"What made it hard?\", de = \"Was machte es schwer?\" }
";

/// What replaces what in the survey.
pub(crate) type Edit = (&'static str, &'static str);

pub(crate) const V2: Edit = ("version = 1", "version = 2");
pub(crate) const V3: Edit = ("version = 1", "version = 3");
pub(crate) const MENDED: Edit = ("deply", "deploy");
pub(crate) const CONTINUES: Edit = ("type = \"ces\"", "type = \"ces\"\ntrend = \"continue\"");
pub(crate) const BREAKS: Edit = ("type = \"ces\"", "type = \"ces\"\ntrend = \"break\"");
pub(crate) const OTHER_GERMAN: Edit = ("war leicht", "war einfach");
pub(crate) const SWISS: Edit =
    ("de = \"Das Deployment war leicht.\"", "de = \"Das Deployment war leicht.\", de-CH = \"Es war leicht.\"");
pub(crate) const WITHOUT: Edit = (
    "\n[[question]]\nid = \"reason\"\ntype = \"text\"\ntext = { en = \"What made it hard?\", de = \"Was machte es schwer?\" }\n",
    "",
);
const WITHOUT_USE: Edit =
    ("\n[[question]]\nid = \"use\"\ninstrument = \"umux_lite\"\nobject = { en = \"the portal\", de = \"das Portal\" }\n", "");
pub(crate) const OTHER_OBJECT: Edit = ("the portal", "our portal");
const OBJECT_CONTINUES: Edit = ("instrument = \"umux_lite\"", "instrument = \"umux_lite\"\ntrend = \"continue\"");
pub(crate) const OTHER_INSTRUMENT: Edit = ("instrument = \"umux_lite\"", "instrument = \"umux\"\ntrend = \"continue\"");
const RATING: Edit = ("type = \"ces\"", "type = \"rating\"");
const RENAMED: Edit = ("id = \"reason\"", "id = \"cause\"");

/// Gives the survey after these edits.
pub(crate) fn pulse(edits: &[Edit]) -> String {
    edits.iter().fold(PULSE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// Makes a sandbox in which the survey is locked in its first version.
pub(crate) fn locked() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", PULSE);
    let outcome = sandbox.run(&["survey", "lint", "--lock", "pulse.toml"]);
    assert_eq!(outcome.err, "dxpulse: wrote pulse.lock.toml\ndxpulse: 1 file, 0 errors, 0 warnings\n");
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""));
    sandbox
}

fn lint(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "lint"], arguments].concat())
}

/// Gives what is found after these edits, each with its line, and the exit code.
fn told(sandbox: &Sandbox, edits: &[Edit]) -> Vec<String> {
    sandbox.write("pulse.toml", &pulse(edits));
    let outcome = lint(sandbox, &["--format", "json", "pulse.toml"]);
    let report: Value = serde_json::from_str(&outcome.out).unwrap();
    let findings = report["files"].as_array().unwrap().iter().flat_map(|file| file["findings"].as_array().unwrap());
    let told: Vec<String> = findings
        .map(|found| format!("{} {} {}", found["severity"].as_str().unwrap(), found["code"].as_str().unwrap(), found["line"]))
        .collect();
    assert_eq!(outcome.code, i32::from(!told.is_empty()), "{told:?}");
    told
}

#[test]
fn a_change_is_told_where_it_stands_until_its_author_says_what_it_means() {
    let sandbox = locked();
    let cases: [(&[Edit], &[&str]); 15] = [
        (&[], &[]),
        (&[MENDED], &["error version-not-raised 3", "error changed-item 8"]),
        (&[MENDED, V2], &["error changed-item 8"]),
        (&[MENDED, V2, CONTINUES], &["error lock-behind 3"]),
        (&[MENDED, V2, BREAKS], &["error lock-behind 3"]),
        (&[OTHER_GERMAN, V2], &["error changed-item 8"]),
        (&[OTHER_GERMAN, V2, CONTINUES], &["error lock-behind 3"]),
        (&[SWISS], &["error lock-behind 3"]),
        (&[WITHOUT, V2], &["error removed-item 2"]),
        (&[RENAMED, V2], &["error renamed-item 16"]),
        (&[RATING, V2], &["error reused-id 7"]),
        (&[OTHER_INSTRUMENT, V2], &["error reused-id 12"]),
        (&[CONTINUES, V2], &["error unused-trend 8"]),
        (&[OTHER_OBJECT, V2], &["error changed-item 13"]),
        (&[OTHER_OBJECT, OBJECT_CONTINUES, V2], &["error lock-behind 3"]),
    ];
    for (edits, expected) in cases {
        assert_eq!(told(&sandbox, edits), expected, "{edits:?}");
    }
    let another = ("id = \"pulse\"", "id = \"beat\"");
    assert_eq!(told(&sandbox, &[another]), ["error another-survey 1"]);
    let without_version = [("version = 1\n", ""), WITHOUT];
    assert_eq!(told(&sandbox, &without_version), ["error version-not-raised 1", "error removed-item 2"]);
}

#[test]
fn the_change_is_drawn_with_what_to_write() {
    let sandbox = locked();
    sandbox.write("pulse.toml", &pulse(&[OTHER_OBJECT, V2]));
    let drawn = "\
error[changed-item]: `use` asks something else than in version 1
  --> pulse.toml:13:17
   |
13 | object = { en = \"our portal\", de = \"das Portal\" }
   |                 ^^^^^^^^^^^^
   |
   = help: add trend = \"continue\" where the same object is called something else, or trend = \"break\" where it is another one

";
    assert_eq!(lint(&sandbox, &["pulse.toml"]).out, drawn);
}

#[test]
fn a_lock_that_is_behind_is_told_with_what_renews_it() {
    let sandbox = locked();
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2, BREAKS]));
    let drawn = "\
error[lock-behind]: the lock beside it is behind: it doesn't know all that version 2 says
 --> pulse.toml:3:11
  |
3 | version = 2
  |           ^
  |
  = help: renew it once version 2 is as it will be asked: dxpulse survey lint --lock

";
    assert_eq!(lint(&sandbox, &["pulse.toml"]).out, drawn);
    let outcome = lint(&sandbox, &["--lock", "pulse.toml"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""));
    assert!(sandbox.read("pulse.lock.toml").contains("{ version = 2, trend = \"break\", from = \""));
}

#[test]
fn every_format_carries_what_the_lock_asks_for() {
    let sandbox = locked();
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2]));
    for format in ["sarif", "github"] {
        let outcome = lint(&sandbox, &["--format", format, "."]);
        assert_eq!(outcome.code, 1);
        let said = "`ease` asks something else than in version 1; add trend";
        assert!(outcome.out.contains("changed-item") && outcome.out.contains(said), "{}", outcome.out);
    }
}

#[test]
fn the_lock_remembers_what_was_said_and_a_trend_that_is_left_over_is_told() {
    let sandbox = locked();
    assert_eq!(told(&sandbox, &[MENDED, V2, CONTINUES]), ["error lock-behind 3"]);
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert_eq!((outcome.code, outcome.err.lines().next()), (0, Some("dxpulse: wrote pulse.lock.toml")));
    assert!(sandbox.read("pulse.lock.toml").contains("{ version = 2, trend = \"continue\", from = \""));
    assert_eq!(told(&sandbox, &[MENDED, V2, CONTINUES]), [""; 0], "it speaks of the version that is locked");
    assert_eq!(told(&sandbox, &[MENDED, V2, BREAKS]), ["error lock-behind 3"], "and the lock says something else");
    assert_eq!(told(&sandbox, &[MENDED, V3, CONTINUES]), ["error unused-trend 8"]);
    let before = sandbox.read("pulse.lock.toml");
    assert_eq!(
        (lint(&sandbox, &["--lock", "."]).code, sandbox.read("pulse.lock.toml")),
        (1, before),
        "it would speak of a later change"
    );
    assert_eq!(told(&sandbox, &[MENDED, V3]), [""; 0]);
    assert_eq!(told(&sandbox, &[MENDED]), ["error version-not-raised 3"], "a version never goes back");
}

#[test]
fn an_id_is_never_that_of_a_question_and_then_of_an_instrument() {
    let sandbox = locked();
    let question: Edit = (
        "instrument = \"umux_lite\"\nobject = { en = \"the portal\", de = \"das Portal\" }",
        "type = \"ces\"\ntext = { en = \"It was easy.\", de = \"Es war leicht.\" }",
    );
    assert_eq!(told(&sandbox, &[V2, question]), ["error reused-id 12"]);
    assert_eq!(lint(&sandbox, &["--lock", "."]).code, 1);
    sandbox.write("pulse.toml", &pulse(&[question]));
    fs::remove_file(sandbox.path("pulse.lock.toml")).unwrap();
    assert_eq!(lint(&sandbox, &["--lock", "."]).code, 0);
    assert_eq!(told(&sandbox, &[V2]), ["error reused-id 12"]);
}

#[test]
fn a_lock_is_written_only_where_something_is_new_and_no_error_keeps_it() {
    let sandbox = locked();
    let first = sandbox.read("pulse.lock.toml");
    let touched = || fs::metadata(sandbox.path("pulse.lock.toml")).unwrap().modified().unwrap();
    let before = touched();
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert_eq!((outcome.err.as_str(), touched()), ("dxpulse: 1 file, 0 errors, 0 warnings\n", before));
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2]));
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert_eq!((outcome.code, sandbox.read("pulse.lock.toml")), (1, first.clone()));
    assert!(outcome.err.contains("pulse.toml isn't locked before its errors are settled"), "{}", outcome.err);
    sandbox.write("pulse.toml", &pulse(&[("type = \"ces\"", "type = \"ce\"")]));
    assert_eq!((lint(&sandbox, &["--lock", "."]).code, sandbox.read("pulse.lock.toml")), (1, first.clone()));
    sandbox.write("pulse.toml", &pulse(&[SWISS]));
    assert_eq!(lint(&sandbox, &["--lock", "."]).code, 0);
    let second = sandbox.read("pulse.lock.toml");
    assert!(second != first && second.contains("de-CH = "), "{second}");
}

#[test]
fn a_question_that_is_gone_is_settled_with_the_lock_and_its_id_is_never_another_s() {
    let sandbox = locked();
    sandbox.write("pulse.toml", &pulse(&[WITHOUT, V2]));
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""));
    assert_eq!(outcome.err.lines().next(), Some("dxpulse: wrote pulse.lock.toml; the trend of `reason` ends"));
    assert_eq!(told(&sandbox, &[WITHOUT, V2]), [""; 0]);
    let reused = ("type = \"text\"", "type = \"boolean\"");
    assert_eq!(told(&sandbox, &[reused, V3]), ["error reused-id 17"]);
}

#[test]
fn an_instrument_that_is_gone_is_told_once() {
    let sandbox = locked();
    let edits = [WITHOUT_USE, V2];
    sandbox.write("pulse.toml", &pulse(&edits));
    let outcome = lint(&sandbox, &["pulse.toml"]);
    assert!(outcome.out.starts_with("error[removed-item]: `use` is gone, and was asked up to version 1\n"), "{}", outcome.out);
    assert_eq!(told(&sandbox, &edits), ["error removed-item 2"]);
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert_eq!(outcome.err.lines().next(), Some("dxpulse: wrote pulse.lock.toml; the trend of `use` ends"));
    assert_eq!(told(&sandbox, &edits), [""; 0]);
}

#[test]
fn items_that_are_left_out_of_an_instrument_are_told_by_themselves() {
    let load: Edit =
        ("instrument = \"umux_lite\"\nobject = { en = \"the portal\", de = \"das Portal\" }", "instrument = \"tlx\"");
    let some: Edit = ("instrument = \"tlx\"", "instrument = \"tlx\"\nitems = [\"mental_demand\", \"temporal_demand\"]");
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &pulse(&[load]));
    assert_eq!(lint(&sandbox, &["--lock", "."]).code, 0);
    sandbox.write("pulse.toml", &pulse(&[load, some, V2]));
    let outcome = lint(&sandbox, &["--lock", "."]);
    let ended = "dxpulse: wrote pulse.lock.toml; the trends of `use_2`, `use_4`, `use_5`, `use_6` end";
    assert_eq!(outcome.err.lines().next(), Some(ended));
}

#[test]
fn a_warning_of_wording_keeps_no_lock_from_being_written() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", &PULSE.replace("It was easy to deply.", "It was easy and quick to deploy."));
    let outcome = lint(&sandbox, &["--lock", "pulse.toml"]);
    assert!(outcome.code == 1 && outcome.out.contains("warning[double-barrelled]"), "{outcome:?}");
    assert!(outcome.err.starts_with("dxpulse: wrote pulse.lock.toml\n"), "{}", outcome.err);
}

#[test]
fn a_lock_that_cannot_be_read_is_a_finding_in_its_own_file_and_is_never_written_over() {
    let sandbox = locked();
    let whole = sandbox.read("pulse.lock.toml");
    let broken = [
        (whole.replace("since = 1", "since = 0"), "pulse.lock.toml:9:9", 1),
        (whole.replace("version = 1", "<<<<<<< main\nversion = 1"), "pulse.lock.toml:4:1", 2),
    ];
    for (text, place, code) in broken {
        sandbox.write("pulse.lock.toml", &text);
        for arguments in [&["pulse.toml"][..], &["--lock", "pulse.toml"]] {
            let outcome = lint(&sandbox, arguments);
            assert_eq!(outcome.code, code, "{outcome:?}");
            assert!(
                outcome.out.starts_with("error[unreadable-lock]: ") && outcome.out.contains(&format!("--> {place}")),
                "{}",
                outcome.out
            );
            assert_eq!(sandbox.read("pulse.lock.toml"), text);
        }
    }
    fs::write(sandbox.path("pulse.lock.toml"), [0xff]).unwrap();
    let outcome = lint(&sandbox, &["--lock", "pulse.toml"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.starts_with("dxpulse: pulse.lock.toml: can't be read: "), "{}", outcome.err);
    assert_eq!(fs::read(sandbox.path("pulse.lock.toml")).unwrap(), [0xff]);
}

#[test]
fn a_lock_that_cannot_be_written_ends_with_2_and_the_others_are_written() {
    let sandbox = Sandbox::new();
    sandbox.write("a/pulse.toml", PULSE);
    sandbox.write("b/pulse.toml", PULSE);
    // Not even an administrator can write a file in the place of this folder.
    fs::create_dir_all(sandbox.path("a/pulse.lock.toml/taken")).unwrap();
    let outcome = lint(&sandbox, &["--lock", "."]);
    assert!(outcome.err.contains("a/pulse.lock.toml") && outcome.err.contains("wrote b/pulse.lock.toml"), "{}", outcome.err);
    assert_eq!(outcome.code, 2);
}

#[test]
fn a_lock_that_is_named_stands_for_its_survey() {
    let sandbox = locked();
    sandbox.write("pulse.toml", &pulse(&[MENDED, V2]));
    let outcome = lint(&sandbox, &["pulse.lock.toml", "pulse.toml"]);
    assert!(outcome.out.contains("--> pulse.toml:8:"), "{}", outcome.out);
    assert_eq!(outcome.err, "dxpulse: 1 file, 1 error, 0 warnings\n");
}

#[test]
fn the_bundled_surveys_are_as_their_locks_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("surveys");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().display().to_string();
        if name.ends_with(".lock.toml") {
            assert!(path.with_file_name(name.replace(".lock", "")).is_file(), "{name} is the lock of nothing");
            continue;
        }
        let survey = parse(&fs::read_to_string(&path).unwrap()).unwrap();
        let known = lockfile::read(&path).unwrap().unwrap_or_else(|| panic!("{name} has no lock"));
        assert_eq!(compare(&survey, &known), [], "{name}");
        assert!(lock(&survey, Some(&known)) == known, "the lock of {name} is out of date: dxpulse survey lint --lock surveys");
        count += 1;
    }
    assert!(count >= 15, "the surveys were not found");
}
