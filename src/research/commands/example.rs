//! `dxpulse-research example`: answers that were made up, to learn with.

use std::fs;
use std::path::PathBuf;

use super::{Exit, Failure};
use crate::developer::export::replace;
use crate::report::output;
use crate::research::example::{MAPPING, Organisation, files};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder to write to; it is made where there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What decides about chance: the same number gives the same files
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let folder = &arguments.folder;
    let files = files(&Organisation::new(arguments.seed));
    for (name, text) in &files {
        let path = folder.join(name);
        // Somebody's own answers may have that name.
        if path.exists() && fs::read_to_string(&path).ok().as_ref() != Some(text) {
            let said = format!("{} is there already, and is another", path.display());
            return Err(Failure::new(said).hint("choose another folder"));
        }
    }
    fs::create_dir_all(folder).map_err(|error| Failure::new(format!("cannot make {}: {error}", folder.display())))?;
    for (name, text) in &files {
        replace(&folder.join(name), |out| out.write_all(text.as_bytes()))
            .map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
    }
    let mapping = folder.join(MAPPING);
    output::print_line(&format!("made up with seed {}; now: dxpulse-research report {}", arguments.seed, mapping.display()))?;
    Ok(Exit::SUCCESS)
}
