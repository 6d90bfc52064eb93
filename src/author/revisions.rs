//! What stands in a file, or stood in it in a revision that git knows.
//!
//! It asks the installed git and looks into no repository itself, and it changes nothing there.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::files::{self, Candidate};

/// Reads a file, or what `REVISION:PATH` means to git where no file has that name.
///
/// # Errors
/// When there is neither, or it can't be read.
pub(super) fn read(name: &Path) -> io::Result<Vec<u8>> {
    match name.to_str().filter(|text| is_revision(text) && name.symlink_metadata().is_err()) {
        Some(object) => from_git(object),
        None => Ok(files::read(&Candidate { path: name.to_owned(), is_named: true })?.unwrap_or_default()),
    }
}

/// Says whether a name could be `REVISION:PATH`; what begins with a dash would be a flag to git.
fn is_revision(name: &str) -> bool {
    !name.starts_with('-') && name.split_once(':').is_some_and(|(_, path)| !path.is_empty())
}

fn from_git(object: &str) -> io::Result<Vec<u8>> {
    // The text as it was committed: `git show` would let the user's filters rewrite it.
    let output = Command::new("git").args(["cat-file", "blob", object]).stdin(Stdio::null()).output();
    let output = output.map_err(|error| match error.kind() {
        ErrorKind::NotFound => io::Error::new(ErrorKind::NotFound, "there is no such file, and no git to ask for a revision"),
        kind => io::Error::new(kind, format!("git can't be run: {error}")),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("git doesn't know it");
    Err(io::Error::other(first.trim_start_matches("fatal: ").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_has_a_colon_before_its_path_and_no_dash_in_front() {
        let cases = [
            ("HEAD:surveys/pulse.toml", true),
            ("main~2:./pulse.toml", true),
            (":surveys/pulse.toml", true),
            ("surveys/pulse.toml", false),
            ("HEAD:", false),
            ("--textconv:pulse.toml", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_revision(name), expected, "{name}");
        }
    }

    #[test]
    fn a_file_whose_name_looks_like_a_revision_is_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("HEAD:pulse.toml");
        std::fs::write(&file, "id = 1").unwrap();
        assert_eq!(read(&file).unwrap(), b"id = 1");
    }
}
