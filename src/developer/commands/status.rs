//! `dxpulse status`: whether anything may be asked on this machine, and who said so.

use chrono::{DateTime, Local, SecondsFormat, Utc};
use serde_json::json;

use super::context::Context;
use super::prompts::surroundings_to_explain;
use super::{Exit, Failure, output};
use crate::developer::asking::DUE;
use crate::developer::prompting::{BETWEEN, Reason, words};
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
    let store = Store::open_existing(&places.data)?;
    let memory = store.as_ref().map(Store::memory).transpose()?.flatten();
    let now = Local::now().fixed_offset();
    let surroundings = surroundings_to_explain(context, &settings, store.as_ref());
    let silence = surroundings.silence(now);
    let snoozed = memory.as_ref().and_then(|memory| memory.snoozed_until).filter(|until| *until > now);
    let last = memory.as_ref().and_then(|memory| memory.last_prompt());
    let next = last.map(|last| last + BETWEEN).filter(|next| *next > now);
    let muted: Vec<&str> = settings.muted().collect();
    if arguments.json {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        output::print_json(&json!({
            "opt_out": settings.opt_out.value,
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
    let phrases = context.phrases(&settings);
    let say = &phrases.prompting;
    let mut lines = vec![match &surroundings.opted_out {
        Some(origin) => (say.off)(origin),
        None => format!("{} ({})", say.on, settings.opt_out.origin),
    }];
    let others = silence.filter(|_| surroundings.opted_out.is_none());
    lines.extend(others.map(|silence| (say.nothing_now)(&words::reason(Reason::Silent(silence), &surroundings, now, phrases))));
    lines.extend(snoozed.map(|until| (say.snoozed_until)(&words::minute(until, now))));
    if !muted.is_empty() {
        lines.push((say.muted_are)(&muted.join(", "), &settings.muted.origin.to_string()));
    }
    lines.push(last.map_or_else(|| say.never_prompted.to_owned(), |last| (say.last_prompt)(&ago(last, now, phrases))));
    lines.extend(next.map(|next| (say.next_prompt)(&words::minute(next, now))));
    output::print_words(&lines.join("\n"))?;
    Ok(Exit::SUCCESS)
}
