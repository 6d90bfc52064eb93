//! `dxpulse take`: answers a survey, on the terminal or from a file of answers.

mod sitting;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::context::Context;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::config::{Editor, Settings};
use crate::developer::answering::{Ending, Outcome};
use crate::developer::catalog::{Catalog, Found};
use crate::developer::faces::{self, Face, Finish, Manner, Surroundings, scripted};
use crate::developer::store::Store;
use crate::screen::editor::EditorCommand;
use crate::screen::terminal::Terminal;
use crate::screen::theme::{self, Theme};

pub(super) use sitting::Sitting;

/// What is said after a panic.
pub(super) const COMFORT: &str = "the answers you gave are kept; start again to go on where you were";
/// The greatest file of answers, in bytes.
const ANSWERS_LIMIT: u64 = 1024 * 1024;

const EXIT_CODES: &str = "\
Exit codes: 0 answered, 3 saved for later, 4 declined, 124 timed out, 129 hung up, 130 Ctrl-C, 143 terminated, \
1 failed (already answered, open elsewhere, wrong answers), 2 wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// The survey's id, or the path of its TOML file; without it, the draft saved last, else the first open survey
    #[arg(value_name = "ID|FILE.toml")]
    survey: Option<String>,
    /// Ask on the full screen, even where the settings ask for plain lines
    #[arg(long, conflicts_with_all = ["accessible", "answers"])]
    full: bool,
    /// Ask in plain lines, without drawing: for screen readers and simple terminals
    #[arg(long, conflicts_with = "answers")]
    accessible: bool,
    /// Leave after this many seconds; what was answered is kept
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..=86_400), conflicts_with = "answers")]
    timeout: Option<u64>,
    /// Take the answers from this JSON file, without a terminal; - is standard input
    #[arg(long, value_name = "FILE.json")]
    answers: Option<PathBuf>,
    /// Answer again what was answered already
    #[arg(long)]
    again: bool,
    /// Print the stored response as JSON on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings()?;
    let places = context.places()?;
    let catalog = Catalog::open(&settings.surveys.value);
    let found = match &arguments.survey {
        Some(name) => catalog.find(name)?,
        None => next(&catalog, &places.data)?,
    };
    let finish = match &arguments.answers {
        Some(path) => from_file(path, found, &places.data, arguments.again)?,
        None => {
            let mut terminal = open_terminal()?;
            let mut sitting = Sitting::begin(Store::open(&places.data)?, found, arguments.again)?;
            let face = face(arguments, &settings, context, terminal.size());
            let timeout = arguments.timeout.map(Duration::from_secs);
            let (finish, record) = answer(&mut sitting, &mut terminal, &settings, context, face, timeout)?;
            if face == Face::Full {
                // The terminal may be gone; the exit code still tells.
                let _ = terminal.print(&farewell(&finish));
            }
            (finish, record)
        }
    };
    conclude(arguments, finish)
}

/// Opens the terminal, or says how to answer without one.
pub(super) fn open_terminal() -> Result<Terminal, Failure> {
    Terminal::open(COMFORT).map_err(|error| {
        Failure::new(error.to_string()).hint("start it in a terminal, or answer with `dxpulse take ID --answers FILE.json`")
    })
}

/// Runs a sitting on the terminal; gives how it ended and the stored response.
pub(super) fn answer(
    sitting: &mut Sitting,
    terminal: &mut Terminal,
    settings: &Settings,
    context: &Context,
    face: Face,
    timeout: Option<Duration>,
) -> Result<(Finish, Option<serde_json::Value>), Failure> {
    let editor = || {
        let found = Editor::find(settings, &context.environment).map_err(|error| error.to_string())?;
        Ok(EditorCommand { program: found.program, arguments: found.arguments })
    };
    let folder = context.places()?.data;
    let manner = Manner { face, theme: theme(settings, context), timeout, editor: &editor, folder };
    let finish = sitting.keep(|session, keeping| faces::run(session, terminal, &manner, keeping));
    Ok((finish.map_err(|error| Failure::new(error.to_string()))?, sitting.record.take()))
}

/// Gives the styles the settings and the terminal ask for.
pub(super) fn theme(settings: &Settings, context: &Context) -> Theme {
    use crate::config::{Colour, Theme as Setting};
    let colours = context.environment.text("TERM").is_none_or(|term| term != "dumb" && term != "vt100");
    let background = match settings.theme.value {
        Setting::Dark => theme::Background::Dark,
        Setting::Light => theme::Background::Light,
        Setting::Auto => theme::background(&context.environment.text("COLORFGBG").unwrap_or_default()),
    };
    match settings.colour.value {
        Colour::Never => Theme::plain(),
        Colour::Auto if !colours => Theme::plain(),
        Colour::Auto | Colour::Always => Theme::coloured(background),
    }
}

/// Chooses the face for what was asked for and for what the terminal can do.
fn face(arguments: &Arguments, settings: &Settings, context: &Context, size: (u16, u16)) -> Face {
    let term = context.environment.text("TERM");
    let lines_wanted = arguments.accessible || (settings.accessible.value && !arguments.full);
    faces::choose(&Surroundings { lines_wanted, term: term.as_deref(), size })
}

/// Finds what to answer when nothing was named: the draft saved last, else the first survey that is open.
fn next(catalog: &Catalog, data: &Path) -> Result<Found, Failure> {
    let store = Store::open_existing(data)?;
    let (drafts, history) = match &store {
        Some(store) => (store.drafts()?, store.history()?),
        None => (Vec::new(), Vec::new()),
    };
    let is_there = |id: &str| catalog.heads().iter().any(|listed| listed.head.id.as_str() == id);
    let draft = drafts.iter().filter(|draft| is_there(draft.survey.as_str())).max_by_key(|draft| draft.saved_at);
    let is_open = |id: &crate::survey::SurveyId, version| !history.iter().any(|e| e.survey == *id && e.version == version);
    let open =
        || catalog.heads().iter().find(|listed| is_open(&listed.head.id, listed.head.version)).map(|it| it.head.id.clone());
    let id = draft.map(|draft| draft.survey.clone()).or_else(open);
    let id = id.ok_or_else(|| Failure::new("no survey is open").hint("`dxpulse take ID --again` answers one again"))?;
    Ok(catalog.find(id.as_str())?)
}

/// Answers from a file by the same state machine; nothing is stored unless all of it is right.
fn from_file(path: &Path, found: Found, data: &Path, again: bool) -> Result<(Finish, Option<serde_json::Value>), Failure> {
    let text = read(path).map_err(|error| Failure::new(format!("can't read {}: {error}", path.display())))?;
    let replies = scripted::answers(&found.survey, &text).map_err(|faults| wrong_answers(path, &faults))?;
    let mut sitting = Sitting::begin(Store::open(data)?, found, again)?;
    let finish = sitting.keep(|session, keeping| scripted::run(session, &replies, keeping)).map_err(Failure::new)?;
    Ok((finish, sitting.record.take()))
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let read = |from: &mut dyn Read, text: &mut String| from.take(ANSWERS_LIMIT + 1).read_to_string(text);
    if path == Path::new("-") {
        read(&mut std::io::stdin().lock(), &mut text)?;
    } else {
        read(&mut std::fs::File::open(path)?, &mut text)?;
    }
    match text.len() as u64 > ANSWERS_LIMIT {
        true => Err(std::io::Error::other("it is bigger than 1 MiB")),
        false => Ok(text),
    }
}

fn wrong_answers(path: &Path, faults: &[scripted::Fault]) -> Failure {
    let list: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
    let count = faces::words::count(faults.len(), "answer is wrong", "answers are wrong");
    Failure::new(format!("{}: {count}; nothing was stored\n{}", path.display(), list.join("\n")))
        .hint("correct the file; the survey's TOML shows its questions and codes")
}

/// Says in one line how a full-screen sitting ended.
fn farewell(finish: &Finish) -> String {
    let id = &finish.session.survey().id;
    let replies = faces::words::count(finish.session.replied(), "reply", "replies");
    match finish.outcome {
        Outcome::Answered => "✓ thanks: stored on this machine, nothing was sent · dxpulse history\n".to_owned(),
        Outcome::Declined => "– declined; you won't be shown this survey again\n".to_owned(),
        _ if finish.failure.is_some() => String::new(),
        _ => format!("◐ {replies} kept · go on with: dxpulse take {id}\n"),
    }
}

fn conclude(arguments: &Arguments, (finish, record): (Finish, Option<serde_json::Value>)) -> Result<Exit, Failure> {
    if let (true, Some(record)) = (arguments.json, &record) {
        output::print_json(record)?;
    }
    let exit = exit_code(finish.outcome);
    match finish.failure {
        Some(reason) if finish.outcome != Outcome::Answered => {
            note(&reason);
            Ok(Exit::code(if exit == 3 { 1 } else { exit }))
        }
        _ => Ok(Exit::code(exit)),
    }
}

/// Gives the exit code of a sitting.
pub(super) fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Answered => 0,
        Outcome::SavedForLater => 3,
        Outcome::Declined => 4,
        Outcome::TimedOut => 124,
        Outcome::Ended(Ending::HungUp) => 129,
        Outcome::Ended(Ending::Interrupted) => 130,
        Outcome::Ended(Ending::Terminated) => 143,
    }
}
