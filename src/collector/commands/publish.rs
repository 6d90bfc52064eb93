//! `dxpulse-collector publish`: publishes signed waves and results.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::anonymous::manifest::Wave;
use crate::anonymous::{Bundle, Results};
use crate::collector::commands::context::{Context, note};
use crate::collector::commands::prepare;
use crate::collector::folder::{DiskError, destroy};
use crate::collector::keys;
use crate::collector::publishing::{self, Refusal, Signed};
use crate::collector::store::Store;
use crate::report::{Exit, Failure, output};

const HELP: &str = "\
A wave is taken if a trusted publisher signed it, if it was prepared here, and if it is newer than those of its survey that are published. \
A server that runs hands it out at once, and what was prepared for before it is thrown away. Developers can compare its fingerprint with the copy that its publisher keeps.

Results are taken if a trusted publisher signed them and their wave is closed; they replace earlier ones of the same wave.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// Signed bundles of waves, and signed results
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    context.refuse_doubtful_clock()?;
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
    let wave = publishing::check(&bundle, &settings.publishers, (&ground, &context.folder, &context.store()?), Utc::now());
    let wave = wave.map_err(|refusal| refused(path, &refusal))?;
    Ok((path, bundle, wave))
}

fn publish(path: &Path, (bundle, wave): (&Bundle, &Wave), context: &Context) -> Result<(), Failure> {
    let store = context.store()?;
    let is_new = publishing::publish(&store, bundle, wave).map_err(|refusal| refused(path, &refusal))?;
    discard_earlier(wave, &store, context)?;
    if !is_new {
        return output::print_line(&format!("{} {} is published already", wave.manifest.survey, wave.manifest.wave));
    }
    for end in ["json", "signed.json"] {
        destroy(&context.folder.prepared().join(format!("{}-{}.{end}", wave.manifest.survey, wave.manifest.wave)))?;
    }
    output::print_line(&format!("published {}\n", prepare::in_words(wave)))
}

/// Throws away what was prepared for before a wave that is published: it can never be published, and would keep its keys for ever.
fn discard_earlier(wave: &Wave, store: &Store, context: &Context) -> Result<(), Failure> {
    let comes_before = |earlier: &Wave| {
        earlier.manifest.survey == wave.manifest.survey
            && earlier.manifest.sequence <= wave.manifest.sequence
            && earlier.id != wave.id
    };
    for (path, earlier) in prepare::prepared(&context.folder).filter(|(_, earlier)| comes_before(earlier)) {
        if store.wave(earlier.id)?.is_none() && keys::destroy_wave(&context.folder, earlier.id)? {
            let name = format!("{} {}", earlier.manifest.survey, earlier.manifest.wave);
            note(&format!(
                "{name}, prepared for before it and not published, was thrown away with its keys; prepare it again where it is wanted"
            ));
        }
        destroy(&path)?;
    }
    Ok(())
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
