//! The command line of `dxpulse`: the commands of all wings under one name, and what every one of them has in common.
//!
//! It decides nothing but which command runs. Nothing but clap runs before the command line is understood, so that `--version` and
//! wrong usage cost next to nothing.

mod completions;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use crate::author;
use crate::developer::commands::{self as developer, Context};
pub use crate::developer::commands::{Exit, Failure, at_a_start, report};

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
    #[arg(long = "lang", value_name = "TAG", global = true, value_parser = developer::language)]
    language: Option<String>,
}

// Deferred: a command's own arguments are only built once it is the one asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    #[command(flatten)]
    Developer(developer::Command),
    /// Write surveys: begin one, check it, complete it in your editor
    Survey(author::commands::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Reads the command line; help, the version and wrong usage come back as a [`Failure`] that says so.
pub fn parse(words: &[OsString]) -> Result<CommandLine, Failure> {
    CommandLine::try_parse_from(words).map_err(|error| match Failure::of_usage(&error) {
        failure if words.get(1).is_some_and(|command| command == "event") => developer::of_event(failure, words),
        failure => failure,
    })
}

/// Runs the command of a command line.
pub fn run(line: &CommandLine) -> Result<Exit, Failure> {
    let context = Context::of_process(line.language.clone());
    match &line.command {
        None => developer::run(None, &context),
        Some(Command::Developer(command)) => developer::run(Some(command), &context),
        Some(Command::Survey(arguments)) => author::commands::run(arguments, &context),
        Some(Command::Completions(arguments)) => completions::run(arguments),
    }
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

    #[test]
    fn a_tool_that_tells_of_an_event_wrongly_goes_on_and_learns_why_where_it_asks() {
        let wrong = |words: &[&str]| parse(&words.iter().map(Into::into).collect::<Vec<_>>()).unwrap_err();
        let silent = wrong(&["dxpulse", "event", "--lang"]);
        assert_eq!((silent.exit, &*silent.message), (0, ""));
        let told = wrong(&["dxpulse", "event", "--explain", "--lang=no one"]);
        assert!(told.exit == 0 && !told.message.is_empty());
    }

    #[test]
    fn wrong_usage_exits_2_without_the_prefix_of_another_program() {
        let failure = parse(&["dxpulse", "config", "set", "theme"].map(Into::into)).unwrap_err();
        assert_eq!(failure.exit, 2);
        assert!(failure.message.starts_with("the following required arguments were not provided"), "{}", failure.message);
    }
}
