//! The commands of `dxpulse-research`: one file each, with its arguments, its help and one function.

mod dashboard;
mod example;
mod export;
mod intervals;
mod ledger;
mod overwriting;
mod plan;
mod report;
mod show;
mod source;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use super::PROGRAM;
use crate::report as said;
pub use crate::report::{Exit, Failure};

const EXIT_CODES: &str = "\
Answers come from files of `dxpulse export`, from tables of any tool by a mapping (docs/import.md), or from a collector.

Exit codes: 0 done, 1 failed, 2 wrong usage.";

/// Say what comes of survey answers, with figures that stand up to a statistician
#[derive(Debug, Parser)]
#[command(name = "dxpulse-research", version, after_help = EXIT_CODES)]
#[command(max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write answers to a file that other tools read
    Export(export::Arguments),
    /// Say how many answers a wave needs, and what asking costs
    Plan(plan::Arguments),
    /// Read what came of the waves in the terminal, live while one is open
    Dashboard(dashboard::Arguments),
    /// Write an example: answers of an organisation that was made up, of which it is known what is true
    Example(example::Arguments),
    /// Report on a wave: figures with intervals, changes, groups
    Report(report::Arguments),
    /// Show what there is: waves, items, segments, and how many answered
    Show(show::Arguments),
}

/// Reads the command line; help, the version and wrong usage come back as a [`Failure`] that says so.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<CommandLine, Failure> {
    CommandLine::try_parse_from(words).map_err(|error| Failure::of_usage(&error))
}

/// Runs the command of a command line.
pub fn run(line: &CommandLine) -> Result<Exit, Failure> {
    match &line.command {
        Command::Export(arguments) => export::run(arguments),
        Command::Plan(arguments) => plan::run(arguments),
        Command::Dashboard(arguments) => dashboard::run(arguments),
        Command::Example(arguments) => example::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Show(arguments) => show::run(arguments),
    }
}

/// Tells a failure on standard error and gives its exit code.
pub fn report(failure: Failure) -> ExitCode {
    said::report(PROGRAM, failure)
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
