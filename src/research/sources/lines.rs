//! Tables in JSON Lines: an object for each row, whose keys are the names of columns; what is `null` or not there is an empty cell.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::{Map, Value};

use super::SourceError;
use super::blocks::{Block, Header, ROWS, Table, Take};
use super::place::{self, Problems};

const HINT: &str = "write an object of texts, numbers, true and false on each line, in UTF-8";

type Row = Map<String, Value>;

/// Takes a row with the number of its line.
type TakeRow<'t> = &'t mut dyn FnMut(u64, &Row) -> Result<(), SourceError>;

/// Says whether text begins with a row of such a table: an object that holds nothing but plain values.
pub(super) fn is_table(text: &str) -> bool {
    let is_plain = |value: &Value| !value.is_array() && !value.is_object();
    text.lines().find(|line| !line.trim().is_empty()).and_then(row).is_some_and(|row| row.values().all(is_plain))
}

/// Opens a table. It is read twice, since any row may have a key that those before haven't.
///
/// # Errors
/// A line is no object.
pub(super) fn open(file: &Path, from: BufReader<File>) -> Result<Table<'_>, SourceError> {
    let (mut names, mut survey) = (BTreeSet::new(), None);
    each(file, from, &mut |number, row| {
        if number == 1 {
            survey = row.get("survey").and_then(Value::as_str).map(str::to_owned);
        }
        for name in row.keys() {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        Ok(())
    })?;
    let names: Vec<String> = names.into_iter().collect();
    let header = Header { names: names.clone(), survey };
    let again = place::open(file)?;
    Ok(Table { header, blocks: Box::new(move |needed, take| blocks(file, again, (&names, needed), take)) })
}

fn blocks(file: &Path, from: BufReader<File>, (names, needed): (&[String], &[usize]), take: Take<'_>) -> Result<(), SourceError> {
    let mut block = Block::new(needed.iter().max().map_or(0, |last| last + 1), 1);
    each(file, from, &mut |number, row| {
        // The rows of a block are one after the other, and a line without anything is none.
        if number != block.first + block.rows as u64 {
            take(&block)?;
            block.go_on();
            block.first = number;
        }
        block.rows += 1;
        for at in needed {
            let cell = row.get(&names[*at]).unwrap_or(&Value::Null);
            let told = || place::wrong(file, format!("line {number}, {:?} is a list or an object", names[*at]), HINT);
            block.columns[*at].push(&text(cell).ok_or_else(told)?);
        }
        if block.rows == ROWS {
            take(&block)?;
            block.go_on();
        }
        Ok(())
    })?;
    take(&block)
}

/// Hands on each row with the number of its line.
fn each(file: &Path, from: BufReader<File>, take: TakeRow<'_>) -> Result<(), SourceError> {
    let mut problems = Problems::of(file);
    for (number, line) in (1..).zip(from.lines()) {
        match line.as_deref() {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => match row(line) {
                Some(row) => take(number, &row)?,
                None => problems.tell(|| format!("line {number} is no object in JSON")),
            },
            Err(_) => problems.tell(|| format!("line {number} is no text")),
        }
    }
    problems.or_none(HINT)
}

fn row(line: &str) -> Option<Row> {
    serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()
}

/// Gives a plain value as a cell has it.
fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => Some(Cow::Borrowed("")),
        Value::String(text) => Some(Cow::Borrowed(text)),
        // A whole number is one however it is written, as it is in tables whose columns have a type.
        Value::Number(number) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15);
            Some(Cow::Owned(whole.map_or_else(|| number.to_string(), |whole| (whole as i64).to_string())))
        }
        Value::Bool(_) => Some(Cow::Owned(value.to_string())),
        Value::Array(_) | Value::Object(_) => None,
    }
}
