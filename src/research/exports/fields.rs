//! Rows of text: each cell a field, with something between them. CSV and JSON Lines differ in no more than that.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use super::table::{BLOCK, Cell, Long, Table};
use super::{Layout, Progress, Style};
use crate::research::data::Dataset;

/// Writes a cell of the column of this name.
type Field = dyn Fn(&str, Cell<'_>, &mut Vec<u8>);

/// How rows become text.
pub(super) struct Shape<'a> {
    /// What a row begins with.
    pub(super) begin: &'static [u8],
    /// What stands between two fields.
    pub(super) between: u8,
    /// What a row ends with.
    pub(super) end: &'static [u8],
    /// Writes a cell of the column of this name.
    pub(super) field: &'a Field,
}

/// The fields of a column: where it has few different cells, each is made once.
enum Fields {
    Known(Vec<Vec<u8>>),
    Number,
}

/// Writes every row of a dataset.
pub(super) fn write(
    dataset: &Dataset,
    style: Style,
    shape: &Shape<'_>,
    to: &mut dyn Write,
    progress: Progress<'_>,
) -> io::Result<()> {
    let table = Table::new(dataset, style.values);
    match style.layout {
        Layout::Wide => write_wide(&table, shape, to, progress),
        Layout::Long => write_long(&table, &Long::new(dataset, style.values), shape, to, progress),
    }
}

fn write_wide(table: &Table<'_>, shape: &Shape<'_>, to: &mut dyn Write, progress: Progress<'_>) -> io::Result<()> {
    let fields: Vec<Fields> = table.columns.iter().map(|column| known(&column.name, column.cells(), shape)).collect();
    let empty: Vec<Vec<u8>> = table.columns.iter().map(|column| field(&column.name, Cell::Empty, shape)).collect();
    let (mut gathered, mut text, mut done) = (table.gathered(), Vec::new(), 0);
    for rows in table.blocks(BLOCK) {
        table.gather(rows, &mut gathered);
        text.clear();
        for row in 0..rows.len() {
            text.extend_from_slice(shape.begin);
            for (at, column) in table.columns.iter().enumerate() {
                if at > 0 {
                    text.push(shape.between);
                }
                match &fields[at] {
                    Fields::Known(fields) => {
                        let field = fields.get(usize::from(gathered[at].places[row])).unwrap_or(&empty[at]);
                        text.extend_from_slice(field);
                    }
                    Fields::Number => (shape.field)(&column.name, column.cell(&gathered[at], row), &mut text),
                }
            }
            text.extend_from_slice(shape.end);
        }
        to.write_all(&text)?;
        done += rows.len() as u64;
        progress(done);
    }
    to.flush()
}

fn write_long(
    table: &Table<'_>,
    long: &Long<'_>,
    shape: &Shape<'_>,
    to: &mut dyn Write,
    progress: Progress<'_>,
) -> io::Result<()> {
    let (mut text, mut done) = (Vec::new(), 0);
    for rows in table.numbered(BLOCK) {
        text.clear();
        for (number, row) in rows {
            long.lines(row, number, |cells| {
                text.extend_from_slice(shape.begin);
                for (at, (name, cell)) in long.names.iter().zip(cells).enumerate() {
                    if at > 0 {
                        text.push(shape.between);
                    }
                    (shape.field)(name, *cell, &mut text);
                }
                text.extend_from_slice(shape.end);
                Ok::<(), io::Error>(())
            })?;
            done += 1;
        }
        to.write_all(&text)?;
        progress(done);
    }
    to.flush()
}

fn known(name: &str, cells: &[Cell<'_>], shape: &Shape<'_>) -> Fields {
    match cells {
        [] => Fields::Number,
        cells => Fields::Known(cells.iter().map(|cell| field(name, *cell, shape)).collect()),
    }
}

fn field(name: &str, cell: Cell<'_>, shape: &Shape<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    (shape.field)(name, cell, &mut text);
    text
}

/// Gives a day, counted from 1970-01-01, as `2026-01-31`.
pub(super) fn iso(days: i32) -> String {
    let epoch = NaiveDate::default();
    let distance = Days::new(days.unsigned_abs().into());
    let day = if days < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) };
    day.map_or_else(|| days.to_string(), |day| day.to_string())
}

/// Writes a whole number.
pub(super) fn whole(number: i64, into: &mut Vec<u8>) {
    match u8::try_from(number) {
        Ok(digit @ 0..=9) => into.push(b'0' + digit),
        _ => into.extend_from_slice(number.to_string().as_bytes()),
    }
}
