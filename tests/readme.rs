//! README.md tells the truth: its commands run one after the other as they stand, and give what it shows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use dxpulse::developer::catalog::BUNDLED;
use dxpulse::developer::phrases::Phrases;
use dxpulse::developer::spans;
use dxpulse::survey::parse::parse;
use serde_json::Value;

const README: &str = include_str!("../README.md");

/// Gives the fenced blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let opening = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    while lines.by_ref().any(|line| line == opening) {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
    }
    blocks
}

/// Runs a block as a person would paste it, in a folder of its own and with an empty home.
fn run(block: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_dxpulse")).parent().unwrap().to_owned();
    let places = env::join_paths([program].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap()))).unwrap();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", block])
        .current_dir(folder)
        .env("PATH", places)
        .env("DXPULSE_HOME", folder.join("home"))
        .env("XDG_CONFIG_DIRS", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{block}\nended with {}\n{message}", output.status);
    output
}

/// Leaves out what differs from one response to the next.
fn comparable(json: &str) -> Value {
    let mut response: Value = serde_json::from_str(json).unwrap();
    for key in ["id", "hash", "answered_at"] {
        assert!(response[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
        response[key] = Value::Null;
    }
    response
}

#[test]
fn the_bundled_surveys_are_all_named_with_their_length() {
    let rows = README.lines().skip_while(|line| !line.starts_with("| survey |")).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| row.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    let named: Vec<(String, String)> = rows.map(cells).map(|cells| (cells[1].clone(), format!("about {}", cells[4]))).collect();
    let minutes = |source| spans::minutes(parse(source).unwrap().minutes(), Phrases::ENGLISH);
    let bundled: Vec<(String, String)> = BUNDLED.iter().map(|(id, source)| ((*id).to_owned(), minutes(source))).collect();
    assert_eq!(named, bundled);
}

/// Gives the columns and values of the table that shows a wide row turned on its side.
fn shown_columns() -> Vec<(String, String)> {
    let table =
        README.lines().skip_while(|line| *line != "| column | value | |").skip(2).take_while(|line| line.starts_with('|'));
    let cell = |cell: &str| cell.trim().trim_matches('`').to_owned();
    table
        .map(|line| {
            let cells: Vec<&str> = line.split('|').collect();
            (cell(cells[1]), cell(cells[2]))
        })
        .collect()
}

#[test]
fn every_command_runs_and_gives_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let blocks: Vec<Output> = blocks("sh").iter().map(|block| run(block, folder.path())).collect();
    assert!(blocks.len() >= 4, "the blocks were not found");

    let taken = run("dxpulse export build-pulse --format jsonl", folder.path());
    let stored = String::from_utf8(taken.stdout).unwrap();
    let shown = &self::blocks("json")[0];
    assert_eq!(comparable(stored.trim()), comparable(shown), "the stored response");
    let printed = blocks.iter().map(|output| String::from_utf8_lossy(&output.stdout));
    let printed: Vec<String> = printed.filter(|text| text.starts_with('{')).map(String::from).collect();
    assert_eq!(comparable(printed[0].trim()), comparable(shown), "what `take --json` prints");

    let mut export = csv::Reader::from_reader(fs::File::open(wide(folder.path())).unwrap());
    let columns: Vec<String> = export.headers().unwrap().iter().map(str::to_owned).collect();
    let row = export.records().next().unwrap().unwrap();
    let found: Vec<_> = columns.into_iter().zip(row.iter().map(str::to_owned)).collect();
    assert_eq!(found[6..], shown_columns(), "the wide table");
    let whole: Vec<&str> = found[..6].iter().map(|(name, _)| name.as_str()).collect();
    let sentence = "Before these stand `response`, `survey`, `version`, `wave`, `language` and `answered_at`.";
    assert!(README.replace('\n', " ").contains(sentence));
    assert_eq!(whole, ["response", "survey", "version", "wave", "language", "answered_at"]);
}

fn wide(folder: &Path) -> std::path::PathBuf {
    run("dxpulse export build-pulse -o wide.csv", folder);
    folder.join("wide.csv")
}

/// Gives what the first cells of the tables of commands name.
fn named_commands() -> String {
    let rows = README.lines().filter(|line| line.starts_with("| `dxpulse"));
    rows.filter_map(|row| row.split(" | ").next()).collect::<Vec<_>>().join("\n")
}

/// Finds the commands below one that no table names, but for those that are hidden or only help.
fn unnamed(command: &clap::Command, path: &str) -> Vec<String> {
    let mut missing = Vec::new();
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        let (name, named) = (below.get_name(), named_commands());
        let is_named = named.lines().any(|row| {
            let words: Vec<&str> = row.split(|c: char| !c.is_ascii_lowercase() && c != '-').collect();
            row.contains(path) && words.contains(&name)
        });
        if !is_named {
            missing.push(format!("{path} {name}"));
        }
        missing.extend(unnamed(below, &format!("{path} {name}")));
    }
    missing
}

#[test]
fn every_command_stands_in_a_table() {
    assert_eq!(unnamed(&dxpulse::commands::command(), "dxpulse"), Vec::<String>::new());
    #[cfg(feature = "collector")]
    assert_eq!(unnamed(&dxpulse::collector::commands::command(), "dxpulse-collector"), Vec::<String>::new());
}

#[test]
fn files_the_readme_points_at_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let missing: Vec<&str> = targets.filter(|target| !target.contains("://") && !root.join(target).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
