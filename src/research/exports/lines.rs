//! JSON Lines: one object per response, or one per answer; every column is a key, and an empty cell is `null`, never a zero.

use std::io::Write;

use super::fields::{self, Shape};
use super::table::Cell;
use super::{ExportError, Progress, Style};
use crate::research::data::Dataset;

/// Writes a dataset.
///
/// # Errors
/// The destination doesn't take it.
pub fn write(dataset: &Dataset, style: Style, to: &mut dyn Write, progress: Progress<'_>) -> Result<(), ExportError> {
    let shape = Shape { begin: b"{", between: b',', end: b"}\n", field: &write_field };
    Ok(fields::write(dataset, style, &shape, to, progress)?)
}

fn write_field(name: &str, cell: Cell<'_>, into: &mut Vec<u8>) {
    quoted(name, into);
    into.push(b':');
    match cell {
        Cell::Empty => into.extend_from_slice(b"null"),
        Cell::Text(text) => quoted(text, into),
        Cell::Integer(number) => fields::whole(number, into),
        Cell::Boolean(yes) => into.extend_from_slice(if yes { b"true" } else { b"false" }),
        Cell::Decimal(number) => into.extend_from_slice(serde_json::Value::from(number).to_string().as_bytes()),
        Cell::Date(days) => quoted(&fields::iso(days), into),
    }
}

fn quoted(text: &str, into: &mut Vec<u8>) {
    into.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
}
