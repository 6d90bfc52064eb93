//! Files for SPSS and Stata: values, labels, and a value of its own for each kind of absence.

use std::collections::BTreeMap;
use std::path::Path;

use dxpulse::research::data::{Absent, Dataset, Value, Variable, VariableKind};
use dxpulse::research::exports::{Format, Style};
use serde_json::Value as Json;
use tempfile::tempdir;

use super::dataset::{AWKWARD, VARIABLES, awkward, group};
use super::readers::{Row, haven, python, rows, sorted};
use super::tables::day;
use super::written;

/// How a program calls what is absent, and when it begins to count days, in its own unit.
struct Program {
    reader: &'static str,
    absent: fn(&str, usize) -> String,
    day: fn(f64) -> f64,
    name: fn(&str) -> String,
    nothing: Option<&'static str>,
}

const SPSS: Program = Program { reader: "spss", absent: user_missing, day: seconds, name: str::to_owned, nothing: Some("") };
const STATA: Program = Program { reader: "stata", absent: letter, day: days, name: underscored, nothing: Some("") };

fn user_missing(variable: &str, kind: usize) -> String {
    // Somebody answered with -95.5 hours, so that what stands for absences is lower there.
    let base = if variable == "hours" { -990 } else { -90 };
    (base - 1 - i64::try_from(kind).unwrap()).to_string()
}

fn letter(_: &str, kind: usize) -> String {
    char::from(b'a' + u8::try_from(kind).unwrap()).to_string()
}

fn seconds(day: f64) -> f64 {
    (day + 141_428.0) * 86_400.0
}

fn days(day: f64) -> f64 {
    day + 3653.0
}

fn underscored(name: &str) -> String {
    name.replace('.', "_")
}

fn expected(dataset: &Dataset, program: &Program) -> Vec<Row> {
    let row = |row: usize| {
        let mut cells = Row::new();
        cells.insert("wave".into(), Some(dataset.waves[usize::from(dataset.wave_of[row])].name.clone()));
        cells.insert("team".into(), group(dataset, "team", row, false).or(program.nothing.map(str::to_owned)));
        cells.insert("weight_".into(), group(dataset, "weight", row, false));
        cells.insert("weight".into(), Some(dataset.weight(row).to_string()));
        for (name, _) in VARIABLES {
            let variable = dataset.variable(name).unwrap();
            cells.insert((program.name)(name), Some(number(variable, row, program)));
        }
        cells
    };
    sorted((0..dataset.len()).map(row).collect())
}

fn number(variable: &Variable, row: usize, program: &Program) -> String {
    match variable.column.value(row) {
        Value::Absent(kind) => (program.absent)(&variable.name, Absent::all().position(|other| other == kind).unwrap()),
        Value::Number(number) if variable.kind == VariableKind::Date => (program.day)(number).to_string(),
        Value::Number(number) => number.to_string(),
        Value::Level(at) => variable.levels[usize::from(at)].point.unwrap_or(at + 1).to_string(),
    }
}

/// Gives the words of a variable's values, by the number they stand for.
fn words(variable: &Variable, program: &Program) -> BTreeMap<String, String> {
    let number = |at: usize| variable.levels[at].point.map_or(at + 1, usize::from).to_string();
    let levels = variable.levels.iter().enumerate().filter(|(_, level)| !level.label.is_empty());
    let absences = Absent::all().enumerate().map(|(at, kind)| ((program.absent)(&variable.name, at), kind.name().to_owned()));
    levels.map(|(at, level)| (number(at), level.label.clone())).chain(absences).collect()
}

fn plain_words(found: &Json) -> BTreeMap<String, String> {
    let number =
        |key: &str| key.parse::<f64>().map_or_else(|_| key.trim_start_matches('.').to_owned(), |number| number.to_string());
    found.as_object().unwrap().iter().map(|(key, word)| (number(key), word.as_str().unwrap().to_owned())).collect()
}

fn title(variable: &Variable) -> String {
    let gap = if variable.text.ends_with('?') { " " } else { ": " };
    let part = variable.part.as_ref().map(|part| format!("{gap}{part}")).unwrap_or_default();
    format!("{}{part}", variable.text)
}

fn label(variable: &Variable, program: &Program) -> String {
    let name = (program.name)(&variable.name);
    if name == variable.name { title(variable) } else { format!("{}: {}", variable.name, title(variable)) }
}

fn check_python(dataset: &Dataset, program: &Program, file: &Path) -> Json {
    let found = python(program.reader, file);
    assert_eq!(rows(&found), expected(dataset, program));
    for (name, _) in VARIABLES {
        let (variable, name) = (dataset.variable(name).unwrap(), (program.name)(name));
        assert_eq!(found["labels"][&name], label(variable, program));
        assert_eq!(plain_words(&found["words"][&name]), words(variable, program), "{name}");
    }
    assert_eq!(found["title"], "Pulse <2026> & \"größer\"");
    let dates = found["dated"].as_array().unwrap().iter().map(|row| row["since"].as_str().map(str::to_owned));
    let since = dataset.variable("since").unwrap();
    let date = |row| if let Value::Number(days) = since.column.value(row) { Some(day(days)) } else { None };
    let mut expected: Vec<Option<String>> = (0..dataset.len()).map(date).collect();
    let mut dates: Vec<_> = dates.collect();
    expected.sort();
    dates.sort();
    assert_eq!(dates, expected);
    found
}

/// Gives a value as haven has it: a day in days since 1970, and a letter without its dot.
fn of_haven(value: &Json) -> Option<String> {
    match value.as_f64() {
        // A kind of absence of a day: haven takes the seconds it stands for as a day of 1582.
        Some(day) if day < -141_000.0 => Some(((day + 141_428.0) * 86_400.0).round().to_string()),
        Some(number) => Some(number.to_string()),
        None => value.as_str().map(|text| text.strip_prefix('.').unwrap_or(text).to_owned()),
    }
}

fn check_haven(dataset: &Dataset, program: &Program, file: &Path) -> Json {
    let found = haven(program.reader, file);
    let mut rows = vec![Row::new(); dataset.len()];
    for (name, variable) in found.as_object().unwrap() {
        for (row, value) in rows.iter_mut().zip(variable["values"].as_array().unwrap()) {
            row.insert(name.clone(), of_haven(value));
        }
    }
    assert_eq!(sorted(rows), expected(dataset, &Program { day: |day| day, ..*program }));
    for (name, _) in VARIABLES {
        let (variable, name) = (dataset.variable(name).unwrap(), (program.name)(name));
        assert_eq!(found[&name]["label"], label(variable, program));
        let absent = (0..dataset.len()).filter(|row| matches!(variable.column.value(*row), Value::Absent(_))).count();
        let missing = found[&name]["missing"].as_array().unwrap().iter().filter(|missing| **missing == true).count();
        assert_eq!(missing, absent, "{name}");
        // haven makes days of its own of dates, which have no labels.
        if name != "since" {
            assert_eq!(plain_words(&found[&name]["words"]), words(variable, program), "{name}");
        }
    }
    found
}

#[test]
fn pyreadstat_and_haven_read_spss_files_back() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    let file = written(Format::Spss, &dataset, Style::default(), folder.path());
    let found = check_python(&dataset, &SPSS, &file);
    let range = |lo: f64, hi: f64| serde_json::json!([{ "lo": lo, "hi": hi }]);
    assert_eq!((&found["ranges"]["nps"], &found["ranges"]["hours"]), (&range(-97.0, -91.0), &range(-997.0, -991.0)));
    let given = found["without"].as_array().unwrap().iter().filter(|row| !row["nps"].is_null()).count();
    assert_eq!(given, 13, "what is absent is missing to whoever doesn't ask for kinds");
    assert_eq!(found["words"]["team"]["=1+1"], "Größe <&>");
    assert_eq!((&found["measures"]["nps"], &found["measures"]["tool"]), (&"ordinal".into(), &"nominal".into()));
    let longest = AWKWARD.iter().map(|text| text.len()).max().unwrap();
    assert!(found["widths"]["team"].as_u64().unwrap() >= longest as u64, "{}", found["widths"]);
    let found = check_haven(&dataset, &SPSS, &file);
    assert_eq!(found["hours"]["range"], serde_json::json!([-997, -991]));
}

#[test]
fn pyreadstat_pandas_and_haven_read_stata_files_back() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    let file = written(Format::Stata, &dataset, Style::default(), folder.path());
    let found = check_python(&dataset, &STATA, &file);
    assert_eq!(found["pandas"], 20);
    let letters = serde_json::json!([".a", ".b", ".c", ".d", ".e", ".f", ".g"]);
    for name in ["nps", "hours", "tool", "since", "sus_score"] {
        assert_eq!(found["letters"][name], letters, "{name}");
    }
    check_haven(&dataset, &STATA, &file);
}
