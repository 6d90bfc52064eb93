//! `dxpulse sync`: looks for surveys, fetches tokens, sends what is due and says so.

use std::thread;
use std::time::Duration;

use chrono::{DateTime, Local, Utc};

use super::context::Context;
use super::note;
use super::outbox::day;
use crate::developer::outbox::State;
use crate::developer::store::{Held, KnownWave, Lock, Sealed, SealedEvent, Store};
use crate::developer::sync::delivering::Webhook;
use crate::developer::sync::plan::{self, Kept, Mode, Task};
use crate::developer::sync::round::{self, Done};
use crate::report::{Exit, Failure, output};

/// How often, and after what pause, the exchange is asked for again while it goes on elsewhere: fifteen seconds in all.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(50);

/// What sending at once gives away.
const COST: &str = "\
sending now rather than at times drawn by chance: whoever watches the connection, or the collector's clock, may see that what arrives \
now is yours, and that it belongs together";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Send everything now instead of at times drawn by chance; says what that gives away
    #[arg(long)]
    now: bool,
    /// Only show what would be done, and what waits until when
    #[arg(long)]
    dry_run: bool,
    /// Do what is due without a word, as the program does by itself
    #[arg(long, hide = true, conflicts_with_all = ["now", "dry_run"])]
    background: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let data = context.places()?.data;
    if arguments.background {
        in_background(&data, context.webhook_alone().as_ref());
        return Ok(Exit::SUCCESS);
    }
    let settings = context.settings_that_are_right()?;
    let webhook = Context::webhook(&settings);
    Context::tell_webhook_trouble(&settings);
    let Some(mut store) = Store::open_existing(&data)?.filter(exchanges) else {
        output::print_words(match webhook {
            None => "you have not joined a collector: nothing is sent anywhere",
            Some(_) => "nothing was answered yet that goes to the webhook",
        })?;
        return Ok(Exit::SUCCESS);
    };
    for enrolment in store.enrolments()? {
        if let Some(moved) = enrolment.moved {
            let line =
                format!("{}: moved to another machine on {}; nothing is exchanged from here", enrolment.collector, day(moved.at));
            output::print_words(&line)?;
        }
    }
    let (now, mode) = (Utc::now(), if arguments.now { Mode::Now } else { Mode::Asked });
    if arguments.dry_run {
        output::print_words(&would(&round::kept(&store, webhook.as_ref())?, now, mode))?;
        return Ok(Exit::SUCCESS);
    }
    if arguments.now {
        note(COST);
    }
    let _lock = wait_for_lock(&store)?;
    let names = round::kept(&store, None)?;
    let (mut lines, mut failures, mut is_refused) = (Vec::new(), Vec::new(), false);
    round::run(&mut store, webhook.as_ref(), (now, mode), &mut |done| match &done.result {
        Ok(more) => lines.push(said(done, more, &names)),
        Err(error) => {
            is_refused |= error.is_refusal();
            failures.push(format!("{}: {error}", what(&done.task, &names)));
        }
    })?;
    if lines.is_empty() && failures.is_empty() {
        lines.push("nothing is due".to_owned());
    }
    output::print_words(&lines.join("\n"))?;
    for failure in &failures {
        note(failure);
    }
    match (failures.is_empty(), is_refused) {
        (true, _) => Ok(Exit::SUCCESS),
        (false, true) => Err(Failure::new("what the collector gave does not hold and was refused")
            .hint("show this to the survey's owner, or to whoever you trust to ask; what you answered is kept here")),
        (false, false) => Err(Failure::new("not everything could be done")
            .hint("nothing is lost: it is kept, and `dxpulse outbox` shows what is tried again by itself")),
    }
}

/// Says whether there is anything to exchange, now or ever.
fn exchanges(store: &Store) -> bool {
    store.enrolments().is_ok_and(|it| !it.is_empty()) || store.events().is_ok_and(|it| !it.is_empty())
}

/// Waits while something is exchanged in the background, which takes a moment.
pub(super) fn wait_for_lock(store: &Store) -> Result<Lock, Failure> {
    for _ in 0..TRIES {
        if let Some(lock) = store.lock_exchange()? {
            return Ok(lock);
        }
        thread::sleep(PAUSE);
    }
    Err(Failure::new("another dxpulse is exchanging what is due").hint("run it again when that is done"))
}

/// Does what is due, alone and cut off from whoever started it.
fn in_background(data: &std::path::Path, webhook: Option<&Webhook>) {
    // It goes on where the terminal it was started in goes.
    let _ = rustix::process::setsid();
    let Ok(Some(mut store)) = Store::open_existing(data) else { return };
    if let Ok(Some(_lock)) = store.lock_exchange() {
        // What fails is kept with what failed, where `dxpulse outbox` tells it.
        let _ = round::run(&mut store, webhook, (Utc::now(), Mode::Background), &mut |_| {});
    }
}

/// Says what would be done now, and what waits: each once.
fn would(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> String {
    let tasks = plan::plan(kept, now, mode);
    let mut lines: Vec<String> = tasks.iter().map(|task| format!("would now: {}", what(task, kept))).collect();
    if lines.is_empty() {
        lines.push("nothing is due".to_owned());
    }
    let apart = plan::asking(kept, now, mode).into_iter().map(|task| (task, "in a run of its own".to_owned()));
    let waiting = apart.chain(fetches(kept, now)).chain(answers(kept, now));
    let mut named = tasks;
    for (task, when) in waiting {
        if !named.contains(&task) {
            lines.push(format!("later: {} {when}", what(&task, kept)));
            named.push(task);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Gives the tokens that are yet to be fetched, and when they are.
fn fetches(kept: &Kept, now: DateTime<Utc>) -> impl Iterator<Item = (Task, String)> {
    let fetch = move |held: &Held| {
        let (from, known) = kept.fetches_from(held, now).zip(kept.wave(held.wave()))?;
        Some((Task::Fetch(held.wave(), held.part()), from_on(from.max(known.wave.manifest.issue_opens), now)))
    };
    kept.tokens.iter().filter_map(fetch)
}

/// Gives the answers that are yet to be sent, and when they are.
fn answers(kept: &Kept, now: DateTime<Utc>) -> impl Iterator<Item = (Task, String)> {
    let when = move |state: State| match state {
        State::Scheduled(at) | State::Retrying(at, _) => Some(from_on(at, now)),
        State::Sealed => Some("once its token has come".to_owned()),
        _ => None,
    };
    let send = move |sealed: &Sealed| {
        let (_, state) = kept.state(sealed, now)?;
        Some((Task::Send(sealed.wave(), sealed.part()), when(state)?))
    };
    let address = kept.webhook.as_ref().map(|webhook| webhook.address.as_str());
    let deliver =
        move |event: &SealedEvent| Some((Task::Deliver(event.subject().to_owned()), when(State::of_event(event, address))?));
    kept.outbox.iter().filter_map(send).chain(kept.events.iter().filter_map(deliver))
}

/// Says from when on; what is due already and not done now is given another time.
fn from_on(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match at <= now {
        true => "at another time drawn by chance".to_owned(),
        false => format!("from {} on", at.with_timezone(&Local).format("%Y-%m-%d %H:%M")),
    }
}

fn said(done: &Done, more: &[String], kept: &Kept) -> String {
    let what = what(&done.task, kept);
    match more.is_empty() {
        true => format!("✓ {what}"),
        false => format!("✓ {what}: {}", more.join("; ")),
    }
}

fn what(task: &Task, kept: &Kept) -> String {
    let name = |id: &crate::anonymous::WaveId| {
        let known = kept.waves.iter().find(|known| known.wave.id == *id);
        known.map_or_else(
            || "a new wave".to_owned(),
            |known| format!("{} {}", known.wave.manifest.survey, known.wave.manifest.wave),
        )
    };
    match task {
        Task::Enrol(collector) => format!("join {collector}"),
        Task::Refresh(collector) => format!("look for surveys of {collector}"),
        Task::Fetch(wave, part) => format!("fetch a token for the {} of {}", part.name(), name(wave)),
        Task::Send(wave, part) => {
            let is_it = |sealed: &&Sealed| (sealed.wave(), sealed.part()) == (*wave, *part);
            let does = if kept.outbox.iter().find(is_it).is_some_and(Sealed::is_withdrawal) { "take back" } else { "send" };
            format!("{does} the {} of {}", part.name(), name(wave))
        }
        Task::Prove(wave) => format!("look for your answers in the published list of {}", name(wave)),
        Task::Deliver(subject) => match kept.events.iter().find(|event| event.subject() == subject) {
            Some(event) if event.is_withdrawal() => {
                format!("take back the {} of {} at {}", event.part().name(), event.survey(), event.endpoint())
            }
            Some(event) => format!("deliver the {} of {} to {}", event.part().name(), event.survey(), event.endpoint()),
            None => "deliver an answer to the webhook".to_owned(),
        },
    }
}

/// Says which surveys of collectors there are now.
pub(super) fn tell_surveys(store: &Store, now: DateTime<Utc>) -> Result<(), Failure> {
    for KnownWave { wave, .. } in store.waves(now)?.into_iter().filter(|known| !known.is_over(now)) {
        let manifest = &wave.manifest;
        let day = |at: DateTime<Utc>| at.with_timezone(&Local).format("%Y-%m-%d").to_string();
        let opens = if manifest.opens > now { format!("opens on {}", day(manifest.opens)) } else { "is open".to_owned() };
        let few = if manifest.is_among_few() { format!("; {}", few(manifest.invited)) } else { String::new() };
        let line = format!("{} ({}) {opens}, until {}{few}", wave.survey.title, manifest.survey, manifest.last_day());
        output::print_words(&line)?;
    }
    Ok(())
}

/// Says what it means that so few are invited.
pub(super) fn few(invited: u32) -> String {
    let invited = if invited == 1 { "1 is".to_owned() } else { format!("{invited} are") };
    format!("only {invited} invited: whoever knows them can guess who said what")
}
