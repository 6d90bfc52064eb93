//! `dxpulse forget`: deletes answers and drafts from this machine.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::Path;

use super::context::Context;
use super::output::{self, escape};
use super::{Exit, Failure};

const KEPT: &str = "\
Your settings and your own surveys stay. Nothing has been sent by this version, so nothing is left elsewhere but what you exported \
or backed up yourself.";

#[derive(Debug, clap::Args)]
#[command(after_help = KEPT)]
pub(crate) struct Arguments {
    /// Delete without asking, for scripts
    #[arg(long, short)]
    yes: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let folder = context.places()?.data;
    if !holds_answers(&folder) {
        output::print_line(&format!("nothing to forget: no answers or drafts in {}", folder.display()))?;
        return Ok(Exit::SUCCESS);
    }
    if !arguments.yes && !agreed(&folder)? {
        return Err(Failure::new("nothing was deleted"));
    }
    delete(&folder).map_err(|error| {
        Failure::new(format!("cannot delete everything in {}: {error}", folder.display()))
            .hint("make the folder writable for you, then run `dxpulse forget` again")
    })?;
    output::print_line(&format!("deleted all answers and drafts in {}", folder.display()))?;
    Ok(Exit::SUCCESS)
}

/// Says on the terminal what is deleted and what that cannot undo, and asks.
fn agreed(folder: &Path) -> Result<bool, Failure> {
    let no_terminal = |_| {
        Failure::new("cannot ask whether to delete your answers: there is no terminal")
            .hint("run it in a terminal, or `dxpulse forget --yes` to delete without asking")
    };
    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty").map_err(no_terminal)?;
    let question = format!(
        "This deletes every answer and every draft in\n  {}\n\
         They cannot be brought back: there is no other copy but what you exported or backed up yourself.\n\
         It takes back nothing that was sent; this version has sent nothing. Your settings and your own surveys stay.\n\
         Delete them? [y/N] ",
        escape(&folder.to_string_lossy())
    );
    let mut answer = Vec::new();
    terminal
        .write_all(question.as_bytes())
        .and_then(|()| BufReader::new(terminal).read_until(b'\n', &mut answer))
        .map_err(no_terminal)?;
    Ok(matches!(String::from_utf8_lossy(&answer).trim().to_lowercase().as_str(), "y" | "yes"))
}

const FILES: [&str; 3] = ["dxpulse.db", "dxpulse.db-wal", "dxpulse.db-shm"];
const LOCKS: &str = "locks";

fn holds_answers(folder: &Path) -> bool {
    FILES.iter().chain([&LOCKS]).any(|name| folder.join(name).symlink_metadata().is_ok())
}

fn delete(folder: &Path) -> io::Result<()> {
    for name in FILES {
        unless_absent(fs::remove_file(folder.join(name)))?;
    }
    unless_absent(fs::remove_dir_all(folder.join(LOCKS)))
}

fn unless_absent(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
