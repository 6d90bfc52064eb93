//! `dxpulse list`: which surveys are open, saved for later and answered.

use std::collections::HashMap;

use chrono::Utc;

use super::context::Context;
use super::escape::escape;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::developer::catalog::{Catalog, Listed};
use crate::developer::listing::{self, Entry, State};
use crate::developer::store::{DraftSummary, HistoryEntry, Outcome, Store};
use crate::survey::SurveyId;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: id, title, minutes and state (open, draft, answered or declined) of every survey
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let catalog = Catalog::open(&context.settings()?.surveys.value);
    let (drafts, history) = match Store::open_existing(&context.places()?.data)? {
        Some(store) => (store.drafts()?, store.history()?),
        None => (Vec::new(), Vec::new()),
    };
    let entries = entries(catalog.heads(), &drafts, &history);
    if arguments.json {
        output::print_json(&entries.iter().map(listing::to_json).collect())?;
    } else {
        output::print(&escape(&listing::plain(&entries, Utc::now())))?;
    }
    for problem in catalog.problems() {
        note(&format!("{problem}\n  help: {}", problem.hint()));
    }
    if !arguments.json {
        suggest(&entries);
    }
    Ok(Exit::SUCCESS)
}

fn suggest(entries: &[Entry]) {
    let of = |name| entries.iter().find(|entry| entry.state.name() == name);
    match (of("draft"), of("open")) {
        (Some(draft), _) => note(&format!("go on with `dxpulse take {}`", draft.id)),
        (None, Some(open)) => note(&format!("answer one with `dxpulse take {}`", open.id)),
        (None, None) => note("nothing is open; `dxpulse history` shows what you answered"),
    }
}

/// Gives a survey's last outcome only for the version that is there: a new version is open again.
fn entries(listed: &[Listed], drafts: &[DraftSummary], history: &[HistoryEntry]) -> Vec<Entry> {
    let drafts: HashMap<&SurveyId, &DraftSummary> = drafts.iter().map(|draft| (&draft.survey, draft)).collect();
    let draft = |draft: &DraftSummary| State::Draft { answered: draft.answered, asked: draft.asked, saved_at: draft.saved_at };
    let last = |survey: &Listed| history.iter().find(|e| e.survey == survey.head.id && e.version == survey.head.version);
    let state = |survey: &Listed| match (drafts.get(&survey.head.id), last(survey)) {
        (Some(kept), _) => draft(kept),
        (None, Some(entry)) if entry.outcome == Outcome::Answered => State::Answered(entry.at),
        (None, Some(entry)) => State::Declined(entry.at),
        (None, None) => State::Open,
    };
    let known = listed.iter().map(|survey| Entry {
        id: survey.head.id.to_string(),
        title: survey.head.title.clone(),
        minutes: Some(survey.minutes),
        state: state(survey),
    });
    let gone = drafts.values().filter(|draft| !listed.iter().any(|survey| survey.head.id == draft.survey));
    let title = "(its file is not in your surveys folder)";
    let gone = gone.map(|kept| Entry { id: kept.survey.to_string(), title: title.to_owned(), minutes: None, state: draft(kept) });
    known.chain(gone).collect()
}
