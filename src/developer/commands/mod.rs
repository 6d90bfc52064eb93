//! The commands of `dxpulse`: one file each, with its arguments, its help and one function.
//!
//! Nothing but clap runs before the command line is understood, so that `--version` and wrong usage cost next to nothing.

mod completions;
mod config;
mod context;
mod doctor;
mod escape;
mod exit;
mod export;
mod forget;
mod history;
mod inbox;
mod list;
mod note;
mod output;
mod take;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use context::Context;
pub use exit::{Exit, Failure, report};

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage.";

/// Answer short surveys about your developer experience, in the terminal
///
/// Without a command it opens the inbox: what is open, what you began, what you answered.
#[derive(Debug, Parser)]
#[command(name = "dxpulse", version, after_help = EXIT_CODES)]
#[command(max_term_width = 100)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    /// Speak this language, such as de or ja; auto follows your locale
    #[arg(long = "lang", value_name = "TAG", global = true, value_parser = language)]
    language: Option<String>,
}

fn language(text: &str) -> Result<String, String> {
    crate::config::language(text).map_err(|refusal| format!("{}: {}", refusal.message, refusal.help))
}

// Deferred: a command's own arguments are only built once it is the one asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
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
    /// Print a completion script for a shell
    Completions(completions::Arguments),
    /// Delete your answers and drafts from this machine
    Forget(forget::Arguments),
}

/// Reads the command line; help, the version and wrong usage come back as a [`Failure`] that says so.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<CommandLine, Failure> {
    CommandLine::try_parse_from(words).map_err(|error| Failure::of_usage(&error))
}

/// Runs the command of a command line.
pub fn run(line: &CommandLine) -> Result<Exit, Failure> {
    let context = Context::of_process(line.language.clone());
    let Some(command) = &line.command else { return inbox::run(&context) };
    match command {
        Command::Take(arguments) => take::run(arguments, &context),
        Command::List(arguments) => list::run(arguments, &context),
        Command::History(arguments) => history::run(arguments, &context),
        Command::Export(arguments) => export::run(arguments, &context),
        Command::Config(arguments) => config::run(arguments, &context),
        Command::Doctor(arguments) => doctor::run(arguments, &context),
        Command::Completions(arguments) => completions::run(arguments, &context),
        Command::Forget(arguments) => forget::run(arguments, &context),
    }
}

/// Describes every command, for completions and man pages.
pub fn command() -> clap::Command {
    CommandLine::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_of_the_commands_holds_together() {
        super::command().debug_assert();
    }
}
