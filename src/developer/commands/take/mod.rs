//! `dxpulse take`: answers a survey, on the terminal or from a file of answers.

mod answers;
mod sealing;
mod sitting;
mod stage;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Local;

use super::context::Context;
use super::escape;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::config::{Colour, Settings};
use crate::developer::answering::{Ending, Outcome};
use crate::developer::catalog::{Catalog, CatalogError, Found, Origin};
use crate::developer::faces::{Face, Finish};
use crate::developer::listing::Standing;
use crate::developer::phrases::Phrases;
use crate::developer::standing;
use crate::developer::store::Store;
use crate::response::Response;
use crate::screen::text::wrap;
use crate::survey::Survey;

pub(super) use sitting::{Intent, Sitting};
pub(super) use stage::Stage;

/// The most questions that are asked under the prompt unless something else is asked for.
const INLINE: usize = 3;

const EXIT_CODES: &str = "\
Exit codes: 0 answered, 3 saved for later, 4 declined, 124 timed out, 129 hung up, 130 Ctrl-C, 143 terminated, \
1 failed (already answered, closed, a draft is kept, open elsewhere, wrong answers), 2 wrong usage.";

#[derive(Debug, Default, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// The survey's id, or the path of its TOML file; without it, the draft saved last, else the first open survey
    #[arg(value_name = "ID|FILE.toml")]
    pub(super) survey: Option<String>,
    /// Ask on a few lines under the prompt, as is usual for up to three questions
    #[arg(long, conflicts_with_all = ["full", "accessible", "answers"])]
    pub(super) inline: bool,
    /// Ask on the full screen, as is usual for more, even where the settings ask for plain lines
    #[arg(long, conflicts_with_all = ["accessible", "answers"])]
    pub(super) full: bool,
    /// Ask in plain lines, without drawing: for screen readers and simple terminals
    #[arg(long, conflicts_with = "answers")]
    pub(super) accessible: bool,
    /// Stay on Ctrl-Z: what a shell's key starts has no prompt to go back to
    #[arg(long, hide = true)]
    pub(super) no_suspend: bool,
    /// Leave after this many seconds; what was answered is kept
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..=86_400), conflicts_with = "answers")]
    pub(super) timeout: Option<u64>,
    /// Take the answers from this JSON file, without a terminal; - is standard input
    #[arg(long, value_name = "FILE.json")]
    pub(super) answers: Option<PathBuf>,
    /// Send words of the answers off as they are, even where they may name someone or hold a secret
    #[arg(long, requires = "answers", conflicts_with = "replace_words")]
    pub(super) keep_words: bool,
    /// Replace such words, as with [e-mail], before the answers are sent off
    #[arg(long, requires = "answers")]
    pub(super) replace_words: bool,
    /// Answer again what was answered already
    #[arg(long)]
    pub(super) again: bool,
    /// Give up a draft of the survey, which --answers would not touch otherwise
    #[arg(long)]
    pub(super) discard_draft: bool,
    /// Print the stored response as JSON on standard output
    #[arg(long)]
    pub(super) json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if arguments.discard_draft && arguments.answers.is_none() {
        return Err(
            Failure::usage("--discard-draft goes with --answers").hint("without it a draft is gone on with, and can be changed")
        );
    }
    let settings = context.settings_that_are_right()?;
    let data = context.places()?.data;
    let store = Store::open_existing(&data)?;
    let catalog = context.catalog(&settings, store.as_ref())?;
    let found = match &arguments.survey {
        Some(name) => named(name, &catalog, store.as_ref(), |error| refused(name, &error, &settings, context))?,
        None => next(&catalog, store.as_ref())?,
    };
    if let Some(reason) = shared_id(&catalog, &found) {
        note(&reason);
    }
    answer(arguments, found, None, (settings, store), context)
}

/// Asks a survey that was found, with the settings and the store by which it was; what is answered can stand in the place of an earlier
/// response, which is then where it begins.
pub(super) fn answer(
    arguments: &Arguments,
    found: Found,
    earlier: Option<&Response>,
    (settings, store): (Settings, Option<Store>),
    context: &Context,
) -> Result<Exit, Failure> {
    let data = context.places()?.data;
    let language = context.wanted_language(&settings);
    let replaces = earlier.map(|earlier| earlier.id.clone());
    let intent = Intent { again: arguments.again, terms: Context::terms(&settings), reopens: earlier };
    let finish = match &arguments.answers {
        Some(path) => {
            drop(store);
            answers::from_file(path, (found, intent), &data, arguments, &language)?
        }
        None => {
            let face = wanted(arguments, &found.survey, &settings);
            let mut stage = Stage::open(&settings, context, face).map_err(|failure| match earlier {
                Some(_) => failure.hint("start it in a terminal, or change it with `dxpulse edit ID --answers FILE.json`"),
                None => failure,
            })?;
            stage.suspends = !arguments.no_suspend;
            let store = store.and_then(Store::to_write).map_or_else(|| Store::open(&data), Ok)?;
            let mut sitting = Sitting::begin(store, found, intent, &language)?.replacing(replaces);
            let (finish, record) = stage.hold(&mut sitting, arguments.timeout.map(Duration::from_secs))?;
            let columns = usize::from(stage.terminal.size().0);
            let is_answered = finish.outcome == Outcome::Answered;
            let leaves = if is_answered { leaving(&mut sitting, &finish, columns)? } else { String::new() };
            // The terminal may be gone; the exit code still tells.
            let _ = stage.terminal.print(&escape(&leaves));
            let _ = stage.terminal.print(&farewell(&finish, &sitting.name(), (stage.face, columns)));
            (finish, record)
        }
    };
    // What was answered is kept already; whether anything more can be done is not what this command tells.
    context.exchange_if_due(Store::open_existing(&data).ok().flatten().as_ref());
    conclude(arguments, finish)
}

/// Gives the face that is asked for, or usual for a survey.
fn wanted(arguments: &Arguments, survey: &Survey, settings: &Settings) -> Face {
    match () {
        () if arguments.accessible => Face::Lines,
        () if arguments.full => Face::Full,
        // A shell's key asks for no other face than the developer does.
        () if settings.accessible.value && (!arguments.inline || arguments.no_suspend) => Face::Lines,
        () if arguments.inline => Face::Inline,
        () if survey.asked().count() <= INLINE => Face::Inline,
        () => Face::Full,
    }
}

/// Gives what leaves the machine of what was just answered, byte for byte, and says below what it is: there the words are still to be
/// seen when the rest fills the screen. Nothing where some was shown before.
pub(crate) fn leaving(sitting: &mut Sitting, finish: &Finish, columns: usize) -> Result<String, Failure> {
    let words = wrap(finish.session.phrases().farewells.leaves, columns).join("\n");
    Ok(sitting.shown_first()?.map_or_else(String::new, |shown| format!("{shown}{words}\n")))
}

/// Says so where a file has the id of another survey: the two are one in all lists, and share a draft.
fn shared_id(catalog: &Catalog, found: &Found) -> Option<String> {
    let id = &found.survey.id;
    let is_file = found.name != id.as_str();
    let other = is_file.then(|| catalog.find(id.as_str()).ok())?.filter(|other| other.source != found.source)?;
    let whose = match &other.origin {
        Origin::Bundled => "a bundled survey".to_owned(),
        Origin::File(path) => path.display().to_string(),
        Origin::Wave(_) => "a survey of your collector".to_owned(),
    };
    Some(format!("{} and {whose} have the same id, {id}: to dxpulse they are one survey", found.name))
}

/// Says why a survey can't be had, with all of its problems, and how to name a file that has the name asked for.
fn refused(name: &str, error: &CatalogError, settings: &Settings, context: &Context) -> Failure {
    let colour = match settings.colour.value {
        Colour::Never => false,
        Colour::Always => true,
        Colour::Auto => context.has_colours() && io::stderr().is_terminal(),
    };
    let failure = Failure::of_survey(error, colour);
    match error {
        CatalogError::Unknown { .. } if Path::new(name).is_file() => {
            let path = format!("./{name}");
            failure.hint(format!("the file of that name is `dxpulse take {}`", shell_words::quote(&path)))
        }
        _ => failure,
    }
}

/// Finds what was named; an id that only a draft has is that of a file, which the draft remembers.
fn named(
    name: &str,
    catalog: &Catalog,
    store: Option<&Store>,
    refused: impl Fn(CatalogError) -> Failure,
) -> Result<Found, Failure> {
    let unknown = match catalog.find(name) {
        Err(error @ CatalogError::Unknown { .. }) => error,
        found => return found.map_err(refused),
    };
    let standings = standing::standings(catalog, store, Local::now().fixed_offset())?;
    match standings.iter().find(|standing| standing.id.as_str() == name && standing.file.is_some()) {
        Some(draft) if draft.is_there() => catalog.find(&draft.name()).map_err(refused),
        Some(draft) => Err(Failure::new(lost(draft)).hint("put it back, or take the file where it is now: the draft is kept")),
        None => Err(refused(unknown)),
    }
}

/// Finds what to answer when nothing was named.
fn next(catalog: &Catalog, store: Option<&Store>) -> Result<Found, Failure> {
    let standings = standing::standings(catalog, store, Local::now().fixed_offset())?;
    for draft in standings.iter().filter(|standing| standing.file.is_some() && !standing.is_there()) {
        note(&lost(draft));
    }
    let hint = "`dxpulse list` shows what is on request and what you declined, and `dxpulse take ID` asks it; \
        `--again` asks what you answered";
    let next = standing::next(&standings).ok_or_else(|| Failure::new("no survey is open").hint(hint))?;
    Ok(catalog.find(&next.name())?)
}

/// Says that the survey of a draft is not where it was.
pub(super) fn lost(draft: &Standing) -> String {
    format!("the draft of {} can't be gone on with: {} {}", draft.id, draft.name(), draft.title.said(Phrases::ENGLISH))
}

/// Says in one line how a sitting ended; lines have words alone, for those who hear them.
fn farewell(finish: &Finish, name: &str, (face, columns): (Face, usize)) -> String {
    let say = &finish.session.phrases().farewells;
    let has_waves = finish.session.survey().wave.is_some();
    let (glyph, text) = match (finish.outcome, finish.session.replied()) {
        (Outcome::Answered, _) => ("✓", say.answered.to_owned()),
        (Outcome::Declined, _) if finish.session.changes() => ("–", say.dropped.to_owned()),
        (Outcome::Declined, _) if has_waves => ("–", say.declined_wave.to_owned()),
        (Outcome::Declined, _) => ("–", say.declined.to_owned()),
        _ if finish.failure.is_some() => return String::new(),
        (_, 0) => ("◐", (say.untouched)(name)),
        (_, replies) => ("◐", (say.kept)(replies, name)),
    };
    match face {
        Face::Full | Face::Inline => wrap(&format!("{glyph} {text}"), columns).join("\n") + "\n",
        Face::Lines => format!("{text}\n"),
    }
}

fn conclude(arguments: &Arguments, (finish, record): (Finish, Option<serde_json::Value>)) -> Result<Exit, Failure> {
    if let (true, Some(record)) = (arguments.json, &record) {
        let stored = |failure: Failure| match failure.message.is_empty() {
            true => failure,
            false => failure.hint("the response is stored; `dxpulse export` prints it"),
        };
        output::print_json(record).map_err(stored)?;
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
pub(crate) fn exit_code(outcome: Outcome) -> u8 {
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
