//! A developer who remembers what they were told, and holds it against what is kept here and what the collector has.

use std::collections::BTreeSet;

use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::{Digest, Nullifier};
use dxpulse::developer::store::{Sealed, Store, StoreError};
use serde_json::{Value, json};

use crate::support::exchange::{Collector, Developer, Row, all};

/// How often an exchange without faults may need to be asked for until everything is done: a retry in the background may be at it.
const TRIES: u32 = 20;

/// A developer with a memory. Each answer has a number of its own, by which it is known again.
pub(crate) struct Witness<'a> {
    pub(crate) developer: Developer,
    pub(crate) collector: &'a Collector,
    pub(crate) invitation: String,
    /// The answer that was last told to be saved, or was found so.
    pub(crate) saved: Option<u64>,
    /// Answers since, of which nothing was told.
    pub(crate) tried: Vec<u64>,
    /// Parts that were told to be sent since they were last looked for.
    pub(crate) sent: BTreeSet<String>,
}

impl<'a> Witness<'a> {
    /// Invites somebody, who has joined nothing yet.
    pub(crate) fn invited(collector: &'a Collector) -> Self {
        Self {
            developer: Developer::new(),
            invitation: collector.invitation(),
            collector,
            saved: None,
            tried: Vec::new(),
            sent: BTreeSet::new(),
        }
    }

    /// Holds everything that was told against what is there. What is found saved counts as told from then on.
    pub(crate) fn check(&mut self) -> Result<(), String> {
        let sealed = self.sealed()?;
        let found = number(&sealed)?;
        let is_expected = match (found, self.saved) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(found), saved) => saved == Some(found) || self.tried.contains(&found),
        };
        if !is_expected {
            return Err(format!(
                "answer {:?} was told to be saved, {:?} is sealed, {:?} was tried since",
                self.saved, found, self.tried
            ));
        }
        self.saved = found;
        self.tried.clear();
        let rows = self.collector.rows();
        sealed.iter().try_for_each(|sealed| is_true(sealed, &rows))?;
        for part in std::mem::take(&mut self.sent) {
            let is_sent = |sealed: &Sealed| sealed.part().name() == part && sealed.is_acknowledged();
            if !sealed.iter().any(is_sent) {
                return Err(format!("the {part} were told to be sent and have no receipt: {sealed:?}"));
            }
        }
        Ok(())
    }

    /// Lets everything that is not done yet be done without faults, and makes sure that it arrived as it was sealed, and once.
    pub(crate) fn settle(&mut self) -> Result<(), String> {
        self.join()?;
        if self.saved.is_none() {
            self.developer.take(&answers(0));
            self.saved = Some(0);
        }
        let mut said = String::new();
        for _ in 0..TRIES {
            let output = self.developer.try_sync();
            said = all(&output);
            if output.status.success() {
                break;
            }
        }
        self.check()?;
        let rows = self.collector.rows();
        for sealed in self.sealed()? {
            let hash = Digest::of(&[sealed.payload()]).0;
            let (name, version) = (sealed.part().name(), sealed.version());
            let own = self.nullifier(&sealed)?;
            let row = rows.iter().find(|row| row.nullifier == own);
            if !sealed.is_acknowledged() || row.is_none_or(|row| (row.version, &row.hash) != (version, &to_hex(&hash))) {
                return Err(format!("the {name} did not arrive without faults: {sealed:?}, the collector has {row:?}\n{said}"));
            }
        }
        Ok(())
    }

    fn join(&self) -> Result<(), String> {
        for _ in 0..TRIES {
            if self.has_wave()? {
                return Ok(());
            }
            let output = self.developer.run(["enroll", &self.invitation]);
            if output.status.success() && !self.has_wave()? {
                self.developer.try_sync();
            }
        }
        Err("an invitation can't be used without faults".to_owned())
    }

    /// Says whether the wave of the collector is known here, so that it can be answered.
    pub(crate) fn has_wave(&self) -> Result<bool, String> {
        let Some(store) = self.store()? else { return Ok(false) };
        Ok(!store.waves(chrono::DateTime::<chrono::Utc>::MIN_UTC).map_err(|error| explain(&error))?.is_empty())
    }

    /// Gives what is sealed.
    pub(crate) fn sealed(&self) -> Result<Vec<Sealed>, String> {
        self.store()?.map_or_else(|| Ok(Vec::new()), |store| store.outbox().map_err(|error| explain(&error)))
    }

    fn nullifier(&self, sealed: &Sealed) -> Result<String, String> {
        let tokens = self.store()?.map_or_else(|| Ok(Vec::new()), |store| store.tokens().map_err(|error| explain(&error)))?;
        let held = tokens.iter().find(|held| (held.wave(), held.part()) == (sealed.wave(), sealed.part()));
        let token = held.and_then(|held| held.token()).ok_or_else(|| format!("the {} have no token", sealed.part().name()))?;
        Ok(to_hex(&Nullifier::of(&token.0).0.0))
    }

    /// Opens the store as the program would find it.
    pub(crate) fn store(&self) -> Result<Option<Store>, String> {
        Store::open_existing(&self.developer.data()).map_err(|error| explain(&error))
    }
}

/// Writes the answers with this number down.
pub(crate) fn answers(number: u64) -> String {
    json!({ "nps": number % 11, "why": format!("reason {number}") }).to_string()
}

/// Gives the number of the answers that are sealed; both parts must be of the same.
pub(crate) fn number(sealed: &[Sealed]) -> Result<Option<u64>, String> {
    let payload = |name: &str| {
        let part = sealed.iter().find(|sealed| sealed.part().name() == name)?;
        serde_json::from_slice::<Value>(part.payload()).ok()
    };
    let (scores, comments) = match (payload("scores"), payload("comments")) {
        (None, None) if sealed.is_empty() => return Ok(None),
        (Some(scores), Some(comments)) => (scores, comments),
        _ => return Err(format!("half of an answer is sealed: {sealed:?}")),
    };
    let reason = comments["comments"]["why"].as_str().and_then(|text| text.strip_prefix("reason ")?.parse::<u64>().ok());
    let number = reason.ok_or_else(|| format!("the comments are not what was given: {comments}"))?;
    match scores["answers"]["nps"].as_u64() == Some(number % 11) {
        true => Ok(Some(number)),
        false => Err(format!("scores and comments are of different answers: {scores}, {comments}")),
    }
}

/// Makes sure that the collector has what it signed for, or a later version of it.
fn is_true(sealed: &Sealed, rows: &[Row]) -> Result<(), String> {
    let Some(receipt) = &sealed.receipt else { return Ok(()) };
    let row = rows.iter().find(|row| row.nullifier == to_hex(&receipt.nullifier.0));
    let has = row.is_some_and(|row| {
        row.version > receipt.version || (row.version, row.hash.as_str()) == (receipt.version, &to_hex(&receipt.payload_hash.0))
    });
    match has {
        true => Ok(()),
        false => Err(format!("the {} are called sent, and the collector has {row:?}", sealed.part().name())),
    }
}

fn explain(error: &StoreError) -> String {
    format!("the store can't be read: {error}")
}
