//! The roster in the database: who is invited, with which code, and under which credential they enrolled.

use std::collections::HashSet;

use super::error::StoreError;
use super::open::Store;
use super::value::{Row, Unreadable, values};
use crate::anonymous::Digest;
use crate::anonymous::classes::Values;

/// A person as the roster tells of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invitee {
    /// The address that the invitation goes to; every person has one of their own.
    pub(crate) contact: String,
    /// What is known of them.
    pub(crate) segments: Values,
    /// The language they read.
    pub(crate) language: Option<String>,
}

/// A person in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// 16 random bytes.
    pub(crate) id: [u8; 16],
    /// What the roster told.
    pub(crate) invitee: Invitee,
    /// Whether they have enrolled.
    pub(crate) is_enrolled: bool,
}

/// What became of an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Enrolling {
    /// They are enrolled, with these segments.
    Enrolled(Values),
    /// Nobody is invited so.
    Unknown,
    /// Someone enrolled so before, with another credential.
    Used,
}

/// How someone shows that they are invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// By the SHA-256 of their code.
    Code(Digest),
    /// By their contact, which someone trusted vouched for.
    Contact(String),
}

const COLUMNS: &str = "person, contact, segments, language, credential_hash IS NOT NULL";

impl Store {
    /// Gives everyone, in the order of their contacts.
    pub(crate) fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.all(&format!("SELECT {COLUMNS} FROM people ORDER BY contact"), &[], person)
    }

    /// Finds a person by their contact.
    pub(crate) fn person(&self, contact: &str) -> Result<Option<Person>, StoreError> {
        self.first(&format!("SELECT {COLUMNS} FROM people WHERE contact = ?1"), values![contact], person)
    }

    /// Gives the number of people.
    pub(crate) fn invited(&self) -> Result<u32, StoreError> {
        Ok(self.first("SELECT count(*) FROM people", &[], |row| row.get(0))?.unwrap_or_default())
    }

    /// Adds a person.
    pub(crate) fn invite(&self, id: [u8; 16], invitee: &Invitee, code: Digest) -> Result<(), StoreError> {
        let sql = "INSERT INTO people (person, contact, segments, language, code_hash) VALUES (?1, ?2, ?3, ?4, ?5)";
        let segments = text(&invitee.segments);
        self.execute(sql, values![&id, &*invitee.contact, &*segments, &invitee.language, &code]).map(|_| ())
    }

    /// Takes over what the roster tells of a person by now; says whether that changed anything.
    pub(crate) fn update(&self, invitee: &Invitee) -> Result<bool, StoreError> {
        let sql = "UPDATE people SET segments = ?2, language = ?3 WHERE contact = ?1 AND (segments <> ?2 OR language IS DISTINCT FROM ?3)";
        self.execute(sql, values![&*invitee.contact, &*text(&invitee.segments), &invitee.language]).map(|changed| changed > 0)
    }

    /// Gives a person another code. What they got under their old credential waits for the new one: still one answer each.
    pub(crate) fn invite_again(&self, id: [u8; 16], code: Digest) -> Result<(), StoreError> {
        let sql = "UPDATE issued SET credential = ?2 WHERE credential = (SELECT credential_hash FROM people WHERE person = ?1)";
        self.execute(sql, values![&id, &between(id)])?;
        self.execute("UPDATE people SET code_hash = ?2, credential_hash = NULL WHERE person = ?1", values![&id, &code])
            .map(|_| ())
    }

    /// Erases a person. Tokens they got stay counted until the wave closes, under a credential that is nobody's.
    pub(crate) fn erase(&self, id: [u8; 16]) -> Result<(), StoreError> {
        self.execute("DELETE FROM people WHERE person = ?1", values![&id]).map(|_| ())
    }

    /// Erases everyone.
    pub(crate) fn erase_everyone(&self) -> Result<usize, StoreError> {
        self.execute("DELETE FROM people", &[])
    }

    /// Enrols someone under a credential; the first one counts, and the same one again is no error.
    pub(crate) fn enrol(&self, proof: &Proof, credential: Digest) -> Result<Enrolling, StoreError> {
        let read = |row: Row<'_>| Ok((row.get(0)?, row.get::<String>(1)?, row.get::<Option<[u8; 32]>>(2)?));
        let found = match proof {
            Proof::Code(code) => {
                self.first("SELECT person, segments, credential_hash FROM people WHERE code_hash = ?1", values![code], read)
            }
            Proof::Contact(contact) => {
                self.first("SELECT person, segments, credential_hash FROM people WHERE contact = ?1", values![&**contact], read)
            }
        };
        let Some((id, segments, known)): Option<([u8; 16], _, _)> = found? else { return Ok(Enrolling::Unknown) };
        if known.is_none() {
            if self.is_credential(credential)? {
                return Ok(Enrolling::Used);
            }
            self.execute("UPDATE people SET credential_hash = ?2 WHERE person = ?1", values![&id, &credential])?;
            self.execute("UPDATE issued SET credential = ?2 WHERE credential = ?1", values![&between(id), &credential])?;
        } else if known != Some(credential.0) {
            return Ok(Enrolling::Used);
        }
        Ok(Enrolling::Enrolled(values(&segments)))
    }

    /// Gives the credentials that belong to someone who is still invited, those between two invitations too.
    pub(super) fn credentials(&self) -> Result<HashSet<[u8; 32]>, StoreError> {
        let read = |row: Row<'_>| Ok((row.get(0)?, row.get::<Option<[u8; 32]>>(1)?));
        let people = self.all("SELECT person, credential_hash FROM people", &[], read)?;
        Ok(people.into_iter().map(|(id, credential)| credential.unwrap_or(between(id).0)).collect())
    }

    /// Says whether someone enrolled under a credential.
    pub(crate) fn is_credential(&self, credential: Digest) -> Result<bool, StoreError> {
        self.first("SELECT 1 FROM people WHERE credential_hash = ?1", values![&credential], |_| Ok(()))
            .map(|found| found.is_some())
    }
}

/// Gives what stands for the credential of someone who was invited again and has not enrolled yet.
fn between(id: [u8; 16]) -> Digest {
    Digest::of(&[b"dxpulse invited again", &id])
}

fn person(row: Row<'_>) -> Result<Person, Unreadable> {
    let segments: String = row.get(2)?;
    let invitee = Invitee { contact: row.get(1)?, segments: values(&segments), language: row.get(3)? };
    Ok(Person { id: row.get(0)?, invitee, is_enrolled: row.get(4)? })
}

fn text(segments: &Values) -> String {
    serde_json::json!(segments).to_string()
}

fn values(text: &str) -> Values {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymous::WaveId;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::make(&folder.path().join("collector.db")).unwrap();
        (folder, store)
    }

    fn ann() -> Invitee {
        Invitee { contact: "ann@example.com".into(), segments: Values::from([("team".into(), "core".into())]), language: None }
    }

    #[test]
    fn an_invitation_is_used_once_and_gives_the_same_to_the_same() {
        let (_folder, store) = store();
        let (code, mine, other) = (Digest([1; 32]), Digest([2; 32]), Digest([3; 32]));
        store.invite([7; 16], &ann(), code).unwrap();
        let enrol = |credential| store.enrol(&Proof::Code(code), credential).unwrap();
        assert_eq!(store.enrol(&Proof::Code(other), mine).unwrap(), Enrolling::Unknown);
        assert_eq!((enrol(mine), enrol(mine)), (Enrolling::Enrolled(ann().segments), Enrolling::Enrolled(ann().segments)));
        assert_eq!(enrol(other), Enrolling::Used);
        assert!(store.is_credential(mine).unwrap() && !store.is_credential(other).unwrap());
    }

    #[test]
    fn whoever_is_invited_again_keeps_the_token_they_have() {
        let (_folder, store) = store();
        let (old, new) = (Digest([2; 32]), Digest([3; 32]));
        store.invite([7; 16], &ann(), Digest([1; 32])).unwrap();
        store.enrol(&Proof::Code(Digest([1; 32])), old).unwrap();
        store.execute("INSERT INTO issued VALUES (x'01', 'scores', ?1, x'02', x'03')", values![&old]).unwrap();
        store.invite_again([7; 16], Digest([9; 32])).unwrap();
        assert!(!store.is_credential(old).unwrap());
        let wave = WaveId(Digest::of(&[]));
        store.execute("UPDATE issued SET wave = ?1", values![&wave.0]).unwrap();
        assert_eq!(store.gather(wave).unwrap().invited, 1, "one person, and not a stranger beside them");
        assert_eq!(store.enrol(&Proof::Code(Digest([1; 32])), new).unwrap(), Enrolling::Unknown);
        store.enrol(&Proof::Code(Digest([9; 32])), new).unwrap();
        assert_eq!(store.first("SELECT credential FROM issued", &[], |row| row.get(0)), Ok(Some(new.0)));
    }
}
