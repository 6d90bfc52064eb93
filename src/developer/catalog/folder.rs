//! The surveys of a folder: which of its files are some, and what they say.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::CatalogError;
use crate::survey::parse::{self, MOST_BYTES};
use crate::survey::{Survey, SurveyId};

/// An error, and the id that it keeps from being had.
pub(super) type Refused = (Option<SurveyId>, CatalogError);

/// Gives the paths of its surveys, in order.
pub(super) fn names(folder: &Path) -> Result<Vec<PathBuf>, CatalogError> {
    let unreadable = |cause| CatalogError::Unreadable { path: folder.to_owned(), cause: Arc::new(cause) };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = paths.into_iter().filter(|path| is_survey(path)).collect();
    paths.sort();
    Ok(paths)
}

/// Opening a named pipe would wait for ever, so only files count, and links that lead nowhere, which are worth a report.
fn is_survey(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let named = name.ends_with(".toml") && !name.ends_with(".lock.toml") && !name.starts_with('.');
    named && fs::metadata(path).map_or(true, |known| known.is_file())
}

/// Reads a survey and its text.
pub(super) fn read(path: &Path) -> Result<(Survey, String), Refused> {
    let unreadable = |cause| CatalogError::Unreadable { path: path.to_owned(), cause: Arc::new(cause) };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| (named(path), unreadable(error)))?;
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| (named(path), unreadable(error)))?;
    if bytes.len() > MOST_BYTES {
        return Err((named(path), CatalogError::TooLarge { path: path.to_owned() }));
    }
    let text = String::from_utf8(bytes).map_err(|_| (named(path), CatalogError::NotText { path: path.to_owned() }))?;
    parsed(path, text)
}

fn parsed(path: &Path, text: String) -> Result<(Survey, String), Refused> {
    match parse::parse(&text) {
        Ok(survey) => Ok((survey, text)),
        Err(problems) => {
            let id = parse::id(&text).or_else(|| named(path));
            Err((id, CatalogError::Invalid { path: path.to_owned(), text, problems }))
        }
    }
}

/// Gives the id that a file's name suggests, for files that can't say it themselves.
fn named(path: &Path) -> Option<SurveyId> {
    SurveyId::new(path.file_stem()?.to_str()?)
}
