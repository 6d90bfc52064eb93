//! A survey that may be asked.

use chrono::{DateTime, Utc};

use crate::developer::listing::State;
use crate::survey::{SurveyId, Trigger};

/// A survey that may be asked, as far as deciding needs to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    /// Its id.
    pub id: &'a SurveyId,
    /// The wave it is in, or its version where it has no waves.
    pub wave: String,
    /// When it waits for an occasion, which.
    pub trigger: Option<&'a Trigger>,
    /// The days in which newcomers aren't asked, where it says so.
    pub grace_days: Option<u32>,
    /// The time in which it can be answered; none without waves.
    pub span: Option<Span>,
    /// How far the developer is with it.
    pub state: State,
    /// When its next wave begins, where one is planned.
    pub reopens: Option<DateTime<Utc>>,
    /// When it was answered or declined last, in whatever wave.
    pub settled_at: Option<DateTime<Utc>>,
    /// Whether the developer muted it.
    pub is_muted: bool,
    /// Whether it comes with the program, and nobody here chose to ask it.
    pub is_bundled: bool,
}

/// The time in which a wave can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub opens: DateTime<Utc>,
    /// Its end, which no longer belongs to it.
    pub closes: DateTime<Utc>,
    /// Whether another follows at once, so that nobody needs to hurry.
    pub is_evergreen: bool,
}
