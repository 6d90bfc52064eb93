//! `list`, `history` and `export` as they are run, over a real store.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Utc};
use dxpulse::developer::catalog::BUNDLED;
use dxpulse::developer::store::Store;
use dxpulse::response::{Draft, Response, json};
use dxpulse::survey::parse;
use serde_json::{Value, json};

/// A survey with a choice of one's own words; the names of its questions are a column each.
const WAYS: &str = r#"
id = "ways"
title = "Ways of working"

[[question]]
id = "barriers"
type = "multi"
text = "Which of these, if any, held you back?"
choices = [
  { code = "trust", label = "Doubt that it works" },
  { code = "concepts", label = "New concepts" },
  { code = "other", label = "Something else", other = true },
]

[[question]]
id = "other_ways"
type = "multi"
text = "Which other ways, if any, did you use?"
choices = [{ code = "own_scripts", label = "Own scripts" }, { code = "none", label = "None", exclusive = true }]
"#;

const MINE: &str =
    "id = \"mine\"\ntitle = \"=Mine\"\n\n[[question]]\nid = \"why\"\ntype = \"text\"\nmax_length = 2000\ntext = \"Why?\"\n";

fn dxpulse(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse"));
    command.args(arguments).env("DXPULSE_HOME", home).output().expect("dxpulse runs")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn source(id: &str) -> &'static str {
    BUNDLED.iter().find(|(known, _)| *known == id).expect("bundled").1
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a time")
}

fn answer(store: &mut Store, source: &str, id: &str, answers: &Value) {
    let survey = parse::parse(source).expect("valid");
    let empty = serde_json::Map::new();
    let (replies, strange) = json::from_objects(&survey, answers.as_object().expect("an object"), &empty);
    assert!(strange.is_empty(), "{strange:?}");
    let response =
        Response::finish(&survey, &Draft { replies, ..Draft::start(&survey, at(0)) }, id.to_owned(), at(0)).expect("complete");
    store.finish(&survey, source, &response).expect("stored");
}

/// Makes a home with two answered surveys of the user's own, and a draft of a bundled one.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("surveys")).expect("made");
    fs::write(home.path().join("surveys/mine.toml"), MINE).expect("written");
    fs::write(home.path().join("surveys/ways.toml"), WAYS).expect("written");
    fs::write(home.path().join("surveys/bad.toml"), "id = ").expect("written");
    let mut store = Store::open(&home.path().join("data")).expect("a store");
    let barriers = json!({ "barriers": ["trust", { "other": "=1+1" }], "other_ways": null });
    answer(&mut store, WAYS, &"a".repeat(32), &barriers);
    answer(&mut store, MINE, &"b".repeat(32), &json!({ "why": "改善, \"bitte\"\n-1" }));
    let survey = parse::parse(source("platform-pulse")).expect("valid");
    store.save_draft(&survey, &Draft::start(&survey, at(0)), at(0)).expect("kept");
    home
}

fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|record| record.expect("valid").iter().map(str::to_owned).collect()).collect()
}

fn cell(records: &[Vec<String>], row: usize, column: &str) -> String {
    let at = records[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
    records[row][at].clone()
}

#[test]
fn list_shows_what_is_open_kept_and_answered_and_reports_a_bad_file_beside_it() {
    let home = home();
    let output = dxpulse(home.path(), &["list"]);
    let (text, notes) = (printed(&output), told(&output));
    assert!(output.status.success());
    for heading in ["Open\n", "\nTo resume\n", "\nAnswered\n", "\nOn request\n"] {
        assert!(text.contains(heading), "{text}");
    }
    assert!(
        notes.contains("bad.toml has 1 problem\n  help: `dxpulse doctor` shows each")
            && notes.contains("dxpulse take platform-pulse"),
        "{notes}"
    );
    let listed: Value = serde_json::from_slice(&dxpulse(home.path(), &["list", "--json"]).stdout).expect("JSON");
    let state = |id: &str| listed.as_array().and_then(|all| all.iter().find(|e| e["id"] == id)).map(|e| e["state"].clone());
    assert_eq!(state("platform-pulse"), Some(json!("draft")));
    assert_eq!(state("mine"), Some(json!("answered")));
    assert_eq!(state("developer-experience"), Some(json!("open")));
    assert_eq!(state("first-deployment"), Some(json!("on_request")));
}

#[test]
fn history_lists_answers_and_says_what_to_do_where_there_are_none() {
    let home = home();
    let entries: Value = serde_json::from_slice(&dxpulse(home.path(), &["history", "--json"]).stdout).expect("JSON");
    assert_eq!(entries.as_array().map(Vec::len), Some(2));
    assert_eq!(entries[0]["outcome"], "answered");
    assert_eq!(printed(&dxpulse(home.path(), &["history"])).lines().count(), 2);
    let empty = tempfile::tempdir().expect("a folder");
    let output = dxpulse(empty.path(), &["history", "--json"]);
    assert_eq!(printed(&output), "[]\n");
    assert!(told(&output).contains("dxpulse list"));
    assert_eq!(fs::read_dir(empty.path()).expect("read").count(), 0, "looking makes no files");
}

#[test]
fn wide_export_of_one_survey_and_of_all() {
    let home = home();
    let one = records(&printed(&dxpulse(home.path(), &["export", "ways"])));
    assert_eq!(one.len(), 2);
    let cases = [
        ("barriers.trust", "1"),
        ("barriers.concepts", "0"),
        ("barriers.other", "1"),
        ("barriers.other_text", "'=1+1"),
        ("barriers.missing", ""),
        ("other_ways.missing", "skipped"),
        ("other_ways.own_scripts", ""),
    ];
    for (column, expected) in cases {
        assert_eq!(cell(&one, 1, column), expected, "{column}");
    }
    let raw = records(&printed(&dxpulse(home.path(), &["export", "ways", "--raw"])));
    assert_eq!(cell(&raw, 1, "barriers.other_text"), "=1+1");
    let all = records(&printed(&dxpulse(home.path(), &["export"])));
    assert_eq!(all.len(), 3);
    assert_eq!(cell(&all, 2, "mine.why"), "改善, \"bitte\"\n-1");
    assert_eq!(cell(&all, 1, "mine.why.missing"), "not_asked");
}

#[test]
fn every_format_and_layout_holds_the_same_responses() {
    let home = home();
    let run = |arguments: &[&str]| printed(&dxpulse(home.path(), &[&["export"], arguments].concat()));
    let lines = run(&["--format", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let array: Value = serde_json::from_str(&run(&["--format", "json"])).expect("JSON");
    assert_eq!(Value::from(lines.clone()), array);
    assert_eq!(lines[0]["answers"]["barriers"], json!(["trust", { "other": "=1+1" }]));
    let labelled: Value = serde_json::from_str(&run(&["--format", "json", "--labels"])).expect("JSON");
    assert_eq!(labelled[0]["labels"]["barriers"][1], "Something else");
    let long: Value = serde_json::from_str(&run(&["--format", "json", "--layout", "long"])).expect("JSON");
    let table = records(&run(&["--layout", "long"]));
    assert_eq!(long.as_array().map(Vec::len), Some(table.len() - 1));
    assert!(long.as_array().expect("an array").iter().any(|row| row["other_text"] == "=1+1"));
}

#[test]
fn scores_of_instruments_stand_in_what_take_prints_and_in_every_export() {
    let home = tempfile::tempdir().expect("a folder");
    let (survey, answers) = (home.path().join("portal.toml"), home.path().join("answers.json"));
    let block = |id: &str, instrument: &str| format!("[[question]]\nid = \"{id}\"\ninstrument = \"{instrument}\"\n");
    let blocks = [block("usability", "sus"), block("portal", "umux_lite"), block("load", "tlx")].concat();
    fs::write(&survey, format!("id = \"portal\"\ntitle = \"Portal\"\n{blocks}")).expect("written");
    let mut given: serde_json::Map<String, Value> = (1..=9).map(|number| (format!("usability_{number}"), json!(3))).collect();
    given.extend([("portal_1".to_owned(), json!(6)), ("portal_2".to_owned(), json!(5)), ("load_1".to_owned(), json!(40))]);
    fs::write(&answers, Value::from(given).to_string()).expect("written");
    let [survey, answers] = [&survey, &answers].map(|path| path.to_str().expect("UTF-8"));
    let taken = printed(&dxpulse(home.path(), &["take", survey, "--answers", answers, "--json"]));
    let scores = json!({ "usability": 50, "portal": 75, "load": null });
    assert_eq!(serde_json::from_str::<Value>(&taken).expect("JSON")["scores"], scores);
    for arguments in [&["export", "--format", "json"][..], &["export", "--format", "json", "--labels"]] {
        let exported: Value = serde_json::from_str(&printed(&dxpulse(home.path(), arguments))).expect("JSON");
        assert_eq!(exported[0]["scores"], scores, "{arguments:?}");
    }
    let table = records(&printed(&dxpulse(home.path(), &["export"])));
    let cells = ["usability_score", "portal_score", "load_score"].map(|column| cell(&table, 1, column));
    assert_eq!(cells, ["50", "75", ""]);
}

#[test]
fn export_to_a_file_is_private_and_to_a_dash_is_standard_output() {
    let home = home();
    let file = home.path().join("mine.csv");
    let output = dxpulse(home.path(), &["export", "-o", file.to_str().expect("UTF-8"), "--bom"]);
    assert!(output.status.success() && output.stdout.is_empty());
    let bytes = fs::read(&file).expect("written");
    assert_eq!(&bytes[3..], dxpulse(home.path(), &["export", "-o", "-"]).stdout);
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    let folder = dxpulse(home.path(), &["export", "-o", home.path().to_str().expect("UTF-8")]);
    assert_eq!(folder.status.code(), Some(1));
}

#[test]
fn wrong_requests_say_what_to_do() {
    let home = home();
    let cases: [(&[&str], i32, &str); 4] = [
        (&["export", "platform-puls"], 1, "did you mean `platform-pulse`?"),
        (&["export", "first-deployment"], 0, "dxpulse take first-deployment"),
        (&["export", "../x"], 2, "dxpulse history"),
        (&["export", "--format", "json", "--bom"], 2, "--format csv"),
    ];
    for (arguments, code, words) in cases {
        let output = dxpulse(home.path(), arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
}

#[test]
fn a_reader_that_leaves_early_ends_the_export_quietly() {
    let home = home();
    let mut store = Store::open(&home.path().join("data")).expect("a store");
    for at in 0..80 {
        answer(&mut store, MINE, &format!("{at:032x}"), &json!({ "why": "x".repeat(2_000) }));
    }
    for format in ["csv", "jsonl", "json"] {
        for layout in ["wide", "long"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse"));
            command.args(["export", "mine", "--format", format, "--layout", layout]).env("DXPULSE_HOME", home.path());
            let mut export = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dxpulse runs");
            drop(export.stdout.take());
            let output = export.wait_with_output().expect("dxpulse ends");
            assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""), "{format} {layout}");
        }
    }
}
