//! The author's commands: one file each, with its arguments, its help and one function.

mod lint;
mod preview;

use clap::Subcommand;

use crate::developer::commands::{Context, Exit, Failure};

#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

// Deferred: a command's own arguments are only built once it is the one asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Action {
    /// Check surveys for contradictions and for wording worth a second look
    Lint(lint::Arguments),
    /// Try a survey out while you write it: the real screens, and nothing is stored
    Preview(preview::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::Lint(arguments) => lint::run(arguments, context),
        Action::Preview(arguments) => preview::run(arguments, context),
    }
}
