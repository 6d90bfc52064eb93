//! `assets/survey.schema.json`: it accepts every good survey, refuses what is wrong with any single value, and editors complete from it.

mod cases;
mod editor;
mod samples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dxpulse::survey::parse::parse;
use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::tools::{feed, tool};
use cases::Case;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root("assets/survey.schema.json")).unwrap()).unwrap()
}

/// An error of a validator: the place of a value, such as `question/0/id`, and what is said of it.
type Complaint = (String, String);

/// Validates documents, and gives the complaints about each.
fn complaints<'a>(documents: impl Iterator<Item = &'a Value>) -> Vec<Vec<Complaint>> {
    let lines: String = documents.map(|document| format!("{document}\n")).collect();
    let mut python = Command::new(tool("python"));
    python.args([root("tests/author/schema/validate.py"), root("assets/survey.schema.json")]);
    let output = feed(&mut python, &lines);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Gives the paths of all surveys without mistakes.
fn good_surveys() -> Vec<PathBuf> {
    let folders = ["tests/surveys/good", "surveys", "src/author/template"].map(root);
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let is_survey = |path: &PathBuf| {
        let name = path.to_string_lossy();
        name.ends_with(".toml") && !name.ends_with(".lock.toml")
    };
    entries.filter(is_survey).collect()
}

/// Gives a TOML document as JSON, a day as its text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(array) => array.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// Lays files with the schema beside them, which their first line names, and runs Tombi's linter on the folder.
fn tombi_lint(files: impl Iterator<Item = (String, String)>) -> (bool, String) {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("all")).unwrap();
    fs::copy(root("assets/survey.schema.json"), sandbox.path("all/survey.schema.json")).unwrap();
    for (name, text) in files {
        sandbox.write(&format!("all/{name}"), &format!("#:schema ./survey.schema.json\n{text}"));
    }
    let mut tombi = Command::new(tool("tombi"));
    tombi.args(["lint", "--offline", "--quiet", "."]).current_dir(sandbox.path("all")).env("NO_COLOR", "1");
    let output = tombi.env("HOME", sandbox.path("")).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn every_good_survey_passes() {
    let surveys = good_surveys();
    assert!(surveys.len() > 10, "{surveys:?}");
    let texts: Vec<String> = surveys.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let documents: Vec<Value> = texts.iter().map(|text| as_json(&toml::from_str(text).unwrap())).collect();
    for (path, complaints) in surveys.iter().zip(complaints(documents.iter())) {
        assert_eq!(complaints, [], "{}", path.display());
    }
    let named = texts.into_iter().enumerate().map(|(at, text)| (format!("{at}.toml"), text.replace("#:schema", "#")));
    let (passed, said) = tombi_lint(named);
    assert!(passed && !said.contains("Warning"), "{said}");
}

#[test]
fn every_key_takes_what_it_is_for_and_nothing_else() {
    let cases = cases::all(&schema());
    assert!(cases.len() > 1_000, "only {} cases were made", cases.len());
    let complaints = complaints(cases.iter().map(|case| &case.document));
    assert_eq!(complaints.len(), cases.len());
    for (Case { what, place, word, document }, complaints) in cases.iter().zip(complaints) {
        let Some(place) = place else {
            assert_eq!(complaints, [], "{what}: {document}");
            continue;
        };
        let names_it = |(found, message): &Complaint| found == place && message.contains(word.as_str());
        assert!(complaints.iter().any(names_it), "{what}: no word of {word:?} at {place}, but {complaints:?}: {document}");
    }
}

#[test]
fn nothing_is_refused_that_the_parser_takes() {
    let cases = cases::all(&schema());
    let text = |case: &Case| toml::to_string(&case.document).unwrap();
    // The rules of wording are the lint's, so the parser takes any.
    let bad = cases.iter().filter(|case| case.place.as_ref().is_some_and(|place| !place.ends_with("waive/0/rule")));
    let taken = bad.filter(|case| parse(&text(case)).is_ok());
    assert_eq!(taken.map(|case| format!("{}\n{}", case.what, text(case))).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn an_editors_linter_refuses_a_bad_value_of_every_key() {
    let mut places = BTreeSet::new();
    let all = cases::all(&schema()).into_iter().filter(|case| case.place.is_some());
    let cases: Vec<Case> =
        all.filter(|case| places.insert((case.place.clone(), case.document["question"][0]["type"].to_string()))).collect();
    let names: Vec<String> = (0..cases.len()).map(|at| format!("{at}.toml")).collect();
    let texts = cases.iter().map(|case| toml::to_string(&case.document).unwrap());
    let (_, said) = tombi_lint(names.iter().cloned().zip(texts));
    let accepted =
        names.iter().zip(&cases).filter(|(name, _)| !said.contains(&format!("/{name}:")) && !said.contains(&format!(" {name}:")));
    assert_eq!(accepted.map(|(_, case)| case.what.as_str()).collect::<Vec<_>>(), Vec::<&str>::new(), "of {}", cases.len());
}
