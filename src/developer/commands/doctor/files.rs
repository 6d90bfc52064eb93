//! What `dxpulse doctor` finds about files and folders.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{Access, access};

use super::finding::Finding;

/// Looks at the folder of drafts and responses, or at where it will be made.
pub(super) fn folder_finding(check: &'static str, folder: &Path) -> Finding {
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Finding::failed(check, format!("{shown} is not a folder")).hint("move it out of the way"),
        Ok(_) if !is_writable(folder) => {
            Finding::failed(check, format!("{shown} cannot be written to")).hint(format!("chmod 700 {}", quoted(folder)))
        }
        Ok(found) => permissions(check, folder, &found, 0o700),
        Err(error) if error.kind() == ErrorKind::NotFound => to_be_made(check, folder),
        Err(error) => {
            Finding::failed(check, format!("{shown}: {error}")).hint("make it a folder of yours, or set DXPULSE_HOME to another")
        }
    }
}

fn to_be_made(check: &'static str, folder: &Path) -> Finding {
    let parent = folder.ancestors().skip(1).find(|ancestor| ancestor.exists()).unwrap_or(Path::new("/"));
    if parent.is_dir() && is_writable(parent) {
        return Finding::ok(check, format!("{}, made with your first answer", folder.display()));
    }
    Finding::failed(check, format!("{} cannot be made in {}", folder.display(), parent.display()))
        .hint("make that folder writable for you, or set DXPULSE_HOME to another")
}

/// Looks at the database of drafts and responses, and at the files SQLite keeps beside it.
pub(super) fn database_findings(folder: &Path) -> Vec<Finding> {
    let path = folder.join("dxpulse.db");
    match fs::metadata(&path) {
        Ok(found) if !found.is_file() => {
            vec![Finding::failed("database", format!("{} is not a file", path.display())).hint("move it out of the way")]
        }
        Ok(found) => vec![permissions("database", &path, &found, 0o600)],
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            vec![Finding::ok("database", "none yet, made with your first answer")]
        }
        Err(error) => vec![Finding::failed("database", format!("{}: {error}", path.display()))],
    }
}

/// Looks at the folder of the user's own surveys.
pub(super) fn surveys_findings(folder: &Path) -> Vec<Finding> {
    let shown = folder.display();
    vec![match fs::read_dir(folder) {
        Ok(entries) => {
            let is_survey = |path: &Path| path.extension().is_some_and(|extension| extension == "toml");
            let count = entries.flatten().filter(|entry| is_survey(&entry.path())).count();
            let noun = if count == 1 { "survey" } else { "surveys" };
            Finding::ok("surveys", format!("{count} {noun} of your own in {shown}"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Finding::ok("surveys", format!("none of your own; put them in {shown}"))
        }
        Err(error) => Finding::failed("surveys", format!("{shown}: {error}"))
            .hint("make it a folder you can read, or `dxpulse config set surveys FOLDER`"),
    }]
}

/// Warns where others on this machine can get at a file or folder.
fn permissions(check: &'static str, path: &Path, found: &Metadata, expected: u32) -> Finding {
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Finding::ok(check, format!("{}, {mode:04o}", path.display()));
    }
    Finding::warning(check, format!("{} is {mode:04o}: others on this machine can get at it", path.display()))
        .hint(format!("chmod {expected:o} {}", quoted(path)))
}

fn is_writable(folder: &Path) -> bool {
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}
