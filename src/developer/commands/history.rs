//! `dxpulse history`: what was answered or declined, and when.

use chrono::Local;
use serde_json::{Value, json};

use super::context::Context;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::developer::listing::{columns, stamp};
use crate::developer::phrases::Surveys;
use crate::developer::store::{HistoryEntry, Outcome, Store};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: id of the response, survey, title, version, wave, outcome and time
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let say = &context.phrases(&context.settings_that_are_right()?).surveys;
    let store = Store::open_existing(&context.places()?.data)?;
    let entries = store.as_ref().map(Store::history).transpose()?.unwrap_or_default();
    let taken_back = store.as_ref().map(Store::taken_back).transpose()?.unwrap_or_default();
    let is_back = |entry: &HistoryEntry| entry.id.as_ref().is_some_and(|id| taken_back.contains(id));
    if arguments.json {
        output::print_json(&entries.iter().map(|entry| to_json(entry, is_back(entry))).collect())?;
    } else {
        let lines = columns(&entries.iter().map(|entry| row(entry, is_back(entry), say)).collect::<Vec<_>>());
        output::print_words(&lines.join("\n"))?;
    }
    if entries.is_empty() {
        note(say.nothing_answered);
    }
    context.exchange_if_due(store.as_ref());
    Ok(Exit::SUCCESS)
}

fn row(entry: &HistoryEntry, is_taken_back: bool, say: &Surveys) -> Vec<String> {
    let outcome = match entry.outcome {
        Outcome::Answered if is_taken_back => say.was_taken_back,
        Outcome::Answered => say.was_answered,
        Outcome::Declined => say.was_declined,
    };
    let at = entry.at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string();
    let version = format!("v{}", entry.version);
    let wave = entry.wave.clone().unwrap_or_default();
    vec![at, outcome.to_owned(), entry.survey.to_string(), version, wave, entry.title.clone()]
}

fn to_json(entry: &HistoryEntry, is_taken_back: bool) -> Value {
    json!({
        "id": entry.id,
        "survey": entry.survey.as_str(),
        "title": entry.title,
        "version": entry.version,
        "wave": entry.wave,
        "outcome": if is_taken_back { "taken_back" } else { entry.outcome.name() },
        "at": stamp(entry.at),
    })
}
