//! `dxpulse undo`: reopens the last answer where nothing of it has left, and takes it back where something has.

use chrono::Utc;

use super::context::Context;
use super::{answered, withdraw};
use crate::developer::store::{Sealed, SealedEvent, Store, Undone};
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let nothing = || Failure::new("there is nothing to undo: nothing was answered here");
    let mut store = Store::open_existing(&context.places()?.data)?.ok_or_else(nothing)?;
    let answered = answered::find(&store, None, context)?;
    answered.refuse_moved()?;
    answered.refuse_closed(&store)?;
    let say = &context.phrases(&context.settings_that_are_right()?).outbox;
    let was_sent = answered.sealed.iter().any(Sealed::may_be_known) || answered.events.iter().any(SealedEvent::may_be_known);
    if was_sent {
        return withdraw::take_back(&mut store, &answered, say);
    }
    let survey = &answered.found.survey;
    if store.draft(survey)?.is_some() {
        return Err(Failure::new(format!("a draft of {} was begun since", survey.id))
            .hint(format!("finish it with `dxpulse take {}`: it takes the place of what you answered", answered.found.name)));
    }
    let draft = answered.response.reopen(survey, Utc::now());
    let undone = Undone { response: &answered.response.id, sealed: &answered.sealed, events: &answered.events };
    if !store.reopen(survey, &draft, undone)? {
        // Some of it was sent just now.
        return withdraw::take_back(&mut store, &answered, say);
    }
    output::print_words(&(say.draft_again)(&answered.found.name))?;
    Ok(Exit::SUCCESS)
}
