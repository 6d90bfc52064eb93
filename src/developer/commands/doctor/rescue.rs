//! `dxpulse doctor --rescue FILE`: what can still be read of a damaged database goes to a private file.

use std::path::Path;

use crate::developer::commands::{Exit, Failure, escape, output};
use crate::developer::export::replace;
use crate::developer::phrases::number_of;
use crate::developer::store::{Salvaged, Sealed, Store};

/// Writes what is found of sealed answers, receipts and tokens; the database stays as it is.
pub(super) fn run(file: &Path, data: &Path) -> Result<Exit, Failure> {
    let salvaged = Store::salvage(data)?;
    if salvaged.is_empty() {
        return Err(Failure::new(format!("nothing that was sealed or joined can be read in {}", data.display()))
            .hint("if there is a backup of that folder, run this with DXPULSE_HOME set to it"));
    }
    let text = format!("{:#}\n", salvaged.to_json());
    replace(file, |to| to.write_all(text.as_bytes())).map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
    output::print_line(&escape(&told(&salvaged, file)))?;
    Ok(Exit::SUCCESS)
}

fn told(salvaged: &Salvaged, file: &Path) -> String {
    let receipts = salvaged.sealed.iter().filter(|sealed| sealed.receipt.is_some()).count();
    let parts: Vec<String> = salvaged.sealed.iter().map(|sealed| format!("  {}\n", part(sealed))).collect();
    format!(
        "wrote {}, {} and {} to {}:\n{}keep it to yourself: whoever has it can send, change and take back these answers",
        number_of(salvaged.sealed.len(), "sealed part of an answer", "sealed parts of answers"),
        number_of(receipts, "receipt", "receipts"),
        number_of(salvaged.tokens.len(), "token", "tokens"),
        file.display(),
        parts.concat(),
    )
}

fn part(sealed: &Sealed) -> String {
    let sent = if sealed.is_acknowledged() { "sent; the collector signed for it" } else { "not known to be sent" };
    format!("{} · {}, version {}: {sent}", sealed.survey(), sealed.part().name(), sealed.version())
}
