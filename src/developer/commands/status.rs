//! `dxpulse status`: whether anything may be asked on this machine, and who said so.

use chrono::{DateTime, Local, SecondsFormat, Utc};
use serde_json::json;

use super::context::Context;
use super::prompts::surroundings_to_explain;
use super::{Exit, Failure, output};
use crate::config::Settings;
use crate::developer::asking::DUE;
use crate::developer::phrases::Prompting;
use crate::developer::prompting::{BETWEEN, Reason, Silence, Surroundings, words};
use crate::developer::spans::ago;
use crate::developer::store::Store;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print JSON: { opt_out, origin, silence, snoozed_until, last_prompt, next_prompt, muted, hook }
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings_that_are_right()?;
    let places = context.places()?;
    let phrases = context.phrases(&settings);
    let say = &phrases.prompting;
    let store = match Store::open_existing(&places.data) {
        Ok(store) => store,
        Err(error) => {
            // What was forbidden stands apart from the store, and can be told without it.
            if !arguments.json {
                output::print_words(&whether(&surroundings_to_explain(context, &settings, None), &settings, say))?;
            }
            return Err(error.into());
        }
    };
    let memory = store.as_ref().map(Store::memory).transpose()?.flatten();
    let now = Local::now();
    let surroundings = surroundings_to_explain(context, &settings, store.as_ref());
    let silence = surroundings.silence(&now);
    let snoozed = memory.as_ref().and_then(|memory| memory.snoozed_until).filter(|until| *until > now);
    let last = memory.as_ref().and_then(|memory| memory.last_prompt());
    let next = last.map(|last| last + BETWEEN).filter(|next| *next > now);
    let muted: Vec<&str> = settings.muted().collect();
    if arguments.json {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        output::print_json(&json!({
            "opt_out": (!surroundings.is_misconfigured || settings.opt_out.value).then_some(settings.opt_out.value),
            "origin": settings.opt_out.origin.to_string(),
            "silence": silence.map(|silence| silence.name()),
            "snoozed_until": snoozed.map(time),
            "last_prompt": last.map(time),
            "next_prompt": next.map(time),
            "muted": muted,
            "hook": places.data.join(DUE).exists(),
        }))?;
        return Ok(Exit::SUCCESS);
    }
    let mut lines = vec![whether(&surroundings, &settings, say)];
    let others = silence.filter(|silence| !matches!(silence, Silence::OptedOut | Silence::Misconfigured));
    lines
        .extend(others.map(|silence| (say.nothing_now)(&words::reason(Reason::Silent(silence), &surroundings, &Local, phrases))));
    lines.extend(snoozed.map(|until| (say.snoozed_until)(&words::minute(until, &Local))));
    if !muted.is_empty() {
        lines.push((say.muted_are)(&muted.join(", "), &settings.muted.origin.to_string()));
    }
    lines.push(
        last.map_or_else(|| say.never_prompted.to_owned(), |last| (say.last_prompt)(&ago(last, now.fixed_offset(), phrases))),
    );
    lines.extend(next.map(|next| (say.next_prompt)(&words::minute(next, &Local))));
    output::print_words(&lines.join("\n"))?;
    Ok(Exit::SUCCESS)
}

/// Says whether surveys may be asked here at all, and by whose word.
fn whether(surroundings: &Surroundings, settings: &Settings, say: &Prompting) -> String {
    match &surroundings.opted_out {
        Some(origin) => (say.off)(origin),
        None if surroundings.is_misconfigured => (say.off)(say.misconfigured),
        None => format!("{} ({})", say.on, settings.opt_out.origin),
    }
}
