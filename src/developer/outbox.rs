//! Where each answer is, in plain states: a pure view of what the store holds.

use chrono::{DateTime, Utc};

use crate::developer::store::{Held, KnownWave, Sealed, SealedEvent};

/// Where a sealed part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Sealed; its token is yet to come.
    Sealed,
    /// The collector issues no token for it; it is kept.
    Untokened(String),
    /// Waiting for the time it is sent at.
    Scheduled(DateTime<Utc>),
    /// Sending failed and is tried again at a time.
    Retrying(DateTime<Utc>, String),
    /// The collector signed for it.
    Acknowledged,
    /// The webhook took it; nobody signs for that.
    Delivered,
    /// It was sealed for another webhook than the one that is set, if one is; it is kept.
    Unaddressed,
    /// It stands in the ledger of the closed wave.
    Verified,
    /// It was not sent, and what was sent before it stands in the ledger of the closed wave.
    Earlier {
        /// Whether that had taken it back.
        is_withdrawal: bool,
    },
    /// It was signed for, and doesn't stand in the ledger as it was sent.
    Missing,
    /// The collector refused it; it is kept.
    Blocked(String),
    /// The collector refused it, since it has this version or a later one of another machine; it is kept.
    Overtaken(String),
    /// The collector refused it, since what was sent before had been taken back; it is kept.
    Final,
    /// Its wave was closed before it could be sent; it is kept.
    Expired,
    /// It was moved to another machine at a time, and is sent from there.
    Moved(DateTime<Utc>),
}

impl State {
    /// Works out where a sealed part is. Nothing of it is stored, so that a clock that was wrong leaves nothing behind.
    pub fn of(sealed: &Sealed, known: &KnownWave, held: Option<&Held>, now: DateTime<Utc>) -> Self {
        match sealed.is_listed {
            Some(true) if sealed.is_proven() => return Self::Verified,
            Some(true) => return Self::Earlier { is_withdrawal: sealed.was_taken_back() },
            Some(false) => return Self::Missing,
            None if sealed.is_acknowledged() => return Self::Acknowledged,
            None => {}
        }
        if let Some(moved) = sealed.moved {
            return Self::Moved(moved.at);
        }
        let failure = || sealed.failure.clone().unwrap_or_default();
        match (sealed.send_at, sealed.retry_at) {
            _ if known.is_over(now) => Self::Expired,
            _ if sealed.is_blocked && sealed.is_overtaken() && sealed.was_taken_back() => Self::Final,
            _ if sealed.is_blocked && sealed.is_overtaken() => Self::Overtaken(failure()),
            _ if sealed.is_blocked => Self::Blocked(failure()),
            (Some(_), Some(retry)) => Self::Retrying(retry, failure()),
            (Some(at), None) => Self::Scheduled(at),
            (None, _) => held.and_then(|held| held.refusal.clone()).map_or(Self::Sealed, Self::Untokened),
        }
    }

    /// Works out where what was sealed for a webhook is, with the address that is set now.
    pub fn of_event(event: &SealedEvent, webhook: Option<&str>) -> Self {
        let failure = || event.failure.clone().unwrap_or_default();
        match (event.moved, event.retry_at) {
            _ if event.is_delivered() => Self::Delivered,
            (Some(moved), _) => Self::Moved(moved.at),
            _ if webhook != Some(event.endpoint()) => Self::Unaddressed,
            _ if event.is_blocked => Self::Blocked(failure()),
            (None, Some(retry)) => Self::Retrying(retry, failure()),
            (None, None) => Self::Scheduled(event.send_at),
        }
    }

    /// Gives the state's name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Untokened(_) => "untokened",
            Self::Scheduled(_) => "scheduled",
            Self::Retrying(..) => "retrying",
            Self::Acknowledged => "acknowledged",
            Self::Delivered => "delivered",
            Self::Unaddressed => "unaddressed",
            Self::Verified => "verified",
            Self::Earlier { .. } => "earlier",
            Self::Missing => "missing",
            Self::Blocked(_) | Self::Overtaken(_) | Self::Final => "blocked",
            Self::Expired => "expired",
            Self::Moved(_) => "moved",
        }
    }
}
