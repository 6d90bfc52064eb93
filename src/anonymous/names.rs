//! What everything here names: the wave, and the part of a response.

use super::encoding::Digest;

/// The id of a wave: the SHA-256 of its manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaveId(pub Digest);

/// The part of a response that a submission holds; each has a key and a token of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Everything but free text.
    Scores,
    /// Free text alone.
    Comments,
}

impl Part {
    /// Both parts.
    pub const ALL: [Self; 2] = [Self::Scores, Self::Comments];

    /// Gives the part's name in manifests, addresses and databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scores => "scores",
            Self::Comments => "comments",
        }
    }

    /// Finds the part of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}
