//! The ledger of a closed wave: every nullifier with the hash of what is stored under it, and the counts that must add up.
//!
//! A client downloads the whole list and looks for its own; asking for one entry would tell which it is.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::encoding::{Digest, from_hex, to_hex};
use super::frame::Nullifier;
use super::names::WaveId;
use super::signing::{PublicKey, Purpose, SigningKey};

/// The bytes of an entry: nullifier, payload hash.
pub const ENTRY: usize = 64;

/// The entries of a closed wave, in the order of their nullifiers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Ledger(Vec<(Nullifier, Digest)>);

/// How many there were of each part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Of scores.
    pub scores: u32,
    /// Of comments.
    pub comments: u32,
}

/// What the collector states when it closes a wave, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The wave's id.
    pub wave: Digest,
    /// How many people were invited.
    pub invited: u32,
    /// How many tokens were issued.
    pub issued: Counts,
    /// How many tokens were redeemed, withdrawn submissions among them.
    pub redeemed: Counts,
    /// The SHA-256 of the ledger's bytes.
    pub ledger: Digest,
    /// The collector's signature, in 128 hexadecimal digits.
    pub signature: String,
}

/// Why a ledger is not to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// Its bytes are no entries in order.
    #[error("the published list is not in its form")]
    Form,
    /// The closing isn't signed by the wave's collector.
    #[error("the closing is not signed by the wave's collector")]
    Signature,
    /// The list is not the one the closing was signed for.
    #[error("the published list is not the one the collector signed for")]
    Other,
    /// More were redeemed than issued, or more issued than invited.
    #[error("the counts do not add up: more tokens were redeemed than issued, or issued than people invited")]
    Counts,
    /// The list has more or fewer entries than tokens were redeemed.
    #[error("the published list does not have as many entries as tokens were redeemed")]
    Length,
}

impl Ledger {
    /// Puts entries in order.
    pub fn new(mut entries: Vec<(Nullifier, Digest)>) -> Self {
        entries.sort_unstable();
        Self(entries)
    }

    /// Gives its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(nullifier, hash)| [nullifier.0.0, hash.0].concat()).collect()
    }

    /// Reads its bytes.
    ///
    /// # Errors
    /// [`LedgerError::Form`] where they are cut short, out of order, or name a nullifier twice.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LedgerError> {
        let digest = |bytes: &[u8]| bytes.try_into().map(Digest).map_err(|_| LedgerError::Form);
        let entry = |entry: &[u8]| Ok((Nullifier(digest(&entry[..32])?), digest(&entry[32..])?));
        if !bytes.len().is_multiple_of(ENTRY) {
            return Err(LedgerError::Form);
        }
        let entries = bytes.chunks_exact(ENTRY).map(entry).collect::<Result<Vec<_>, LedgerError>>()?;
        if entries.is_sorted_by(|one, next| one.0 < next.0) { Ok(Self(entries)) } else { Err(LedgerError::Form) }
    }

    /// Gives the hash stored under a nullifier.
    pub fn find(&self, nullifier: Nullifier) -> Option<Digest> {
        let at = self.0.binary_search_by_key(&nullifier, |entry| entry.0).ok()?;
        Some(self.0[at].1)
    }

    /// Gives the number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives how many entries, of either part, were taken back.
    pub fn taken_back(&self) -> usize {
        let nothing = Digest::of(&[]);
        self.0.iter().filter(|(_, hash)| *hash == nothing).count()
    }

    /// Says whether nobody sent anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Ledger of {} entries", self.len())
    }
}

impl Closing {
    /// States the figures of a wave and signs them.
    pub fn sign(wave: WaveId, invited: u32, (issued, redeemed): (Counts, Counts), ledger: &[u8], key: &SigningKey) -> Self {
        let ledger = Digest::of(&[ledger]);
        let mut closing = Self { wave: wave.0, invited, issued, redeemed, ledger, signature: String::new() };
        closing.signature = to_hex(&key.sign(Purpose::Closing, &closing.signed()));
        closing
    }

    /// Checks signature, list and counts, as any auditor can.
    ///
    /// # Errors
    /// What doesn't hold.
    pub fn check(&self, wave: WaveId, ledger: &[u8], collector: &PublicKey) -> Result<Ledger, LedgerError> {
        let signature = from_hex(&self.signature).ok_or(LedgerError::Signature)?;
        if self.wave != wave.0 || !collector.verifies(Purpose::Closing, &self.signed(), &signature) {
            return Err(LedgerError::Signature);
        }
        if Digest::of(&[ledger]) != self.ledger {
            return Err(LedgerError::Other);
        }
        let adds_up = |redeemed: u32, issued: u32| redeemed <= issued && issued <= self.invited;
        if !adds_up(self.redeemed.scores, self.issued.scores) || !adds_up(self.redeemed.comments, self.issued.comments) {
            return Err(LedgerError::Counts);
        }
        let ledger = Ledger::from_bytes(ledger)?;
        let redeemed = u64::from(self.redeemed.scores) + u64::from(self.redeemed.comments);
        if ledger.len() as u64 == redeemed { Ok(ledger) } else { Err(LedgerError::Length) }
    }

    fn signed(&self) -> Vec<u8> {
        let (issued, redeemed) = (self.issued, self.redeemed);
        let counts = [self.invited, issued.scores, issued.comments, redeemed.scores, redeemed.comments];
        [&self.wave.0[..], &counts.map(u32::to_be_bytes).concat(), &self.ledger.0].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAVE: WaveId = WaveId(Digest([1; 32]));

    fn entry(first: u8) -> (Nullifier, Digest) {
        (Nullifier(Digest([first; 32])), Digest([0xee; 32]))
    }

    fn counts(scores: u32, comments: u32) -> Counts {
        Counts { scores, comments }
    }

    #[test]
    fn a_ledger_is_in_order_and_names_nobody_twice() {
        let ledger = Ledger::new(vec![entry(3), entry(1), entry(2)]);
        let bytes = ledger.to_bytes();
        assert_eq!((Ledger::from_bytes(&bytes), ledger.len()), (Ok(ledger.clone()), 3));
        assert_eq!((ledger.find(entry(2).0), ledger.find(entry(4).0)), (Some(entry(2).1), None));
        assert_eq!(Ledger::from_bytes(&[]), Ok(Ledger::default()));
        let turned = [&bytes[ENTRY..2 * ENTRY], &bytes[..ENTRY]].concat();
        let mut twice = bytes[..ENTRY].repeat(2);
        twice[2 * ENTRY - 1] ^= 1;
        for wrong in [&bytes[1..], &bytes[..bytes.len() - 1], &turned, &twice] {
            assert_eq!(Ledger::from_bytes(wrong), Err(LedgerError::Form));
        }
    }

    #[test]
    fn a_closing_holds_for_its_wave_its_list_and_figures_that_add_up() {
        let key = SigningKey::from_seed(&[3; 32]);
        let list = Ledger::new(vec![entry(1), entry(2), entry(3)]).to_bytes();
        let check = |invited, issued, redeemed| {
            Closing::sign(WAVE, invited, (issued, redeemed), &list, &key).check(WAVE, &list, &key.public()).map(|_| ())
        };
        assert_eq!(check(2, counts(2, 2), counts(2, 1)), Ok(()));
        assert_eq!(check(1, counts(2, 2), counts(2, 1)), Err(LedgerError::Counts), "more issued than invited");
        assert_eq!(check(2, counts(2, 1), counts(1, 2)), Err(LedgerError::Counts), "more redeemed than issued");
        assert_eq!(check(2, counts(1, 2), counts(2, 1)), Err(LedgerError::Counts), "more redeemed than issued");
        assert_eq!(check(5, counts(2, 2), counts(2, 2)), Err(LedgerError::Length));
        assert_eq!(check(5, counts(2, 2), counts(1, 1)), Err(LedgerError::Length));
        let closing = Closing::sign(WAVE, 2, (counts(2, 2), counts(2, 1)), &list, &key);
        let public = key.public();
        assert_eq!(closing.check(WAVE, &list[ENTRY..], &public), Err(LedgerError::Other));
        assert_eq!(closing.check(WaveId(Digest([2; 32])), &list, &public), Err(LedgerError::Signature));
        let stranger = SigningKey::from_seed(&[4; 32]).public();
        assert_eq!(closing.check(WAVE, &list, &stranger), Err(LedgerError::Signature));
        let changes: [fn(&mut Closing); 4] = [
            |it| it.invited += 1,
            |it| it.issued.comments -= 1,
            |it| it.redeemed = counts(1, 2),
            |it| it.signature = it.signature.to_uppercase(),
        ];
        for change in changes {
            let mut changed = closing.clone();
            change(&mut changed);
            assert_eq!(changed.check(WAVE, &list, &public), Err(LedgerError::Signature));
        }
    }
}
