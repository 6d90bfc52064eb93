//! `dxpulse survey graph`: draws the ways through a survey.

use std::path::PathBuf;

use clap::ValueEnum;

use super::sources::{Sources, spoken};
use crate::author::graph::{dot, graph, mermaid};
use crate::author::lint::report::drawn;
use crate::developer::commands::{Context, Exit, Failure, output};

const DETAILS: &str = "\
Questions are boxes, conditions stand before what they decide about, and jumps are arrows of their own, labelled with their conditions. \
A group is a frame around its questions, which stand in the order of the file also where it is shuffled. Choices and rows with a \
condition are counted. Long texts are cut.

  dxpulse survey graph pulse.toml --format dot | dot -Tsvg > pulse.svg

Exit codes: 0 drawn, 1 the file has contradictions, 2 it can't be read or isn't TOML, or wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// The survey's file
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// What to draw it for
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A flowchart that code hosts and wikis show
    Mermaid,
    /// The language of Graphviz
    Dot,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let Sources { files, failures } = Sources::read(std::slice::from_ref(&arguments.path));
    if let Some(failed) = failures.first() {
        return Err(Failure::usage(failed.to_string()));
    }
    let [file] = <[_; 1]>::try_from(files).map_err(|_| Failure::usage("a graph is drawn of one file").hint("name a file"))?;
    let source = file.map_err(|checked| {
        let message = format!("{} can't be drawn", checked.path);
        let exit = if checked.is_unreadable { 2 } else { 1 };
        Failure { exit, details: Some(drawn(&checked, false)), ..Failure::new(message) }.hint("correct the file, then try again")
    })?;
    let graph = graph(&source.survey, spoken(&source.path, &source.survey, context)?);
    output::print(&match arguments.format {
        Format::Mermaid => mermaid(&graph),
        Format::Dot => dot(&graph),
    })?;
    Ok(Exit::SUCCESS)
}
