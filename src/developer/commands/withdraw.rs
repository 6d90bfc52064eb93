//! `dxpulse withdraw`: takes back an answer that was sent; what stays at the collector is that something was taken back.

use chrono::Utc;

use super::confidential::{Sealings, random};
use super::context::Context;
use super::settled::refuse_closed;
use super::{answered, outbox};
use crate::anonymous::{Part, Submission};
use crate::developer::phrases::Outbox;
use crate::developer::store::{Sealed, SealedEvent, Sealing, Store};
use crate::developer::sync::{round, schedule};
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey, or the id of the response
    #[arg(value_name = "ID")]
    id: String,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let nothing = || Failure::new("nothing was answered here");
    let mut store = Store::open_existing(&context.places()?.data)?.ok_or_else(nothing)?;
    let answered = answered::find(&store, Some(&arguments.id), context)?;
    take_back(&mut store, &answered, &context.phrases(&context.settings_that_are_right()?).outbox)
}

/// Seals what takes back all parts of a response; what never left the machine is simply not sent.
pub(super) fn take_back(store: &mut Store, answered: &answered::Answered, say: &Outbox) -> Result<Exit, Failure> {
    answered.refuse_moved()?;
    if !answered.events.is_empty() {
        return take_back_events(store, answered, say);
    }
    let survey = &answered.found.survey.id;
    let standing: Vec<&Sealed> = answered.sealed.iter().filter(|sealed| !sealed.is_withdrawal()).collect();
    let Some(&first) = standing.first() else {
        let what = if answered.sealed.is_empty() { say.only_here } else { say.back_already };
        output::print_words(&what(survey.as_str()))?;
        return Ok(Exit::SUCCESS);
    };
    let Some(known) = store.wave(first.wave())? else { return Err(Failure::new("its wave is not known here any more")) };
    let (manifest, now) = (&known.wave.manifest, Utc::now());
    refuse_closed(&known, &answered.sealed, now)?;
    let submissions: Vec<Submission> =
        standing.iter().map(|sealed| Submission::withdrawal(sealed.wave(), sealed.part())).collect();
    let tokens = store.tokens()?;
    let is_late = |part: Part| tokens.iter().any(|held| held.wave() == first.wave() && held.part() == part && held.is_late);
    let draws = [draw()?, draw()?];
    let send_at = Part::ALL.map(|part| Some(schedule::send_at(manifest, now, is_late(part), draws[part as usize])));
    store.withdraw((&answered.response.id, survey.as_str()), &Sealing { submissions: &submissions, send_at, now })?;
    let kept = round::kept(store, None)?;
    let own: Vec<&Sealed> = kept.outbox.iter().filter(|sealed| sealed.response() == answered.response.id).collect();
    for sealed in &own {
        let Some((_, state)) = kept.state(sealed, now) else { continue };
        let is_withdrawal = sealed.is_withdrawal();
        let part = outbox::part(sealed.part(), is_withdrawal, say);
        output::print_words(&format!("{part}: {}", outbox::in_words(&state, is_withdrawal, say)))?;
    }
    if own.is_empty() {
        output::print_words(&(say.never_sent)(survey.as_str()))?;
    }
    Ok(Exit::SUCCESS)
}

/// Does the same with what went to a webhook.
fn take_back_events(store: &mut Store, answered: &answered::Answered, say: &Outbox) -> Result<Exit, Failure> {
    let (survey, now) = (&answered.found.survey.id, Utc::now());
    if answered.events.iter().all(SealedEvent::is_withdrawal) {
        output::print_words(&(say.back_already)(survey.as_str()))?;
        return Ok(Exit::SUCCESS);
    }
    let sealings = Sealings::withdrawing(&answered.events, survey, now).map_err(Failure::new)?;
    store.withdraw_events((&answered.response.id, survey.as_str()), &sealings.posting(now))?;
    let is_left = |event: &&SealedEvent| event.response() == answered.response.id;
    let events = store.events()?;
    for event in events.iter().filter(is_left) {
        let state = crate::developer::outbox::State::of_event(event, Some(event.endpoint()));
        let part = outbox::part(event.part(), event.is_withdrawal(), say);
        output::print_words(&format!("{part}: {}", outbox::in_words(&state, event.is_withdrawal(), say)))?;
    }
    if !events.iter().any(|event| is_left(&event)) {
        output::print_words(&(say.never_sent)(survey.as_str()))?;
    }
    Ok(Exit::SUCCESS)
}

fn draw() -> Result<u64, Failure> {
    random().map(u64::from_le_bytes).map_err(Failure::new)
}
