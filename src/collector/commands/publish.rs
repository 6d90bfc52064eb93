//! `dxpulse-collector publish`: publishes signed waves and results.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::anonymous::manifest::Wave;
use crate::anonymous::{Bundle, Results};
use crate::collector::commands::context::Context;
use crate::collector::commands::prepare;
use crate::collector::folder::{DiskError, destroy};
use crate::collector::publishing::{self, Refusal, Signed};
use crate::report::{Exit, Failure, output};

const HELP: &str = "\
A wave is taken if a trusted publisher signed it, if it was prepared here, and if it is newer than those of its survey that are published. \
A server that runs hands it out at once. Developers can compare its fingerprint with the copy that its publisher keeps.

Results are taken if a trusted publisher signed them and their wave is closed; they replace earlier ones of the same wave.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// Signed bundles of waves, and signed results
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let (mut waves, mut results) = (Vec::new(), Vec::new());
    for path in &arguments.files {
        let bytes = fs::read(path).map_err(|error| DiskError::new(path, error))?;
        match publishing::read(&bytes).map_err(|refusal| refused(path, &refusal))? {
            Signed::Wave(bundle) => waves.push((path, bundle)),
            Signed::Results(signed) => results.push((path, signed)),
        }
    }
    // Everything is checked before anything is published, and waves go in their order, whatever the order of their files.
    let mut checked = waves.into_iter().map(|(path, bundle)| check(path, bundle, context)).collect::<Result<Vec<_>, _>>()?;
    checked.sort_by_key(|(_, _, wave)| wave.manifest.sequence);
    for (path, bundle, wave) in &checked {
        publish(path, (bundle, wave), context)?;
    }
    for (path, results) in &results {
        publish_results(path, results, context)?;
    }
    Ok(Exit::SUCCESS)
}

fn check<'p>(path: &'p Path, bundle: Bundle, context: &Context) -> Result<(&'p Path, Bundle, Wave), Failure> {
    let settings = context.settings()?;
    let ground = context.ground(&settings)?;
    let wave = publishing::check(&bundle, &settings.publishers, (&ground, &context.folder), Utc::now());
    let wave = wave.map_err(|refusal| refused(path, &refusal))?;
    Ok((path, bundle, wave))
}

fn publish(path: &Path, (bundle, wave): (&Bundle, &Wave), context: &Context) -> Result<(), Failure> {
    let is_new = publishing::publish(&context.store()?, bundle, wave).map_err(|refusal| refused(path, &refusal))?;
    if !is_new {
        return output::print_line(&format!("{} {} is published already", wave.manifest.survey, wave.manifest.wave));
    }
    for end in ["json", "signed.json"] {
        destroy(&context.folder.prepared().join(format!("{}-{}.{end}", wave.manifest.survey, wave.manifest.wave)))?;
    }
    output::print_line(&format!("published {}\n", prepare::in_words(wave)))
}

fn publish_results(path: &Path, results: &Results, context: &Context) -> Result<(), Failure> {
    let publishers = context.settings()?.publishers;
    let published = publishing::publish_results(&context.store()?, results, &publishers);
    let (document, is_new) = published.map_err(|refusal| refused(path, &refusal))?;
    let what = if is_new { "published the results" } else { "published already: the results" };
    let (figures, actions) = (document.figures.len(), document.actions.len());
    output::print_line(&format!("{what} of {} {}: figures {figures}, actions {actions}", document.survey, document.wave))
}

fn refused(path: &Path, refusal: &Refusal) -> Failure {
    Failure::new(format!("{} is not published: {refusal}", path.display())).hint(refusal.hint())
}
