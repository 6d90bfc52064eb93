//! `dxpulse why`: for each survey, whether it may be asked, why not, and when that changes.

use chrono::{Local, SecondsFormat};
use serde_json::{Value, json};

use super::context::Context;
use super::prompts::surroundings_to_explain;
use super::{Exit, Failure, list, note, output};
use crate::developer::asking::Asking;
use crate::developer::phrases::Phrases;
use crate::developer::prompting::{Candidate, Memory, Reason, Silence, Surroundings, foretold, words};
use crate::developer::store::Store;
use crate::screen::text::width;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey's id; without it, all but those that come with the program
    #[arg(value_name = "ID")]
    survey: Option<String>,
    /// Print JSON: { silence, surveys: [{ id, asked, reason, until, waits_for }] }
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings_that_are_right()?;
    let phrases = context.phrases(&settings);
    let store = Store::open_existing(&context.places()?.data)?;
    let now = Local::now();
    let memory = store.as_ref().map(Store::memory).transpose()?.flatten().unwrap_or_else(|| Memory::begin(now.to_utc()));
    let catalog = context.catalog(&settings, store.as_ref())?;
    let asking = Asking::of(&catalog, store.as_ref(), |id| settings.is_muted(id), &now)?;
    let surroundings = surroundings_to_explain(context, &settings, store.as_ref());
    let silence = surroundings.silence(&now).or(memory.is_ahead_of(now.to_utc()).then_some(Silence::ClockSetBack));
    let is_meant = |candidate: &&Candidate<'_>| match &arguments.survey {
        Some(id) => candidate.id.as_str() == id,
        None => !candidate.is_bundled,
    };
    // What doesn't end by itself is a reason of each survey.
    let never = surroundings.forbidden().map_or(Ok(()), |silence| Err(Reason::Silent(silence)));
    let verdict = |candidate| (candidate, foretold(candidate, &memory, asking.settled, now.to_utc()).and(never));
    let verdicts: Vec<Verdict<'_>> = asking.candidates.iter().filter(is_meant).map(verdict).collect();
    if let (Some(id), true) = (&arguments.survey, verdicts.is_empty()) {
        return Err(catalog.find(id).err().map_or_else(
            || Failure::new(format!("{id} is answered on another machine")).hint("`dxpulse why` there tells why"),
            |error| Failure::of_survey(&error, false),
        ));
    }
    if arguments.json {
        output::print_json(&to_json(silence, &verdicts))?;
    } else {
        output::print_words(&plain((silence, &surroundings), &verdicts, phrases))?;
    }
    for problem in catalog.problems().filter(|_| arguments.survey.is_none()) {
        note(&format!("{problem}\n  help: {}", list::hint(problem)));
    }
    Ok(Exit::SUCCESS)
}

/// A survey, and why it may not be asked.
type Verdict<'a> = (&'a Candidate<'a>, Result<(), Reason>);

fn plain((silence, surroundings): (Option<Silence>, &Surroundings), verdicts: &[Verdict<'_>], phrases: &Phrases) -> String {
    let say = &phrases.prompting;
    let silence = silence.map(|silence| {
        let words = words::reason(Reason::Silent(silence), surroundings, &Local, phrases);
        format!("{}\n", (say.nothing_now)(&words))
    });
    let mut text = silence.unwrap_or_default();
    if verdicts.is_empty() {
        return format!("{text}{}\n", say.nothing_to_ask);
    }
    let widest = verdicts.iter().map(|(candidate, _)| width(candidate.id.as_str())).max().unwrap_or(0);
    for (candidate, verdict) in verdicts {
        let (mark, words) = match verdict {
            Ok(()) => ('✓', words::waits_for(candidate, phrases)),
            Err(reason) => ('–', words::reason(*reason, surroundings, &Local, phrases)),
        };
        text += &format!("{mark} {:widest$}  {words}\n", candidate.id.as_str());
    }
    text
}

fn to_json(silence: Option<Silence>, verdicts: &[Verdict<'_>]) -> Value {
    let survey = |(candidate, verdict): &Verdict<'_>| {
        let until = verdict.err().and_then(Reason::until).map(|until| until.to_rfc3339_opts(SecondsFormat::Secs, true));
        let waits_for = candidate.trigger.map(|trigger| {
            json!({ "command": trigger.commands, "event": trigger.events, "directory": trigger.directories,
                "repository": trigger.repositories })
        });
        json!({ "id": candidate.id.as_str(), "asked": verdict.is_ok(), "reason": verdict.err().map(Reason::name), "until": until,
            "waits_for": waits_for })
    };
    json!({ "silence": silence.map(Silence::name), "surveys": verdicts.iter().map(survey).collect::<Vec<_>>() })
}
