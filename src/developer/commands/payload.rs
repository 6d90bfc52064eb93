//! `dxpulse payload`: the exact bytes that will be or were sent.

use std::io::Write as _;

use super::context::Context;
use super::note;
use crate::developer::store::{Sealed, Store};
use crate::developer::sync::{round, sending};
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey, or the response; without it, everything in the outbox
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Write the whole body of the request as it crosses the network, token, signature and padding included, instead of the payload alone
    #[arg(long)]
    body: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let kept = Store::open_existing(&context.places()?.data)?.map(|store| round::kept(&store)).transpose()?.unwrap_or_default();
    let is_meant = |sealed: &&Sealed| arguments.id.as_ref().is_none_or(|id| sealed.survey() == id || sealed.response() == id);
    let meant: Vec<&Sealed> = kept.outbox.iter().filter(is_meant).collect();
    if meant.is_empty() {
        let what = arguments.id.as_ref().map_or_else(|| "anything".to_owned(), |id| format!("`{id}`"));
        return Err(Failure::new(format!("nothing of {what} is to be sent or was sent"))
            .hint("`dxpulse outbox` lists what is; answers to surveys that no collector published stay here"));
    }
    for sealed in meant {
        if !arguments.body {
            heading(sealed, sealed.payload().len());
            let end: &[u8] = if sealed.is_withdrawal() { b"" } else { b"\n" };
            output::print_bytes(&[sealed.payload(), end].concat())?;
            continue;
        }
        let known = kept.waves.iter().find(|known| known.wave.id == sealed.wave());
        let held = kept.tokens.iter().find(|held| held.wave() == sealed.wave() && held.part() == sealed.part());
        let frame = known.zip(held).and_then(|(known, held)| sending::frame(&known.wave, sealed, held));
        let frame = frame.ok_or_else(|| {
            Failure::new("the body is not complete yet: its token is still to come").hint("without --body the payload is shown")
        })?;
        let body = frame.to_bytes();
        heading(sealed, body.len());
        output::print_bytes(&body)?;
    }
    Ok(Exit::SUCCESS)
}

/// Says on standard error what follows, so that standard output has the bytes alone.
fn heading(sealed: &Sealed, bytes: usize) {
    let what = if sealed.is_withdrawal() { "takes back the" } else { "the" };
    note(&format!("{what} {} of {}, version {}, {bytes} bytes:", sealed.part().name(), sealed.survey(), sealed.version()));
    let _ = std::io::stderr().flush();
}
