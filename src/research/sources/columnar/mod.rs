//! Tables in Apache Parquet and in Arrow's own format, also known as Feather, batch by batch. Only the columns that are needed are read.
//!
//! Texts, numbers, yes and no, and days become the cells that a CSV file would have; anything else is refused by the name of its column.

mod cells;

use std::cell::Cell;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, read_footer_length};
use arrow::ipc::root_as_footer;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::SourceError;
use super::blocks::{Block, Header, ROWS, Table, Take};
use super::place::wrong;

/// What to do with a file that can't be read.
const HINT: &str =
    "write it again, or as CSV; Parquet may be compressed with Snappy or Zstandard, and Arrow's own format not at all";

/// Opens a Parquet file.
///
/// # Errors
/// It is none, or is damaged.
pub(super) fn parquet(file: &Path, opened: File) -> Result<Table<'_>, SourceError> {
    let reader = guarded(file, || ParquetRecordBatchReaderBuilder::try_new(opened))?;
    let schema = SchemaRef::clone(reader.schema());
    let header = header(&schema);
    let blocks = move |needed: &[usize], take: Take<'_>| {
        check(file, &schema, needed)?;
        let mask = ProjectionMask::roots(reader.parquet_schema(), needed.iter().copied());
        let batches = guarded(file, || reader.with_projection(mask).with_batch_size(ROWS).build())?;
        each(file, batches, (schema.fields().len(), needed), take)
    };
    Ok(Table { header, blocks: Box::new(blocks) })
}

/// Opens a file in Arrow's own format.
///
/// # Errors
/// It is none, or is damaged.
pub(super) fn arrow(file: &Path, opened: File) -> Result<Table<'_>, SourceError> {
    guarded(file, || check_blocks(&opened))?;
    let schema = guarded(file, || FileReader::try_new(BufReader::new(&opened), None))?.schema();
    let header = header(&schema);
    let blocks = move |needed: &[usize], take: Take<'_>| {
        check(file, &schema, needed)?;
        let batches = guarded(file, || FileReader::try_new(BufReader::new(opened), Some(needed.to_vec())))?;
        each(file, batches, (schema.fields().len(), needed), take)
    };
    Ok(Table { header, blocks: Box::new(blocks) })
}

/// Makes sure that every part of a file in Arrow's own format lies within it: its reader makes room for a part before it reads it.
fn check_blocks(mut file: &File) -> Result<(), ArrowError> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut end = [0; 10];
    file.seek(SeekFrom::End(-10))?;
    file.read_exact(&mut end)?;
    let mut footer = vec![0; read_footer_length(end)?.min(usize::try_from(length).unwrap_or(usize::MAX))];
    file.seek(SeekFrom::End(-10 - i64::try_from(footer.len()).unwrap_or(i64::MAX)))?;
    file.read_exact(&mut footer)?;
    let damaged = || ArrowError::ParseError("a part of it lies outside of it".to_owned());
    let footer = root_as_footer(&footer).map_err(|cause| ArrowError::ParseError(cause.to_string()))?;
    let parts = footer.dictionaries().into_iter().chain(footer.recordBatches()).flatten();
    let is_within = |part: &arrow::ipc::Block| {
        let [from, head, body] = [part.offset(), part.metaDataLength().into(), part.bodyLength()].map(u64::try_from);
        from.ok()?.checked_add(head.ok()?)?.checked_add(body.ok()?).filter(|end| *end <= length)
    };
    if parts.into_iter().all(|part| is_within(part).is_some()) { Ok(()) } else { Err(damaged()) }
}

thread_local! {
    /// Whether this thread reads what may be damaged.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Lets a library read. Some damage it takes for impossible, and panics: that is an error of the file like any other, and nobody needs
/// to be told of it in the words of a panic.
fn guarded<T, E: Display>(file: &Path, read: impl FnOnce() -> Result<T, E>) -> Result<T, SourceError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let former = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                former(panic)
            }
        }));
    });
    IS_GUARDED.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(false);
    match read {
        Ok(read) => read.map_err(|cause| broken(file, &cause)),
        Err(_) => Err(broken(file, &"it is damaged")),
    }
}

fn header(schema: &SchemaRef) -> Header {
    let names = schema.fields().iter().map(|field| field.name().clone()).collect();
    Header { names, survey: schema.metadata().get("survey").cloned() }
}

fn broken(file: &Path, cause: &dyn Display) -> SourceError {
    wrong(file, format!("it can't be read: {cause}"), HINT)
}

/// Makes sure that the columns that are needed hold what can be read.
fn check(file: &Path, schema: &SchemaRef, needed: &[usize]) -> Result<(), SourceError> {
    match needed.iter().map(|at| schema.field(*at)).find(|field| !cells::is_readable(field.data_type())) {
        None => Ok(()),
        Some(field) => {
            let problem = format!("the column {:?} holds {}, which isn't read", field.name(), field.data_type());
            Err(wrong(file, problem, "write texts, numbers, yes and no, or days into it"))
        }
    }
}

/// Hands on the rows of batches, block by block.
fn each<E: Display>(
    file: &Path,
    mut batches: impl Iterator<Item = Result<RecordBatch, E>>,
    (columns, needed): (usize, &[usize]),
    take: Take<'_>,
) -> Result<(), SourceError> {
    let mut block = Block::new(columns, 1);
    while let Some(batch) = guarded(file, || batches.next().transpose())? {
        for first in (0..batch.num_rows()).step_by(ROWS) {
            let part = batch.slice(first, ROWS.min(batch.num_rows() - first));
            block.rows = part.num_rows();
            for (at, array) in needed.iter().zip(part.columns()) {
                let added = cells::add(array, &mut block.columns[*at]);
                // What went wrong may repeat an answer.
                added.map_err(|_| broken(file, &"a number is too large"))?;
            }
            take(&block)?;
            block.go_on();
        }
    }
    Ok(())
}
