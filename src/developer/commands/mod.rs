//! The developer's commands: one file each, with its arguments, its help and one function.
//!
//! What they share stands beside them, and other wings' commands use it too: the exit codes, the two ways to say something, and
//! what may be asked of the surroundings.

mod config;
mod context;
mod doctor;
mod exit;
mod export;
mod forget;
mod history;
mod inbox;
mod list;
mod note;
mod take;

use clap::Subcommand;

pub(crate) use context::{Context, language};
pub use exit::report;
pub(crate) use note::note;
pub(crate) use take::exit_code;

pub use crate::report::{Exit, Failure};
pub(crate) use crate::report::{escape, output};

// Deferred: a command's own arguments are only built once it is the one asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Answer a survey
    Take(take::Arguments),
    /// List the surveys: open, begun and answered
    List(list::Arguments),
    /// List what you answered and declined
    History(history::Arguments),
    /// Write your own answers to a file or to standard output
    Export(export::Arguments),
    /// Show or change settings, and where each value comes from
    Config(config::Arguments),
    /// Check the terminal, your files and your settings
    Doctor(doctor::Arguments),
    /// Delete your answers and drafts from this machine
    Forget(forget::Arguments),
}

/// Runs a command; without one, the inbox.
pub(crate) fn run(command: Option<&Command>, context: &Context) -> Result<Exit, Failure> {
    let Some(command) = command else { return inbox::run(context) };
    match command {
        Command::Take(arguments) => take::run(arguments, context),
        Command::List(arguments) => list::run(arguments, context),
        Command::History(arguments) => history::run(arguments, context),
        Command::Export(arguments) => export::run(arguments, context),
        Command::Config(arguments) => config::run(arguments, context),
        Command::Doctor(arguments) => doctor::run(arguments, context),
        Command::Forget(arguments) => forget::run(arguments, context),
    }
}
