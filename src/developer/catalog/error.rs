//! Why a survey can't be had, and what to do about it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::survey::SurveyId;
use crate::survey::parse::{self, MOST_BYTES, MOST_PROBLEMS, Problem};

/// Why a survey can't be had.
#[derive(Debug, Clone, Error)]
pub enum CatalogError {
    /// There is none with this name.
    #[error("there is no survey {name:?}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The most similar id.
        nearest: Option<String>,
    },
    /// A file or the folder can't be read.
    #[error("can't read {}: {cause}", .path.display())]
    Unreadable {
        /// The file or the folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: Arc<io::Error>,
    },
    /// A file is too big to be a survey.
    #[error("{} is bigger than {} KiB", .path.display(), MOST_BYTES / 1024)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A file isn't UTF-8.
    #[error("{} is not a text in UTF-8", .path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A file has problems.
    #[error("{} has {}", .path.display(), counted(.problems.len()))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
    /// Several files have the same id.
    #[error("{} files have the id {id}: {}", .paths.len(), join(.paths.iter().map(|path| path.display())))]
    Repeated {
        /// The id.
        id: SurveyId,
        /// The files.
        paths: Vec<PathBuf>,
    },
}

impl CatalogError {
    /// Says what to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Unknown { .. } => "`dxpulse list` shows the surveys; for a file, give its path".to_owned(),
            Self::Unreadable { .. } => "check the path and its permissions".to_owned(),
            Self::TooLarge { .. } => "split the survey in two, or shorten its texts".to_owned(),
            Self::NotText { .. } => "save the file as UTF-8".to_owned(),
            Self::Invalid { .. } => "correct the file, then try again".to_owned(),
            Self::Repeated { .. } => "give each survey an id of its own".to_owned(),
        }
    }

    /// Gives every problem of an invalid file with its place; `None` for the other errors.
    pub fn details(&self, colour: bool) -> Option<String> {
        match self {
            Self::Invalid { path, text, problems } => Some(parse::render(problems, &path.display().to_string(), text, colour)),
            _ => None,
        }
    }
}

fn counted(problems: usize) -> String {
    match problems {
        1 => "1 problem".to_owned(),
        beyond if beyond > MOST_PROBLEMS => "more than 1,000 problems".to_owned(),
        many => format!("{many} problems"),
    }
}

fn join(parts: impl IntoIterator<Item = impl ToString>) -> String {
    parts.into_iter().map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
}
