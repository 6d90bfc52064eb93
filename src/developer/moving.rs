//! The file that everything is moved in: private, and encrypted with a passphrase in the format of the `age` tool, which opens it too.
//!
//! What is in it and what becomes of it is the store's business; it asks nobody for the passphrase.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::developer::export::{FileError, replace};
use crate::developer::store::Contents;

/// The form of what is inside the file.
const FORMAT: &str = "dxpulse-state/1";

/// How hard a passphrase is to try out: 2^18 rounds, as `age` has it, about a second and 256 MiB for each try.
const WORK: u8 = 18;

/// The most work that reading a file may take; files that `age` made again may ask for more than ours.
const MOST_WORK: u8 = 22;

/// The most bytes of a file.
const MOST_BYTES: u64 = 1 << 30;

/// The characters or words that make a passphrase long enough.
const LEAST: (usize, usize) = (12, 4);

/// What a file is encrypted with.
#[derive(Clone)]
pub struct Passphrase(SecretString);

/// A passphrase that is too short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a passphrase has at least {} characters, or {} words", LEAST.0, LEAST.1)]
pub struct TooShort;

/// Why a file could not be written or read.
#[derive(Debug, Error)]
pub enum StateError {
    /// Something else than a file stands there, or it can't be written.
    #[error(transparent)]
    Unwritable(#[from] FileError),
    /// It is a device or a pipe: what goes there may be gone.
    #[error("{} is not a file", .0.display())]
    NoFile(PathBuf),
    /// It can't be read.
    #[error("can't read {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It is something else.
    #[error("{} is not a file that `dxpulse export --state` wrote", .0.display())]
    Foreign(PathBuf),
    /// The passphrase is another one.
    #[error("the passphrase is not the one that {} was written with", .0.display())]
    Passphrase(PathBuf),
    /// It isn't what was written.
    #[error("{} is cut short or altered", .0.display())]
    Altered(PathBuf),
    /// It asks for more work than reading may take.
    #[error("{} takes more work to open than a file of dxpulse does", .0.display())]
    Work(PathBuf),
    /// A newer dxpulse wrote it.
    #[error("{} was written by a newer dxpulse", .0.display())]
    Newer(PathBuf),
}

/// What is inside the file, as it is written.
#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    contents: &'a Contents,
}

#[derive(Deserialize)]
struct Format {
    format: String,
}

#[derive(Deserialize)]
struct Contained {
    contents: Contents,
}

impl Passphrase {
    /// Takes a new passphrase that is long enough.
    ///
    /// # Errors
    /// [`TooShort`] for fewer than 12 characters that aren't four words either.
    pub fn new(text: &str) -> Result<Self, TooShort> {
        let is_enough = text.chars().count() >= LEAST.0 || text.split_whitespace().count() >= LEAST.1;
        if is_enough { Ok(Self::known(text)) } else { Err(TooShort) }
    }

    /// Takes the passphrase of a file that is there, whatever it is.
    pub fn known(text: &str) -> Self {
        Self(SecretString::from(text.to_owned()))
    }

    /// Says whether it is this text.
    pub fn is(&self, text: &str) -> bool {
        self.0.expose_secret() == text
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Passphrase")
    }
}

impl StateError {
    /// Says what to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Unwritable(error) => error.hint().to_owned(),
            Self::NoFile(_) => "give the path of a file: what is moved must be safe there before it is marked here".to_owned(),
            Self::Unreadable { .. } => "check the path and its permissions".to_owned(),
            Self::Foreign(_) => "give the file as it was written; an export of answers (CSV, JSON) can't be imported".to_owned(),
            Self::Passphrase(_) => {
                "try again; if it is the right one, copy the file again: its beginning may be altered".to_owned()
            }
            Self::Altered(_) => "copy it again from the other machine; it is whole there, or can be written again".to_owned(),
            Self::Work(_) => "give the file as `dxpulse export --state` wrote it".to_owned(),
            Self::Newer(_) => "install the newer dxpulse here too".to_owned(),
        }
    }
}

/// Writes a file that only its owner may read; it is on the disk when this returns, and as it was before when it fails.
///
/// # Errors
/// When it can't be written, or is no file.
pub fn write(path: &Path, contents: &Contents, passphrase: &Passphrase) -> Result<(), StateError> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(StateError::NoFile(path.to_owned()));
    }
    let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _)).map_err(io::Error::other);
    let written = Written { format: FORMAT, contents };
    Ok(replace(path, |to| {
        let mut encrypting = encryptor?.wrap_output(to)?;
        serde_json::to_writer(&mut encrypting, &written)?;
        encrypting.finish()?.flush()
    })?)
}

/// Reads a file, all of it, before anything in it counts.
///
/// # Errors
/// When it can't be read, isn't whole, or the passphrase is another.
pub fn read(path: &Path, passphrase: &Passphrase) -> Result<Contents, StateError> {
    let encrypted = bytes(path).map_err(|cause| StateError::Unreadable { path: path.to_owned(), cause })?;
    let text = decrypt(path, &encrypted, passphrase)?;
    let foreign = |_| StateError::Foreign(path.to_owned());
    let Format { format } = serde_json::from_slice(&text).map_err(foreign)?;
    match format.strip_prefix("dxpulse-state/") {
        Some(_) if format == FORMAT => {}
        Some(_) => return Err(StateError::Newer(path.to_owned())),
        None => return Err(StateError::Foreign(path.to_owned())),
    }
    let Contained { contents } = serde_json::from_slice(&text).map_err(foreign)?;
    Ok(contents)
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES { Err(io::Error::other("it is bigger than 1 GiB")) } else { Ok(bytes) }
}

fn decrypt(path: &Path, encrypted: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, StateError> {
    let path = || path.to_owned();
    let mut identity = scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    // A file that ends within its header is told from one of another kind by how it begins.
    let headless =
        |_| if encrypted.starts_with(b"age-encryption.org/") { StateError::Altered(path()) } else { StateError::Foreign(path()) };
    let decryptor = Decryptor::new_buffered(encrypted).map_err(headless)?;
    let opened = decryptor.decrypt(std::iter::once(&identity as _)).map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => StateError::Passphrase(path()),
        DecryptError::NoMatchingKeys => StateError::Foreign(path()),
        DecryptError::ExcessiveWork { .. } => StateError::Work(path()),
        _ => StateError::Altered(path()),
    });
    let mut text = Vec::new();
    opened?.read_to_end(&mut text).map_err(|_| StateError::Altered(path()))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_long_or_has_four_words() {
        for enough in ["correct-hors", "ab cd ef gh", "正確 馬 電池 釘", "ääääääääääää"] {
            assert!(Passphrase::new(enough).is_ok(), "{enough}");
        }
        for short in ["", "correct-hor", "ab cd ef", "            ".trim()] {
            assert_eq!(Passphrase::new(short).map(|_| ()), Err(TooShort), "{short}");
        }
    }
}
