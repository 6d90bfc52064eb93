//! Workbooks of Excel: the table on the first sheet, row by row through a temporary file, and the codebook on the second.
//!
//! A text is written as one, so that nothing in it is run as a formula or taken for a date.

use std::io::Write;

use chrono::{Datelike, Days, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::codebook::Described;
use super::table::{BLOCK, Cell, Long, Table};
use super::{ExportError, Layout, Progress, Style};
use crate::research::data::Dataset;

/// The most rows, the heading among them, and columns of a sheet.
pub const MOST: [usize; 2] = [1_048_576, 16_384];

/// Writes a workbook.
///
/// # Errors
/// There are more rows or columns than a sheet holds, or the destination doesn't take it.
pub fn write(dataset: &Dataset, style: Style, to: &mut (dyn Write + Send), progress: Progress<'_>) -> Result<(), ExportError> {
    let table = Table::new(dataset, style.values);
    let long = (style.layout == Layout::Long).then(|| Long::new(dataset, style.values));
    let names: Vec<String> = match &long {
        Some(long) => long.names.clone(),
        None => table.columns.iter().map(|column| column.name.clone()).collect(),
    };
    fits("columns", names.len(), MOST[1])?;
    fits("rows of responses", table.len(), MOST[0] - 1)?;
    let mut workbook = Workbook::new();
    // When a file was made says nothing of its answers, and the same answers are to give the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(broken)?;
    workbook.set_properties(&DocProperties::new().set_title(&dataset.title).set_creation_datetime(&made));
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(broken)?;
    sheet.set_name("Answers").and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(broken)?;
    let mut rows = Rows { sheet, next: 0, day: Format::new().set_num_format("yyyy-mm-dd") };
    rows.add(&texts(&names))?;
    match &long {
        Some(long) => write_long(&table, long, &mut rows, progress)?,
        None => write_wide(&table, &mut rows, progress)?,
    }
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(broken)?;
    sheet.set_name("Codebook").and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(broken)?;
    let mut rows = Rows { sheet, next: 0, day: Format::new() };
    rows.add(&["name", "type", "title", "value", "label"].map(Cell::Text))?;
    write_codebook(&table, &mut rows)?;
    workbook.save_to_writer(to).map_err(broken)
}

fn fits(of: &'static str, count: usize, most: usize) -> Result<(), ExportError> {
    if count > most { Err(ExportError::TooLarge { of, count, most }) } else { Ok(()) }
}

fn broken(cause: XlsxError) -> ExportError {
    match cause {
        XlsxError::IoError(cause) => cause.into(),
        cause => ExportError::Writer { format: "xlsx", cause: cause.to_string() },
    }
}

/// The rows of a sheet, each written once and in order.
struct Rows<'a> {
    sheet: &'a mut Worksheet,
    next: u32,
    day: Format,
}

impl Rows<'_> {
    fn add(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        fits("rows", self.next as usize + 1, MOST[0])?;
        for (at, cell) in (0_u16..).zip(cells) {
            self.put(at, *cell).map_err(broken)?;
        }
        self.next += 1;
        Ok(())
    }

    fn put(&mut self, at: u16, cell: Cell<'_>) -> Result<(), XlsxError> {
        let (sheet, row) = (&mut *self.sheet, self.next);
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => sheet.write_string(row, at, text)?,
            Cell::Boolean(yes) => sheet.write_boolean(row, at, yes)?,
            #[expect(clippy::cast_precision_loss, reason = "whole numbers are within 9e15")]
            Cell::Integer(number) => sheet.write_number(row, at, number as f64)?,
            Cell::Decimal(number) => sheet.write_number(row, at, number)?,
            Cell::Date(days) => match day(days) {
                Some(day) => sheet.write_datetime_with_format(row, at, &day, &self.day)?,
                None => sheet.write_string(row, at, super::fields::iso(days))?,
            },
        };
        Ok(())
    }
}

/// Gives a day as sheets count them; before 1900 they can't.
fn day(days: i32) -> Option<ExcelDateTime> {
    let day = NaiveDate::default();
    let distance = Days::new(days.unsigned_abs().into());
    let day = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) }?;
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, of_month).ok()
}

fn texts(names: &[String]) -> Vec<Cell<'_>> {
    names.iter().map(|name| Cell::Text(name)).collect()
}

fn write_wide(table: &Table<'_>, into: &mut Rows<'_>, progress: Progress<'_>) -> Result<(), ExportError> {
    let (mut gathered, mut cells, mut done) = (table.gathered(), Vec::new(), 0);
    for rows in table.blocks(BLOCK) {
        table.gather(&rows, &mut gathered);
        for row in 0..rows.len() {
            cells.clear();
            cells.extend(table.columns.iter().zip(&gathered).map(|(column, gathered)| column.cell(gathered, row)));
            into.add(&cells)?;
        }
        done += rows.len() as u64;
        progress(done);
    }
    Ok(())
}

fn write_long(table: &Table<'_>, long: &Long<'_>, into: &mut Rows<'_>, progress: Progress<'_>) -> Result<(), ExportError> {
    let mut done = 0;
    for rows in table.numbered(BLOCK) {
        for (number, row) in rows {
            long.lines(row, number, |cells| into.add(cells))?;
            done += 1;
        }
        progress(done);
    }
    Ok(())
}

/// Writes a row for each column, and one for each value it can have.
fn write_codebook(table: &Table<'_>, into: &mut Rows<'_>) -> Result<(), ExportError> {
    for column in &table.columns {
        let described = Described::of(column);
        let (kind, title) = (described.kind, described.title.as_str());
        if described.values.is_empty() {
            into.add(&[&column.name, kind, title].map(Cell::Text))?;
        }
        for (value, label) in described.values {
            into.add(&[Cell::Text(&column.name), Cell::Text(kind), Cell::Text(title), value, Cell::Text(label)])?;
        }
    }
    Ok(())
}
