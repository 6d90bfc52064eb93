//! Administrators' tokens, as their SHA-256.

use super::error::StoreError;
use super::open::Store;
use super::value::values;
use crate::anonymous::Digest;

impl Store {
    /// Gives the hash and the label of every token, in the order of the labels.
    pub(crate) fn admins(&self) -> Result<Vec<(Digest, String)>, StoreError> {
        self.all("SELECT token_hash, label FROM admins ORDER BY label, token_hash", &[], |row| {
            Ok((Digest(row.get(0)?), row.get(1)?))
        })
    }

    /// Adds a token.
    pub(crate) fn add_admin(&self, token: Digest, label: &str) -> Result<(), StoreError> {
        self.execute("INSERT INTO admins (token_hash, label) VALUES (?1, ?2)", values![&token, label]).map(|_| ())
    }

    /// Revokes the tokens of a label, and gives how many there were.
    pub(crate) fn revoke_admin(&self, label: &str) -> Result<usize, StoreError> {
        self.execute("DELETE FROM admins WHERE label = ?1", values![label])
    }

    /// Says whether a token is an administrator's. Every one is compared, and each in the same time whatever it differs in.
    pub(crate) fn is_admin(&self, token: Digest) -> Result<bool, StoreError> {
        let same = |known: &Digest| known.0.iter().zip(token.0).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0;
        Ok(self.admins()?.iter().fold(false, |found, (known, _)| found | same(known)))
    }
}
