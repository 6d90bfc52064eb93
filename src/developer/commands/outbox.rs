//! `dxpulse outbox`: where each answer is, in plain words.

use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};

use super::context::Context;
use super::note;
use crate::developer::listing::stamp;
use crate::developer::outbox::State;
use crate::developer::store::{KnownWave, Sealed, Store};
use crate::developer::sync::{background, round};
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON array instead: survey, wave, part, version, state, and what goes with the state
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = Store::open_existing(&context.places()?.data)?;
    let kept = store.as_ref().map(round::kept).transpose()?.unwrap_or_default();
    let now = Utc::now();
    background::start_if_due(store.as_ref(), now);
    let known = |sealed: &Sealed| kept.waves.iter().find(|known| known.wave.id == sealed.wave());
    let rows: Vec<(&Sealed, &KnownWave)> = kept.outbox.iter().filter_map(|sealed| Some((sealed, known(sealed)?))).collect();
    if arguments.json {
        output::print_json(&rows.iter().map(|(sealed, known)| to_json(sealed, known, now)).collect())?;
        return Ok(Exit::SUCCESS);
    }
    let lines = rows.iter().map(|(sealed, known)| format!("{}\n", line(sealed, known, now)));
    output::print(&crate::report::escape(&lines.collect::<String>()))?;
    if rows.is_empty() {
        note("the outbox is empty: nothing waits to be sent, and nothing was");
    }
    Ok(Exit::SUCCESS)
}

fn line(sealed: &Sealed, known: &KnownWave, now: DateTime<Utc>) -> String {
    let manifest = &known.wave.manifest;
    let state = State::of(sealed, manifest, now);
    let glyph = match state {
        State::Acknowledged | State::Verified => "✓",
        State::Missing | State::Blocked(_) | State::Expired => "✗",
        State::Sealed | State::Scheduled(_) | State::Retrying(..) => "◌",
        State::Moved(_) => "→",
    };
    let what = if sealed.is_withdrawal() { "taking back the " } else { "" };
    format!("{glyph} {} {} · {what}{} · {}", manifest.survey, manifest.wave, sealed.part().name(), in_words(&state, sealed))
}

/// Gives the day of a time.
pub(super) fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d").to_string()
}

/// Says where a part is.
pub(super) fn in_words(state: &State, sealed: &Sealed) -> String {
    let time = |at: &DateTime<Utc>| at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string();
    match state {
        State::Sealed => "saved here; it is sent once a token has come".to_owned(),
        State::Scheduled(at) => format!("saved here; sent with the first dxpulse after {}", time(at)),
        State::Retrying(at, failure) => format!("saved here; not sent yet ({failure}); tried again after {}", time(at)),
        State::Acknowledged if sealed.is_withdrawal() => "taken back; the collector signed for it".to_owned(),
        State::Acknowledged => "sent; the collector signed for it".to_owned(),
        State::Verified if sealed.is_withdrawal() => "taken back, and listed as taken back".to_owned(),
        State::Verified => "sent, and found in the published list".to_owned(),
        State::Missing => {
            "sent and signed for, but MISSING from the published list: show the receipt (--json) to the survey's owner".to_owned()
        }
        State::Blocked(failure) => format!("kept here; refused: {failure}; `dxpulse sync` tries again"),
        State::Expired => "kept here; its wave closed before it could be sent".to_owned(),
        State::Moved(at) => format!("moved to another machine on {}, which sends it", day(*at)),
    }
}

fn to_json(sealed: &Sealed, known: &KnownWave, now: DateTime<Utc>) -> Value {
    let manifest = &known.wave.manifest;
    let state = State::of(sealed, manifest, now);
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
