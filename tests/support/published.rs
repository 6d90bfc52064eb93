//! A file of a published npm package, fetched once into the build folder and held against its hash.
//!
//! It is fetched rather than kept here: what is tested with stays beyond doubt the original. Nothing is skipped when it can't be
//! had: the test fails and says what to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use sha2::{Digest, Sha512};

/// A package, and the file of it that is wanted.
pub(crate) struct Published {
    /// The package with its version, as npm names it.
    pub(crate) package: &'static str,
    /// The archive that `npm pack` makes of it.
    pub(crate) archive: &'static str,
    /// The archive's hash, in hexadecimal.
    pub(crate) sha_512: &'static str,
    /// The file's path in the archive.
    pub(crate) member: &'static str,
}

impl Published {
    /// Gives the path of the file, fetching it where it isn't there yet; `name` is what it is called in the build folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(name);
        if !file.exists() {
            self.fetch(folder, &file).unwrap_or_else(|problem| {
                let help = "install npm (tests/run does so) and let it reach its registry";
                panic!("{} can't be had: {problem}\nhelp: {help}", self.package)
            });
        }
        file
    }

    fn fetch(&self, folder: &Path, file: &Path) -> io::Result<()> {
        let own = tempfile::tempdir_in(folder)?;
        run(Command::new("npm").args(["pack", self.package, "--silent"]).current_dir(own.path()))?;
        let archive = own.path().join(self.archive);
        let found: String = Sha512::digest(fs::read(&archive)?).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != self.sha_512 {
            return Err(io::Error::other(format!("{} has the hash {found}, expected {}", self.archive, self.sha_512)));
        }
        run(Command::new("tar").arg("-xzf").arg(&archive).arg(self.member).current_dir(own.path()))?;
        fs::rename(own.path().join(self.member), file)
    }
}

/// Runs a program that must succeed, and gives what it printed.
pub(crate) fn run(command: &mut Command) -> io::Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| io::Error::other(format!("{name}: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(io::Error::other(format!("{name} ended with {}\n{}", output.status, String::from_utf8_lossy(&output.stderr))))
}
