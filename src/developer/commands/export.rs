//! `dxpulse export`: the developer's own answers, for the tools they know; or everything, for another machine.

mod state;

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::Value;

use super::context::Context;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::developer::catalog::{Catalog, CatalogError};
use crate::developer::export::{comma, json, replace};
use crate::developer::store::{HistoryEntry, Store, StoredResponse};
use crate::response::Response;
use crate::response::score::with_scores;
use crate::response::table::{Cell, Table, Values, long, wide};
use crate::survey::{Survey, SurveyId, parse};

const DETAILS: &str = "\
wide: one row per response. A multi-select has a column for each choice (1 or 0), a ranking one for each choice (its rank), \
a matrix one for each row; yes and no are 1 and 0. `question.missing` says why there is no answer: skipped, unanswered, \
not_applicable, prefer_not_to_say, dont_know, not_shown, or not_asked where the response's version has no such question. \
After the items of an instrument stands its score as `instrument_score`, unrounded, and empty where too many items have no answer. \
With several surveys, columns are named `survey.question`. In JSON, wide is the response as it is stored, with the scores of its instruments.

long: one row per answer, whatever the survey; one for each choice taken, each choice ranked, and each row of a matrix.

Where an answer was taken back with `dxpulse withdraw`, `response.taken_back` is true, and false for the others; in wide JSON it is \
`taken_back`.

Where a survey has variants, `variant.NAME` (with several surveys, `survey.variant.NAME`) holds the arm, after the columns that \
describe the response; it is empty where a response has none.

--labels takes its words from the survey: in its own language and without the wordings of arms, whatever someone read, so that rows \
can be grouped by them. Where a text takes an earlier answer in, its fallback stands.

A code or text such as 3-5 is never changed, but a spreadsheet may take it for a date: import the file with such columns as text, \
or give such choices other codes, as in 3_to_5. --raw makes no difference to these.

--state moves, it doesn't copy: two machines with the same tokens would get in each other's way. The file is safe on the disk before anything \
is marked as moved here; if the program is stopped in between, everything is still in use here, and running it again writes the file anew. \
`dxpulse import --state FILE` takes it in on the other machine, or here again. The `age` tool opens the file too.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(crate) struct Arguments {
    /// The survey whose answers to export; without it, those to all surveys
    #[arg(value_name = "ID")]
    survey: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// One row per response, or one per answer
    #[arg(long, value_enum, default_value_t = Layout::Wide)]
    layout: Layout,
    /// Write the survey's labels and texts: labels in place of codes in a wide table, both beside them otherwise
    #[arg(long)]
    labels: bool,
    /// Leave texts that a spreadsheet would run as a formula as they are (CSV only)
    #[arg(long)]
    raw: bool,
    /// Start with a byte order mark, for Excel (CSV only)
    #[arg(long)]
    bom: bool,
    /// Write to this file, replacing it once all is written; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Move everything to another machine instead: what you joined, tokens, answers to send, responses and drafts go into this file, encrypted with a passphrase
    #[arg(long, value_name = "FILE", conflicts_with_all = ["survey", "format", "layout", "labels", "raw", "bom", "output"])]
    state: Option<PathBuf>,
    /// Take the passphrase from the first line of this file; - is standard input
    #[arg(long, value_name = "FILE", requires = "state")]
    passphrase_file: Option<PathBuf>,
    /// Move once more what was moved from here before, where the file of that is lost
    #[arg(long, requires = "state")]
    again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values, UTF-8
    Csv,
    /// One JSON object per line
    Jsonl,
    /// One JSON array
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// One row per response
    Wide,
    /// One row per answer
    Long,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if let Some(file) = &arguments.state {
        let passphrase = arguments.passphrase_file.as_deref();
        return state::run(state::Moving { file, passphrase, again: arguments.again }, context);
    }
    if arguments.format != Format::Csv && (arguments.raw || arguments.bom) {
        return Err(Failure::usage("--raw and --bom are for --format csv").hint("leave them out: JSON texts are never changed"));
    }
    let places = context.places()?;
    let id = arguments.survey.as_deref().map(survey_id).transpose()?;
    let store = Store::open_existing(&places.data)?;
    let taken_back = store.as_ref().map(Store::taken_back).transpose()?.unwrap_or_default();
    let stored = match &store {
        Some(store) => store.responses(id.as_ref()).collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    if stored.is_empty() {
        let answered = store.map_or_else(|| Ok(Vec::new()), |store| store.history())?;
        explain_none(id.as_ref(), &answered, &context.settings_that_are_right()?.surveys.value)?;
    }
    let (mut read, unread) = read(stored);
    read.taken_back = taken_back;
    write(arguments, &read)?;
    match unread {
        0 => Ok(Exit::SUCCESS),
        count => Err(Failure::new(format!("{count} stored responses could not be read and are not in the export"))
            .hint("they stay in the store; a newer dxpulse may read them")),
    }
}

fn survey_id(name: &str) -> Result<SurveyId, Failure> {
    let bad = || Failure::usage(format!("{name:?} is not the id of a survey")).hint("`dxpulse history` shows the ids");
    SurveyId::new(name).ok_or_else(bad)
}

/// An id that is neither answered nor known is a mistake; nothing answered yet is not.
fn explain_none(id: Option<&SurveyId>, answered: &[HistoryEntry], surveys: &Path) -> Result<(), Failure> {
    let Some(id) = id else {
        note("no answers yet; `dxpulse list` shows what is open");
        return Ok(());
    };
    let answered = answered.iter().map(|entry| entry.survey.as_str());
    if let Err(error @ CatalogError::Unknown { .. }) = Catalog::open(surveys).find_among(id.as_str(), answered) {
        let hint = match &error {
            CatalogError::Unknown { nearest: Some(_), .. } => error.hint(),
            _ => "`dxpulse history` shows what you answered".to_owned(),
        };
        return Err(Failure::new(error.to_string()).hint(hint));
    }
    note(&format!("no answers to {id} yet; answer it with `dxpulse take {id}`"));
    Ok(())
}

/// What is exported: a response with its survey, and as it is stored.
struct Exported {
    responses: Vec<(Survey, Response)>,
    bodies: Vec<Value>,
    /// The ids of the responses that were taken back.
    taken_back: BTreeSet<String>,
}

/// Reads each response with the survey it was answered in, and counts those that can't be.
fn read(stored: Vec<StoredResponse>) -> (Exported, usize) {
    let mut exported = Exported { responses: Vec::new(), bodies: Vec::new(), taken_back: BTreeSet::new() };
    let mut surveys: HashMap<Arc<str>, Option<Survey>> = HashMap::new();
    let mut unread = 0;
    for StoredResponse { source, body } in stored {
        let survey = surveys.entry(source).or_insert_with_key(|source| parse::parse(source).ok());
        let response = survey.as_ref().and_then(|survey| Some((survey.clone(), Response::from_json(survey, &body)?)));
        match response {
            Some(response) => {
                exported.responses.push(response);
                exported.bodies.push(body);
            }
            None => unread += 1,
        }
    }
    (exported, unread)
}

fn write(arguments: &Arguments, exported: &Exported) -> Result<(), Failure> {
    match arguments.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => output::stream(|out| format(arguments, exported, out)),
        Some(path) => replace(path, |out| format(arguments, exported, out))
            .map_err(|error| Failure::new(error.to_string()).hint(error.hint())),
    }
}

fn format(arguments: &Arguments, exported: &Exported, to: &mut dyn Write) -> io::Result<()> {
    let style = comma::Style { bom: arguments.bom, raw: arguments.raw };
    match (arguments.format, arguments.layout) {
        (Format::Csv, _) => comma::write(&table(arguments, exported), style, to),
        (Format::Jsonl, Layout::Long) => json::write_lines(json::objects(&table(arguments, exported)), to),
        (Format::Json, Layout::Long) => json::write_array(json::objects(&table(arguments, exported)), to),
        (Format::Jsonl, Layout::Wide) => json::write_lines(documents(arguments, exported), to),
        (Format::Json, Layout::Wide) => json::write_array(documents(arguments, exported), to),
    }
}

fn table(arguments: &Arguments, exported: &Exported) -> Table {
    let values = if arguments.labels { Values::Labels } else { Values::Codes };
    let table = match arguments.layout {
        Layout::Wide => wide(&exported.responses, values),
        Layout::Long => long(&exported.responses, values),
    };
    let is_told = exported.responses.iter().any(|(_, response)| exported.taken_back.contains(&response.id));
    if is_told { telling(table, &exported.taken_back) } else { table }
}

/// Adds to each row whether its response was taken back.
fn telling(mut table: Table, taken_back: &BTreeSet<String>) -> Table {
    let Some(place) = table.columns.iter().position(|column| column == "response") else { return table };
    table.columns.push("response.taken_back".to_owned());
    for row in &mut table.rows {
        let is_back = matches!(&row[place], Cell::Text(id) if taken_back.contains(id));
        row.push(Cell::Boolean(is_back));
    }
    table
}

fn documents<'a>(arguments: &Arguments, exported: &'a Exported) -> impl Iterator<Item = Value> + 'a {
    let labels = arguments.labels;
    exported.bodies.iter().zip(&exported.responses).map(move |(body, (survey, response))| {
        let mut scored = with_scores(body.clone(), survey, response);
        if exported.taken_back.contains(&response.id) {
            scored["taken_back"] = Value::Bool(true);
        }
        if labels { json::with_labels(scored, survey, response) } else { scored }
    })
}
