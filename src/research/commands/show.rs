//! `dxpulse-research show`: what there is to report on.

use std::fmt::Write as _;

use super::source::Source;
use super::{Exit, Failure};
use crate::report::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let dataset = arguments.source.load()?;
    let mut text = String::new();
    let _ = writeln!(text, "{} ({})", dataset.title, dataset.survey);
    for (at, wave) in dataset.waves.iter().enumerate() {
        let (answered, smallest) = (dataset.answered(at), dataset.smallest_group as usize);
        let answered = if answered < smallest { format!("fewer than {smallest}") } else { answered.to_string() };
        let invited = wave.invited.map_or_else(String::new, |invited| format!(" of {invited}"));
        let _ = writeln!(text, "wave {}: {answered}{invited} answered", wave.name);
    }
    for grouping in &dataset.groupings {
        let _ = writeln!(text, "by {}: {} groups", grouping.name, grouping.levels.len());
    }
    for variable in &dataset.variables {
        let _ = writeln!(text, "{}: {}", variable.name, variable.title());
    }
    let _ = writeln!(text, "comments: {}", dataset.comments.len());
    output::print_line(text.trim_end())?;
    Ok(Exit::SUCCESS)
}
