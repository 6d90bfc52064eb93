//! The code of a hook in files of their own, which a shell reads without starting a program: what it evaluates at its start, where that
//! was installed, and what looks closer.
//!
//! What the hook itself runs renews them, so that an update comes to new shells within a day.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::shell::{Shell, program};
use crate::developer::asking::DUE;
use crate::developer::commands::Failure;
use crate::developer::commands::context::Context;
use crate::developer::store::Store;
use crate::disk;

/// What the names of files begin with that hold what looks closer.
const CLOSER: &str = "closer-";

/// Gives the file in which the code for a shell is kept, where it was installed.
pub(super) fn file(shell: Shell, context: &Context) -> Result<PathBuf, Failure> {
    Ok(context.places()?.data.join(format!("hook.{}", shell.extension())))
}

/// Gives the code a shell evaluates when it starts.
pub(super) fn code(shell: Shell, context: &Context) -> Result<String, Failure> {
    let data = context.places()?.data;
    let closer = closer(shell, &data).map(|(file, _)| file).filter(|file| file.is_file());
    Ok(shell.code(&program(context)?, &data.join(DUE), closer.as_deref()))
}

/// Gives the file of what looks closer and what it is to say, by which it is named: a shell that has been running since before an update
/// reads nothing that doesn't fit what it has.
fn closer(shell: Shell, data: &Path) -> Option<(PathBuf, &'static str)> {
    let closer = shell.closer()?;
    Some((data.join(format!("{CLOSER}{:016x}.{}", closer.hash, shell.extension())), closer.text))
}

/// Writes the files, with the folder they lie in where that is not there yet.
pub(super) fn keep(shell: Shell, context: &Context) -> Result<(), Failure> {
    let data = context.places()?.data;
    // The folder is made as the store makes it: for nobody else to read.
    drop(Store::open(&data)?);
    told(keep_closer(shell, &data), &data)?;
    update(shell, context)
}

/// Writes the file of what looks closer where it is not as it should be, and removes those of other versions.
fn keep_closer(shell: Shell, data: &Path) -> io::Result<()> {
    let Some((file, text)) = closer(shell, data) else { return Ok(()) };
    if fs::read_to_string(&file).is_ok_and(|kept| kept == text) {
        return Ok(());
    }
    write(&file, text)?;
    closers(shell, data)?.into_iter().filter(|other| *other != file).try_for_each(fs::remove_file)
}

/// Lists the files of what looks closer, of all versions.
fn closers(shell: Shell, data: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(data)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    let is_closer = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(CLOSER) && name.ends_with(&format!(".{}", shell.extension()))
    };
    Ok(paths.into_iter().filter(is_closer).collect())
}

/// Removes the files, if they are there.
pub(super) fn remove(shell: Shell, context: &Context) -> Result<(), Failure> {
    let closers = closers(shell, &context.places()?.data).unwrap_or_default();
    for file in closers.into_iter().chain([file(shell, context)?]) {
        let _ = fs::remove_file(file);
    }
    Ok(())
}

/// Writes the code a shell evaluates, where its file is not as it should be.
fn update(shell: Shell, context: &Context) -> Result<(), Failure> {
    let (file, code) = (file(shell, context)?, code(shell, context)?);
    if fs::read_to_string(&file).is_ok_and(|text| text == code) {
        return Ok(());
    }
    told(write(&file, &code), &file)
}

fn told(written: io::Result<()>, to: &Path) -> Result<(), Failure> {
    written
        .map_err(|error| Failure::new(format!("{}: {error}", to.display())).hint("nothing was changed; make the folder writable"))
}

/// Writes the files anew that are not as this program would write them: what looks closer for every shell, the rest for those it was
/// installed for.
pub(super) fn renew(context: &Context) {
    let Ok(places) = context.places() else { return };
    for shell in Shell::ALL {
        // What can't be written stays as it is: its code goes on working.
        let _ = keep_closer(shell, &places.data);
        if file(shell, context).is_ok_and(|file| file.exists()) {
            let _ = update(shell, context);
        }
    }
}

/// Writes a file anew with the rights it had, with the folder it lies in where that is not there yet.
pub(super) fn write(file: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
    disk::replace(file, text.as_bytes(), disk::Rights::Kept)
}
