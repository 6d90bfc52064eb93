//! `dxpulse history`: what was answered or declined, and when.

use chrono::Local;
use serde_json::{Value, json};

use super::context::Context;
use super::escape::escape;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::developer::listing::{columns, stamp};
use crate::developer::store::{HistoryEntry, Store};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: id of the response, survey, title, version, wave, outcome and time
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let entries = match Store::open_existing(&context.places()?.data)? {
        Some(store) => store.history()?,
        None => Vec::new(),
    };
    if arguments.json {
        output::print_json(&entries.iter().map(to_json).collect())?;
    } else {
        let lines = columns(&entries.iter().map(row).collect::<Vec<_>>());
        output::print(&escape(&lines.iter().map(|line| format!("{line}\n")).collect::<String>()))?;
    }
    if entries.is_empty() {
        note("nothing answered yet; `dxpulse list` shows what is open");
    }
    Ok(Exit::SUCCESS)
}

fn row(entry: &HistoryEntry) -> Vec<String> {
    let at = entry.at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string();
    let version = format!("v{}", entry.version);
    let wave = entry.wave.clone().unwrap_or_default();
    vec![at, entry.outcome.name().to_owned(), entry.survey.to_string(), version, wave, entry.title.clone()]
}

fn to_json(entry: &HistoryEntry) -> Value {
    json!({
        "id": entry.id,
        "survey": entry.survey.as_str(),
        "title": entry.title,
        "version": entry.version,
        "wave": entry.wave,
        "outcome": entry.outcome.name(),
        "at": stamp(entry.at),
    })
}
