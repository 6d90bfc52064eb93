//! The publisher's key on the disk: made once, readable for its owner alone, and never overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::quoted;
use crate::anonymous::encoding::{from_hex, to_hex};
use crate::anonymous::{PublicKey, SigningKey};
use crate::developer::commands::Failure;

/// No file with a key is longer.
const MOST_BYTES: u64 = 1_000;

/// Makes a key of chance and writes it; gives its public half.
pub(super) fn make(path: &Path) -> Result<PublicKey, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| Failure::new(format!("cannot draw a key: {error}")))?;
    let key = SigningKey::from_seed(&seed);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(format!("{}\n", to_hex(&key.seed())).as_bytes())?;
        file.sync_all()
    };
    match write() {
        Ok(()) => Ok(key.public()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let hint = "give another name: a key is never overwritten, for nothing that it signed could be renewed without it";
            Err(Failure::new(format!("{} is there already", path.display())).hint(hint))
        }
        Err(error) => {
            Err(Failure::new(format!("can't write {}: {error}", path.display())).hint("check the path and its permissions"))
        }
    }
}

/// Reads a key.
pub(super) fn read(path: &Path) -> Result<SigningKey, Failure> {
    let failed = |error: io::Error| {
        let failure = Failure::new(format!("can't read the key {}: {error}", path.display()));
        match error.kind() {
            ErrorKind::NotFound => failure.hint(format!("make one: dxpulse survey sign --new-key {}", quoted(path))),
            _ => failure.hint("check the path and its permissions"),
        }
    };
    let known = fs::metadata(path).map_err(failed)?;
    if !known.is_file() {
        return Err(Failure::new(format!("the key {} is no file", path.display())).hint("name the file that --new-key wrote"));
    }
    if known.permissions().mode() & 0o077 != 0 {
        let hint = format!("chmod 600 {}; if others may have read it, make a new one", quoted(path));
        return Err(Failure::new(format!("the key {} can be read by others", path.display())).hint(hint));
    }
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text)).map_err(failed)?;
    let seed = from_hex(text.trim_end()).ok_or_else(|| {
        let failure =
            Failure::new(format!("{} holds no publisher key: that is one line of 64 hexadecimal digits", path.display()));
        failure.hint("name the file that `dxpulse survey sign --new-key` wrote")
    })?;
    Ok(SigningKey::from_seed(&seed))
}
