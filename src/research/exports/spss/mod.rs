//! SPSS system files (`.sav`): variable labels, value labels, and user-missing values, one for each kind of absence.
//!
//! A choice is a number, its place among the choices, and has its words as value label. The kinds of absence are -91 to -97 (skipped,
//! unanswered, not_shown, not_applicable, prefer_not_to_say, dont_know, not_asked); where a number was answered that is as low, -991 to
//! -997, and so on. The dictionary is made by a crate; the cases are written here, since the crate wants all of them at once.

mod cases;

use std::io::{Cursor, Write};
use std::sync::Arc;

use ambers::{Alignment, Compression, Measure, MissingSpec, SpssMetadata, Value};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;

use self::cases::{Cases, Slot};
use super::coded::{self, Coded};
use super::names::{SPSS, cut};
use super::table::{BLOCK, Gathered, Holds, Of, Table};
use super::{ExportError, Progress};
use crate::research::data::{Absent, Dataset, VariableKind};
use crate::response::table::Values;

const NAME: &str = "spss";
/// The most bytes of a text, of a variable's label and of a value's label.
const MOST: [usize; 3] = [255, 255, 120];
/// Where in the header of a file the compression and the number of cases stand.
const COMPRESSION_AT: usize = 72;
const CASES_AT: usize = 80;
/// From the beginning of SPSS's calendar, 14 October 1582, to 1970-01-01.
const DAYS_BEFORE_1970: f64 = 141_428.0;

/// Writes a dataset.
///
/// # Errors
/// A group's name is too long, or the destination doesn't take it.
pub fn write(dataset: &Dataset, to: &mut dyn Write, progress: Progress<'_>) -> Result<(), ExportError> {
    let table = Table::new(dataset, Values::Codes);
    let variables: Vec<Spss<'_, '_>> =
        coded::variables(&table.columns, SPSS).into_iter().map(Spss::of).collect::<Result<_, _>>()?;
    to.write_all(&dictionary(dataset, &variables, table.len())?)?;
    let (mut gathered, mut cases, mut done) = (table.gathered(), Cases::default(), 0);
    let places: Vec<usize> = places(&table);
    for rows in table.blocks(BLOCK) {
        table.gather(&rows, &mut gathered);
        for row in 0..rows.len() {
            for (variable, at) in variables.iter().zip(&places) {
                variable.write(&gathered[*at], row, &mut cases);
            }
        }
        cases.flush(to)?;
        done += rows.len() as u64;
        progress(done);
    }
    cases.end(to)?;
    Ok(to.flush()?)
}

/// Gives the places of the table's columns that are variables.
fn places(table: &Table<'_>) -> Vec<usize> {
    let columns = table.columns.iter().enumerate();
    columns.filter(|(_, column)| !matches!(column.of, Of::Missing(_))).map(|(at, _)| at).collect()
}

/// A variable with what a case holds of it.
struct Spss<'t, 'a> {
    coded: Coded<'t, 'a>,
    /// The bytes of a text; 0 of a number.
    width: usize,
    /// What stands before the last digit of the numbers of absence: -90, -990, ….
    absent: f64,
    /// What a case holds for each place; by the code of an absence where the variable holds numbers.
    slots: Vec<Vec<Slot>>,
}

impl<'t, 'a> Spss<'t, 'a> {
    fn of(coded: Coded<'t, 'a>) -> Result<Self, ExportError> {
        let least = if coded.column.holds == Holds::Date { seconds(coded.least()) } else { coded.least() };
        let absent = std::iter::successors(Some(-90.0), |base| Some(base * 10.0 - 90.0)).find(|base| *base - 1.0 < least);
        let absent = absent.unwrap_or(f64::MIN);
        if let Some(texts) = coded.texts() {
            let width = texts.iter().map(|text| text.len()).max().unwrap_or_default().max(1);
            if width > MOST[0] {
                return Err(ExportError::TooLong { format: NAME, of: coded.column.name.clone(), length: width, most: MOST[0] });
            }
            let slots = texts.iter().chain([&""]).map(|text| Slot::text(text, width)).collect();
            return Ok(Self { width, absent, slots, coded });
        }
        let mut slots = vec![vec![Slot::nothing()]; 256];
        for (slot, (number, _)) in slots.iter_mut().zip(&coded.levels) {
            *slot = vec![Slot::number(*number)];
        }
        for (kind, number) in Absent::all().zip(absences(absent)) {
            slots[usize::from(kind.code())] = vec![Slot::number(number)];
        }
        Ok(Self { width: 0, absent, slots, coded })
    }

    fn write(&self, gathered: &Gathered, row: usize, cases: &mut Cases) {
        match gathered.numbers.get(row).filter(|number| !number.is_nan()) {
            Some(number) if self.coded.column.holds == Holds::Date => {
                cases.put(&Slot::number(seconds(*number)));
            }
            Some(number) => cases.put(&Slot::number(*number)),
            None => {
                let place = gathered.places.get(row).map_or(0, |place| usize::from(*place));
                // A response that is in no group has an empty text, which stands last.
                let slots = self.slots.get(place).or(self.slots.last());
                slots.into_iter().flatten().for_each(|slot| cases.put(slot));
            }
        }
    }

    fn field(&self) -> Field {
        let kind = match self.coded.column.holds {
            _ if self.width > 0 => DataType::Utf8,
            Holds::Date => DataType::Date32,
            _ => DataType::Float64,
        };
        Field::new(&self.coded.name, kind, true)
    }

    fn describe(&self, into: &mut SpssMetadata) {
        let name = &self.coded.name;
        into.variable_names.push(name.clone());
        into.variable_labels.insert(name.clone(), cut(&self.coded.label, MOST[1]));
        into.variable_measures.insert(name.clone(), self.measure());
        let format = match self.coded.column.holds {
            Holds::Text if self.width > 0 => format!("A{}", self.width),
            Holds::Date => "DATE11".to_owned(),
            Holds::Decimal => "F12.4".to_owned(),
            _ => "F8.0".to_owned(),
        };
        into.variable_formats.insert(name.clone(), format);
        if self.width > 0 {
            into.variable_storage_widths.insert(name.clone(), self.width);
            into.variable_alignments.insert(name.clone(), Alignment::Left);
        }
        let labels = into.variable_value_labels.entry(name.clone()).or_default();
        if let Of::Group(grouping) = &self.coded.column.of {
            for level in grouping.levels.iter().filter(|level| !level.label.is_empty()) {
                labels.insert(Value::String(level.code.clone()), cut(&level.label, MOST[2]));
            }
        }
        for (number, label) in self.coded.levels.iter().filter(|(_, label)| !label.is_empty()) {
            labels.insert(Value::Numeric(*number), cut(label, MOST[2]));
        }
        if matches!(self.coded.column.of, Of::Answer(_)) {
            for (kind, number) in Absent::all().zip(absences(self.absent)) {
                labels.insert(Value::Numeric(number), kind.name().to_owned());
            }
            let (lo, hi) = (self.absent - 7.0, self.absent - 1.0);
            into.variable_missing_values.insert(name.clone(), vec![MissingSpec::Range { lo, hi }]);
        }
    }

    fn measure(&self) -> Measure {
        match &self.coded.column.of {
            Of::Answer(variable) => match variable.kind {
                VariableKind::Scale { .. } | VariableKind::Rank => Measure::Ordinal,
                VariableKind::Choice | VariableKind::Picked | VariableKind::YesNo => Measure::Nominal,
                VariableKind::Number | VariableKind::Date | VariableKind::Score => Measure::Scale,
            },
            Of::Weight(_) => Measure::Scale,
            _ => Measure::Nominal,
        }
    }
}

/// Gives a day, counted from 1970-01-01, in the seconds of SPSS's calendar.
fn seconds(day: f64) -> f64 {
    (day + DAYS_BEFORE_1970) * 86_400.0
}

/// Gives the number of each kind of absence, in their order.
fn absences(base: f64) -> impl Iterator<Item = f64> {
    (1..=7).map(move |at| base - f64::from(at))
}

/// Gives all that stands before the cases.
fn dictionary(dataset: &Dataset, variables: &[Spss<'_, '_>], rows: usize) -> Result<Vec<u8>, ExportError> {
    let broken = |cause: String| ExportError::Writer { format: NAME, cause };
    let fields: Vec<Field> = variables.iter().map(Spss::field).collect();
    let mut metadata = SpssMetadata { file_label: cut(&dataset.title, 64), ..SpssMetadata::default() };
    // When a file was made says nothing of its answers, and the same answers are to give the same file.
    "1970-01-01 00:00:00".clone_into(&mut metadata.creation_time);
    variables.iter().for_each(|variable| variable.describe(&mut metadata));
    let weight = variables.iter().find(|variable| matches!(variable.coded.column.of, Of::Weight(_)));
    metadata.weight_variable = weight.map(|variable| variable.coded.name.clone());
    let empty = RecordBatch::new_empty(Arc::new(Schema::new(fields)));
    let mut bytes = Cursor::new(Vec::new());
    ambers::write_sav_to_writer(&mut bytes, &empty, &metadata, Compression::None, None)
        .map_err(|cause| broken(cause.to_string()))?;
    let mut bytes = bytes.into_inner();
    let rows = i32::try_from(rows).map_err(|_| broken("there are more responses than it can count".to_owned()))?;
    bytes[COMPRESSION_AT..][..4].copy_from_slice(&1_i32.to_le_bytes());
    bytes[CASES_AT..][..4].copy_from_slice(&rows.to_le_bytes());
    Ok(bytes)
}
