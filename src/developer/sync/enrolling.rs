//! Joining a collector: the invitation is read, the secret kept, the code redeemed.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use serde::Deserialize;
use serde_json::{Value, json};
use thiserror::Error;

use super::http::{Http, cleaned};
use super::{SyncError, random};
use crate::anonymous::classes::Values;
use crate::anonymous::encoding::to_hex;
use crate::anonymous::manifest::is_safe;
use crate::anonymous::{Digest, PublicKey};
use crate::developer::store::{Enrolment, Store};

/// An invitation as it was handed out.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The collector's address.
    pub collector: String,
    /// Whose waves are to be accepted.
    pub publishers: Vec<PublicKey>,
    /// The one-time code; empty where the organisation's sign-in takes its place.
    pub code: Option<String>,
}

/// Why an invitation can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvitationError {
    /// It is neither a link nor a code.
    #[error("this is neither the link nor the code of an invitation")]
    Form,
    /// A code alone doesn't say which collector it is for.
    #[error("a code alone does not say whose it is: no collector and publisher are set on this machine")]
    Where,
    /// The address isn't one that answers may go to.
    #[error("{0} is not an https address")]
    Address(String),
    /// It wants surveys accepted of someone who isn't pinned.
    #[error("the link wants surveys accepted that are signed by {0}, and only other publishers are pinned on this machine")]
    Publisher(Box<PublicKey>),
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Invitation to {}", self.collector)
    }
}

impl Invitation {
    /// Reads a link such as `https://pulse.example.com/join#CODE.KEY`, or a code alone where collector and publishers are set.
    ///
    /// Where publishers are pinned, a link that names another one is refused.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str, collector: Option<&str>, publishers: &[PublicKey]) -> Result<Self, InvitationError> {
        let text = text.trim();
        if let Some((address, fragment)) = text.split_once("/join#") {
            let (code, key) = fragment.split_once('.').ok_or(InvitationError::Form)?;
            let key = PublicKey::from_text(key).ok_or(InvitationError::Form)?;
            if !publishers.is_empty() && !publishers.contains(&key) {
                return Err(InvitationError::Publisher(Box::new(key)));
            }
            let publishers = if publishers.is_empty() { vec![key] } else { publishers.to_vec() };
            return Self::checked(address, publishers, code);
        }
        if !is_code(text) {
            return Err(InvitationError::Form);
        }
        let collector = collector.filter(|_| !publishers.is_empty()).ok_or(InvitationError::Where)?;
        Self::checked(collector, publishers.to_vec(), text)
    }

    /// Makes the invitation of whoever signs in at a collector instead of showing a code.
    ///
    /// # Errors
    /// When no publisher is set, or the address isn't one that answers may go to.
    pub fn by_sign_in(collector: Option<&str>, publishers: &[PublicKey]) -> Result<Self, InvitationError> {
        let collector = collector.filter(|_| !publishers.is_empty()).ok_or(InvitationError::Where)?.trim_end_matches('/');
        match is_safe(collector) {
            true => Ok(Self { collector: collector.to_owned(), publishers: publishers.to_vec(), code: Some(String::new()) }),
            false => Err(InvitationError::Address(collector.to_owned())),
        }
    }

    fn checked(address: &str, publishers: Vec<PublicKey>, code: &str) -> Result<Self, InvitationError> {
        let collector = address.trim_end_matches('/').to_owned();
        if !is_safe(&collector) {
            return Err(InvitationError::Address(collector));
        }
        if !is_code(code) {
            return Err(InvitationError::Form);
        }
        Ok(Self { collector, publishers, code: Some(code.to_ascii_lowercase()) })
    }
}

fn is_code(text: &str) -> bool {
    BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).is_ok_and(|code| code.len() == 20)
}

/// What was kept to join with.
#[derive(Debug)]
pub struct Begun {
    /// The enrolment, which is pending.
    pub enrolment: Enrolment,
    /// Whether the collector can't have heard of it yet.
    pub is_new: bool,
}

/// Keeps what is needed to join, before anything is sent: whoever tries again after a failure is the same to the collector.
///
/// Whoever has joined already gets a new secret; the waves, the tokens and what is in the outbox stay, and so does the old secret until
/// the invitation is taken.
///
/// # Errors
/// When it can't be kept.
pub fn begin(store: &mut Store, invitation: &Invitation, now: DateTime<Utc>) -> Result<Begun, SyncError> {
    let known = store.enrolments()?.into_iter().find(|known| known.collector == invitation.collector);
    let (credential, invited) = (to_hex(&random::<32>()?), invitation.code.clone());
    let enrolment = match known {
        Some(known) if known.is_pending() && known.invitation == invited => return Ok(Begun { enrolment: known, is_new: false }),
        Some(known) => {
            let former = if known.is_pending() { known.former } else { Some(known.credential) };
            let publishers = if former.is_some() { known.publishers } else { invitation.publishers.clone() };
            Enrolment { credential, former, publishers, invitation: invited, collector: known.collector, ..known }
        }
        None => Enrolment {
            collector: invitation.collector.clone(),
            publishers: invitation.publishers.clone(),
            credential,
            invitation: invited,
            former: None,
            taken: None,
            segments: Values::new(),
            refresh_at: now,
            is_shown: false,
            moved: None,
        },
    };
    store.keep_enrolment(&enrolment)?;
    Ok(Begun { enrolment, is_new: true })
}

#[derive(Deserialize)]
struct Joined {
    segments: Values,
}

/// Redeems the code of an enrolment that is pending; one that isn't stays as it is.
///
/// # Errors
/// When the collector can't be reached or refuses, or the answer can't be kept.
pub fn redeem(store: &mut Store, begun: Begun) -> Result<Enrolment, SyncError> {
    let Some(code) = begun.enrolment.invitation.clone() else { return Ok(begun.enrolment) };
    redeem_with(store, &begun, json!({ "code": code }))
}

/// Joins with a proof of who one is: a code, or the token of a sign-in. What nobody can have taken, or nobody ever will, is given up.
///
/// # Errors
/// As [`redeem`].
pub fn redeem_with(store: &mut Store, begun: &Begun, mut proof: Value) -> Result<Enrolment, SyncError> {
    let Begun { enrolment, is_new } = begun;
    proof["credential_hash"] = json!(credential_hash(&enrolment.credential));
    let joined = Http::new(&enrolment.collector).and_then(|http| http.post_json::<Joined>("/v1/enrolments", &proof));
    let joined = match joined {
        Ok(joined) => joined,
        Err(failed) => {
            if failed.refuses_invitation() || (*is_new && failed.took_nothing()) {
                store.give_up(enrolment)?;
            }
            return Err(failed.into());
        }
    };
    let segments = joined.segments.iter().map(|(segment, value)| (cleaned(segment), cleaned(value))).collect();
    let taken = enrolment.invitation.as_ref().filter(|code| !code.is_empty()).map(|code| Digest::of(&[code.as_bytes()]));
    let enrolment = Enrolment { invitation: None, former: None, taken, segments, ..enrolment.clone() };
    store.keep_enrolment(&enrolment)?;
    let waves = store.waves(DateTime::<Utc>::MIN_UTC)?.into_iter().filter(|known| known.collector == enrolment.collector);
    store.ask_again(&waves.map(|known| known.wave.id).collect::<Vec<_>>())?;
    Ok(enrolment)
}

/// Gives what the collector knows of a credential: the SHA-256 of its 32 bytes.
fn credential_hash(credential: &str) -> Option<Digest> {
    Digest::from_hex(credential).map(|credential| Digest::of(&[&credential.0]))
}
