//! The ledger of what was published, in a file: what was shown once can't be taken back, so every report knows it.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::Failure;
use crate::config::{Environment, Places};
use crate::developer::export::replace;
use crate::research::data::Dataset;
use crate::research::findings::{Findings, NoFindings, Request};
use crate::research::suppression::{Ledger, Published};

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Where {
    /// The ledger of everything published before, which keeps a report from giving small groups away together with others; without it,
    /// one in the data folder
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Neither read nor keep a ledger: a draft that nobody else is going to see
    #[arg(long, conflicts_with = "ledger")]
    draft: bool,
}

/// A ledger with its place.
#[derive(Debug)]
pub(crate) struct Kept {
    file: Option<PathBuf>,
    ledger: Ledger,
}

impl Kept {
    /// Reads the ledger; one that isn't there yet is empty.
    pub(crate) fn open(at: &Where) -> Result<Self, Failure> {
        if at.draft {
            return Ok(Self { file: None, ledger: Ledger::default() });
        }
        let file = match &at.ledger {
            Some(file) => file.clone(),
            None => Places::find(&Environment::of_process())
                .map_err(|error| Failure::new(error.to_string()))?
                .data
                .join("published.json"),
        };
        let failed = |problem: String| {
            Failure::new(format!("cannot read the ledger {}: {problem}", file.display()))
                .hint("restore it from a backup; without it, a report could give small groups away")
        };
        let ledger = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Ledger::default(),
            Err(error) => return Err(failed(error.to_string())),
        };
        Ok(Self { file: Some(file), ledger })
    }

    /// Works findings out beside everything published before. What they show is kept before anybody sees it.
    pub(crate) fn findings(&mut self, dataset: &Dataset, request: &Request) -> Result<Findings, Failure> {
        let (findings, published) = Findings::of(dataset, request, &self.ledger).map_err(|error| {
            let failure = Failure::usage(error.to_string());
            match error {
                NoFindings::Ledger(_) => failure.hint("read the same answers as before, or keep these apart with --ledger FILE"),
                _ => failure,
            }
        })?;
        self.record(published)?;
        Ok(findings)
    }

    fn record(&mut self, published: Vec<Published>) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let before = self.ledger.published.len();
        self.ledger.record(published);
        if self.ledger.published.len() == before {
            return Ok(());
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::new(format!("cannot create {}: {error}", folder.display())))?;
        }
        let text = serde_json::to_string(&self.ledger).map_err(|error| Failure::new(error.to_string()))?;
        replace(file, |out| out.write_all(text.as_bytes())).map_err(|error| Failure::new(error.to_string()).hint(error.hint()))
    }
}
