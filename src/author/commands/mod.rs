//! The author's commands: one file each, with its arguments, its help and one function.

mod graph;
mod lint;
mod simulate;
mod sources;

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
    /// Draw the ways through a survey, for Mermaid or Graphviz
    Graph(graph::Arguments),
    /// Let respondents by chance answer surveys: who is asked what, and how long it takes
    Simulate(simulate::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::Lint(arguments) => lint::run(arguments, context),
        Action::Graph(arguments) => graph::run(arguments),
        Action::Simulate(arguments) => simulate::run(arguments, context),
    }
}
