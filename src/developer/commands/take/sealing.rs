//! Sealing: what of a finished response leaves the machine, and when, for a wave that was published.

use chrono::{DateTime, Utc};

use crate::anonymous::submission::Sender;
use crate::anonymous::{Part, Submission};
use crate::developer::commands::confidential::random;
use crate::developer::store::{Enrolment, KnownWave, Sealing, Store, StoreError};
use crate::developer::sync::schedule;
use crate::response::Response;

/// The collector's wave that a sitting answers, and who answers it.
#[derive(Debug, Clone)]
pub(super) struct Addressee {
    pub(super) known: KnownWave,
    pub(super) enrolment: Enrolment,
    /// When the first question was shown.
    pub(super) started_at: DateTime<Utc>,
}

/// What is sealed of a response, and which earlier response it stands for.
pub(super) struct Parts {
    submissions: Vec<Submission>,
    send_at: [Option<DateTime<Utc>>; 2],
    /// The response that was sealed for this wave before.
    pub(super) earlier: Option<String>,
}

impl Addressee {
    /// Makes what leaves the machine of a response, and draws when.
    ///
    /// # Errors
    /// When it is too long, the wave is over, or what is needed can't be read.
    pub(super) fn parts(&self, store: &Store, response: &Response, now: DateTime<Utc>) -> Result<Parts, String> {
        let wave = &self.known.wave;
        let sender = Sender {
            segments: &self.enrolment.segments,
            seconds: (response.answered_at - self.started_at).num_seconds(),
            salts: [random()?, random()?],
        };
        let submissions = Submission::of(wave, response, &sender).map_err(|error| error.to_string())?;
        let held = told(store.tokens())?;
        let draws = [random()?, random()?].map(u64::from_le_bytes);
        let time = |(part, draw): (Part, u64)| {
            let held = held.iter().find(|held| held.wave() == wave.id && held.part() == part)?;
            held.token().map(|_| schedule::send_at(&wave.manifest, now, held.is_late, draw))
        };
        let send_at = [time((Part::Scores, draws[0])), time((Part::Comments, draws[1]))];
        let earlier = told(store.outbox())?.into_iter().find(|sealed| sealed.wave() == wave.id);
        Ok(Parts { submissions, send_at, earlier: earlier.map(|sealed| sealed.response().to_owned()) })
    }
}

impl Parts {
    /// Gives them as the store seals them.
    pub(super) fn sealing(&self, now: DateTime<Utc>) -> Sealing<'_> {
        Sealing { submissions: &self.submissions, send_at: self.send_at, now }
    }
}

/// Says a failure of the store in a line.
pub(super) fn told<T>(result: Result<T, StoreError>) -> Result<T, String> {
    result.map_err(|error| format!("{error}; {}", error.hint()))
}
