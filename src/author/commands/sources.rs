//! The files an author names, as every command of theirs reads them and speaks of them.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::author::files::{self, Candidate};
use crate::author::lint::report::Failed;
use crate::author::lint::{Checked, Sound, read};
use crate::author::parallel::for_each;
use crate::config::{AUTO, Colour};
use crate::developer::commands::{Context, Failure, note, output};
use crate::survey::{Survey, language};

/// What became of the files that an author named.
#[derive(Debug)]
pub(super) struct Sources<T> {
    /// What was made of the files that could be read, in order.
    pub(super) files: Vec<T>,
    /// The paths that couldn't be read.
    pub(super) failures: Vec<Failed>,
}

impl Sources<Result<Sound, Checked>> {
    /// Reads every file that these paths mean: a survey, or what contradicts itself in it.
    pub(super) fn read(paths: &[PathBuf]) -> Self {
        Self::read_each(paths, |path, bytes| read(shown(path), bytes))
    }
}

impl<T: Send> Sources<T> {
    /// Reads every file that these paths mean, and makes something of each.
    pub(super) fn read_each(paths: &[PathBuf], make: impl Fn(&Path, Vec<u8>) -> T + Sync) -> Self {
        let (candidates, unread) = files::candidates(paths);
        let one = |candidate: &Candidate| {
            let bytes = files::read(candidate).map_err(|error| failed(&candidate.path, &error))?;
            Ok(bytes.map(|bytes| make(&candidate.path, bytes)))
        };
        let mut sources = Self { files: Vec::new(), failures: unread.iter().map(|(path, error)| failed(path, error)).collect() };
        for made in for_each(&candidates, one) {
            match made {
                Ok(made) => sources.files.extend(made),
                Err(failed) => sources.failures.push(failed),
            }
        }
        sources
    }
}

/// Tells of the paths that couldn't be read.
///
/// # Errors
/// When there are neither such paths nor files: the folders hold no survey.
pub(super) fn tell_failures<T>(files: &[T], failures: &[Failed]) -> Result<(), Failure> {
    if files.is_empty() && failures.is_empty() {
        return Err(Failure::usage("there is no survey in these folders").hint("name a file"));
    }
    failures.iter().for_each(|failed| note(&failed.to_string()));
    Ok(())
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

/// Gives the language that `--lang` asks for, or for `auto` the locale as far as the survey has it; else the survey's own.
///
/// # Errors
/// When the survey has no texts in it.
pub(super) fn spoken<'s>(name: &str, survey: &'s Survey, context: &'s Context) -> Result<&'s str, Failure> {
    let Some(wanted) = context.language_of_flag() else { return Ok(&survey.language) };
    if wanted == AUTO {
        return Ok(survey.language_for(&context.locale()));
    }
    let known: Vec<&str> = std::iter::once(&survey.language).chain(&survey.translations).map(String::as_str).collect();
    match language::choose(wanted, known.iter().copied()) {
        Some(_) => Ok(wanted),
        None => {
            let hint = format!("its texts are in {}", known.join(", "));
            Err(Failure::usage(format!("{name} has no texts in the language {wanted:?}")).hint(hint))
        }
    }
}

/// The columns that text for people takes where nothing is narrower.
const COLUMNS: usize = 80;

/// Gives the columns that text for people may take on standard output: a narrower terminal breaks lines anywhere.
pub(super) fn columns() -> usize {
    output::columns().map_or(COLUMNS, |columns| columns.min(COLUMNS))
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
