//! What `dxpulse doctor` finds about files and folders.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{Access, access};

use super::finding::{Finding, State};
use crate::developer::catalog::{Catalog, CatalogError, Origin};
use crate::developer::phrases::number_of;
use crate::developer::store::{Outcome, Store, StoreError};
use crate::survey::parse::Problem;

/// Looks at the folder of drafts and responses, or at where it will be made.
pub(super) fn folder_finding(check: &'static str, folder: &Path) -> Finding {
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Finding::failed(check, format!("{shown} is not a folder")).hint("move it out of the way"),
        Ok(_) if !is_writable(folder) => not_writable(check, folder),
        Ok(_) if is_full(folder) => Finding::failed(check, format!("no space is left for {shown}"))
            .hint("free some space or raise the quota; what was saved before is kept"),
        Ok(found) => permissions(check, folder, &found, 0o700),
        Err(error) if error.kind() == ErrorKind::NotFound => to_be_made(check, folder),
        Err(error) => {
            Finding::failed(check, format!("{shown}: {error}")).hint("make it a folder of yours, or set DXPULSE_HOME to another")
        }
    }
}

fn not_writable(check: &'static str, folder: &Path) -> Finding {
    let shown = folder.display();
    if is_mounted_read_only(folder) {
        return Finding::failed(check, format!("{shown} is on a file system that is mounted read-only"))
            .hint("mount it writable, or set DXPULSE_HOME to a folder that is; what is there can be read");
    }
    Finding::failed(check, format!("{shown} cannot be written to")).hint(format!("chmod 700 {}", quoted(folder)))
}

fn to_be_made(check: &'static str, folder: &Path) -> Finding {
    let parent = folder.ancestors().skip(1).find(|ancestor| ancestor.exists()).unwrap_or(Path::new("/"));
    if parent.is_dir() && is_writable(parent) {
        return Finding::ok(check, format!("{}, made with your first answer", folder.display()));
    }
    if is_mounted_read_only(parent) {
        return not_writable(check, parent);
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
        Ok(found) => {
            let finding = permissions("database", &path, &found, 0o600);
            // Opening it would close it to others, and this changes nothing.
            let answers = (finding.state == State::Ok).then(|| answers(folder));
            [finding].into_iter().chain(answers).collect()
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            vec![Finding::ok("database", "none yet, made with your first answer")]
        }
        Err(error) => vec![Finding::failed("database", format!("{}: {error}", path.display()))],
    }
}

/// Reads the whole database; says how much is in it, never what.
fn answers(folder: &Path) -> Finding {
    match counted(folder) {
        Ok(detail) => Finding::ok("answers", detail),
        Err(error) => Finding::failed("answers", error.to_string()).hint(error.hint()),
    }
}

fn counted(folder: &Path) -> Result<String, StoreError> {
    let Some(store) = Store::open_existing(folder)? else { return Ok("none yet".to_owned()) };
    store.check()?;
    let history = store.history()?;
    let answered = history.iter().filter(|entry| entry.outcome == Outcome::Answered).count();
    let drafts = number_of(store.drafts()?.len(), "draft", "drafts");
    let responses = number_of(answered, "response", "responses");
    Ok(format!("{responses}, {drafts}, {} declined; in this version's format, nothing is damaged", history.len() - answered))
}

/// How many problems of one file are told.
const MOST_TOLD: usize = 10;

/// Looks at the folder of the user's own surveys: how many there are, and each problem with its place.
pub(super) fn surveys_findings(folder: &Path, usual: &Path) -> Vec<Finding> {
    let catalog = Catalog::open(folder);
    let own = catalog.listed().iter().filter(|listed| listed.origin != Origin::Bundled).count();
    let told = if folder.exists() {
        format!("{} of your own in {}", number_of(own, "survey", "surveys"), folder.display())
    } else {
        format!("none of your own; put them in {}", folder.display())
    };
    let mut findings = vec![Finding::ok("surveys", told)];
    if !folder.exists() && folder != usual {
        let missing = Finding::warning("surveys", format!("{} is not there, though the settings name it", folder.display()));
        findings = vec![missing.hint(format!("mkdir -p {}, or `dxpulse config set surveys FOLDER`", quoted(folder)))];
    }
    for error in catalog.problems() {
        match error {
            CatalogError::Unreadable { path, .. } if path == folder => {
                let hint = "make it a folder you can read, or `dxpulse config set surveys FOLDER`";
                findings = vec![Finding::failed("surveys", error.to_string()).hint(hint)];
            }
            CatalogError::Invalid { path, problems, .. } => findings.extend(file_findings(path, problems)),
            error => findings.push(Finding::warning("surveys", error.to_string()).hint(error.hint())),
        }
    }
    findings
}

/// Gives the problems of one file, each with its place.
fn file_findings(path: &Path, problems: &[Problem]) -> Vec<Finding> {
    let path = path.display();
    let told = problems.iter().take(MOST_TOLD).map(|problem| {
        let detail = format!("{path}:{}:{}: {}", problem.line, problem.column, problem.message);
        Finding::warning("surveys", detail).hint(&problem.help)
    });
    let more = problems.len().saturating_sub(MOST_TOLD);
    let hint = || format!("`dxpulse take {}` shows all", shell_words::quote(&path.to_string()));
    let more = (more > 0).then(|| Finding::warning("surveys", format!("{path}: {more} more")).hint(hint()));
    told.chain(more).collect()
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

fn is_mounted_read_only(folder: &Path) -> bool {
    access(folder, Access::WRITE_OK) == Err(rustix::io::Errno::ROFS)
}

/// Says whether not even one block is left; some file systems tell no number of blocks at all.
fn is_full(folder: &Path) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|found| found.f_blocks > 0 && found.f_bavail == 0)
}

fn is_writable(folder: &Path) -> bool {
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}
