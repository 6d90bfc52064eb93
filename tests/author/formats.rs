//! `dxpulse survey lint --format`: what scripts, code scanning and GitHub read, and that nothing of a file acts on a terminal.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::lint::{GOOD, misspelt};
use crate::sandbox::Sandbox;

fn bad_surveys() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/surveys/bad").display().to_string()
}

/// Prints a report that must end with this exit code.
fn report(sandbox: &Sandbox, format: &str, paths: &[&str], code: i32) -> String {
    let outcome = sandbox.run(&[&["survey", "lint", "--format", format], paths].concat());
    assert_eq!(outcome.code, code, "{outcome:?}");
    outcome.out
}

fn report_as_json(sandbox: &Sandbox, format: &str, paths: &[&str], code: i32) -> Value {
    serde_json::from_str(&report(sandbox, format, paths, code)).unwrap()
}

/// A survey whose third line begins with a wide character and holds the same key as its second.
fn twice() -> String {
    GOOD.replace("title = \"Pulse\"", "title = \"Pulse\"\n\"満足\" = 1\ntitle = \"Puls\"")
}

#[test]
fn json_has_every_finding_with_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write("a/good.toml", GOOD);
    sandbox.write("a/twice.toml", &twice());
    let expected = json!({
        "files": [
            { "path": "a/good.toml", "unreadable": false, "findings": [] },
            { "path": "a/twice.toml", "unreadable": true, "findings": [
                {
                    "severity": "error", "code": "unknown-key", "message": "unknown key `満足`",
                    "help": "the keys here are id, title, introduction, owner, language, minutes, version, grace_days, wave, \
                             privacy, segment, trigger, group, variant, waive and question",
                    "line": 3, "column": 1, "end_line": 3, "end_column": 5, "related": []
                },
                {
                    "severity": "error", "code": "duplicate-key", "message": "the key `title` stands here a second time",
                    "help": "keep one of them",
                    "line": 4, "column": 1, "end_line": 4, "end_column": 6,
                    "related": [
                        { "message": "it stands first here", "line": 2, "column": 1, "end_line": 2, "end_column": 6 }
                    ]
                }
            ] }
        ],
        "failures": [{ "path": "nowhere", "message": "can't be read: No such file or directory (os error 2)" }],
        "summary": { "files": 2, "errors": 2, "warnings": 0 }
    });
    assert_eq!(report_as_json(&sandbox, "json", &["a", "nowhere"], 2), expected);
}

#[test]
fn sarif_names_its_rules_and_points_at_lines_and_columns() {
    let sandbox = Sandbox::new();
    sandbox.write("my surveys/twice.toml", &twice());
    let found = report_as_json(&sandbox, "sarif", &["my surveys", "nowhere"], 2);
    assert_eq!(
        (&found["version"], &found["$schema"]),
        (&json!("2.1.0"), &json!("https://json.schemastore.org/sarif-2.1.0.json"))
    );
    assert_eq!(found["runs"].as_array().unwrap().len(), 1);
    let run = &found["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&json!("dxpulse"), &json!(env!("CARGO_PKG_VERSION"))));
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect::<Vec<_>>(), ["duplicate-key", "unknown-key"]);
    for rule in rules {
        assert!(rule.get("helpUri").is_none(), "{rule}");
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| text.len() > 20), "{text} of {rule}");
        }
    }
    let location = |line: usize, columns: [usize; 2]| {
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": "my%20surveys/twice.toml" },
            "region": { "startLine": line, "startColumn": columns[0], "endLine": line, "endColumn": columns[1] }
        } })
    };
    let mut related = location(2, [1, 6]);
    related["message"] = json!({ "text": "it stands first here" });
    let expected = json!({
        "ruleId": "duplicate-key", "ruleIndex": 0, "level": "error",
        "message": { "text": "the key `title` stands here a second time; keep one of them" },
        "locations": [location(4, [1, 6])],
        "relatedLocations": [related]
    });
    assert_eq!(run["results"][1], expected);
    let result = &run["results"][0];
    assert_eq!((&result["ruleIndex"], &result["locations"]), (&json!(1), &json!([location(3, [1, 5])])));
    assert!(result.get("relatedLocations").is_none(), "{result}");
    let invocation = json!({
        "executionSuccessful": false,
        "toolExecutionNotifications": [
            { "level": "error", "message": { "text": "nowhere: can't be read: No such file or directory (os error 2)" } }
        ]
    });
    assert_eq!(run["invocations"], json!([invocation]));
}

#[test]
fn github_gets_one_command_for_each_finding() {
    let sandbox = Sandbox::new();
    sandbox.write("50%,a:b/pulse.toml", &misspelt());
    sandbox.write("50%,a:b/empty.toml", &GOOD.replace("\"rating\"", "\"rating, 100%\"").replace("\"pulse\"", "\"empty\""));
    let printed = report(&sandbox, "github", &["50%,a:b", "nowhere"], 2);
    let expected = "\
::error file=50%25%2Ca%3Ab/empty.toml,line=6,endLine=6,col=8,endColumn=22,title=unknown-type::unknown type `rating, 100%25`; the \
types are nps, rating, likert, csat, ces, single, multi, ranking, matrix, text, number, boolean, date and note
::error file=50%25%2Ca%3Ab/pulse.toml,line=2,endLine=2,col=1,endColumn=6,title=unknown-key::unknown key `titel`; did you mean `title`?
::error file=nowhere::can't be read: No such file or directory (os error 2)
";
    assert_eq!(printed, expected);
}

#[test]
fn every_format_tells_the_same_findings() {
    let sandbox = Sandbox::new();
    let folder = bad_surveys();
    let json = report_as_json(&sandbox, "json", &[&folder], 2);
    let files = json["files"].as_array().unwrap();
    let findings = files.iter().flat_map(|file| file["findings"].as_array().unwrap().iter().map(move |it| (file, it)));
    let places: Vec<_> =
        findings.map(|(file, it)| format!("{}:{}:{}", file["path"].as_str().unwrap(), it["line"], it["column"])).collect();
    assert!(places.len() > 100, "{}", places.len());
    let sarif = report_as_json(&sandbox, "sarif", &[&folder], 2);
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), places.len());
    assert_eq!(report(&sandbox, "github", &[&folder], 2).lines().count(), places.len());
    let text = report(&sandbox, "text", &[&folder], 2);
    let drawn: BTreeSet<_> = text.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).map(str::to_owned).collect();
    assert_eq!(drawn, BTreeSet::from_iter(places));
}

#[test]
fn nothing_of_a_hostile_file_or_path_acts_on_the_terminal() {
    let sandbox = Sandbox::new();
    let folder = "hostile\u{1b}[2J\u{9b}31m\u{202e}";
    for entry in fs::read_dir(bad_surveys()).unwrap() {
        let path = entry.unwrap().path();
        sandbox.write(&format!("{folder}/{}", path.file_name().unwrap().display()), &fs::read_to_string(&path).unwrap());
    }
    for format in ["text", "json", "sarif", "github"] {
        let outcome = sandbox.run(&["survey", "lint", "--format", format, folder, "no\u{1b}where\u{9b}"]);
        let acts = |c: &char| dxpulse::survey::characters::is_forbidden(*c);
        assert_eq!(outcome.out.chars().chain(outcome.err.chars()).find(acts), None, "{format}");
    }
    assert_eq!(report_as_json(&sandbox, "json", &[folder], 2)["files"][0]["path"], format!("{folder}/awkward_lines.toml"));
}
