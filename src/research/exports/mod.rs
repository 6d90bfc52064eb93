//! Files of a dataset for the programs that research leads work with: spreadsheets, data frames, SPSS and Stata, with codebooks.
//!
//! [`table`] decides columns and cells once; a format only says how they are written. Everything is written block by block, so that
//! no more is held in memory than the dataset and the order of its rows. Own words are never in these files: they have one of their
//! own ([`comments`]), and only from groups of a certain size.

pub mod codebook;
mod coded;
pub mod columnar;
pub mod comma;
pub mod comments;
mod fields;
pub mod lines;
mod names;
pub mod spss;
pub mod stata;
pub mod table;
pub mod workbook;

use std::io::{self, Write};

use thiserror::Error;

use super::data::Dataset;
use crate::response::table::Values;

/// What is told of the rows written so far.
pub type Progress<'a> = &'a mut dyn FnMut(u64);

/// The formats of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values, UTF-8.
    Csv,
    /// One JSON object per line.
    JsonLines,
    /// A workbook of Excel, with the codebook as its second sheet.
    Xlsx,
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow's file format.
    Arrow,
    /// A system file of SPSS.
    Spss,
    /// A dataset of Stata.
    Stata,
    /// The codebook as a Frictionless Data Package, which describes the CSV file.
    DataPackage,
    /// The codebook as DDI-Codebook 2.5.
    Ddi,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// One row per response.
    #[default]
    Wide,
    /// One row per answer.
    Long,
}

/// What a file is to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// One row per response, or one per answer.
    pub layout: Layout,
    /// Codes or labels; SPSS and Stata have both.
    pub values: Values,
    /// Leaves texts that a spreadsheet would run as they are (CSV).
    pub raw: bool,
    /// Begins with a byte order mark (CSV).
    pub bom: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { layout: Layout::Wide, values: Values::Codes, raw: false, bom: false }
    }
}

/// Why a file can't be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The destination doesn't take it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// There is more than a sheet holds.
    #[error("a sheet of a workbook holds {most} {of}, and these are {count}; take csv or parquet, or fewer waves")]
    TooLarge {
        /// Rows or columns.
        of: &'static str,
        /// How many there are.
        count: usize,
        /// How many there can be.
        most: usize,
    },
    /// A text is longer than the format holds.
    #[error("{format} holds texts of up to {most} bytes, and {of} has one of {length}; shorten its code, or take csv or parquet")]
    TooLong {
        /// The format.
        format: &'static str,
        /// The column.
        of: String,
        /// The length of the text, in bytes.
        length: usize,
        /// The most bytes there can be.
        most: usize,
    },
    /// The format has one row per response.
    #[error("{0} has one row per response; take csv, jsonl or xlsx for one row per answer, described by datapackage")]
    OnlyWide(&'static str),
    /// The writer of a format failed by itself.
    #[error("the {format} file can't be written: {cause}; take another format, such as csv")]
    Writer {
        /// The format.
        format: &'static str,
        /// What its writer says.
        cause: String,
    },
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Csv,
        Self::JsonLines,
        Self::Xlsx,
        Self::Parquet,
        Self::Arrow,
        Self::Spss,
        Self::Stata,
        Self::DataPackage,
        Self::Ddi,
    ];

    /// Gives its name, as in options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Spss => "spss",
            Self::Stata => "stata",
            Self::DataPackage => "datapackage",
            Self::Ddi => "ddi",
        }
    }

    /// Gives the format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Gives what the names of its files end with, after the last dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Spss => "sav",
            Self::Stata => "dta",
            Self::DataPackage => "json",
            Self::Ddi => "xml",
            _ => self.name(),
        }
    }

    /// Writes a dataset, and tells after each block how many responses are written.
    ///
    /// # Errors
    /// The destination doesn't take it, or the format can't hold it.
    pub fn write(
        self,
        dataset: &Dataset,
        style: Style,
        to: &mut (dyn Write + Send),
        progress: Progress<'_>,
    ) -> Result<(), ExportError> {
        let only_wide = matches!(self, Self::Parquet | Self::Arrow | Self::Spss | Self::Stata | Self::Ddi);
        if style.layout == Layout::Long && only_wide {
            return Err(ExportError::OnlyWide(self.name()));
        }
        match self {
            Self::Csv => comma::write(dataset, style, to, progress),
            Self::JsonLines => lines::write(dataset, style, to, progress),
            Self::Xlsx => workbook::write(dataset, style, to, progress),
            Self::Parquet => columnar::write_parquet(dataset, style.values, to, progress),
            Self::Arrow => columnar::write_arrow(dataset, style.values, to, progress),
            Self::Spss => spss::write(dataset, to, progress),
            Self::Stata => stata::write(dataset, to, progress),
            Self::DataPackage => codebook::write_package(dataset, style, &format!("{}.csv", dataset.survey), to),
            Self::Ddi => codebook::write_ddi(dataset, &format!("{}.csv", dataset.survey), to),
        }
    }
}
