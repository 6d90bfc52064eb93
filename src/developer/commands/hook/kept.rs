//! The code of a hook in a file of its own, which a shell reads at its start without starting a program.
//!
//! What the hook itself runs renews it, so that an update comes to new shells within a day.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::shell::{Shell, program};
use crate::developer::asking::DUE;
use crate::developer::commands::Failure;
use crate::developer::commands::context::Context;
use crate::developer::store::Store;

/// The code of one shell, and where it is kept.
pub(super) struct Kept {
    pub(super) file: PathBuf,
    code: String,
}

impl Kept {
    pub(super) fn of(shell: Shell, context: &Context) -> Result<Self, Failure> {
        let data = context.places()?.data;
        Ok(Self { file: data.join(format!("hook.{}", shell.name())), code: shell.code(&program(context)?, &data.join(DUE)) })
    }

    /// Writes the file, where it is not as it should be.
    pub(super) fn keep(&self, context: &Context) -> Result<(), Failure> {
        if fs::read_to_string(&self.file).is_ok_and(|text| text == self.code) {
            return Ok(());
        }
        // The folder is made as the store makes it: for nobody else to read.
        drop(Store::open(&context.places()?.data)?);
        write(&self.file, &self.code).map_err(|error| {
            Failure::new(format!("{}: {error}", self.file.display())).hint("nothing was changed; make the folder writable")
        })
    }

    /// Takes the file away, where there is one.
    pub(super) fn remove(&self) {
        // Without the line that reads it, it does nothing.
        let _ = fs::remove_file(&self.file);
    }
}

/// Writes the files anew that are there and are not as this program would write them.
pub(super) fn renew(context: &Context) {
    let kept = Shell::ALL.into_iter().filter_map(|shell| Kept::of(shell, context).ok());
    for kept in kept.filter(|kept| kept.file.exists()) {
        // A file that can't be written stays as it is: its code goes on working.
        let _ = kept.keep(context);
    }
}

/// Writes a file anew with the rights it had; it is the old one or the new one, whatever happens meanwhile.
pub(super) fn write(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let fresh = folder.join(format!(".dxpulse.{}", std::process::id()));
    let written = || {
        fs::write(&fresh, text)?;
        if let Ok(known) = fs::metadata(file) {
            fs::set_permissions(&fresh, known.permissions())?;
            // Only root can, and only root need.
            let _ = std::os::unix::fs::chown(&fresh, Some(known.uid()), Some(known.gid()));
        }
        fs::rename(&fresh, file)
    };
    written().inspect_err(|_| drop(fs::remove_file(&fresh)))
}
