//! The code of a hook in a file of its own, which a shell reads at its start without starting a program.
//!
//! What the hook itself runs renews it, so that an update comes to new shells within a day.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::shell::{Shell, program};
use crate::developer::asking::DUE;
use crate::developer::commands::Failure;
use crate::developer::commands::context::Context;
use crate::developer::store::Store;
use crate::disk;

/// Gives the file in which the code for a shell is kept.
pub(super) fn file(shell: Shell, context: &Context) -> Result<PathBuf, Failure> {
    Ok(context.places()?.data.join(format!("hook.{}", shell.extension())))
}

/// Writes the file, with the folder it lies in where that is not there yet.
pub(super) fn keep(shell: Shell, context: &Context) -> Result<(), Failure> {
    // The folder is made as the store makes it: for nobody else to read.
    drop(Store::open(&context.places()?.data)?);
    update(shell, context)
}

/// Writes the file, where it is not as it should be.
fn update(shell: Shell, context: &Context) -> Result<(), Failure> {
    let file = file(shell, context)?;
    let code = shell.code(&program(context)?, &context.places()?.data.join(DUE));
    if fs::read_to_string(&file).is_ok_and(|text| text == code) {
        return Ok(());
    }
    write(&file, &code).map_err(|error| {
        Failure::new(format!("{}: {error}", file.display())).hint("nothing was changed; make the folder writable")
    })
}

/// Writes the files anew that are there and are not as this program would write them.
pub(super) fn renew(context: &Context) {
    for shell in Shell::ALL.into_iter().filter(|shell| file(*shell, context).is_ok_and(|file| file.exists())) {
        // A file that can't be written stays as it is: its code goes on working.
        let _ = update(shell, context);
    }
}

/// Writes a file anew with the rights it had, with the folder it lies in where that is not there yet.
pub(super) fn write(file: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
    disk::replace(file, text.as_bytes(), disk::Rights::Kept)
}
