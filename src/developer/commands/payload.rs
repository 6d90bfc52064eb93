//! `dxpulse payload`: the exact bytes that will be or were sent.

use std::io::Write as _;

use super::context::Context;
use super::note;
use crate::anonymous::Part;
use crate::anonymous::submission::confidential::without_padding;
use crate::developer::store::{Sealed, SealedEvent, Store};
use crate::developer::sync::plan::Kept;
use crate::developer::sync::{round, sending};
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey, or the response; without it, everything in the outbox
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Write the whole body of the request as it crosses the network, token, signature and padding included, instead of what it says alone
    #[arg(long)]
    body: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = Store::open_existing(&context.places()?.data)?;
    let kept = store.map(|store| round::kept(&store, None)).transpose()?.unwrap_or_default();
    let is_meant = |sealed: &&Sealed| arguments.id.as_ref().is_none_or(|id| sealed.survey() == id || sealed.response() == id);
    let meant: Vec<&Sealed> = kept.outbox.iter().filter(is_meant).collect();
    let is_meant = |event: &&SealedEvent| arguments.id.as_ref().is_none_or(|id| event.survey() == id || event.response() == id);
    let events: Vec<&SealedEvent> = kept.events.iter().filter(is_meant).collect();
    if meant.is_empty() && events.is_empty() {
        let what = arguments.id.as_ref().map_or_else(|| "anything".to_owned(), |id| format!("`{id}`"));
        return Err(Failure::new(format!("nothing of {what} is to be sent or was sent")).hint(
            "`dxpulse outbox` lists what is; answers to surveys that no collector published stay here, unless `webhook` is set",
        ));
    }
    // Whatever can't be shown as a whole is told before anything is printed.
    let bodies =
        if arguments.body { meant.iter().map(|sealed| body(sealed, &kept)).collect::<Result<_, _>>()? } else { Vec::new() };
    for event in events {
        let shown = if arguments.body { event.body().to_owned() } else { format!("{}\n", without_padding(event.body())) };
        heading(event.is_withdrawal(), (event.part(), event.survey(), event.revision()), event.body().len());
        output::print_bytes(shown.as_bytes())?;
    }
    for (at, sealed) in meant.into_iter().enumerate() {
        let of = (sealed.part(), sealed.survey(), sealed.version());
        if !arguments.body {
            heading(sealed.is_withdrawal(), of, sealed.payload().len());
            let end: &[u8] = if sealed.is_withdrawal() { b"" } else { b"\n" };
            output::print_bytes(&[sealed.payload(), end].concat())?;
            continue;
        }
        heading(sealed.is_withdrawal(), of, bodies[at].len());
        output::print_bytes(&bodies[at])?;
    }
    Ok(Exit::SUCCESS)
}

/// Gives the whole body of a request.
fn body(sealed: &Sealed, kept: &Kept) -> Result<Vec<u8>, Failure> {
    let frame =
        kept.wave(sealed.wave()).zip(kept.held(sealed)).and_then(|(known, held)| sending::frame(&known.wave, sealed, held));
    frame.map(|frame| frame.to_bytes()).ok_or_else(|| {
        let of = format!("the body of the {} of {} can't be shown", sealed.part().name(), sealed.survey());
        match kept.held(sealed).and_then(|held| held.refusal.as_ref()) {
            Some(refusal) => Failure::new(format!("{of}: no token is issued for it ({refusal})")),
            None => Failure::new(format!("{of} before its token has come")),
        }
        .hint("without --body the payload is shown, which has all that is said in it")
    })
}

/// Says on standard error what follows, so that standard output has the bytes alone.
fn heading(is_withdrawal: bool, (part, survey, version): (Part, &str, u32), bytes: usize) {
    let what = if is_withdrawal { "takes back the" } else { "the" };
    note(&format!("{what} {} of {survey}, version {version}, {bytes} bytes:", part.name()));
    let _ = std::io::stderr().flush();
}
