//! Apache Parquet and Arrow: a typed column for each column of the wide table, with its question and labels beside it.
//!
//! Texts are dictionaries, points and ranks whole numbers, yes and no booleans, days dates; what is missing is null, and why stands in
//! `question.missing`. The metadata of a column are `title`, `question`, `type` and `labels`, which is a JSON object from code to label.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int16Array, Int32Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ipc::writer::FileWriter;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::table::{Cell, Column, Gathered, Holds, Of, Table};
use super::{ExportError, Progress};
use crate::research::data::{Dataset, Level};
use crate::response::table::Values;

/// How many rows a batch has, and how many a group of rows in a Parquet file.
const BATCH: usize = 1 << 16;

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
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("dxpulse".to_owned())
        .set_max_row_group_size(BATCH)
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
    texts: Vec<Texts>,
}

/// The texts of a column, each once, and which of them a cell is.
struct Texts {
    of_place: Vec<Option<i32>>,
    all: ArrayRef,
}

impl<'a> Batches<'a> {
    fn new(dataset: &'a Dataset, values: Values) -> Self {
        let table = Table::new(dataset, values);
        let fields: Vec<Field> = table.columns.iter().map(field).collect();
        let about = [("survey", &dataset.survey), ("title", &dataset.title), ("language", &dataset.language)];
        let metadata = about.into_iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
        let texts = table.columns.iter().map(Texts::of).collect();
        Self { schema: Arc::new(Schema::new_with_metadata(fields, metadata)), texts, table }
    }

    fn each(
        &self,
        progress: Progress<'_>,
        write: &mut dyn FnMut(&RecordBatch) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (mut gathered, mut done) = (Gathered::default(), 0);
        for rows in self.table.blocks(BATCH) {
            let mut arrays = Vec::new();
            for (column, texts) in self.table.columns.iter().zip(&self.texts) {
                column.gather(rows, &mut gathered);
                arrays.push(array(column, texts, &gathered)?);
            }
            write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(broken)?)?;
            done += rows.len() as u64;
            progress(done);
        }
        Ok(())
    }
}

impl Texts {
    fn of(column: &Column<'_>) -> Self {
        let (mut all, mut of_place) = (Vec::new(), Vec::new());
        for cell in column.cells() {
            let Cell::Text(text) = cell else {
                of_place.push(None);
                continue;
            };
            let at = all.iter().position(|known| known == text).unwrap_or(all.len());
            if at == all.len() {
                all.push(*text);
            }
            of_place.push(i32::try_from(at).ok());
        }
        Self { of_place, all: Arc::new(StringArray::from(all)) }
    }
}

fn array(column: &Column<'_>, texts: &Texts, gathered: &Gathered) -> Result<ArrayRef, ExportError> {
    let rows = gathered.places.len().max(gathered.numbers.len());
    let cells = (0..rows).map(|row| column.cell(gathered, row));
    Ok(match column.holds {
        Holds::Text => {
            let key = |place: &u16| texts.of_place.get(usize::from(*place)).copied().flatten();
            let keys: Int32Array = gathered.places.iter().map(key).collect();
            Arc::new(DictionaryArray::try_new(keys, Arc::clone(&texts.all)).map_err(broken)?)
        }
        Holds::Integer => Arc::new(cells.map(integer).collect::<Int16Array>()),
        Holds::Boolean => {
            Arc::new(cells.map(|cell| if let Cell::Boolean(yes) = cell { Some(yes) } else { None }).collect::<BooleanArray>())
        }
        Holds::Decimal => {
            let number = |number: &f64| (!number.is_nan()).then_some(*number);
            Arc::new(gathered.numbers.iter().map(number).collect::<Float64Array>())
        }
        Holds::Date => {
            Arc::new(cells.map(|cell| if let Cell::Date(days) = cell { Some(days) } else { None }).collect::<Date32Array>())
        }
    })
}

fn integer(cell: Cell<'_>) -> Option<i16> {
    if let Cell::Integer(number) = cell { i16::try_from(number).ok() } else { None }
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
