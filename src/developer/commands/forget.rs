//! `dxpulse forget`: deletes answers and drafts from this machine.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::context::Context;
use super::escape;
use super::output;
use super::{Exit, Failure};
use crate::developer::store;
use crate::screen::editor;

const KEPT: &str = "\
Your settings and your own surveys stay. What was sent to a collector stays there; `dxpulse withdraw` takes it back, as long as its wave \
is open and before you forget: the key that can goes with the rest. Your enrolment and your tokens go too.";

/// What deleting can't undo.
const LOST: &str = "\
They cannot be brought back: there is no other copy but what you exported or backed up yourself.
It takes back nothing that was sent: only `dxpulse withdraw` does, and not after this.";

#[derive(Debug, clap::Args)]
#[command(after_help = KEPT)]
pub(crate) struct Arguments {
    /// Delete without asking, for scripts
    #[arg(long, short)]
    yes: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let folder = context.places()?.data;
    let kept = kept(&folder);
    if kept.is_empty() {
        output::print_words(&format!("nothing to forget: no answers or drafts in {}", folder.display()))?;
        return Ok(Exit::SUCCESS);
    }
    if !arguments.yes && !agreed(&folder, &kept)? {
        return Err(Failure::new("nothing was deleted"));
    }
    let deleted = delete(&folder)?;
    output::print_words(&format!("deleted all answers and drafts in {}:\n{}\n{LOST}", folder.display(), list(&deleted)))?;
    Ok(Exit::SUCCESS)
}

/// Says on the terminal what is deleted and what that cannot undo, and asks.
fn agreed(folder: &Path, kept: &[PathBuf]) -> Result<bool, Failure> {
    let no_terminal = |_| {
        Failure::new("cannot ask whether to delete your answers: there is no terminal")
            .hint("run it in a terminal, or `dxpulse forget --yes` to delete without asking")
    };
    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty").map_err(no_terminal)?;
    let question = format!(
        "This deletes every answer and every draft in {}:\n{}\n{LOST}\n\
         Your settings and your own surveys stay. Delete? [y/N] ",
        folder.display(),
        list(kept)
    );
    let question = escape(&question);
    let mut answer = Vec::new();
    terminal
        .write_all(question.as_bytes())
        .and_then(|()| BufReader::new(terminal).read_until(b'\n', &mut answer))
        .map_err(no_terminal)?;
    Ok(matches!(String::from_utf8_lossy(&answer).trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Gives what is there to delete: what the store has written, and texts that an editor left.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let names = ["dxpulse.db", "dxpulse.db-wal", "dxpulse.db-shm", "dxpulse.db-journal", "locks"];
    let paths = names.iter().map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_ok());
    paths.chain(editor::leftovers(folder)).collect()
}

/// Deletes it and gives what was deleted; nothing is while a survey is being answered.
fn delete(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut deleted = store::forget(folder)?;
    for leftover in editor::leftovers(folder) {
        fs::remove_dir_all(&leftover).map_err(|error| {
            Failure::new(format!("cannot delete {}: {error}", leftover.display()))
                .hint("make the folder writable for you, then run `dxpulse forget` again")
        })?;
        deleted.push(leftover);
    }
    Ok(deleted)
}

/// Lists paths, one a line.
fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("  {}", path.display())).collect::<Vec<_>>().join("\n")
}
