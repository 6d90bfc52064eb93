//! The files an author names, as every command of theirs reads them and speaks of them.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::author::files;
use crate::author::lint::report::Failed;
use crate::author::lint::{Checked, Sound, read};
use crate::config::Colour;
use crate::developer::commands::{Context, Failure};
use crate::survey::{Survey, language};

/// What became of the files that an author named.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The files that could be read, in order: surveys, or what contradicts itself in them.
    pub(super) files: Vec<Result<Sound, Checked>>,
    /// The paths that couldn't be read.
    pub(super) failures: Vec<Failed>,
}

impl Sources {
    /// Reads every file that these paths mean.
    pub(super) fn read(paths: &[PathBuf]) -> Self {
        let (candidates, unread) = files::candidates(paths);
        let mut sources = Self::default();
        sources.failures.extend(unread.iter().map(|(path, error)| failed(path, error)));
        for candidate in &candidates {
            match files::read(candidate) {
                Ok(Some(bytes)) => sources.files.push(read(shown(&candidate.path), bytes)),
                Ok(None) => {}
                Err(error) => sources.failures.push(failed(&candidate.path, &error)),
            }
        }
        sources
    }
}

/// Tells of a path that can't be read.
pub(super) fn failed(path: &Path, error: &io::Error) -> Failed {
    Failed { path: shown(path), message: format!("can't be read: {error}") }
}

/// Gives a path as it is shown: as it was written, without a `./` in front.
pub(super) fn shown(path: &Path) -> String {
    let plain = files::plain(path);
    let path = if plain.as_os_str().is_empty() { path } else { &plain };
    path.to_string_lossy().into_owned()
}

/// Gives the language that `--lang` asks for, else the survey's own.
///
/// # Errors
/// When the survey has no texts in it.
pub(super) fn spoken<'s>(name: &str, survey: &'s Survey, context: &'s Context) -> Result<&'s str, Failure> {
    let Some(wanted) = context.language_of_flag() else { return Ok(&survey.language) };
    let known: Vec<&str> = std::iter::once(&survey.language).chain(&survey.translations).map(String::as_str).collect();
    match language::choose(wanted, known.iter().copied()) {
        Some(_) => Ok(wanted),
        None => {
            let hint = format!("its texts are in {}", known.join(", "));
            Err(Failure::usage(format!("{name} has no texts in the language {wanted:?}")).hint(hint))
        }
    }
}

/// Says whether to use colour on standard output.
pub(super) fn colour(context: &Context) -> bool {
    // Where there is no home there are no settings, and a check needs none.
    let Ok(settings) = context.settings_that_are_right() else { return false };
    match settings.colour.value {
        Colour::Never => false,
        Colour::Always => true,
        Colour::Auto => context.has_colours() && io::stdout().is_terminal(),
    }
}
