//! The files an author names, as every command of theirs reads them and speaks of them.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::author::files;
use crate::author::lint::report::Failed;
use crate::config::Colour;
use crate::developer::commands::Context;

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
