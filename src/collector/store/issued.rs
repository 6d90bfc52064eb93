//! Tokens issued: one of each part for a credential, and the same answer to the same request.

use super::error::StoreError;
use super::open::Store;
use super::value::{Row, values};
use crate::anonymous::token::MODULUS;
use crate::anonymous::{Digest, Part, WaveId};

/// What becomes of a token request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Issuing {
    /// This answer was given, now or before.
    Answer(Box<[u8; MODULUS]>),
    /// Another request was answered before.
    Issued,
    /// The wave takes no more.
    Closed,
}

impl Store {
    /// Gives what was answered to a credential; `None` where it has no token of the part yet.
    pub(crate) fn issued(
        &self,
        (wave, part): (WaveId, Part),
        credential: Digest,
        request: Digest,
    ) -> Result<Option<Issuing>, StoreError> {
        let sql = "SELECT request, answer FROM issued WHERE wave = ?1 AND part = ?2 AND credential = ?3";
        let read = |row: Row<'_>| Ok((Digest(row.get(0)?), row.get(1)?));
        let found = self.first(sql, values![&wave.0, part.name(), &credential], read)?;
        Ok(found.map(|(known, answer)| if known == request { Issuing::Answer(Box::new(answer)) } else { Issuing::Issued }))
    }

    /// Notes that a token is issued; whoever was first with a credential counts.
    pub(crate) fn issue(
        &self,
        (wave, part): (WaveId, Part),
        credential: Digest,
        (request, answer): (Digest, [u8; MODULUS]),
    ) -> Result<Issuing, StoreError> {
        if !self.is_taking(wave)? {
            return Ok(Issuing::Closed);
        }
        if let Some(found) = self.issued((wave, part), credential, request)? {
            return Ok(found);
        }
        let sql = "INSERT INTO issued (wave, part, credential, request, answer) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.execute(sql, values![&wave.0, part.name(), &credential, &request, &answer])?;
        Ok(Issuing::Answer(Box::new(answer)))
    }
}
