//! The commands of `dxpulse-collector`: one file each, with its arguments, its help and one function.

mod close;
mod context;
mod doctor;
mod init;
mod invite;
mod prepare;
mod publish;
mod serve;
mod status;
mod token;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::context::Context;
use super::PROGRAM;
use crate::report;
pub use crate::report::{Exit, Failure};

const EXIT_CODES: &str = "\
Begin with `init`, then `invite`, `prepare`, `publish` and `serve`. All but `serve` may be run while the server runs.

Exit codes: 0 done, 1 failed, 2 wrong usage.";

/// Collect survey responses that can't be led back to whoever gave them
#[derive(Debug, Parser)]
#[command(name = "dxpulse-collector", version, after_help = EXIT_CODES)]
#[command(max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// The collector's folder; without it, DXPULSE_COLLECTOR_DATA names it
    #[arg(long, value_name = "FOLDER", global = true)]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set a collector up: its folder, its keys, its settings
    Init(init::Arguments),
    /// Take submissions until told to stop
    Serve(serve::Arguments),
    /// Invite the people of a roster, or one of them again, or erase one
    Invite(invite::Arguments),
    /// Prepare waves of a survey for their publisher's signature
    Prepare(prepare::Arguments),
    /// Publish signed waves and results
    Publish(publish::Arguments),
    /// Show who is invited, what waits for a signature, and how far each wave is
    Status(status::Arguments),
    /// Close a wave: its list and figures are published, its keys destroyed
    Close(close::Arguments),
    /// Make, list or revoke administrators' tokens
    Token(token::Arguments),
    /// Check files, keys, database, backups, clock and certificate
    Doctor(doctor::Arguments),
}

/// Reads the command line; help, the version and wrong usage come back as a [`Failure`] that says so.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<CommandLine, Failure> {
    CommandLine::try_parse_from(words).map_err(|error| Failure::of_usage(&error))
}

/// Runs the command of a command line.
pub fn run(line: &CommandLine) -> Result<Exit, Failure> {
    let context = Context::find(line.data.clone())?;
    match &line.command {
        Command::Init(arguments) => init::run(arguments, &context),
        Command::Serve(arguments) => serve::run(arguments, &context),
        Command::Invite(arguments) => invite::run(arguments, &context),
        Command::Prepare(arguments) => prepare::run(arguments, &context),
        Command::Publish(arguments) => publish::run(arguments, &context),
        Command::Status(arguments) => status::run(arguments, &context),
        Command::Close(arguments) => close::run(arguments, &context),
        Command::Token(arguments) => token::run(arguments, &context),
        Command::Doctor(arguments) => doctor::run(arguments, &context),
    }
}

/// Tells a failure on standard error and gives its exit code.
pub fn report(failure: Failure) -> ExitCode {
    report::report(PROGRAM, failure)
}

/// Describes every command, for completions and man pages.
pub fn command() -> clap::Command {
    CommandLine::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_of_the_commands_holds_together() {
        command().debug_assert();
    }
}
