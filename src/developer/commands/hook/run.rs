//! `dxpulse hook run`: called by a shell before its prompt, when something is due. It decides, takes the attempt down, and only then
//! shows one line.
//!
//! Whatever is wrong means silence: a shell must not notice.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Local};

use super::nudge::Nudge;
use crate::config::Settings;
use crate::developer::asking::Asking;
use crate::developer::catalog::Catalog;
use crate::developer::commands::context::Context;
use crate::developer::commands::prompts::{chance, is_silent_root, make_due, surroundings};
use crate::developer::commands::{Exit, Failure, output};
use crate::developer::prompting::{Candidate, Memory, Occasion, Silence, Situation, decide, first_to_ask};
use crate::developer::store::Store;
use crate::screen::beside::Beside;

/// How long to wait for whoever else writes: a prompt doesn't wait.
const PATIENCE: Duration = Duration::from_millis(50);

/// What tells a shell to be silent from now on: it would start this at each prompt, where nothing can be written that keeps it from it.
const NO_MORE: Exit = Exit::code(1);

/// Where the hook puts the line of the command that just ended: unlike an argument, nobody else on the machine can read it there.
const LINE: &str = "DXPULSE_LINE";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exit status of the command that just ended
    #[arg(long, default_value_t = 0)]
    status: i32,
    /// How long it ran, in whole seconds
    #[arg(long, default_value_t = 0)]
    seconds: u32,
    /// No key could be bound
    #[arg(long)]
    no_key: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let Ok(settings) = context.settings() else { return silent(context) };
    if is_silent_root(&settings) {
        // It would make files that are root's in somebody else's home.
        return Ok(NO_MORE);
    }
    let Ok(mut store) = Store::open(&context.places()?.data) else { return silent(context) };
    let asked = ask(arguments, context, &settings, &mut store).unwrap_or_default();
    context.exchange_if_due(Some(&store));
    let is_told = make_due(context, Some(&store), true);
    super::kept::renew(context);
    if let Some((id, nudge)) = asked {
        // Where the line can't be shown, nobody is to press its key.
        if nudge.show().is_ok() {
            output::print_line(&id)?;
        }
    }
    Ok(if is_told { Exit::SUCCESS } else { NO_MORE })
}

/// Writes a due file that asks nothing, so that the next prompt starts nothing.
fn silent(context: &Context) -> Result<Exit, Failure> {
    Ok(if make_due(context, None, true) { Exit::SUCCESS } else { NO_MORE })
}

/// Decides what to ask, and takes it down.
fn ask(
    arguments: &Arguments,
    context: &Context,
    settings: &Settings,
    store: &mut Store,
) -> Result<Option<(String, Nudge)>, Failure> {
    let now = Local::now();
    let silence = silence(context, settings, store, now);
    store.wait_at_most(PATIENCE)?;
    let catalog = context.catalog(settings, Some(store))?;
    let asking = Asking::of(&catalog, Some(store), |id| settings.is_muted(id), &now)?;
    let place = Place::here(context);
    let line = context.environment.text(LINE).unwrap_or_default();
    let chosen = store.remember(now.to_utc(), |memory| {
        let chosen = chosen(memory, &asking, silence, (arguments, &line, &place), now);
        memory.latest = memory.latest.max(now.to_utc());
        chosen.map(|candidate| candidate.id.clone())
    })?;
    let Some(id) = chosen else { return Ok(None) };
    let nudge = nudge(&catalog, id.as_str(), arguments.no_key, (context, settings));
    Ok(nudge.map(|nudge| (id.as_str().to_owned(), nudge)))
}

/// Gives why nothing may be asked now, whatever it is.
fn silence(context: &Context, settings: &Settings, store: &Store, now: DateTime<Local>) -> Option<Silence> {
    let mut around = surroundings(context, settings, Some(store));
    around.is_typing = Beside::open().is_ok_and(|terminal| terminal.has_typed_ahead().unwrap_or(true));
    around.silence(&now)
}

/// Chooses a survey, and takes down that it is prompted for; or counts what happened, for another time.
fn chosen<'a, 'c>(
    memory: &mut Memory,
    asking: &'a Asking<'c>,
    silence: Option<Silence>,
    (arguments, line, place): (&Arguments, &str, &Place),
    now: DateTime<Local>,
) -> Option<&'a Candidate<'c>> {
    let utc = now.to_utc();
    let silence = silence.or_else(|| memory.is_ahead_of(utc).then_some(Silence::ClockSetBack));
    memory.meet(&asking.candidates, utc, chance);
    let heard: Vec<String> = memory.waiting(utc).map(|(event, _)| event.to_owned()).collect();
    let command = Occasion::Command { line, succeeded: arguments.status == 0, seconds: arguments.seconds };
    let has_ended = !line.trim().is_empty() && !is_in_background(line);
    let occasions = has_ended.then_some(command).into_iter();
    let occasions = occasions.chain(heard.iter().map(|event| Occasion::Event(event))).chain([Occasion::Prompt]);
    let situations: Vec<Situation<'_>> = occasions.map(|occasion| place.when(occasion)).collect();
    let each = || asking.candidates.iter().flat_map(|candidate| situations.iter().map(move |situation| (candidate, situation)));
    // Events were counted when they came.
    let is_command = |situation: &Situation<'_>| matches!(situation.occasion, Occasion::Command { .. });
    each().filter(|(_, situation)| is_command(situation)).for_each(|(candidate, situation)| memory.count(candidate, situation));
    let may = |(candidate, situation): &(&Candidate<'_>, &Situation<'_>)| {
        decide(candidate, memory, situation, asking.settled, utc).is_ok()
    };
    let found = match silence {
        None => first_to_ask(each().filter(may).map(|(candidate, _)| candidate)),
        Some(_) => None,
    };
    each().for_each(|(candidate, situation)| memory.ended(candidate, situation));
    match found {
        Some(candidate) => memory.prompted(candidate.id.as_str(), utc),
        // Typing is over in a moment; everything else isn't looked at again at every prompt.
        None if silence == Some(Silence::Typing) => {}
        None => memory.looked(utc, silence.and_then(Silence::until)),
    }
    found
}

/// Says whether a command was sent to the background: how it ends is not known then.
fn is_in_background(line: &str) -> bool {
    let line = line.trim_end();
    // zsh has two more ways to write it.
    ["&", "&!", "&|"].iter().any(|end| line.strip_suffix(end).is_some_and(|before| !before.ends_with(['&', '\\', '>', '<'])))
}

fn nudge(catalog: &Catalog, id: &str, no_key: bool, (context, settings): (&Context, &Settings)) -> Option<Nudge> {
    let listed = catalog.listed().iter().find(|listed| listed.id.as_str() == id)?;
    Some(Nudge {
        id: id.to_owned(),
        title: catalog.title(&listed.title).to_owned(),
        minutes: listed.minutes,
        has_key: !no_key,
        phrases: context.phrases(settings),
        theme: context.theme(settings),
        is_dumb: context.environment.text("TERM").as_deref() == Some("dumb"),
    })
}

/// Where the shell is.
struct Place {
    directory: String,
    home: String,
    repository: Option<String>,
}

impl Place {
    fn here(context: &Context) -> Self {
        // As the shell shows it, where that is the same place.
        let real = std::env::current_dir().unwrap_or_default();
        let shown = context.environment.text("PWD").map(PathBuf::from);
        let is_same = |shown: &PathBuf| std::fs::canonicalize(shown).is_ok_and(|shown| shown == real);
        let directory = shown.filter(is_same).unwrap_or_else(|| real.clone());
        let repository = super::repository::address(&directory);
        let home = context.environment.text("HOME").unwrap_or_default();
        Self { directory: directory.to_string_lossy().into_owned(), home, repository }
    }

    fn when<'a>(&'a self, occasion: Occasion<'a>) -> Situation<'a> {
        Situation { occasion, directory: &self.directory, home: &self.home, repository: self.repository.as_deref() }
    }
}
