//! `dxpulse outbox`: where each answer is, in plain words.

use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};

use super::context::Context;
use super::note;
use crate::anonymous::Part;
use crate::developer::listing::stamp;
use crate::developer::outbox::State;
use crate::developer::phrases::Outbox;
use crate::developer::store::{KnownWave, Sealed, SealedEvent, Store};
use crate::developer::sync::round;
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: survey, wave or endpoint, part, version, state, and what goes with the state
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = Store::open_existing(&context.places()?.data)?;
    let settings = context.settings_that_are_right()?;
    let (webhook, say) = (Context::webhook(&settings), &context.phrases(&settings).outbox);
    let kept = store.as_ref().map(|store| round::kept(store, webhook.as_ref())).transpose()?.unwrap_or_default();
    Context::tell_webhook_trouble(&settings);
    let now = Utc::now();
    context.exchange_if_due(store.as_ref());
    let rows: Vec<(&Sealed, (&KnownWave, State))> =
        kept.outbox.iter().filter_map(|sealed| Some((sealed, kept.state(sealed, now)?))).collect();
    let address = webhook.as_ref().map(|webhook| webhook.address.as_str());
    if arguments.json {
        let sealed = rows.iter().map(|(sealed, (known, state))| to_json(sealed, known, state));
        output::print_json(&sealed.chain(kept.events.iter().map(|event| event_to_json(event, address))).collect())?;
        return Ok(Exit::SUCCESS);
    }
    let sealed = rows.iter().map(|(sealed, (known, state))| line(sealed, known, state, say));
    let lines = sealed.chain(kept.events.iter().map(|event| event_line(event, address, say)));
    output::print_words(&lines.collect::<Vec<_>>().join("\n"))?;
    if rows.is_empty() && kept.events.is_empty() {
        note(say.empty);
    }
    Ok(Exit::SUCCESS)
}

fn line(sealed: &Sealed, known: &KnownWave, state: &State, say: &Outbox) -> String {
    let manifest = &known.wave.manifest;
    let (what, where_it_is) = (part(sealed.part(), sealed.is_withdrawal(), say), in_words(state, sealed.is_withdrawal(), say));
    format!("{} {} {} · {what} · {where_it_is}", glyph(state), manifest.survey, manifest.wave)
}

fn event_line(event: &SealedEvent, webhook: Option<&str>, say: &Outbox) -> String {
    let state = State::of_event(event, webhook);
    let (what, where_it_is) = (part(event.part(), event.is_withdrawal(), say), in_words(&state, event.is_withdrawal(), say));
    format!("{} {} · {} · {where_it_is}", glyph(&state), event.survey(), (say.confidential)(&what, event.endpoint()))
}

/// Names a part of a response, or that it is taken back.
pub(super) fn part(part: Part, is_withdrawal: bool, say: &Outbox) -> String {
    let name = match part {
        Part::Scores => say.scores,
        Part::Comments => say.comments,
    };
    if is_withdrawal { (say.taking_back)(name) } else { name.to_owned() }
}

fn glyph(state: &State) -> &'static str {
    match state {
        State::Acknowledged | State::Verified | State::Delivered => "✓",
        State::Earlier { .. }
        | State::Missing
        | State::Blocked(_)
        | State::Overtaken(_)
        | State::Final
        | State::Untokened(_)
        | State::Expired
        | State::Unaddressed => "✗",
        State::Sealed | State::Scheduled(_) | State::Retrying(..) => "◌",
        State::Moved(_) => "→",
    }
}

/// Gives the day of a time.
pub(super) fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d").to_string()
}

/// Says where a part is.
pub(super) fn in_words(state: &State, is_withdrawal: bool, say: &Outbox) -> String {
    let time = |at: &DateTime<Utc>| at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string();
    let either = |sent: &str, taken_back: &str| if is_withdrawal { taken_back } else { sent }.to_owned();
    match state {
        State::Sealed => say.sealed.to_owned(),
        State::Untokened(failure) => (say.untokened)(failure),
        State::Scheduled(at) => (say.scheduled)(&time(at)),
        State::Retrying(at, failure) => (say.retrying)(&time(at), failure),
        State::Acknowledged => either(say.signed, say.signed_back),
        State::Verified => either(say.listed, say.listed_back),
        State::Earlier { is_withdrawal: false } => say.listed_earlier.to_owned(),
        State::Earlier { is_withdrawal: true } => say.listed_before.to_owned(),
        State::Delivered => either(say.delivered, say.delivered_back),
        State::Unaddressed => say.unaddressed.to_owned(),
        State::Missing => say.unlisted.to_owned(),
        State::Blocked(failure) => (say.blocked)(failure),
        State::Overtaken(failure) => (say.overtaken)(failure),
        State::Final => say.taken_back.to_owned(),
        State::Expired => say.expired.to_owned(),
        State::Moved(at) => (say.moved)(&day(*at)),
    }
}

fn to_json(sealed: &Sealed, known: &KnownWave, state: &State) -> Value {
    let manifest = &known.wave.manifest;
    json!({
        "survey": manifest.survey,
        "wave": manifest.wave,
        "wave_id": sealed.wave().0,
        "part": sealed.part().name(),
        "response": sealed.response(),
        "version": sealed.version(),
        "withdrawal": sealed.is_withdrawal(),
        "state": state.name(),
        "send_at": sealed.send_at.map(stamp),
        "retry_at": sealed.retry_at.map(stamp),
        "failure": sealed.failure,
        "receipt": sealed.receipt,
        "moved_at": sealed.moved.map(|moved| stamp(moved.at)),
    })
}

fn event_to_json(event: &SealedEvent, webhook: Option<&str>) -> Value {
    json!({
        "survey": event.survey(),
        "endpoint": event.endpoint(),
        "confidential": true,
        "part": event.part().name(),
        "response": event.response(),
        "version": event.revision(),
        "withdrawal": event.is_withdrawal(),
        "state": State::of_event(event, webhook).name(),
        "send_at": stamp(event.send_at),
        "retry_at": event.retry_at.map(stamp),
        "failure": event.failure,
        "id": event.id(),
        "subject": event.subject(),
        "moved_at": event.moved.map(|moved| stamp(moved.at)),
    })
}
