//! The ledger of what was published, in a file: what was shown once can't be taken back, so every report knows it.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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

/// Where the ledger is; nowhere for a draft.
#[derive(Debug)]
pub(crate) struct Kept(Option<PathBuf>);

impl Kept {
    /// Finds the ledger.
    pub(crate) fn open(at: &Where) -> Result<Self, Failure> {
        let own = || {
            let places = Places::find(&Environment::of_process()).map_err(|error| Failure::new(error.to_string()))?;
            Ok::<_, Failure>(places.data.join("published.json"))
        };
        Ok(Self(if at.draft { None } else { Some(at.ledger.clone().map_or_else(own, Ok)?) }))
    }

    /// Works findings out beside everything published before, and makes of them what is to be published. Only then is what they show kept,
    /// and only after that may anybody see it: what couldn't be made isn't published, and what was shown is never missing here.
    pub(crate) fn publish<T>(
        &self,
        dataset: &Dataset,
        request: &Request,
        make: impl FnOnce(Findings) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Some(file) = &self.0 else { return make(work_out(dataset, request, &Ledger::default())?.0) };
        let failed = |problem: String| {
            Failure::new(format!("cannot read the ledger {}: {problem}", file.display()))
                .hint("restore it from a backup; without it, a report could give small groups away")
        };
        let _held = lock(file).map_err(|error| failed(error.to_string()))?;
        // One that isn't there yet is empty.
        let mut ledger: Ledger = match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Ledger::default(),
            Err(error) => return Err(failed(error.to_string())),
        };
        let (findings, published) = work_out(dataset, request, &ledger)?;
        let entries = |ledger: &Ledger| ledger.published.len() + ledger.comments.len();
        let before = entries(&ledger);
        ledger.record(published);
        ledger.record_comments(findings.comments());
        let made = make(findings)?;
        if entries(&ledger) != before {
            let text = serde_json::to_string(&ledger).map_err(|error| Failure::new(error.to_string()))?;
            replace(file, |out| out.write_all(text.as_bytes()))
                .map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
        }
        Ok(made)
    }

    /// Gives the file in which what is published is kept; `None` of a draft.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.as_deref()
    }
}

fn work_out(dataset: &Dataset, request: &Request, ledger: &Ledger) -> Result<(Findings, Vec<Published>), Failure> {
    Findings::of(dataset, request, ledger).map_err(|error| {
        let failure = Failure::usage(error.to_string());
        match error {
            NoFindings::Ledger(_) | NoFindings::Group(..) => {
                failure.hint("read the same answers as before, or keep these apart with --ledger FILE")
            }
            _ => failure,
        }
    })
}

/// Waits until no other process has the ledger: two that decide at once would each know nothing of what the other publishes.
fn lock(file: &Path) -> io::Result<File> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let held = File::create(name)?;
    held.lock()?;
    Ok(held)
}
