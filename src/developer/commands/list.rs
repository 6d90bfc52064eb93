//! `dxpulse list`: which surveys are open, saved for later, answered and on request.

use chrono::Local;

use super::context::Context;
use super::escape;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::developer::catalog::CatalogError;
use crate::developer::listing::{self, State};
use crate::developer::standing::{next, standings};
use crate::developer::store::Store;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: id, title, minutes, state (open, draft, answered, declined, closed or on_request), wave and last day of every survey, and the file of a draft taken from one
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings_that_are_right()?;
    let phrases = context.phrases(&settings);
    let store = Store::open_existing(&context.places()?.data)?;
    // Scripts get what the author wrote, whoever runs them.
    let catalog = match arguments.json {
        true => Context::catalog_as_written(&settings, store.as_ref())?,
        false => context.catalog(&settings, store.as_ref())?,
    };
    let now = Local::now().fixed_offset();
    let standings = standings(&catalog, store.as_ref(), now)?;
    if arguments.json {
        output::print_json(&standings.iter().map(listing::to_json).collect())?;
    } else {
        output::print(&escape(&listing::plain(&standings, output::columns(), now, phrases)))?;
    }
    for problem in catalog.problems() {
        note(&format!("{problem}\n  help: {}", hint(problem)));
    }
    if !arguments.json {
        let say = &phrases.surveys;
        note(&match next(&standings) {
            Some(next) if next.state == State::Open => (say.take_one)(next.id.as_str()),
            Some(next) => (say.take_next)(&shell_words::quote(&next.name())),
            None => say.nothing_open.to_owned(),
        });
    }
    context.exchange_if_due(store.as_ref());
    Ok(Exit::SUCCESS)
}

/// Gives what to do about a survey that can't be had, in a few words.
pub(super) fn hint(problem: &CatalogError) -> String {
    match problem {
        CatalogError::Invalid { .. } => "`dxpulse doctor` shows each with its place".to_owned(),
        problem => problem.hint(),
    }
}
