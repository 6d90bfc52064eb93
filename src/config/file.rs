//! One settings file: its entries with their places, or what is wrong with it.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::key::{Key, Raw, unknown_key};
use super::problem::{Problem, Refusal, line_at};

/// A key with its value and place.
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) raw: Raw,
    pub(super) line: usize,
    pub(super) span: Range<usize>,
}

/// Gives the text of a file; `None` where there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<String>, Problem> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(Problem::of_file(path, "is not UTF-8 text")),
        Err(error) => Err(Problem::of_file(path, &format!("cannot be read: {error}"))),
    }
}

/// Gives the entries of a file in their order, and everything wrong with its syntax and its keys.
pub(super) fn entries(path: &Path, text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<_> = errors.iter().map(|error| syntax(path, text, error.span(), error.message())).collect();
    let broken: Vec<_> = errors.iter().filter_map(toml::de::Error::span).map(|span| line_at(text, span.start).0).collect();
    let mut entries = Vec::new();
    for (name, value) in table.get_ref() {
        let (line, _) = line_at(text, name.span().start);
        match Key::named(name.get_ref()) {
            // What a line that is no TOML leaves behind would be reported twice.
            _ if broken.contains(&line) => {}
            Some(key) => {
                entries.push(Entry { key, raw: raw(value.get_ref()), line, span: value.span() });
            }
            None => problems.push(Problem::in_file(path, text, &name.span(), unknown_key(name.get_ref()))),
        }
    }
    entries.sort_by_key(|entry| entry.line);
    (entries, problems)
}

/// Notes a place where the file is not TOML.
pub(super) fn syntax(path: &Path, text: &str, span: Option<Range<usize>>, message: &str) -> Problem {
    let message = message.lines().next().unwrap_or("not TOML").to_owned();
    let help = match message.as_str() {
        "duplicate key" => "keep one line for each key",
        _ => "write one `key = value` a line, with text in quotes",
    };
    let help = help.to_owned();
    Problem::in_file(path, text, &span.unwrap_or(0..0), Refusal { message, help })
}

fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::String(text) => Raw::Text(text.to_string()),
        DeValue::Boolean(switch) => Raw::Switch(*switch),
        DeValue::Integer(_) | DeValue::Float(_) => Raw::Other("a number"),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(_) => Raw::Other("an array"),
        DeValue::Table(_) => Raw::Other("a table"),
    }
}
