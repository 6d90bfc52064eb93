//! Where a command takes its answers from: the arguments that every command has, and the dataset they come to.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::Failure;
use super::overwriting::Input;
use crate::report::note;
use crate::research::PROGRAM;
use crate::research::data::{Builder, Dataset};
use crate::research::sources::{Collector, Definitions, Mapping, Margins, SourceError, read_export, read_table};

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Source {
    /// Files of answers: of `dxpulse export`, of `dxpulse-research export` (csv, jsonl, parquet, arrow), or mappings (.toml) of other people's
    /// tables
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
    /// Weight the answers to known margins: a table (CSV) of how many people each group of a segment has
    #[arg(long, value_name = "FILE")]
    margins: Option<PathBuf>,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) dataset: Dataset,
    /// The waves of a collector that are still open, with how many answered, in steps of 5.
    pub(crate) open: Vec<(String, u32)>,
}

impl Source {
    /// Reads all answers, and tells which waves are still open.
    pub(crate) fn load(&self) -> Result<Dataset, Failure> {
        let is_seen = std::io::stderr().is_terminal();
        let Loaded { dataset, open } = self.read(&mut |read| {
            if is_seen && read.is_multiple_of(10_000) {
                note(PROGRAM, &format!("{read} responses read"));
            }
        })?;
        for (wave, answered) in &open {
            note(PROGRAM, &format!("{wave} is still open, about {answered} answered; its answers come with its end"));
        }
        if dataset.is_empty() {
            return Err(no_answers());
        }
        for (wave, about) in dataset.waves.iter().enumerate().filter(|(wave, about)| about.invited != dataset.invited(*wave)) {
            let (name, answered, invited) = (&about.name, dataset.answered(wave), about.invited.unwrap_or_default());
            note(PROGRAM, &format!("{name}: {answered} answered of {invited} invited can't be; is a file read twice?"));
        }
        Ok(dataset)
    }

    /// Reads all answers without a word; `progress` is told how many came from a collector so far.
    pub(crate) fn read(&self, progress: &mut dyn FnMut(u64)) -> Result<Loaded, Failure> {
        let known = Definitions::read(&self.definition).map_err(|error| told(&error))?;
        let id = self.survey.clone().or_else(|| known.only().map(|survey| survey.id.to_string()));
        let mut builder = Builder::new(id.as_deref().unwrap_or_default(), "", "en");
        self.refuse_twice()?;
        for file in &self.files {
            read_file(file, (id.as_deref(), &known), &mut builder).map_err(|error| told(&error))?;
        }
        let open = match &self.collector {
            Some(address) => self.fetch(address, id.as_deref(), (&mut builder, progress))?,
            None => Vec::new(),
        };
        let mut dataset = builder.finish();
        if let Some(file) = self.margins.as_deref().filter(|_| !dataset.is_empty()) {
            let margins = Margins::read(file).map_err(|error| told(&error))?;
            margins.weigh(&mut dataset, file).map_err(|error| told(&error))?;
        }
        Ok(Loaded { dataset, open })
    }

    fn refuse_twice(&self) -> Result<(), Failure> {
        let earlier = |at: usize| self.files[..at].iter().find(|earlier| hold_the_same(earlier, &self.files[at]));
        let Some((at, same)) = (0..self.files.len()).find_map(|at| Some((at, earlier(at)?))) else { return Ok(()) };
        let twice = format!("{} holds the same as {}", self.files[at].display(), same.display());
        Err(Failure::usage(twice).hint("give it once: its answers would count twice"))
    }

    /// Gives every file that is read, and the tables that mappings name.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let mut inputs: Vec<Input> = Vec::new();
        for file in &self.files {
            inputs.push(Input::new(if is_mapping(file) { "the mapping" } else { "the answers" }, file));
            // One that can't be read is told of once it is to be read.
            if let Some(mapping) = is_mapping(file).then(|| Mapping::read(file).ok()).flatten() {
                inputs.push(Input::new("the answers", mapping.table_beside(file)));
            }
        }
        inputs.extend(self.definition.iter().map(|file| Input::new("the definition", file)));
        inputs.extend(self.margins.iter().map(|file| Input::new("the margins", file)));
        inputs.extend(self.token_file.iter().map(|file| Input::new("the token", file)));
        inputs
    }

    /// Says whether there is a collector, which may be asked again.
    pub(crate) fn has_collector(&self) -> bool {
        self.collector.is_some()
    }

    /// Asks the collector which waves of a survey are open, with how many answered, in steps of 5; no answer is read.
    pub(crate) fn open_waves(&self, survey: &str) -> Result<Vec<(String, u32)>, Failure> {
        let Some(address) = &self.collector else { return Ok(Vec::new()) };
        let collector = Collector::new(address, &self.token()?).map_err(|error| told(&error))?;
        collector.open_waves(survey).map_err(|error| told(&error))
    }

    fn fetch(
        &self,
        address: &str,
        id: Option<&str>,
        (builder, progress): (&mut Builder, &mut dyn FnMut(u64)),
    ) -> Result<Vec<(String, u32)>, Failure> {
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
        Ok(collector.read(&id, builder, progress).map_err(|error| told(&error))?.open)
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
    if is_mapping(file) {
        let mapping = Mapping::read(file)?;
        builder.name(&mapping.survey);
        return read_table(file, (&mapping, id), builder);
    }
    read_export(file, (id, known), builder)
}

/// Says whether two files are one, or have the same answers in them; what a mapping is of lies beside it.
fn hold_the_same(one: &Path, other: &Path) -> bool {
    let is_one = fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other));
    let length = |file: &Path| fs::metadata(file).ok().filter(fs::Metadata::is_file).map(|file| file.len());
    let may_be_the_same = || !is_mapping(one) && length(one).is_some_and(|one| length(other) == Some(one));
    is_one || may_be_the_same() && fs::read(one).is_ok_and(|one| fs::read(other).is_ok_and(|other| one == other))
}

fn is_mapping(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "toml")
}

/// Says that there is nothing to tell of yet.
pub(crate) fn no_answers() -> Failure {
    Failure::new("there are no answers yet").hint("a collector shows the answers of a wave once it is closed")
}

/// Gives an error of reading as a failure.
fn told(error: &SourceError) -> Failure {
    Failure::new(error.to_string()).hint(error.hint())
}
