//! `dxpulse survey schema`: prints the schema that editors read.

use crate::author::schema;
use crate::developer::commands::{Context, Exit, Failure, output};

const SETUP: &str = "\
Write it beside your surveys, and name it in the first line of each:
  dxpulse survey schema > survey.schema.json
  #:schema ./survey.schema.json

An editor with a TOML language server such as Tombi or Taplo then completes every key, explains it on hover, and underlines \
mistakes. `dxpulse survey lint` finds those that lie between two lines, too.";

#[derive(Debug, clap::Args)]
#[command(after_help = SETUP)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, _: &Context) -> Result<Exit, Failure> {
    output::print(&schema::json())?;
    Ok(Exit::SUCCESS)
}
