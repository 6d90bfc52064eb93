//! Where answers come from: a collector, files of `dxpulse export` and of `dxpulse-research export`, other people's tables.
//!
//! Each is read into the same [`Builder`](crate::research::data::Builder), so that past surveys of any tool join the trend. No message repeats
//! an answer: it names the file, the row and the column.

mod blocks;
mod collector;
mod columnar;
mod columns;
mod comma;
mod definitions;
mod exported;
mod lines;
mod mapping;
mod margins;
mod place;
mod table;

use std::io;
use std::path::PathBuf;

use thiserror::Error;

pub use collector::{Collector, Fetched};
pub use definitions::Definitions;
pub use exported::read as read_export;
pub use mapping::{Mapping, read as read_table};
pub use margins::Margins;

use crate::research::data::TooMany;

/// Why answers can't be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// A file can't be read.
    #[error("cannot read {}: {error}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What went wrong.
        #[source]
        error: io::Error,
    },
    /// Something in a file is not as it has to be; several problems, a line each.
    #[error("{}: {}", file.display(), problems.join("\n  "))]
    Content {
        /// The file.
        file: PathBuf,
        /// What is wrong, each with its place.
        problems: Vec<String>,
        /// How to mend it.
        hint: String,
    },
    /// The definition of a survey can't be used.
    #[error("{}: {problem}", file.display())]
    Definition {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A collector can't be read.
    #[error("{address}: {problem}")]
    Collector {
        /// Its address.
        address: String,
        /// What went wrong.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// A column has too many values.
    #[error(transparent)]
    TooMany(#[from] TooMany),
}

impl SourceError {
    /// Says what to do about it.
    pub fn hint(&self) -> &str {
        match self {
            Self::File { .. } => "check its name and whether it may be read",
            Self::Definition { .. } => "`dxpulse survey lint` explains every problem of a survey's file",
            Self::TooMany(_) => "a question like that is a number or a text; say so in the mapping",
            Self::Content { hint, .. } | Self::Collector { hint, .. } => hint,
        }
    }
}
