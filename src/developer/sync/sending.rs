//! Sending what is sealed: the same bytes under the same nullifier however often it takes, and "sent" only with a receipt.

use chrono::{DateTime, Utc};

use super::http::{Failed, Http, Reply};
use super::{SyncError, draw, oblivious, schedule};
use crate::anonymous::{Frame, Receipt, Wave};
use crate::developer::store::{Held, Sealed, Store};

/// Sends a sealed part and keeps what became of it; `false` when another process has changed it or taken it out meanwhile, and nothing
/// was sent.
///
/// # Errors
/// When it wasn't taken; it is kept, and tried again at a time that is kept too, unless the collector refused it for good.
pub fn send(store: &mut Store, wave: &Wave, (sealed, held): (Sealed, &Held), now: DateTime<Utc>) -> Result<bool, SyncError> {
    let mut sealed = sealed;
    let Some(frame) = frame(wave, &sealed, held) else { return Ok(false) };
    // From here on it may be known, whatever comes back.
    if !store.begin_sending(&sealed)? {
        return Ok(false);
    }
    sealed.was_tried = true;
    match submit(wave, &frame) {
        Ok(receipt) => {
            sealed.receipt = Some(receipt);
            (sealed.failure, sealed.retry_at, sealed.is_blocked) = (None, None, false);
            sealed.reason.clear();
            store.keep_sealed(&sealed)?;
            Ok(true)
        }
        Err(failed) => {
            sealed.attempts = sealed.attempts.saturating_add(1);
            sealed.failure = Some(failed.to_string());
            (sealed.is_blocked, sealed.reason) = (failed.is_final(), failed.code().to_owned());
            let retry_at = schedule::retry_at(now, sealed.attempts, failed.retry_after(), draw()?);
            sealed.retry_at = Some(schedule::in_time(&wave.manifest, now, retry_at, draw()?));
            store.keep_sealed(&sealed)?;
            Err(failed.into())
        }
    }
}

/// Gives the body of a sealed part as it is sent; `None` until its token has been issued.
pub fn frame(wave: &Wave, sealed: &Sealed, held: &Held) -> Option<Frame> {
    let (token, owner) = held.token()?;
    Frame::new(wave.id, token, &owner, (sealed.version(), sealed.payload().to_vec()))
}

fn submit(wave: &Wave, frame: &Frame) -> Result<Receipt, Failed> {
    let path = format!("/v1/waves/{}/responses/{}", wave.id.0, frame.nullifier());
    let collector = &wave.manifest.collector;
    let (http, reply): (Http, Reply) = match &wave.manifest.relay {
        None => {
            let http = Http::new(collector)?;
            let reply = http.put(&path, frame.to_bytes())?;
            (http, reply)
        }
        Some(relay) => oblivious::put(relay, collector, &path, &frame.to_bytes())?,
    };
    let receipt: Receipt = http.json(&http.expect(reply)?)?;
    match receipt.covers(wave.id, frame, &wave.manifest.receipt_key) {
        true => Ok(receipt),
        false => Err(http.strange("the receipt is not the collector's for what was sent")),
    }
}
