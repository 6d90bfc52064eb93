//! What is to be done now: worked out of what is kept, before anything is done.
//!
//! In one run either an answer is sent, to a collector or to a webhook, or what says who asks is done, never two of these: two requests
//! of one machine, one after the other, would say that they belong together. Only who doesn't want to wait has it otherwise.

use chrono::{DateTime, TimeDelta, Utc};

use super::delivering::Webhook;
use super::schedule::is_due;
use crate::anonymous::{Part, WaveId};
use crate::developer::outbox::State;
use crate::developer::store::{Enrolment, Held, KnownWave, Sealed, SealedEvent};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Redeem the invitation to a collector.
    Enrol(String),
    /// Look for new waves of a collector.
    Refresh(String),
    /// Fetch the token of a part.
    Fetch(WaveId, Part),
    /// Send a part.
    Send(WaveId, Part),
    /// Look for one's own answers in the ledger of a closed wave.
    Prove(WaveId),
    /// Deliver the event about a subject to the webhook.
    Deliver(String),
}

/// What tasks give away; those of different kinds share no run, unless the developer doesn't want to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Who asks.
    Asking,
    /// What is answered, to a collector that can't tell by whom.
    Sending,
    /// What is answered, to a webhook that is trusted not to look.
    Delivering,
}

impl Task {
    /// Gives what it gives away.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Enrol(_) | Self::Refresh(_) | Self::Fetch(..) | Self::Prove(_) => Kind::Asking,
            Self::Send(..) => Kind::Sending,
            Self::Deliver(_) => Kind::Delivering,
        }
    }
}

/// Who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nobody: it is what is due.
    Background,
    /// Nobody, after a request that said who asks: what is due of what says so too, and no answer.
    Joined,
    /// The developer: what is due, an answer at a time as well, and what was refused is tried again.
    Asked,
    /// The developer, who doesn't want to wait: everything, whether it is due or not.
    Now,
}

impl Mode {
    /// Says whether the developer asked for it.
    fn is_asked(self) -> bool {
        matches!(self, Self::Asked | Self::Now)
    }
}

/// All that is kept of the exchange.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The collectors.
    pub enrolments: Vec<Enrolment>,
    /// Their waves.
    pub waves: Vec<KnownWave>,
    /// The tokens.
    pub tokens: Vec<Held>,
    /// The outbox.
    pub outbox: Vec<Sealed>,
    /// What is for webhooks.
    pub events: Vec<SealedEvent>,
    /// The webhook that is set.
    pub webhook: Option<Webhook>,
}

impl Kept {
    /// Finds a wave.
    pub fn wave(&self, id: WaveId) -> Option<&KnownWave> {
        self.waves.iter().find(|known| known.wave.id == id)
    }

    /// Finds the token that a sealed part needs, issued or not.
    pub fn held(&self, sealed: &Sealed) -> Option<&Held> {
        self.tokens.iter().find(|held| held.wave() == sealed.wave() && held.part() == sealed.part())
    }

    /// Gives from when on a token is to be fetched; none where it isn't.
    pub fn fetches_from(&self, held: &Held, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let known = self.wave(held.wave()).filter(|known| !known.is_over(now))?;
        let is_joined = self.enrolments.iter().any(|it| it.collector == known.collector && !it.is_pending());
        let is_wanted = is_joined && held.moved.is_none() && held.token().is_none() && held.refusal.is_none();
        let by_a_wrong_clock = held.fetch_at > known.wave.manifest.opens.max(now + FURTHEST);
        is_wanted.then_some(if by_a_wrong_clock { now } else { held.fetch_at })
    }

    /// Works out where a sealed part is, with the wave it is for.
    pub fn state(&self, sealed: &Sealed, now: DateTime<Utc>) -> Option<(&KnownWave, State)> {
        let known = self.wave(sealed.wave())?;
        Some((known, State::of(sealed, known, self.held(sealed), now)))
    }
}

/// The longest pause there is: one that ends later was drawn by a clock that was wrong.
const FURTHEST: TimeDelta = TimeDelta::hours(36);

/// Works out what is to be done.
pub fn plan(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Vec<Task> {
    if mode == Mode::Joined {
        return asking(kept, now, mode);
    }
    let (sends, deliveries) = (sends(kept, now, mode), deliveries(kept, now, mode));
    if mode == Mode::Now {
        let answers = [sends, deliveries].concat().into_iter().map(|(_, task)| task);
        return asking(kept, now, mode).into_iter().chain(answers).collect();
    }
    // What waits for longest.
    let answers = if first(&sends) <= first(&deliveries) { sends } else { deliveries };
    match answers.into_iter().next() {
        None => asking(kept, now, mode),
        Some((_, task)) => vec![task],
    }
}

/// Tasks with the times they were due at.
type Due = Vec<(DateTime<Utc>, Task)>;

/// Gives when the first of them was due; what isn't there comes last.
fn first(due: &Due) -> DateTime<Utc> {
    due.first().map_or(DateTime::<Utc>::MAX_UTC, |(at, _)| *at)
}

fn deliveries(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Due {
    let Some(webhook) = &kept.webhook else { return Due::new() };
    let due = |event: &&SealedEvent| match State::of_event(event, Some(&webhook.address)) {
        State::Scheduled(at) => mode == Mode::Now || is_due(at, now, FURTHEST),
        State::Retrying(at, _) => mode.is_asked() || is_due(at, now, FURTHEST),
        State::Blocked(_) => mode.is_asked(),
        _ => false,
    };
    let due = kept.events.iter().filter(due);
    let mut due: Due =
        due.map(|event| (event.retry_at.unwrap_or(event.send_at), Task::Deliver(event.subject().to_owned()))).collect();
    due.sort_by_key(|(at, _)| *at);
    due
}

fn sends(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Due {
    let due = |sealed: &&Sealed| {
        let Some((known, state)) = kept.state(sealed, now) else { return false };
        let has_token = kept.held(sealed).is_some_and(|held| held.token().is_some());
        let manifest = &known.wave.manifest;
        has_token
            && now >= manifest.opens
            && match state {
                // A time after the end was drawn by a clock that was wrong.
                State::Scheduled(at) => mode == Mode::Now || at <= now || at > manifest.collect_closes(),
                State::Retrying(at, _) => mode.is_asked() || is_due(at, now, FURTHEST),
                State::Blocked(_) | State::Overtaken(_) => mode.is_asked(),
                _ => false,
            }
    };
    let due = kept.outbox.iter().filter(due);
    let at = |sealed: &Sealed| sealed.retry_at.or(sealed.send_at).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut due: Due = due.map(|sealed| (at(sealed), Task::Send(sealed.wave(), sealed.part()))).collect();
    due.sort_by_key(|(at, _)| *at);
    due
}

/// Gives what is due of what says who asks.
pub fn asking(kept: &Kept, now: DateTime<Utc>, mode: Mode) -> Vec<Task> {
    let refreshes = |enrolment: &&Enrolment| {
        enrolment.moved.is_none()
            && !enrolment.is_pending()
            && (mode != Mode::Background || is_due(enrolment.refresh_at, now, FURTHEST))
    };
    let pending = kept.enrolments.iter().filter(|enrolment| enrolment.moved.is_none() && enrolment.has_code());
    let refreshed: Vec<&str> = kept.enrolments.iter().filter(refreshes).map(|it| it.collector.as_str()).collect();
    let fetches = |held: &&Held| {
        let is_open = kept.wave(held.wave()).is_some_and(|known| known.wave.manifest.issue_opens <= now);
        is_open && kept.fetches_from(held, now).is_some_and(|from| mode == Mode::Now || from <= now)
    };
    let proves = |known: &&KnownWave| {
        let asks = mode.is_asked() || refreshed.contains(&known.collector.as_str());
        let own = || kept.outbox.iter().filter(|sealed| sealed.wave() == known.wave.id);
        let is_missed = own().any(|sealed| sealed.receipt.is_some() && sealed.is_listed.is_none());
        // What is refused as too late may have been closed before its time: then there is a signed word for it.
        let is_late = !known.is_closed && own().any(Sealed::is_late);
        asks && known.moved.is_none() && (is_late || is_missed && (known.is_closed || now >= known.wave.manifest.closes))
    };
    let enrol = pending.map(|enrolment| Task::Enrol(enrolment.collector.clone()));
    let refresh = refreshed.iter().map(|collector| Task::Refresh((*collector).to_owned()));
    let fetch = kept.tokens.iter().filter(fetches).map(|held| Task::Fetch(held.wave(), held.part()));
    let prove = kept.waves.iter().filter(proves).map(|known| Task::Prove(known.wave.id));
    enrol.chain(refresh).chain(fetch).chain(prove).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::{Value, json};

    use super::*;

    const ADDRESS: &str = "https://hooks.example.com/x";

    fn now() -> DateTime<Utc> {
        "2026-11-26T12:00:00Z".parse().unwrap()
    }

    fn at(minutes: i64) -> Value {
        json!(now() + TimeDelta::minutes(minutes))
    }

    /// An event that is due, with some of its fields changed.
    fn event(subject: &str, changes: &Value) -> SealedEvent {
        let mut event = json!({
            "subject": subject, "id": subject, "revision": 1, "part": "scores", "response": "r", "survey": "pulse",
            "endpoint": ADDRESS, "body": "{}", "sealed_at": at(-90), "send_at": at(-30), "retry_at": null, "failure": null,
            "delivered": null,
        });
        for (key, value) in changes.as_object().unwrap() {
            event[key] = value.clone();
        }
        serde_json::from_value(event).unwrap()
    }

    fn kept(events: Vec<SealedEvent>) -> Kept {
        let webhook = Webhook { address: ADDRESS.to_owned(), secret_file: PathBuf::new() };
        Kept { events, webhook: Some(webhook), ..Kept::default() }
    }

    fn deliver(subject: &str) -> Task {
        Task::Deliver(subject.to_owned())
    }

    #[test]
    fn an_event_is_delivered_when_it_is_due_and_never_when_it_is_not() {
        // Whether it is delivered by itself, when it is asked for, and when the developer doesn't want to wait.
        let moved = json!({ "moved": { "at": at(-60), "by": "ab".repeat(32) } });
        let cases = [
            ("due", json!({}), [true, true, true]),
            ("later", json!({ "send_at": at(30) }), [false, false, true]),
            ("drawn by a clock that was wrong", json!({ "send_at": at(60 * 24 * 365) }), [true, true, true]),
            ("tried again later", json!({ "retry_at": at(30) }), [false, true, true]),
            ("tried again now", json!({ "retry_at": at(-1) }), [true, true, true]),
            ("refused", json!({ "is_blocked": true, "retry_at": at(-1) }), [false, true, true]),
            ("delivered", json!({ "delivered": 1 }), [false, false, false]),
            ("delivered before it was changed", json!({ "revision": 2, "delivered": 1 }), [true, true, true]),
            ("moved", moved, [false, false, false]),
            ("for another webhook", json!({ "endpoint": "https://other.example.com" }), [false, false, false]),
        ];
        for (name, changes, expected) in cases {
            let kept = kept(vec![event("a", &changes)]);
            let planned = [Mode::Background, Mode::Asked, Mode::Now].map(|mode| plan(&kept, now(), mode) == [deliver("a")]);
            assert_eq!(planned, expected, "{name}");
            assert_eq!(plan(&Kept { webhook: None, ..kept }, now(), Mode::Now), [], "{name}");
        }
    }

    #[test]
    fn answers_go_one_at_a_time_and_with_nothing_that_says_who_asks() {
        let events = vec![event("a", &json!({})), event("b", &json!({ "send_at": at(-60) }))];
        let enrolment: Enrolment = serde_json::from_value(json!({
            "collector": "https://pulse.example.com", "publishers": [], "credential": "", "invitation": null, "segments": {},
            "refresh_at": at(-90),
        }))
        .unwrap();
        let kept = Kept { enrolments: vec![enrolment], ..kept(events) };
        assert_eq!(plan(&kept, now(), Mode::Background), [deliver("b")], "what waits for longest, alone");
        assert_eq!(plan(&kept, now(), Mode::Asked), [deliver("b")], "also when it is asked for");
        let refresh = Task::Refresh("https://pulse.example.com".to_owned());
        assert_eq!(plan(&kept, now(), Mode::Now), [refresh.clone(), deliver("b"), deliver("a")]);
        assert_eq!(plan(&Kept { events: Vec::new(), ..kept }, now(), Mode::Background), [refresh]);
    }
}
