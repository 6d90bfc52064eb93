//! `dxpulse` alone: the inbox, and answering what is chosen there.

use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, Utc};

use super::context::Context;
use super::destination::destination;
use super::take::{self, Intent, Sitting, Stage, leaving};
use super::{Exit, Failure, escape};
use crate::developer::answering::{Ending, Outcome, QUIET_MS};
use crate::developer::catalog::{Catalog, Listed};
use crate::developer::faces::full::inbox::draw;
use crate::developer::faces::{self, Face};
use crate::developer::inbox::{Inbox, Item, State, Wish};
use crate::developer::listing::{self, Standing, closed};
use crate::developer::phrases::{Destination, Phrases};
use crate::developer::spans::{ago, until};
use crate::developer::standing::standings;
use crate::developer::store::Store;
use crate::screen::keymap::{Key, KeyCode};
use crate::screen::terminal::{Arrival, Signal, Terminal};
use crate::survey::SurveyId;

/// Keys of this time after the inbox is first shown were typed for something else.
const QUIET: Duration = Duration::from_millis(QUIET_MS);

/// Leaves at once, as SIGINT does.
const CTRL_C: Key = Key { ctrl: true, ..Key::plain(KeyCode::Char('c')) };

pub(crate) fn run(context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings_that_are_right()?;
    let mut stage = Stage::open(&settings, context, if settings.accessible.value { Face::Lines } else { Face::Full })?;
    let (mut notice, mut leaves) = (None, String::new());
    loop {
        // A screen that was too small once stays with lines.
        if faces::is_too_small(stage.terminal.size()) {
            stage.face = Face::Lines;
        }
        let store = Store::open_existing(&context.places()?.data)?;
        let catalog = context.catalog(&settings, store.as_ref())?;
        let now = Local::now().fixed_offset();
        let standings = standings(&catalog, store.as_ref(), now)?;
        let items = items((&standings, &catalog), store.as_ref(), &stage, now)?;
        stage.phrases = Phrases::bound_for(&stage.language, bound_for(&stage, store.as_ref(), &items)?);
        let news = notice.take().or_else(|| news(&catalog, &standings, stage.phrases));
        let mut inbox = Inbox::new(items, store.is_none(), news).speaking(stage.phrases);
        // What leaves for the first time is shown before any of it is sent: where the inbox is on the screen, after it.
        if stage.face == Face::Lines && !leaves.is_empty() {
            let _ = stage.terminal.print(&escape(&std::mem::take(&mut leaves)));
        }
        if leaves.is_empty() {
            context.exchange_if_due(store.as_ref());
        }
        inbox.known = known(store.as_ref())?;
        inbox.on_request = standings.iter().filter(|standing| standing.state == listing::State::OnRequest).count();
        drop(store);
        let wish = match stage.face {
            Face::Full | Face::Inline => choose(&mut inbox, &mut stage),
            Face::Lines => choose_by_line(&inbox, &mut stage.terminal),
        };
        stage.terminal.leave();
        match wish? {
            Wished::Survey(id) => {
                let answered = answer(&name(&standings, &id), &catalog, &mut stage, context)?;
                notice = answered.notice;
                leaves.push_str(&answered.leaves);
            }
            Wished::Exit(exit) => {
                // The terminal may be gone.
                let _ = stage.terminal.print(&escape(&leaves));
                return Ok(exit);
            }
            Wished::Lines => stage.face = Face::Lines,
        }
    }
}

/// Says where answers go, as far as one can before a survey is chosen: where few are invited to one, that goes for all.
fn bound_for(stage: &Stage<'_>, store: Option<&Store>, items: &[Item]) -> Result<Destination, Failure> {
    let has_joined = store.map(Store::enrolments).transpose()?.is_some_and(|enrolments| !enrolments.is_empty());
    Ok(match (stage.terms().address, has_joined) {
        (Some(_), _) => Destination::Webhook,
        (None, true) if items.iter().any(|item| item.goes == Destination::Few) => Destination::Few,
        (None, true) => Destination::Collector,
        (None, false) => Destination::Here,
    })
}

/// Gives what collectors know of who the developer is.
fn known(store: Option<&Store>) -> Result<Vec<String>, Failure> {
    let enrolments = store.map(Store::enrolments).transpose()?.unwrap_or_default();
    let said = |(segment, value): (&String, &String)| format!("{segment}={value}");
    Ok(enrolments.iter().filter(|enrolment| enrolment.moved.is_none()).flat_map(|it| it.segments.iter().map(said)).collect())
}

/// What came of showing the inbox.
enum Wished {
    Survey(SurveyId),
    Exit(Exit),
    /// The screen became too small to draw on.
    Lines,
}

/// Gives the surveys that are there, save those on request, with all times in words: the inbox itself knows no clock.
fn items(
    (standings, catalog): (&[Standing], &Catalog),
    store: Option<&Store>,
    stage: &Stage<'_>,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Item>, Failure> {
    let (phrases, terms) = (Phrases::of(&stage.language), stage.terms());
    let item = |standing: &Standing| {
        let (minutes, state) = (standing.minutes?, in_words(&standing.state, now, phrases)?);
        // The draft of a file is that file's, whichever survey has the same id.
        let is_listed = |listed: &&Listed| standing.file.is_none() && listed.id == standing.id;
        let origin = catalog.listed().iter().find(is_listed).map(|listed| &listed.origin);
        Some(destination(origin, store, &terms).map(|goes| Item {
            id: standing.id.clone(),
            title: standing.title.said(phrases),
            minutes,
            state,
            until: standing.until.map(|last| until(last, now.date_naive(), phrases)),
            goes,
        }))
    };
    standings.iter().filter_map(item).collect()
}

/// Gives what is wrong with surveys or drafts, in a line.
fn news(catalog: &Catalog, standings: &[Standing], phrases: &Phrases) -> Option<String> {
    let say = &phrases.inbox;
    let lost = standings.iter().find(|standing| standing.file.is_some() && !standing.is_there());
    let lost = || lost.map(|draft| (say.lost_draft)(draft.id.as_str(), &draft.name(), &draft.title.said(phrases)));
    let broken = catalog.problems().count();
    if broken > 0 { Some((say.unreadable)(broken)) } else { lost() }
}

fn in_words(state: &listing::State, now: DateTime<FixedOffset>, phrases: &Phrases) -> Option<State> {
    let day = |at: DateTime<Utc>| at.with_timezone(now.offset()).format("%Y-%m-%d").to_string();
    Some(match *state {
        listing::State::OnRequest => return None,
        listing::State::Open => State::Open,
        listing::State::Draft { answered, asked, saved_at } => {
            State::Draft { replied: answered, asked, saved: ago(saved_at, now, phrases) }
        }
        listing::State::Answered(at) => State::Answered(day(at)),
        listing::State::Declined(at) => State::Declined(day(at)),
        listing::State::Closed { closed_on, opens_on } => State::Closed(closed(closed_on, opens_on, now.date_naive(), phrases)),
    })
}

fn choose(inbox: &mut Inbox, stage: &mut Stage<'_>) -> Result<Wished, Failure> {
    let failed = |error: crate::screen::terminal::TerminalError| Failure::new(error.to_string());
    let theme = stage.theme();
    let terminal = &mut stage.terminal;
    terminal.enter().map_err(failed)?;
    let mut quiet_until = None;
    loop {
        if faces::is_too_small(terminal.size()) {
            return Ok(Wished::Lines);
        }
        if !terminal.has_more() {
            terminal.draw(|frame| draw(frame, inbox, &theme)).map_err(failed)?;
        }
        let quiet = *quiet_until.get_or_insert_with(|| Instant::now() + QUIET);
        match terminal.wait(None).map_err(failed)? {
            (_, Arrival::Key(CTRL_C)) => return Ok(Wished::Exit(ended(Signal::Interrupted))),
            (at, Arrival::Key(key)) if at >= quiet => match inbox.press(key) {
                Some(Wish::Open(id)) => return Ok(Wished::Survey(id)),
                Some(Wish::Leave) => return Ok(Wished::Exit(Exit::SUCCESS)),
                Some(Wish::Suspend) => {
                    terminal.suspend().map_err(failed)?;
                    quiet_until = None;
                }
                Some(Wish::Redraw) => terminal.redraw().map_err(failed)?,
                None => {}
            },
            (_, Arrival::Signal(Signal::Continued)) => {
                terminal.enter().map_err(failed)?;
                quiet_until = None;
            }
            (_, Arrival::Signal(signal)) => return Ok(Wished::Exit(ended(signal))),
            _ => {}
        }
    }
}

fn choose_by_line(inbox: &Inbox, terminal: &mut Terminal) -> Result<Wished, Failure> {
    let failed = |error: crate::screen::terminal::TerminalError| Failure::new(error.to_string());
    terminal.discard_type_ahead();
    let list = |terminal: &Terminal| terminal.print(&faces::lines::inbox(inbox, usize::from(terminal.size().0)));
    list(terminal).map_err(failed)?;
    loop {
        match terminal.wait(None).map_err(failed)?.1 {
            Arrival::Line(line) => match faces::lines::chosen(inbox, &line) {
                Ok(Some(id)) => return Ok(Wished::Survey(id)),
                Ok(None) => return Ok(Wished::Exit(Exit::SUCCESS)),
                Err(problem) => terminal.print(&format!("{problem}\n> ")).map_err(failed)?,
            },
            Arrival::EndOfInput => return Ok(Wished::Exit(Exit::SUCCESS)),
            Arrival::Signal(Signal::Continued) => list(terminal).map_err(failed)?,
            Arrival::Signal(signal) => return Ok(Wished::Exit(ended(signal))),
            _ => {}
        }
    }
}

fn ended(signal: Signal) -> Exit {
    let ending = match signal {
        Signal::HungUp => Ending::HungUp,
        Signal::Interrupted => Ending::Interrupted,
        Signal::Terminated => Ending::Terminated,
        Signal::Continued => return Exit::SUCCESS,
    };
    Exit::code(take::exit_code(Outcome::Ended(ending)))
}

/// Gives what a survey is asked for by.
fn name(standings: &[Standing], id: &SurveyId) -> String {
    standings.iter().find(|standing| standing.id == *id).map_or_else(|| id.to_string(), Standing::name)
}

/// What came of answering.
struct Answered {
    /// The line that the inbox then shows.
    notice: Option<String>,
    /// What leaves the machine of it, where none was shown before.
    leaves: String,
}

/// Answers a survey, or ends as the sitting did when the process was told to.
fn answer(name: &str, catalog: &Catalog, stage: &mut Stage<'_>, context: &Context) -> Result<Answered, Failure> {
    let begun = catalog.find(name).map_err(Failure::from).and_then(|found| {
        let store = Store::open(&context.places()?.data)?;
        Sitting::begin(store, found, Intent { terms: stage.terms(), ..Intent::default() }, &stage.language)
    });
    let told = |notice| Answered { notice, leaves: String::new() };
    let mut sitting = match begun {
        Ok(sitting) => sitting,
        Err(failure) => return Ok(told(Some(failure.in_one_line()))),
    };
    let (finish, _) = stage.hold(&mut sitting, None)?;
    let (say, columns) = (&stage.phrases.inbox, usize::from(stage.terminal.size().0));
    Ok(match finish.outcome {
        Outcome::Answered => Answered { notice: Some(say.thanks.to_owned()), leaves: leaving(&mut sitting, &finish, columns)? },
        Outcome::SavedForLater => told(finish.failure),
        Outcome::Declined => told(Some(say.was_declined.to_owned())),
        ended => return Err(Failure::ended(take::exit_code(ended), finish.failure)),
    })
}
