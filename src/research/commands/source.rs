//! Where a command takes its answers from: the arguments that every command has, and the dataset they come to.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::report::note;
use crate::research::PROGRAM;
use crate::research::data::{Builder, Dataset};
use crate::research::sources::{Collector, Definitions, Mapping, SourceError, read_export, read_table};

#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// Files of answers: of `dxpulse export`, or mappings (.toml) of other people's tables
    #[arg(value_name = "FILE", required_unless_present = "collector")]
    files: Vec<PathBuf>,
    /// Read the closed waves of this collector
    #[arg(long, value_name = "URL")]
    collector: Option<String>,
    /// The file with an administrator's token for the collector; without it, DXPULSE_RESEARCH_TOKEN holds it
    #[arg(long, value_name = "FILE", requires = "collector")]
    token_file: Option<PathBuf>,
    /// The id of the survey, where there are several
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// The file of a survey that isn't bundled; for several versions once for each
    #[arg(long, value_name = "FILE")]
    definition: Vec<PathBuf>,
}

impl Source {
    /// Reads all answers.
    pub(crate) fn load(&self) -> Result<Dataset, Failure> {
        let known = Definitions::read(&self.definition).map_err(|error| told(&error))?;
        let id = self.survey.clone().or_else(|| known.only().map(|survey| survey.id.to_string()));
        let mut builder = Builder::new(id.as_deref().unwrap_or_default(), "", "en");
        for file in &self.files {
            read_file(file, (id.as_deref(), &known), &mut builder).map_err(|error| told(&error))?;
        }
        if let Some(address) = &self.collector {
            self.fetch(address, id.as_deref(), &mut builder)?;
        }
        let dataset = builder.finish();
        if dataset.is_empty() {
            return Err(
                Failure::new("there are no answers yet").hint("a collector shows the answers of a wave once it is closed")
            );
        }
        Ok(dataset)
    }

    fn fetch(&self, address: &str, id: Option<&str>, builder: &mut Builder) -> Result<(), Failure> {
        let collector = Collector::new(address, &self.token()?).map_err(|error| told(&error))?;
        let surveys = collector.surveys().map_err(|error| told(&error))?;
        let id = match (id, surveys.as_slice()) {
            (Some(id), _) => id.to_owned(),
            (None, [only]) => only.clone(),
            (None, []) => return Err(Failure::new("the collector has published no survey yet")),
            (None, several) => {
                return Err(Failure::usage("the collector has several surveys")
                    .hint(format!("choose one with --survey: {}", several.join(", "))));
            }
        };
        builder.name(&id);
        let is_seen = std::io::stderr().is_terminal();
        let mut progress = |read: u64| {
            if is_seen && read.is_multiple_of(10_000) {
                note(PROGRAM, &format!("{read} responses read"));
            }
        };
        let fetched = collector.read(&id, builder, &mut progress).map_err(|error| told(&error))?;
        for (wave, answered) in &fetched.open {
            note(PROGRAM, &format!("{wave} is still open, about {answered} answered; its answers come with its end"));
        }
        Ok(())
    }

    fn token(&self) -> Result<String, Failure> {
        match &self.token_file {
            Some(file) => {
                fs::read_to_string(file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))
            }
            None => std::env::var("DXPULSE_RESEARCH_TOKEN").map_err(|_| {
                Failure::usage("no token for the collector")
                    .hint("`dxpulse-collector token` makes one; give its file with --token-file, or set DXPULSE_RESEARCH_TOKEN")
            }),
        }
    }
}

fn read_file(file: &Path, (id, known): (Option<&str>, &Definitions), builder: &mut Builder) -> Result<(), SourceError> {
    if file.extension().is_some_and(|extension| extension == "toml") {
        let mapping = Mapping::read(file)?;
        builder.name(&mapping.survey);
        return read_table(file, (&mapping, id), builder);
    }
    read_export(file, (id, known), builder)
}

/// Gives an error of reading as a failure.
fn told(error: &SourceError) -> Failure {
    Failure::new(error.to_string()).hint(error.hint())
}
