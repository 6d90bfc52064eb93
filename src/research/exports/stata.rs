//! Stata datasets (`.dta`, format 118, for Stata 14 and later): variable labels, value labels, and an extended missing value for each
//! kind of absence.
//!
//! The kinds of absence are `.a` to `.g`: skipped, unanswered, not_shown, not_applicable, prefer_not_to_say, dont_know, not_asked. All that
//! stands before the observations is made by a crate; these and the value labels are written here: the crate can't make labels, and with
//! the lengths known nothing has to be gone back to.

use std::io::{Cursor, Write};

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::variable::Variable;
use dta::stata::dta::variable_type::VariableType;

use super::coded::{self, Coded};
use super::names::{STATA, cut};
use super::table::{BLOCK, Gathered, Holds, Of, Table};
use super::{ExportError, Progress};
use crate::research::data::{Absent, Dataset};
use crate::response::table::Values;

const NAME: &str = "stata";
const MOST_TEXT: usize = 2045;
const MOST_LABEL: usize = 80;
/// The greatest number of a variable of one byte.
const MOST_BYTE: f64 = 100.0;
/// From 1960-01-01, where Stata's calendar begins, to 1970-01-01.
const DAYS_BEFORE_1970: i32 = 3653;
/// The bits of `.`; `.a` and those after it follow in these steps.
const MISSING_BYTE: u8 = 101;
const MISSING_INT: i16 = 32_741;
const MISSING_LONG: i32 = 2_147_483_621;
const MISSING_DOUBLE: (u64, u64) = (0x7fe0_0000_0000_0000, 0x0000_0100_0000_0000);

/// Writes a dataset.
///
/// # Errors
/// A group's name is too long, or the destination doesn't take it.
pub fn write(dataset: &Dataset, to: &mut dyn Write, progress: Progress<'_>) -> Result<(), ExportError> {
    let table = Table::new(dataset, Values::Codes);
    let variables: Vec<Stata<'_, '_>> =
        coded::variables(&table.columns, STATA).into_iter().map(Stata::of).collect::<Result<_, _>>()?;
    let labels: Vec<u8> = variables.iter().filter(|variable| variable.has_labels()).flat_map(Stata::labels).collect();
    let width: usize = variables.iter().map(Stata::width).sum();
    to.write_all(&beginning(dataset, &variables, [table.len(), width * table.len(), labels.len()])?)?;
    let places: Vec<usize> =
        table.columns.iter().enumerate().filter(|(_, column)| !matches!(column.of, Of::Missing(_))).map(|(at, _)| at).collect();
    let (mut gathered, mut text, mut done) = (table.gathered(), Vec::new(), 0);
    for rows in table.blocks(BLOCK) {
        table.gather(&rows, &mut gathered);
        text.clear();
        for row in 0..rows.len() {
            for (variable, at) in variables.iter().zip(&places) {
                variable.write(&gathered[*at], row, &mut text);
            }
        }
        to.write_all(&text)?;
        done += rows.len() as u64;
        progress(done);
    }
    to.write_all(b"</data><strls></strls><value_labels>")?;
    to.write_all(&labels)?;
    to.write_all(b"</value_labels></stata_dta>")?;
    Ok(to.flush()?)
}

/// A variable with what an observation holds of it.
struct Stata<'t, 'a> {
    coded: Coded<'t, 'a>,
    kind: VariableType,
    /// What an observation holds for each place; by the code of an absence where the variable holds numbers.
    bytes: Vec<Vec<u8>>,
}

impl<'t, 'a> Stata<'t, 'a> {
    fn of(coded: Coded<'t, 'a>) -> Result<Self, ExportError> {
        if let Some(texts) = coded.texts() {
            let length = texts.iter().map(|text| text.len()).max().unwrap_or_default().max(1);
            let too_long = || ExportError::TooLong { format: NAME, of: coded.column.name.clone(), length, most: MOST_TEXT };
            let width = u16::try_from(length).ok().filter(|_| length <= MOST_TEXT).ok_or_else(too_long)?;
            let padded = |text: &&str| {
                let mut bytes = text.as_bytes().to_vec();
                bytes.resize(length, 0);
                bytes
            };
            let bytes = texts.iter().chain([&""]).map(padded).collect();
            return Ok(Self { coded, kind: VariableType::FixedString(width), bytes });
        }
        let is_small = coded.levels.iter().all(|(number, _)| *number <= MOST_BYTE);
        let kind = match coded.column.holds {
            Holds::Date => VariableType::Long,
            _ if coded.is_number() => VariableType::Double,
            _ if is_small => VariableType::Byte,
            _ => VariableType::Int,
        };
        let mut bytes = vec![missing(kind, 0); 256];
        for (bytes, (number, _)) in bytes.iter_mut().zip(&coded.levels) {
            *bytes = present(kind, *number);
        }
        for (letter, absent) in (1..).zip(Absent::all()) {
            bytes[usize::from(absent.code())] = missing(kind, letter);
        }
        Ok(Self { coded, kind, bytes })
    }

    fn width(&self) -> usize {
        self.bytes.first().map_or(0, Vec::len)
    }

    fn has_labels(&self) -> bool {
        matches!(self.coded.column.of, Of::Answer(_))
    }

    fn write(&self, gathered: &Gathered, row: usize, into: &mut Vec<u8>) {
        match gathered.numbers.get(row).filter(|number| !number.is_nan()) {
            Some(number) => into.extend_from_slice(&present(self.kind, *number)),
            None => {
                let place = gathered.places.get(row).map_or(0, |place| usize::from(*place));
                // A response that is in no group has an empty text, which stands last.
                into.extend(self.bytes.get(place).or(self.bytes.last()).into_iter().flatten());
            }
        }
    }

    /// Gives the value labels, which have the name of their variable, as the file holds them.
    fn labels(&self) -> Vec<u8> {
        let numbers = self
            .coded
            .levels
            .iter()
            .filter(|(_, label)| !label.is_empty())
            .map(|(number, label)| (whole(*number), label.as_str()));
        let absences = (1..).zip(Absent::all()).map(|(letter, absent)| (MISSING_LONG + letter, absent.name()));
        let mut labels: Vec<(i32, &str)> = numbers.chain(absences).collect();
        labels.sort_by_key(|(number, _)| *number);
        let (mut offsets, mut values, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for (number, label) in &labels {
            offsets.extend(length(texts.len()));
            values.extend(number.to_le_bytes());
            texts.extend(label.replace('\0', "").into_bytes());
            texts.push(0);
        }
        let table = [&length(labels.len())[..], &length(texts.len()), &offsets, &values, &texts].concat();
        let mut name = self.coded.name.clone().into_bytes();
        name.resize(132, 0);
        [b"<lbl>", &length(table.len())[..], &name, &table, b"</lbl>"].concat()
    }
}

fn length(of: usize) -> [u8; 4] {
    i32::try_from(of).unwrap_or(i32::MAX).to_le_bytes()
}

#[expect(clippy::cast_possible_truncation, reason = "points and days are whole and small, and the conversion saturates")]
fn whole(number: f64) -> i32 {
    number as i32
}

fn present(kind: VariableType, number: f64) -> Vec<u8> {
    let whole = whole(number);
    match kind {
        VariableType::Byte => i8::try_from(whole).unwrap_or_default().to_le_bytes().to_vec(),
        VariableType::Int => i16::try_from(whole).unwrap_or_default().to_le_bytes().to_vec(),
        VariableType::Long => (whole + DAYS_BEFORE_1970).to_le_bytes().to_vec(),
        _ => number.to_le_bytes().to_vec(),
    }
}

/// Gives a missing value: 0 is `.`, 1 `.a`.
fn missing(kind: VariableType, letter: u8) -> Vec<u8> {
    match kind {
        VariableType::Byte => vec![MISSING_BYTE + letter],
        VariableType::Int => (MISSING_INT + i16::from(letter)).to_le_bytes().to_vec(),
        VariableType::Long => (MISSING_LONG + i32::from(letter)).to_le_bytes().to_vec(),
        _ => (MISSING_DOUBLE.0 + MISSING_DOUBLE.1 * u64::from(letter)).to_le_bytes().to_vec(),
    }
}

/// Gives all that stands before the observations, for a number of these, their bytes and those of value labels.
fn beginning(dataset: &Dataset, variables: &[Stata<'_, '_>], [rows, data, labels]: [usize; 3]) -> Result<Vec<u8>, ExportError> {
    let whole = skeleton(dataset, variables).map_err(|cause| ExportError::Writer { format: NAME, cause: cause.to_string() })?;
    let find = |mark: &[u8]| {
        let at = whole.windows(mark.len()).position(|found| found == mark).map(|at| at + mark.len());
        at.ok_or_else(|| ExportError::Writer { format: NAME, cause: "its beginning is incomplete".to_owned() })
    };
    let (count, map) = (find(b"<N>")?, find(b"</timestamp></header><map>")?);
    let end = find(b"<data></data><strls></strls>")? - b"</data><strls></strls>".len();
    let mut bytes = whole[..end].to_vec();
    bytes[count..][..8].copy_from_slice(&(rows as u64).to_le_bytes());
    // The map ends with where the long strings, the value labels and the file's last tag begin, and where the file ends.
    let strings = end + data + b"</data>".len();
    let value_labels = strings + b"<strls></strls>".len();
    let last = value_labels + b"<value_labels></value_labels>".len() + labels;
    let entries = [strings, value_labels, last, last + b"</stata_dta>".len()];
    for (entry, at) in (10..).zip(entries) {
        bytes[map + 8 * entry..][..8].copy_from_slice(&(at as u64).to_le_bytes());
    }
    Ok(bytes)
}

/// Gives a file without observations.
fn skeleton(dataset: &Dataset, variables: &[Stata<'_, '_>]) -> Result<Vec<u8>, DtaError> {
    let header = Header::builder(Release::V118, ByteOrder::LittleEndian).dataset_label(cut(&dataset.title, MOST_LABEL)).build();
    let mut schema = Schema::builder();
    for variable in variables {
        let format = match variable.kind {
            VariableType::FixedString(width) => format!("%-{width}s"),
            VariableType::Long => "%tdCCYY-NN-DD".to_owned(),
            VariableType::Double => "%10.0g".to_owned(),
            _ => "%8.0g".to_owned(),
        };
        let labels = if variable.has_labels() { variable.coded.name.as_str() } else { "" };
        let label = cut(&variable.coded.label.replace('\0', ""), MOST_LABEL);
        let built =
            Variable::builder(variable.kind, variable.coded.name.as_str()).format(format).value_label_name(labels).label(label);
        schema = schema.add_variable(built);
    }
    let records = DtaWriter::new().from_writer(Cursor::new(Vec::new())).write_header(header)?.write_schema(schema.build()?)?;
    let labels = records.into_record_writer()?.into_long_string_writer()?.into_value_label_writer()?;
    Ok(labels.finish()?.into_inner())
}
