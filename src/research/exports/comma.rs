//! CSV: RFC 4180 in UTF-8, with rows that end with a line feed, safe to open in a spreadsheet unless asked otherwise.

use std::borrow::Cow;
use std::io::Write;

use super::fields::{self, Shape};
use super::table::{Cell, Long, Table};
use super::{ExportError, Layout, Progress, Style};
use crate::developer::export::comma::neutralise;
use crate::research::data::Dataset;

/// Writes a dataset with the names of its columns as the first record.
///
/// # Errors
/// The destination doesn't take it.
pub fn write(dataset: &Dataset, style: Style, to: &mut dyn Write, progress: Progress<'_>) -> Result<(), ExportError> {
    let mut head = if style.bom { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
    record(&names(dataset, style), style.raw, &mut head);
    to.write_all(&head)?;
    let raw = style.raw;
    let field = move |_: &str, cell: Cell<'_>, text: &mut Vec<u8>| write_field(cell, raw, text);
    let shape = Shape { begin: b"", between: b',', end: b"\n", field: &field };
    Ok(fields::write(dataset, style, &shape, to, progress)?)
}

/// Gives the names of the columns.
pub(super) fn names(dataset: &Dataset, style: Style) -> Vec<String> {
    match style.layout {
        Layout::Wide => Table::names(dataset),
        Layout::Long => Long::new(dataset, style.values).names,
    }
}

/// Writes a record of texts.
pub(super) fn record(texts: &[impl AsRef<str>], raw: bool, into: &mut Vec<u8>) {
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            into.push(b',');
        }
        write_field(Cell::Text(text.as_ref()), raw, into);
    }
    into.push(b'\n');
}

fn write_field(cell: Cell<'_>, raw: bool, into: &mut Vec<u8>) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => quoted(&if raw { Cow::Borrowed(text) } else { neutralise(text) }, into),
        Cell::Integer(number) => fields::whole(number, into),
        Cell::Boolean(yes) => into.push(if yes { b'1' } else { b'0' }),
        Cell::Decimal(number) => into.extend_from_slice(number.to_string().as_bytes()),
        Cell::Date(days) => into.extend_from_slice(fields::iso(days).as_bytes()),
    }
}

/// Writes a text in quotes where it must have them; those within it stand twice.
fn quoted(text: &str, into: &mut Vec<u8>) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        into.extend_from_slice(text.as_bytes());
        return;
    }
    into.push(b'"');
    into.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    into.push(b'"');
}
