//! Fetching tokens: one of each part for every wave, whether or not it will be used, at a time drawn before submissions open.

use chrono::{DateTime, Utc};

use super::http::Http;
use super::{SyncError, draw, random, schedule};
use crate::anonymous::token::{Blinding, SystemChance};
use crate::anonymous::{SigningKey, Token, Wave};
use crate::developer::store::{Enrolment, Held, Sealed, Store};

/// Fetches a token, and gives it the time its part is sent where something is sealed already.
///
/// What it is asked for with is on the disk before the request: asking again after any failure asks for the same.
///
/// # Errors
/// When the collector can't be reached or refuses, its answer doesn't verify, or something can't be kept.
pub fn fetch(store: &mut Store, enrolment: &Enrolment, (wave, held): (&Wave, Held), now: DateTime<Utc>) -> Result<(), SyncError> {
    let mut held = held;
    match ask(store, enrolment, wave, &mut held) {
        Ok(token) => {
            held.issued(&token, now >= wave.manifest.opens);
            store.keep_token(&held)?;
            schedule_waiting(store, now)
        }
        Err(error) => {
            held.attempts = held.attempts.saturating_add(1);
            let asked_for = if let SyncError::Failed(failed) = &error { failed.retry_after() } else { None };
            held.fetch_at = schedule::retry_at(now, held.attempts, asked_for, draw()?);
            held.refusal = if let SyncError::Failed(failed) = &error { failed.refuses_token() } else { None };
            store.keep_token(&held)?;
            Err(error)
        }
    }
}

fn ask(store: &mut Store, enrolment: &Enrolment, wave: &Wave, held: &mut Held) -> Result<Token, SyncError> {
    let (part, key) = (held.part(), wave.key(held.part()));
    let challenge = wave.challenge(part);
    let blinding = match held.request() {
        Some(kept) => Blinding::resume(key, challenge, &kept.owner.public(), (kept.blinded, kept.secret)),
        None => {
            let owner = SigningKey::from_seed(&random()?);
            let blinding = key.blind(challenge, &owner.public(), &mut SystemChance)?;
            held.asked_with(&owner, &blinding);
            store.keep_token(held)?;
            blinding
        }
    };
    let path = format!("/v1/waves/{}/tokens/{}", wave.id.0, part.name());
    let body = key.request(&blinding.blinded).to_vec();
    let request = ("application/private-token-request", body);
    let answer = Http::new(&enrolment.collector)?.post_bytes(&path, &enrolment.credential, request)?;
    Ok(key.finalize(&blinding, &answer)?)
}

/// Draws the time at which each part is sent that has its token and no time yet: it was sealed before its token came, or while it did.
///
/// # Errors
/// When the outbox can't be read or written.
pub fn schedule_waiting(store: &mut Store, now: DateTime<Utc>) -> Result<(), SyncError> {
    let waiting: Vec<Sealed> = store.outbox()?.into_iter().filter(|sealed| sealed.send_at.is_none()).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let tokens = store.tokens()?;
    for mut sealed in waiting {
        let own = |held: &&Held| held.wave() == sealed.wave() && held.part() == sealed.part() && held.token().is_some();
        if let (Some(held), Some(known)) = (tokens.iter().find(own), store.wave(sealed.wave())?) {
            sealed.send_at = Some(schedule::send_at(&known.wave.manifest, now, held.is_late, draw()?));
            store.keep_sealed(&sealed)?;
        }
    }
    Ok(())
}
