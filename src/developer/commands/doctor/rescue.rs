//! `dxpulse doctor --rescue FILE`: what can still be read of a damaged database goes to a private file, and `--restore FILE` takes it
//! in again.

use std::fs;
use std::path::Path;

use crate::developer::commands::context::Context;
use crate::developer::commands::{Exit, Failure, import, output};
use crate::developer::export::replace;
use crate::developer::phrases::number_of;
use crate::developer::store::{Salvaged, Sealed, SealedEvent, Store};

/// Writes what is found of sealed answers, receipts and tokens; the database stays as it is.
pub(super) fn run(file: &Path, data: &Path) -> Result<Exit, Failure> {
    let salvaged = Store::salvage(data)?;
    if salvaged.is_empty() {
        return Err(Failure::new(format!("nothing that was sealed or joined can be read in {}", data.display()))
            .hint("if there is a backup of that folder, run this with DXPULSE_HOME set to it"));
    }
    let text = serde_json::to_string_pretty(&salvaged).map_err(|error| Failure::new(error.to_string()))?;
    replace(file, |to| to.write_all(text.as_bytes())).map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
    output::print_words(&told(&salvaged, file))?;
    Ok(Exit::SUCCESS)
}

/// Takes in what was rescued.
pub(super) fn restore(file: &Path, context: &Context) -> Result<Exit, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::new(format!("can't read {}: {error}", file.display())))?;
    let salvaged = Salvaged::from_json(&bytes).ok_or_else(|| {
        Failure::new(format!("{} is not what `dxpulse doctor --rescue` wrote", file.display()))
            .hint("what was moved from another machine is for `dxpulse import --state FILE`")
    })?;
    import::take_in(&salvaged.into(), context)
}

fn told(salvaged: &Salvaged, file: &Path) -> String {
    let receipts = salvaged.sealed.iter().filter(|sealed| sealed.receipt.is_some()).count();
    let sealed = salvaged.sealed.iter().map(part);
    let parts: Vec<String> = sealed.chain(salvaged.events.iter().map(event)).map(|part| format!("  {part}\n")).collect();
    format!(
        "wrote {}, {} and {} to {}:\n{}`dxpulse doctor --restore {}` puts it back into a new database; keep it to yourself meanwhile, since whoever has it can send, change \
         and take back these answers",
        number_of(salvaged.sealed.len() + salvaged.events.len(), "sealed part of an answer", "sealed parts of answers"),
        number_of(receipts, "receipt", "receipts"),
        number_of(salvaged.tokens.len(), "token", "tokens"),
        file.display(),
        parts.concat(),
        shell_words::quote(&file.display().to_string()),
    )
}

fn part(sealed: &Sealed) -> String {
    let sent = if sealed.is_acknowledged() { "sent; the collector signed for it" } else { "not known to be sent" };
    format!("{} · {}, version {}: {sent}", sealed.survey(), sealed.part().name(), sealed.version())
}

fn event(event: &SealedEvent) -> String {
    let sent = if event.is_delivered() { "delivered to" } else { "not known to be delivered to" };
    format!("{} · {}, version {}: {sent} {}", event.survey(), event.part().name(), event.revision(), event.endpoint())
}
