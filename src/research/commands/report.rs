//! `dxpulse-research report`: what came of a wave, as a page, as Markdown or as JSON.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::intervals::Intervals;
use super::ledger::{Kept, Where};
use super::overwriting::{Input, refuse_overwriting};
use super::source::Source;
use super::{Exit, Failure};
use crate::anonymous::results::Action;
use crate::author::results::from_toml;
use crate::developer::export::{FileError, prepare};
use crate::report::{note, output};
use crate::research::PROGRAM;
use crate::research::facts::Facts;
use crate::research::findings::{Findings, Request};
use crate::research::pages;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The wave to report on; without it, the last that has ended
    #[arg(long, value_name = "NAME")]
    wave: Option<String>,
    /// The wave to compare with; without it, the one before
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// The fewest answers a group must have to be shown, where that is more than the survey says
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(5..))]
    smallest_group: Option<u32>,
    /// Group by this alone, such as team; may be given several times. The fewer groupings, the more groups may be shown
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    #[command(flatten)]
    intervals: Intervals,
    /// What the platform knows of itself, by wave, as CSV: adoption, first deployment, self-service, the four of DORA
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The results published of the wave before (.toml): what is done about them is shown
    #[arg(long, value_name = "FILE")]
    actions: Option<PathBuf>,
    #[command(flatten)]
    ledger: Where,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Write to this file, replacing it once all is written; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page that needs nothing else
    Html,
    /// Markdown
    Markdown,
    /// JSON, unrounded
    Json,
    /// Results to begin with, in TOML: add words and actions, then sign and publish them
    Results,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let kept = Kept::open(&arguments.ledger)?;
    let file = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    refuse_overwriting(file, &arguments.inputs(&kept))?;
    let dataset = arguments.source.load()?;
    let request = Request {
        wave: arguments.wave.clone(),
        against: arguments.against.clone(),
        smallest_group: arguments.smallest_group,
        by: arguments.by.clone(),
        methods: arguments.intervals.methods(),
        facts: arguments.facts.as_deref().map_or_else(|| Ok(Facts::default()), facts)?,
        actions: arguments.actions.as_deref().map_or_else(|| Ok(Vec::new()), actions)?,
    };
    for unknown in request.facts.waves().collect::<BTreeSet<_>>().into_iter().filter(|name| dataset.wave(name).is_none()) {
        note(PROGRAM, &format!("facts are of the wave {unknown:?}, to which there are no answers"));
    }
    let give_out = kept.publish(&dataset, &request, |findings| made(arguments.format.write(&findings), file))?;
    give_out().map_err(|failure| if kept.file().is_some() { published(failure) } else { failure })?;
    Ok(Exit::SUCCESS)
}

impl Arguments {
    /// Gives every file that is read.
    fn inputs(&self, kept: &Kept) -> Vec<Input> {
        let mut inputs = self.source.inputs();
        inputs.extend(self.facts.iter().map(|file| Input::new("the facts", file)));
        inputs.extend(self.actions.iter().map(|file| Input::new("the actions", file)));
        inputs.extend(kept.file().map(|file| Input::new("the ledger", file)));
        inputs
    }
}

impl Format {
    fn write(self, findings: &Findings) -> String {
        match self {
            Self::Html => pages::html(findings),
            Self::Markdown => pages::markdown(findings),
            Self::Json => pages::json(findings),
            Self::Results => pages::results(findings),
        }
    }
}

/// Puts a report where it is to be; until then nobody sees it.
type GiveOut = Box<dyn FnOnce() -> Result<(), Failure>>;

/// Makes a report ready to be given out: where it goes to a file, it is written beside that already.
fn made(text: String, file: Option<&Path>) -> Result<GiveOut, Failure> {
    let Some(file) = file else { return Ok(Box::new(move || output::print(&text))) };
    let unwritable = |error: FileError| Failure::new(error.to_string()).hint(error.hint());
    let prepared = prepare(file, move |out| out.write_all(text.as_bytes())).map_err(unwritable)?;
    Ok(Box::new(move || prepared.put().map_err(unwritable)))
}

/// Says of a report that couldn't be given out that the ledger has it: some of it may have been seen.
fn published(failure: Failure) -> Failure {
    if failure.message.is_empty() {
        return failure;
    }
    Failure { message: format!("{}; it counts as published all the same", failure.message), ..failure }
}

fn facts(file: &Path) -> Result<Facts, Failure> {
    Facts::read(file).map_err(|error| Failure::new(error.to_string()).hint("docs/report.md describes the file"))
}

fn actions(file: &Path) -> Result<Vec<Action>, Failure> {
    let unreadable = |error| Failure::new(format!("cannot read {}: {error}", file.display()));
    let source = std::fs::read_to_string(file).map_err(unreadable)?;
    let document = from_toml(&source).map_err(|problems| {
        let problem = problems.first().map_or_else(String::new, |problem| format!(": {}", problem.message));
        Failure::new(format!("{} holds no results{problem}", file.display())).hint("docs/operate.md shows what results look like")
    })?;
    Ok(document.actions)
}
