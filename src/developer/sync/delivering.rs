//! Delivering events to a webhook: the same bytes under the same id however often it takes. Any 2xx is all that says it was taken,
//! since nobody signs for it: "delivered", never "counted".

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::http::{Failed, Http};
use super::{SyncError, draw, schedule};
use crate::anonymous::submission::confidential::signature;
use crate::developer::store::{SealedEvent, Store};

/// The media type of an event in the structured mode of CloudEvents.
const MEDIA_TYPE: &str = "application/cloudevents+json";

/// The fewest and the most bytes of a secret.
const SECRET: (usize, u64) = (32, 4096);

/// The webhook that is set: where events go, and where the secret lies that they are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub address: String,
    /// The file with the secret.
    pub secret_file: PathBuf,
}

/// Why a secret can't be used.
#[derive(Debug, Error)]
pub enum SecretError {
    /// There is none.
    #[error("`webhook_secret_file` is not set")]
    Unset,
    /// It can't be read.
    #[error("the secret in {} can't be read: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Others could read it.
    #[error("the secret in {} is open to others on this machine ({mode:04o})", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// It could be guessed.
    #[error("the secret in {} has fewer than {} bytes", .0.display(), SECRET.0)]
    Short(PathBuf),
}

impl SecretError {
    /// Says what to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Unset => "dxpulse config set webhook_secret_file FILE, with the secret that the endpoint has".to_owned(),
            Self::Unreadable { path, .. } => format!("put the secret that the endpoint has into {}", path.display()),
            Self::Open { path, .. } => format!("chmod 600 {}", path.display()),
            Self::Short(_) => "make a longer one for both sides, as with `openssl rand -hex 32`".to_owned(),
        }
    }
}

/// Reads a secret, without the end of its line.
///
/// # Errors
/// When there is none, others could read it, or it is too short.
pub fn secret(path: &Path) -> Result<Vec<u8>, SecretError> {
    if path.as_os_str().is_empty() {
        return Err(SecretError::Unset);
    }
    let unreadable = |cause| SecretError::Unreadable { path: path.to_owned(), cause };
    let file = File::open(path).map_err(unreadable)?;
    let found = file.metadata().map_err(unreadable)?;
    let mode = found.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(SecretError::Open { path: path.to_owned(), mode });
    }
    let mut secret = Vec::new();
    file.take(SECRET.1).read_to_end(&mut secret).map_err(unreadable)?;
    while secret.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        secret.pop();
    }
    if secret.len() < SECRET.0 { Err(SecretError::Short(path.to_owned())) } else { Ok(secret) }
}

/// Delivers an event and keeps what became of it; `false` when another process has changed it or taken it out meanwhile, and nothing was
/// sent.
///
/// # Errors
/// When it wasn't taken; it is kept, and tried again at a time that is kept too, unless the endpoint refused it for good.
pub fn deliver(store: &mut Store, event: SealedEvent, webhook: &Webhook, now: DateTime<Utc>) -> Result<bool, SyncError> {
    let mut event = event;
    let secret = match secret(&webhook.secret_file) {
        Ok(secret) => secret,
        Err(error) => return failed(store, event, Failed::Secret(format!("{error}; {}", error.hint())), now),
    };
    // From here on it may be known, whatever comes back.
    if !store.begin_delivering(&event)? {
        return Ok(false);
    }
    event.was_tried = true;
    match post(&event, &secret) {
        Ok(()) => {
            event.delivered = Some(event.revision());
            (event.failure, event.retry_at, event.is_blocked) = (None, None, false);
            store.keep_event(&event)?;
            Ok(true)
        }
        Err(error) => failed(store, event, error, now),
    }
}

fn post(event: &SealedEvent, secret: &[u8]) -> Result<(), Failed> {
    let http = Http::exactly(event.endpoint())?;
    let body = event.body().as_bytes();
    let headers = [("Idempotency-Key", event.id()), ("X-Hub-Signature-256", &signature(secret, body))];
    let reply = http.post_with(&headers, MEDIA_TYPE, body.to_vec())?;
    http.expect(reply).map(drop)
}

fn failed(store: &mut Store, mut event: SealedEvent, failed: Failed, now: DateTime<Utc>) -> Result<bool, SyncError> {
    event.attempts = event.attempts.saturating_add(1);
    event.failure = Some(failed.to_string());
    event.is_blocked = failed.is_final();
    event.retry_at = Some(schedule::retry_at(now, event.attempts, failed.retry_after(), draw()?));
    store.keep_event(&event)?;
    Err(failed.into())
}
