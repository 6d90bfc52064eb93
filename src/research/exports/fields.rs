//! Rows of text: each cell a field, with something between them. CSV and JSON Lines differ in no more than that.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use super::table::{BLOCK, Cell, Column, Long, Table};
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

/// The fields of a column, each after what stands between it and the one before. Where a column has few different cells, each is made
/// once, and the empty one stands last.
enum Fields {
    Short(Vec<Short>),
    Long(Vec<Vec<u8>>),
    Number,
}

/// A field that is copied with what is left of its room, which takes one instruction; what comes next overwrites the rest.
#[derive(Clone, Copy)]
struct Short {
    bytes: [u8; ROOM],
    length: usize,
}

/// The most bytes of a short field.
const ROOM: usize = 16;

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
    let fields: Vec<Fields> = table.columns.iter().enumerate().map(|(at, column)| Fields::of(at, column, shape)).collect();
    let (mut gathered, mut text, mut own, mut done) = (table.gathered(), Text::default(), Vec::new(), 0);
    for rows in table.blocks(BLOCK) {
        table.gather(&rows, &mut gathered);
        text.length = 0;
        for row in 0..rows.len() {
            text.add(shape.begin);
            for (at, (fields, gathered)) in fields.iter().zip(&gathered).enumerate() {
                let place = |last: usize| usize::from(gathered.places[row]).min(last);
                match fields {
                    Fields::Short(fields) => text.add_short(&fields[place(fields.len() - 1)]),
                    Fields::Long(fields) => text.add(&fields[place(fields.len() - 1)]),
                    Fields::Number => {
                        let column = &table.columns[at];
                        own.clear();
                        field((at, &column.name), column.cell(gathered, row), shape, &mut own);
                        text.add(&own);
                    }
                }
            }
            text.add(shape.end);
        }
        to.write_all(&text.bytes[..text.length])?;
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
                    field((at, name), *cell, shape, &mut text);
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

impl Fields {
    fn of(at: usize, column: &Column<'_>, shape: &Shape<'_>) -> Self {
        if column.cells().is_empty() {
            return Self::Number;
        }
        let text = |cell: &Cell<'_>| {
            let mut text = Vec::new();
            field((at, &column.name), *cell, shape, &mut text);
            text
        };
        let all: Vec<Vec<u8>> = column.cells().iter().chain([&Cell::Empty]).map(text).collect();
        let short: Option<Vec<Short>> = all.iter().map(|text| Short::of(text)).collect();
        short.map_or(Self::Long(all), Self::Short)
    }
}

/// The text of a block: what is written so far, and room after it.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    length: usize,
}

impl Text {
    fn add(&mut self, field: &[u8]) {
        self.make_room(field.len());
        self.bytes[self.length..][..field.len()].copy_from_slice(field);
        self.length += field.len();
    }

    fn add_short(&mut self, field: &Short) {
        self.make_room(ROOM);
        if let Some(room) = self.bytes[self.length..].first_chunk_mut() {
            *room = field.bytes;
        }
        self.length += field.length;
    }

    fn make_room(&mut self, bytes: usize) {
        if self.bytes.len() < self.length + bytes {
            self.bytes.resize(2 * (self.length + bytes), 0);
        }
    }
}

impl Short {
    /// Gives a short field; `None` of one that is too long.
    fn of(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; ROOM];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        Some(Self { bytes, length: text.len() })
    }
}

/// Writes a field of the column in this place, after what stands before it.
fn field((at, name): (usize, &str), cell: Cell<'_>, shape: &Shape<'_>, into: &mut Vec<u8>) {
    if at > 0 {
        into.push(shape.between);
    }
    (shape.field)(name, cell, into);
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
