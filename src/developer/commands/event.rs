//! `dxpulse event`: a platform's own tool tells that something happened. It returns at once, says nothing, and never fails: what goes wrong
//! here is not that tool's concern.

use std::ffi::OsString;
use std::time::Duration;

use chrono::Local;

use super::context::Context;
use super::prompts::{chance, is_silent_root, make_due};
use super::{Exit, Failure, note};
use crate::developer::asking::{Asking, DUE};
use crate::developer::prompting::{Occasion, Situation};
use crate::developer::store::Store;

/// How long to wait for whoever else writes.
const PATIENCE: Duration = Duration::from_millis(100);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    // Whatever a tool hands over, its own run goes on: nothing here is wrong usage.
    /// What happened, as a survey's trigger names it, such as deploy.finished; and what it happened to, such as service=checkout, which
    /// is looked at now and kept nowhere
    #[arg(value_names = ["NAME", "KEY=VALUE"], num_args = 0.., trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
    /// Say on standard error what came of it: for whoever builds it into a tool
    #[arg(long)]
    explain: bool,
}

/// What asks for an explanation, before the name or behind it.
const EXPLAIN: &str = "--explain";

/// Gives what becomes of wrong usage: nothing that would end a tool's own run, and a reason where one is asked for.
pub(crate) fn of_event(failure: Failure, words: &[OsString]) -> Failure {
    match words.iter().any(|word| word == EXPLAIN) || failure.exit == 0 {
        true => Failure { exit: 0, ..failure },
        false => Failure::quiet(),
    }
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let told = tell(arguments, context).unwrap_or_else(|failure| failure.in_one_line());
    if arguments.explain || arguments.words.iter().any(|word| word == EXPLAIN) {
        note(&told);
    }
    Ok(Exit::SUCCESS)
}

/// Takes the event down where a survey waits for it, and says what came of it.
fn tell(arguments: &Arguments, context: &Context) -> Result<String, Failure> {
    let mut words = arguments.words.iter().filter(|word| *word != EXPLAIN).map(|word| word.to_string_lossy());
    let Some(name) = words.next() else {
        return Ok("which event? write its name, such as `dxpulse event deploy.finished`".to_owned());
    };
    let name = &*name;
    let folder = context.places()?.data;
    if !folder.join(DUE).exists() {
        return Ok("no shell here has the hook: `dxpulse hook install`".to_owned());
    }
    let settings = context.settings()?;
    if is_silent_root(&settings) {
        return Ok("root is not asked".to_owned());
    }
    let mut store = Store::open(&folder)?;
    store.wait_at_most(PATIENCE)?;
    let now = Local::now();
    let catalog = Context::catalog_as_written(&settings, Some(&store))?;
    let asking = Asking::of(&catalog, Some(&store), |id| settings.is_muted(id), &now)?;
    let waits = asking.candidates.iter().any(|candidate| {
        candidate.trigger.is_some_and(|trigger| trigger.events.iter().any(|event| event == name)) && !candidate.is_muted
    });
    if !waits {
        return Ok(format!("no survey waits for {name}"));
    }
    store.remember(now.to_utc(), |memory| {
        memory.meet(&asking.candidates, now.to_utc(), chance);
        let situation = Situation { occasion: Occasion::Event(name), directory: "", home: "", repository: None };
        asking.candidates.iter().for_each(|candidate| memory.count(candidate, &situation));
        memory.hear(name, now.to_utc());
    })?;
    make_due(context, Some(&store), false);
    let left_out = words.filter(|fact| fact.split_once('=').is_none_or(|(key, _)| key.is_empty()));
    let left_out: String = left_out.map(|fact| format!("; {fact} is not KEY=VALUE, and was left out")).collect();
    Ok(format!("{name} waits for the next prompt; `dxpulse why` tells whether anything will be asked{left_out}"))
}
