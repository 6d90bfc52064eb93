//! The author's commands: one file each, with its arguments, its help and one function.

mod diff;
mod graph;
mod lint;
mod locking;
mod new;
mod preview;
mod schema;
mod sign;
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
    /// Begin a survey: a sound file with comments, ready to be changed
    New(new::Arguments),
    /// Check surveys for contradictions and for wording worth a second look
    Lint(lint::Arguments),
    /// Tell what changed between two versions of a survey, and which trends break
    Diff(diff::Arguments),
    /// Try a survey out while you write it: the real screens, and nothing is stored
    Preview(preview::Arguments),
    /// Let respondents by chance answer surveys: who is asked what, and how long it takes
    Simulate(simulate::Arguments),
    /// Draw the ways through a survey, for Mermaid or Graphviz
    Graph(graph::Arguments),
    /// Print the JSON Schema of survey files, for completion in editors
    Schema(schema::Arguments),
    /// Review a prepared wave, or results, and sign them with the publisher's key
    Sign(sign::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::New(arguments) => new::run(arguments, context),
        Action::Lint(arguments) => lint::run(arguments, context),
        Action::Diff(arguments) => diff::run(arguments, context),
        Action::Preview(arguments) => preview::run(arguments, context),
        Action::Simulate(arguments) => simulate::run(arguments, context),
        Action::Graph(arguments) => graph::run(arguments, context),
        Action::Schema(arguments) => schema::run(arguments, context),
        Action::Sign(arguments) => sign::run(arguments, context),
    }
}
