//! The collector's secret keys, each a file of its own: made, read and, for those of a wave, destroyed at its close.

use std::path::{Path, PathBuf};

use ohttp::hpke::{Aead, Kdf, Kem};
use ohttp::{KeyConfig, SymmetricSuite};
use thiserror::Error;

use super::chance;
use super::folder::{DiskError, Folder, destroy, read, write_private};
use crate::anonymous::encoding::{from_hex, to_hex};
use crate::anonymous::manifest::Wave;
use crate::anonymous::token::{IssuerKey, SystemChance};
use crate::anonymous::{Part, SigningKey, WaveId};
use crate::report::Failure;

/// The number that the one key configuration of oblivious requests has.
const OHTTP_KEY: u8 = 1;

/// Why a key can't be had.
#[derive(Debug, Error)]
pub(crate) enum KeyError {
    /// The file can't be used.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// There is no such file.
    #[error("{} is missing", .0.display())]
    Missing(PathBuf),
    /// The file holds something else.
    #[error("{} holds no key", .0.display())]
    Damaged(PathBuf),
    /// The key is not the one that was published.
    #[error("{} is not the key that was published", .0.display())]
    Other(PathBuf),
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        let hint = match &error {
            KeyError::Disk(_) => "run the command as the user that the collector runs as",
            KeyError::Missing(_) | KeyError::Damaged(_) => {
                "put it back from a copy; without one, set another collector up in a new folder with `init`"
            }
            KeyError::Other(_) => "publish the bundle that was prepared here last",
        };
        Self::new(error.to_string()).hint(hint)
    }
}

/// Makes the keys that every collector has, unless they are there.
pub(crate) fn make(folder: &Folder) -> Result<(), Failure> {
    for path in [folder.receipt_key(), folder.ohttp_key()] {
        if read(&path)?.is_none() {
            write_private(&path, to_hex(&chance::bytes::<32>()?).as_bytes())?;
        }
    }
    Ok(())
}

/// Reads the key that receipts and closings are signed with.
pub(crate) fn receipt_key(folder: &Folder) -> Result<SigningKey, KeyError> {
    seed(&folder.receipt_key()).map(|seed| SigningKey::from_seed(&seed))
}

/// Reads the key configuration that oblivious requests are opened with.
pub(crate) fn ohttp_keys(folder: &Folder) -> Result<KeyConfig, KeyError> {
    let path = folder.ohttp_key();
    let suites = [Aead::Aes128Gcm, Aead::ChaCha20Poly1305].map(|aead| SymmetricSuite::new(Kdf::HkdfSha256, aead));
    KeyConfig::derive(OHTTP_KEY, Kem::X25519Sha256, suites.to_vec(), &seed(&path)?).map_err(|_| KeyError::Damaged(path))
}

/// Gives the key configurations as clients and relays fetch them.
pub(crate) fn published_ohttp_keys(keys: &KeyConfig) -> Option<Vec<u8>> {
    KeyConfig::encode_list(&[keys]).ok()
}

/// Makes fresh keys for a wave, which are not on the disk yet.
pub(crate) fn fresh() -> Result<[IssuerKey; 2], Failure> {
    let key = || IssuerKey::generate(&mut SystemChance).map_err(|error| Failure::new(format!("no key could be made: {error}")));
    Ok([key()?, key()?])
}

/// Writes the keys of a wave, for scores and for comments.
pub(crate) fn write(folder: &Folder, wave: WaveId, keys: &[IssuerKey; 2]) -> Result<(), Failure> {
    for (part, key) in Part::ALL.into_iter().zip(keys) {
        let pem = key.to_pem().map_err(|error| Failure::new(format!("the key could not be written: {error}")))?;
        write_private(&place(folder, wave, part), pem.as_bytes())?;
    }
    Ok(())
}

/// Reads the key of a part of a wave, and checks that it is the one that was published.
pub(crate) fn issuer_key(folder: &Folder, wave: &Wave, part: Part) -> Result<IssuerKey, KeyError> {
    let path = place(folder, wave.id, part);
    let Some(pem) = read(&path)? else { return Err(KeyError::Missing(path)) };
    let key = IssuerKey::from_pem(&pem).map_err(|_| KeyError::Damaged(path.clone()))?;
    if key.public().ok().as_ref() == Some(wave.key(part)) { Ok(key) } else { Err(KeyError::Other(path)) }
}

/// Destroys the keys of a wave; no more tokens can be issued after that. Says whether there were any.
pub(crate) fn destroy_wave(folder: &Folder, wave: WaveId) -> Result<bool, DiskError> {
    let mut any = false;
    for part in Part::ALL {
        any |= destroy(&place(folder, wave, part))?;
    }
    Ok(any)
}

/// Gives the file of a wave's key.
pub(crate) fn place(folder: &Folder, wave: WaveId, part: Part) -> PathBuf {
    folder.keys().join(format!("{}.{}.pem", wave.0, part.name()))
}

fn seed(path: &Path) -> Result<[u8; 32], KeyError> {
    let Some(text) = read(path)? else { return Err(KeyError::Missing(path.to_owned())) };
    from_hex(text.trim()).ok_or_else(|| KeyError::Damaged(path.to_owned()))
}
