//! Tables in CSV, of which the first record is the names of the columns.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::SourceError;
use super::blocks::{Block, Header, ROWS, Table, Take};
use super::place::wrong;

/// Opens a table.
///
/// # Errors
/// It is no CSV.
pub(super) fn open(file: &Path, mut from: BufReader<File>) -> Result<Table<'_>, SourceError> {
    let start = from.fill_buf().map_err(|error| SourceError::File { file: file.to_owned(), error })?;
    let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    from.consume(mark);
    let mut reader = ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(from);
    let names: Vec<String> = reader.headers().map_err(|error| broken(file, &error))?.iter().map(str::to_owned).collect();
    if let [one] = names.as_slice() {
        for (separator, name) in [(';', "semicolons"), ('\t', "tabs")] {
            if one.contains(separator) {
                return Err(wrong(file, format!("its columns are separated by {name}"), "save it as CSV with commas, in UTF-8"));
            }
        }
    }
    let survey = survey_of(file, &names);
    let header = Header { names, survey };
    Ok(Table { header, blocks: Box::new(move |needed, take| each(file, reader, needed, take)) })
}

/// Gives the survey that the first row is about, where a column tells.
fn survey_of(file: &Path, names: &[String]) -> Option<String> {
    let at = names.iter().position(|name| name == "survey")?;
    let first = ReaderBuilder::new().from_path(file).ok()?.into_records().next()?.ok()?;
    first.get(at).filter(|id| !id.is_empty()).map(str::to_owned)
}

fn each(file: &Path, mut reader: Reader<BufReader<File>>, needed: &[usize], take: Take<'_>) -> Result<(), SourceError> {
    // The first row is the header.
    let mut block = Block::new(needed.iter().max().map_or(0, |last| last + 1), 2);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| broken(file, &error))? {
        match std::str::from_utf8(record.as_slice()) {
            Ok(text) => {
                block.rows += 1;
                for at in needed {
                    block.columns[*at].push(record.range(*at).and_then(|range| text.get(range)).unwrap_or_default());
                }
            }
            Err(_) => block.garbled = Some(block.first + block.rows as u64),
        }
        if block.rows == ROWS || block.garbled.is_some() {
            take(&block)?;
            block.go_on();
        }
    }
    take(&block)
}

fn broken(file: &Path, error: &csv::Error) -> SourceError {
    wrong(file, format!("it is no CSV: {error}"), "save it as CSV with commas, in UTF-8")
}
