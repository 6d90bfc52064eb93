//! A submission as the database has it.

use crate::anonymous::{Digest, Nullifier, Part, WaveId};

/// A part of a wave.
pub(crate) type Place = (WaveId, Part);

/// A version of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// What it is stored under.
    pub(crate) nullifier: Nullifier,
    /// Its wave and part.
    pub(crate) place: Place,
    /// Its version.
    pub(crate) version: u32,
    /// What is said; empty where it was taken back.
    pub(crate) payload: Vec<u8>,
    /// The SHA-256 of the payload.
    pub(crate) hash: Digest,
}
