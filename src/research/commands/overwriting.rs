//! What a command writes never takes the place of what it reads.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;

/// A file that a command reads.
#[derive(Debug)]
pub(super) struct Input {
    /// What it is, as in "the ledger".
    pub(super) what: &'static str,
    pub(super) file: PathBuf,
}

impl Input {
    pub(super) fn new(what: &'static str, file: impl Into<PathBuf>) -> Self {
        Self { what, file: file.into() }
    }
}

/// Refuses an output that is one of the inputs, whatever way leads there.
///
/// # Errors
/// It is one.
pub(super) fn refuse_overwriting(output: Option<&Path>, inputs: &[Input]) -> Result<(), Failure> {
    let Some((output, at)) = output.and_then(|output| Some((output, place(output)?))) else { return Ok(()) };
    match inputs.iter().find(|input| place(&input.file).is_some_and(|of_input| of_input == at)) {
        None => Ok(()),
        Some(Input { what, file }) => {
            let told = format!("--output {} would replace {what}, {}", output.display(), file.display());
            Err(Failure::usage(told).hint("write to another file: this one is read"))
        }
    }
}

/// Gives where a file is, or would be: a ledger may not be there yet. `None` where its folder isn't.
fn place(file: &Path) -> Option<PathBuf> {
    let to_be = || {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(file.file_name()?))
    };
    fs::canonicalize(file).ok().or_else(to_be)
}
