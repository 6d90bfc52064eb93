//! The outbox: what was sealed for sending, from the moment it can't be lost until its receipt, and until it is found in the
//! collector's ledger.
//!
//! Only [`Store::finish`] and [`Store::withdraw`] put something in, and only a [`Submission`] at that; what sends gets a [`Sealed`] and
//! nothing else.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::leaving::{self, Leaving};
use super::records::{self, Kind, Moved, Record, Unsent};
use super::tokens;
use crate::anonymous::{Digest, Part, Receipt, Submission, WaveId};

/// A sealed part of a response. The bytes never change; a later version takes the place of an earlier one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    wave: Digest,
    part: String,
    response: String,
    survey: String,
    version: u32,
    payload: String,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// When it is to be sent; drawn once there is a token.
    pub send_at: Option<DateTime<Utc>>,
    /// How often sending it failed since it was sealed.
    #[serde(default)]
    pub attempts: u32,
    /// Whether some version of it may have left the machine.
    #[serde(default)]
    pub was_tried: bool,
    /// When sending is to be tried again.
    pub retry_at: Option<DateTime<Utc>>,
    /// What the last failure was.
    pub failure: Option<String>,
    /// Whether the collector refused it, so that only the developer can try again.
    #[serde(default)]
    pub is_blocked: bool,
    /// The collector's word for the reason of the last failure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The last receipt that verified; of this version or an earlier one.
    pub receipt: Option<Receipt>,
    /// Whether what was signed for, or else this, was found in the ledger of the closed wave; `Some(false)` where it was missing or
    /// altered.
    pub is_listed: Option<bool>,
    /// The hash of the payload that stands in the ledger of the closed wave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Digest>,
    /// Whether it was moved to another machine, which sends it, changes it and takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

/// What is sealed along with a response, and for which survey.
#[derive(Debug, Clone, Copy)]
pub struct Sealing<'a> {
    /// The parts of the response.
    pub submissions: &'a [Submission],
    /// When each part is to be sent, in the order of [`Part::ALL`]; `None` where its token is yet to come.
    pub send_at: [Option<DateTime<Utc>>; 2],
    /// Now.
    pub now: DateTime<Utc>,
}

impl Record for Sealed {
    const KIND: Kind = Kind::Sealed;

    fn name(&self) -> String {
        tokens::name(self.wave(), &self.part)
    }
}

impl Leaving for Sealed {
    fn number(&self) -> u32 {
        self.version
    }

    fn may_have_left(&self) -> bool {
        self.may_be_known()
    }

    fn tried(self) -> Self {
        Self { was_tried: true, ..self }
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed {} of version {}", self.part, self.version)
    }
}

impl Sealed {
    /// Gives the wave it is for.
    pub fn wave(&self) -> WaveId {
        WaveId(self.wave)
    }

    /// Gives the part it holds.
    pub fn part(&self) -> Part {
        Part::from_name(&self.part).unwrap_or(Part::Scores)
    }

    /// Gives the name of the part, as it is kept.
    pub(super) fn part_name(&self) -> &str {
        &self.part
    }

    /// Gives the id of the stored response it was made of.
    pub fn response(&self) -> &str {
        &self.response
    }

    /// Gives the id of the survey.
    pub fn survey(&self) -> &str {
        &self.survey
    }

    /// Gives the version: the first is 1.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Gives the payload, byte for byte; empty where it is taken back.
    pub fn payload(&self) -> &[u8] {
        self.payload.as_bytes()
    }

    /// Says whether it takes back what was sent.
    pub fn is_withdrawal(&self) -> bool {
        self.payload.is_empty()
    }

    /// Gives the SHA-256 of the payload.
    pub fn hash(&self) -> Digest {
        Digest::of(&[self.payload()])
    }

    /// Says whether the collector acknowledged this very version.
    pub fn is_acknowledged(&self) -> bool {
        let of_this = |receipt: &Receipt| receipt.version == self.version && receipt.payload_hash == self.hash();
        self.receipt.as_ref().is_some_and(of_this)
    }

    /// Takes down what stands in the ledger of the closed wave; what was never signed for can only be found there, not be missing.
    pub fn looked_for(&mut self, found: Option<Digest>) {
        let is_this = found == Some(self.hash());
        let is_signed_for = |receipt: &Receipt| found == Some(receipt.payload_hash);
        self.listed = found;
        self.is_listed =
            self.receipt.as_ref().map(is_signed_for).map(|is_listed| is_listed || is_this).or(is_this.then_some(true));
    }

    /// Says whether it was refused because the wave is closed, as the collector says without signing for it.
    pub fn is_late(&self) -> bool {
        self.reason == "closed"
    }

    /// Says whether it was refused because this version, a later one or a withdrawal had been sent.
    pub fn is_overtaken(&self) -> bool {
        self.reason == "version-taken"
    }

    /// Says whether exactly this stands in the ledger of the closed wave.
    pub fn is_proven(&self) -> bool {
        self.is_listed == Some(true) && (self.is_acknowledged() || self.listed == Some(self.hash()))
    }

    /// Says whether the last version that the collector signed for took it back.
    pub fn was_taken_back(&self) -> bool {
        self.receipt.as_ref().is_some_and(|receipt| receipt.payload_hash == Digest::of(&[b""]))
    }

    /// Says whether some version may have left the machine.
    pub fn may_be_known(&self) -> bool {
        self.receipt.is_some() || self.was_tried
    }

    fn first(submission: &Submission, (response, survey): (&str, &str), sealing: &Sealing<'_>) -> Self {
        let part = submission.part();
        Self {
            wave: submission.wave().0,
            part: part.name().to_owned(),
            response: response.to_owned(),
            survey: survey.to_owned(),
            version: 1,
            payload: String::from_utf8_lossy(submission.payload()).into_owned(),
            sealed_at: sealing.now,
            send_at: sealing.send_at[part as usize],
            attempts: 0,
            was_tried: false,
            retry_at: None,
            failure: None,
            is_blocked: false,
            reason: String::new(),
            receipt: None,
            is_listed: None,
            listed: None,
            moved: None,
        }
    }

    /// Gives this as the next version of what was sealed before.
    fn after(self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        Self { version: before.version + 1, receipt: before.receipt.clone(), was_tried: before.was_tried, ..self }
    }
}

impl Store {
    /// Gives the ids of the responses that were taken back, whether or not they had been sent.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn taken_back(&self) -> Result<BTreeSet<String>, StoreError> {
        let (sealed, events, unsent) = (self.outbox()?, self.events()?, self.records::<Unsent>()?);
        let sealed = sealed.into_iter().filter(|it| it.part() == Part::Scores && it.is_withdrawal()).map(|it| it.response);
        let events = events.into_iter().filter(|it| it.part() == Part::Scores && it.is_withdrawal());
        let unsent = unsent.into_iter().filter(|it| it.part == Part::Scores.name()).map(|it| it.response);
        Ok(sealed.chain(events.map(|it| it.response().to_owned())).chain(unsent).collect())
    }

    /// Gives everything in the outbox, in the order it was first sealed.
    ///
    /// # Errors
    /// When the database can't be read or is damaged.
    pub fn outbox(&self) -> Result<Vec<Sealed>, StoreError> {
        self.records()
    }

    /// Takes a response back: what never left goes out of the outbox, for the rest a withdrawal is sealed, all or nothing.
    ///
    /// `sealing` has a withdrawal for each part; which of them are needed is decided by what is in the outbox at that moment, since
    /// another process may be sending.
    ///
    /// # Errors
    /// When it can't be written; what was sealed before still is.
    pub fn withdraw(&mut self, of: (&str, &str), sealing: &Sealing<'_>) -> Result<(), StoreError> {
        self.write(|transaction| {
            let before: Vec<Sealed> = records::all(transaction)?;
            for submission in sealing.submissions {
                let own = |it: &&Sealed| it.wave() == submission.wave() && it.part() == submission.part();
                match before.iter().find(own) {
                    Some(earlier) if !earlier.may_be_known() => {
                        leaving::remove(transaction, [earlier])?;
                        records::put(transaction, &Unsent { response: earlier.response.clone(), part: earlier.part.clone() })?;
                    }
                    Some(earlier) if earlier.is_withdrawal() => {}
                    Some(earlier) => records::put(transaction, &Sealed::first(submission, of, sealing).after(Some(earlier)))?,
                    None => {}
                }
            }
            Ok(())
        })
    }

    /// Takes down that a part is about to leave the machine; from then on it may be known.
    ///
    /// `false` when it was changed or taken out meanwhile: then it must not be sent as it is here.
    ///
    /// # Errors
    /// When it can't be written; it must not be sent then either.
    pub fn begin_sending(&mut self, sealed: &Sealed) -> Result<bool, StoreError> {
        self.begin_leaving(sealed)
    }

    /// Keeps what became of a sealed part: a time, a failure, a receipt. Its bytes stay as they are.
    ///
    /// A version that was sealed meanwhile stays too: what is kept then is the receipt of the earlier one.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_sealed(&mut self, sealed: &Sealed) -> Result<(), StoreError> {
        // What is there is read in the same transaction: another process may be sealing the next version.
        self.write(|transaction| {
            // It may have been taken out of the outbox before it was sent.
            let Some(current) = leaving::current(transaction, sealed)? else { return Ok(()) };
            let receipt =
                [&current.receipt, &sealed.receipt].into_iter().flatten().max_by_key(|receipt| receipt.version).cloned();
            let was_tried = current.was_tried || sealed.was_tried;
            let latest = if current.version > sealed.version { current } else { sealed.clone() };
            records::put(transaction, &Sealed { receipt, was_tried, ..latest })
        })
    }
}

/// Puts the parts of a response into the outbox, each as the next version of what is there.
///
/// A part that the response no longer has is taken back, or simply taken out where it never left.
pub(super) fn put(transaction: &Transaction<'_>, of: (&str, &str), sealing: &Sealing<'_>) -> Result<(), rusqlite::Error> {
    let Some(wave) = sealing.submissions.first().map(Submission::wave) else { return Ok(()) };
    let before: Vec<Sealed> = records::all(transaction)?;
    for part in Part::ALL {
        let earlier = before.iter().find(|sealed| sealed.wave() == wave && sealed.part() == part);
        let submission = sealing.submissions.iter().find(|submission| submission.part() == part).cloned();
        let submission = match (submission, earlier) {
            (None, Some(earlier)) if !earlier.may_be_known() => {
                leaving::remove(transaction, [earlier])?;
                continue;
            }
            (None, Some(earlier)) if !earlier.is_withdrawal() => Submission::withdrawal(wave, part),
            (None, _) => continue,
            (Some(submission), _) => submission,
        };
        records::put(transaction, &Sealed::first(&submission, of, sealing).after(earlier))?;
    }
    Ok(())
}
