//! `dxpulse results`: what came of surveys, in their publishers' words, and what is being done about it.

use serde_json::json;

use super::context::Context;
use super::note;
use crate::anonymous::results::{Document, State};
use crate::developer::store::Store;
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey; without it, every survey with results
    #[arg(value_name = "ID")]
    survey: Option<String>,
    /// Print a JSON array instead: the documents as they were signed
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = Store::open_existing(&context.places()?.data)?;
    let mut documents = store.as_ref().map(Store::results).transpose()?.unwrap_or_default();
    documents.retain(|document| arguments.survey.as_ref().is_none_or(|id| document.survey == *id));
    // The newest is what one came for.
    documents.reverse();
    if arguments.json {
        output::print_json(&json!(documents))?;
        return Ok(Exit::SUCCESS);
    }
    let shown: Vec<String> = documents.iter().map(in_words).collect();
    output::print_words(&shown.join("\n"))?;
    if documents.is_empty() {
        note("no results are published yet; they come by themselves, and `dxpulse sync` looks for them now");
    }
    Ok(Exit::SUCCESS)
}

fn in_words(document: &Document) -> String {
    let head = format!("{} ({} {})\n\n{}\n", document.title, document.survey, document.wave, document.summary);
    let width = document.figures.iter().map(|figure| figure.label.chars().count()).max().unwrap_or(0);
    let figures = document.figures.iter().map(|figure| {
        let note = figure.note.as_ref().map(|note| format!("  {note}")).unwrap_or_default();
        format!("  {:width$}  {}{note}\n", figure.label, figure.value)
    });
    let width = document.actions.iter().map(|action| action.state.said().len()).max().unwrap_or(0) + 1;
    let actions = document.actions.iter().map(|action| {
        let state = format!("{}:", action.state.said());
        format!("  {} {state:width$} {}\n", glyph(action.state), action.text)
    });
    let part = |lines: String| if lines.is_empty() { lines } else { format!("\n{lines}") };
    head + &part(figures.collect()) + &part(actions.collect())
}

/// Gives the mark of what becomes of an action.
const fn glyph(state: State) -> &'static str {
    match state {
        State::Planned => "○",
        State::Doing => "◐",
        State::Done => "●",
        State::Wont => "–",
    }
}
