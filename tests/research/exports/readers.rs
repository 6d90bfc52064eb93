//! The programs that read files back, each in a process of its own that prints what it found as JSON.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A row: columns with values in one form, whatever a program calls them; `None` where there is nothing.
pub(crate) type Row = BTreeMap<String, Option<String>>;

/// Gives what Python's readers find: `rows` and what else the format holds.
pub(crate) fn python(reader: &str, file: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = root.join("target/tools/python/bin/python");
    assert!(program.exists(), "Python's readers are needed: tests/run installs them");
    run(Command::new(program).arg(root.join("tests/research/exports/read.py")).arg(reader).arg(file))
}

/// Gives what R's haven finds: `values`, `labels` and `words` (the labels of values) of each variable.
pub(crate) fn haven(reader: &str, file: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/research/exports/read.R");
    run(Command::new("Rscript").arg("--vanilla").arg(script).arg(reader).arg(file))
}

fn run(command: &mut Command) -> Value {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; tests/run installs it"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}

/// Gives rows in an order of their own, since files have another than the dataset.
pub(crate) fn rows(found: &Value) -> Vec<Row> {
    let row = |row: &Value| row.as_object().unwrap().iter().map(|(name, value)| (name.clone(), plain(value))).collect();
    sorted(found["rows"].as_array().unwrap().iter().map(row).collect())
}

/// Gives rows in order.
pub(crate) fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

/// Gives a number as Rust prints it, so that 9 and 9.0 are the same, and everything else as it is.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_f64().unwrap().to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        other => panic!("{other} is no cell"),
    }
}
