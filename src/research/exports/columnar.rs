//! Apache Parquet and Arrow: a typed column for each column of the wide table, with its question and labels beside it.
//!
//! Texts are dictionaries, points and ranks whole numbers, yes and no booleans, days dates; what is missing is null, and why stands in
//! `question.missing`. The metadata of a column are `title`, `question`, `type` and `labels`, which is a JSON object from code to label.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int16Array, Int32Array, StringArray};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ipc::writer::FileWriter;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::table::{Cell, Column, Gathered, Holds, Of, Table, day};
use super::{ExportError, Progress};
use crate::research::data::{Dataset, Level};
use crate::response::table::Values;

/// How many rows a batch has.
const BATCH: usize = 1 << 14;

/// How many rows a page and a group of rows have in a Parquet file.
const PAGE: usize = 1 << 15;
const GROUP: usize = 1 << 18;

/// Up to so many cells of a column are few: answers have no more.
const FEW: usize = 256;

/// Writes a Parquet file, compressed with Zstandard.
///
/// # Errors
/// The destination doesn't take it.
pub fn write_parquet(
    dataset: &Dataset,
    values: Values,
    to: &mut (dyn Write + Send),
    progress: Progress<'_>,
) -> Result<(), ExportError> {
    let broken = |cause: parquet::errors::ParquetError| ExportError::Writer { format: "parquet", cause: cause.to_string() };
    let batches = Batches::new(dataset, values);
    let mut properties = WriterProperties::builder();
    // Points and ranks take as few bits by their differences as by a dictionary, and less time.
    for column in batches.table.columns.iter().filter(|column| column.holds == Holds::Integer) {
        let path = ColumnPath::from(column.name.clone());
        let plain = properties.set_column_dictionary_enabled(path.clone(), false);
        properties = plain.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    let properties = properties
        // The least and the greatest of a page tell nothing where rows stand in no order of time.
        .set_statistics_enabled(EnabledStatistics::None)
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("dxpulse".to_owned())
        .set_max_row_group_size(GROUP)
        .set_data_page_row_count_limit(PAGE)
        .set_write_batch_size(BATCH)
        .build();
    let mut writer = ArrowWriter::try_new(to, Arc::clone(&batches.schema), Some(properties)).map_err(broken)?;
    batches.each(progress, &mut |batch| writer.write(batch).map_err(broken))?;
    writer.close().map_err(broken)?;
    Ok(())
}

/// Writes a file of Arrow's own format, also known as Feather.
///
/// # Errors
/// The destination doesn't take it.
pub fn write_arrow(dataset: &Dataset, values: Values, to: &mut dyn Write, progress: Progress<'_>) -> Result<(), ExportError> {
    let batches = Batches::new(dataset, values);
    let mut writer = FileWriter::try_new(to, &batches.schema).map_err(broken)?;
    batches.each(progress, &mut |batch| writer.write(batch).map_err(broken))?;
    writer.finish().map_err(broken)
}

fn broken(cause: arrow::error::ArrowError) -> ExportError {
    match cause {
        arrow::error::ArrowError::IoError(_, cause) => cause.into(),
        cause => ExportError::Writer { format: "arrow", cause: cause.to_string() },
    }
}

/// A dataset as batches of columns.
struct Batches<'a> {
    table: Table<'a>,
    schema: SchemaRef,
    cells: Vec<ByPlace>,
}

/// What the cells of a column are, by their places; nothing stands last.
enum ByPlace {
    /// Texts, each once, and which of them a cell is.
    Texts(ArrayRef, Vec<Option<i32>>),
    Integers(Vec<Option<i16>>),
    Booleans(Vec<Option<bool>>),
    /// Numbers of its own.
    Decimals,
    /// Days of its own.
    Dates,
}

impl<'a> Batches<'a> {
    fn new(dataset: &'a Dataset, values: Values) -> Self {
        let table = Table::new(dataset, values);
        let fields: Vec<Field> = table.columns.iter().map(field).collect();
        let about = [("survey", &dataset.survey), ("title", &dataset.title), ("language", &dataset.language)];
        let metadata = about.into_iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
        let cells = table.columns.iter().map(ByPlace::of).collect();
        Self { schema: Arc::new(Schema::new_with_metadata(fields, metadata)), cells, table }
    }

    fn each(
        &self,
        progress: Progress<'_>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (mut gathered, mut done) = (self.table.gathered(), 0);
        for rows in self.table.blocks(BATCH) {
            self.table.gather(&rows, &mut gathered);
            let arrays = self.cells.iter().zip(&gathered).map(|(cells, gathered)| cells.array(gathered));
            write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect::<Result<_, _>>()?).map_err(broken)?)?;
            done += rows.len() as u64;
            progress(done);
        }
        Ok(())
    }
}

impl ByPlace {
    fn of(column: &Column<'_>) -> Self {
        let cells = || column.cells().iter().chain([&Cell::Empty]);
        match column.holds {
            Holds::Text => {
                let (mut all, mut of_place) = (Vec::new(), Vec::new());
                for text in cells().map(|cell| cell.text()) {
                    of_place.push(text.and_then(|text| {
                        let at = all.iter().position(|known| *known == text).unwrap_or(all.len());
                        if at == all.len() {
                            all.push(text);
                        }
                        i32::try_from(at).ok()
                    }));
                }
                Self::Texts(Arc::new(StringArray::from(all)), of_place)
            }
            Holds::Integer => {
                let whole = |cell: &Cell<'_>| if let Cell::Integer(number) = cell { i16::try_from(*number).ok() } else { None };
                Self::Integers(cells().map(whole).collect())
            }
            Holds::Boolean => {
                Self::Booleans(cells().map(|cell| if let Cell::Boolean(yes) = cell { Some(*yes) } else { None }).collect())
            }
            Holds::Decimal => Self::Decimals,
            Holds::Date => Self::Dates,
        }
    }

    fn array(&self, gathered: &Gathered) -> Result<ArrayRef, ExportError> {
        let numbers = || gathered.numbers.iter();
        Ok(match self {
            Self::Texts(texts, keys) => {
                let (keys, nulls) = taken(keys, gathered);
                let keys = Int32Array::try_new(keys.into(), nulls).map_err(broken)?;
                Arc::new(DictionaryArray::try_new(keys, Arc::clone(texts)).map_err(broken)?)
            }
            Self::Integers(all) => {
                let (values, nulls) = taken(all, gathered);
                Arc::new(Int16Array::try_new(values.into(), nulls).map_err(broken)?)
            }
            Self::Booleans(all) => {
                let (values, nulls) = taken(all, gathered);
                Arc::new(BooleanArray::new(values.into(), nulls))
            }
            Self::Decimals => Arc::new(numbers().map(|number| (!number.is_nan()).then_some(*number)).collect::<Float64Array>()),
            Self::Dates => {
                let days = |number: &f64| if let Cell::Date(days) = day(*number) { Some(days) } else { None };
                Arc::new(numbers().map(days).collect::<Date32Array>())
            }
        })
    }
}

/// Gives the values of a block, and where there are none.
fn taken<T: Copy + Default>(all: &[Option<T>], gathered: &Gathered) -> (Vec<T>, Option<NullBuffer>) {
    let at = |place: usize| all[place.min(all.len() - 1)];
    let (places, few) = (&gathered.places, std::array::from_fn::<_, FEW, _>(at));
    let greatest = places.iter().fold(0, |greatest: u16, place| greatest.max(*place));
    let is_full = (0..=usize::from(greatest)).all(|place| at(place).is_some());
    if usize::from(greatest) >= FEW && all.len() > FEW {
        let nulls = BooleanBuffer::collect_bool(places.len(), |row| at(places[row].into()).is_some());
        let values = places.iter().map(|place| at(usize::from(*place)).unwrap_or_default());
        return (values.collect(), (!is_full).then(|| NullBuffer::new(nulls)));
    }
    // A place that is surely within its table is looked up without a check.
    let (values, is_there) = (few.map(Option::unwrap_or_default), few.map(|value| value.is_some()));
    let within = |place: u16| usize::from(place).min(FEW - 1);
    let nulls = || BooleanBuffer::collect_bool(places.len(), |row| is_there[within(places[row])]);
    (places.iter().map(|place| values[within(*place)]).collect(), (!is_full).then(|| NullBuffer::new(nulls())))
}

fn field(column: &Column<'_>) -> Field {
    let kind = match column.holds {
        Holds::Text => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Holds::Integer => DataType::Int16,
        Holds::Boolean => DataType::Boolean,
        Holds::Decimal => DataType::Float64,
        Holds::Date => DataType::Date32,
    };
    Field::new(&column.name, kind, true).with_metadata(metadata(column))
}

fn metadata(column: &Column<'_>) -> HashMap<String, String> {
    let mut metadata = HashMap::from([("title".to_owned(), column.title())]);
    let levels: &[Level] = match &column.of {
        Of::Answer(variable) => {
            metadata.insert("question".to_owned(), variable.question.clone());
            metadata.insert("type".to_owned(), super::table::kind(variable).to_owned());
            &variable.levels
        }
        Of::Group(grouping) => &grouping.levels,
        _ => &[],
    };
    let labels: serde_json::Map<_, _> = levels.iter().map(|level| (level.code.clone(), level.label.clone().into())).collect();
    if !labels.is_empty() {
        metadata.insert("labels".to_owned(), serde_json::Value::Object(labels).to_string());
    }
    metadata
}
