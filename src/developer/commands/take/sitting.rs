//! One sitting with one survey: the lock, the draft that is resumed, and where everything is kept.

use std::sync::Arc;

use chrono::{DateTime, Local, Utc};
use serde_json::Value;

use crate::developer::answering::Session;
use crate::developer::catalog::Found;
use crate::developer::commands::Failure;
use crate::developer::faces::Keeping;
use crate::developer::store::{Lock, Store, StoreError};
use crate::response::draft::Changes;
use crate::response::{Draft, Response};
use crate::survey::{QuestionId, Survey};

/// One sitting with one survey.
pub(crate) struct Sitting {
    store: Store,
    found: Found,
    session: Option<Session>,
    /// The stored response, once there is one.
    pub(crate) record: Option<Value>,
    _lock: Lock,
}

impl Sitting {
    /// Begins or resumes a survey.
    ///
    /// # Errors
    /// When it is answered already, open in another place, or the store can't be used.
    pub(crate) fn begin(store: Store, found: Found, again: bool) -> Result<Self, Failure> {
        Self::start(store, found, again, true)
    }

    /// Begins a survey whose answers are all there already; a draft adds nothing to them.
    ///
    /// # Errors
    /// As [`Sitting::begin`].
    pub(crate) fn begin_afresh(store: Store, found: Found, again: bool) -> Result<Self, Failure> {
        Self::start(store, found, again, false)
    }

    fn start(store: Store, found: Found, again: bool, resume: bool) -> Result<Self, Failure> {
        let survey = &found.survey;
        let lock = store.lock(&survey.id)?.ok_or_else(|| {
            Failure::new(format!("{} is being answered in another terminal", survey.id))
                .hint("go on there, or leave it there with `q`: the answers so far are kept")
        })?;
        let kept = store.draft(survey)?;
        if kept.is_none() && !again {
            refuse_answered(&store, &found)?;
        }
        let (draft, notice) = match kept.filter(|_| resume) {
            Some((draft, changes)) => (draft, explain(survey, &changes)),
            None => (Draft::start(survey, Utc::now()), None),
        };
        let session = Session::new(Arc::new(survey.clone()), draft, Local::now().date_naive(), notice);
        Ok(Self { store, found, session: Some(session), record: None, _lock: lock })
    }

    /// Gives the words that take the survey again, for a shell.
    pub(crate) fn name(&self) -> String {
        quoted(&self.found)
    }

    /// Lets a face run the session, with the store to keep what it asks to be kept.
    pub(crate) fn keep<T>(&mut self, run: impl FnOnce(Session, &mut Keeping<'_>) -> T) -> T {
        let session = self.session.take().expect("a sitting is run once");
        let store = std::cell::RefCell::new(&mut self.store);
        let (found, record) = (&self.found, &mut self.record);
        run(
            session,
            &mut Keeping {
                save: &mut |session| told(store.borrow_mut().save_draft(&found.survey, session.draft(), Utc::now())),
                submit: &mut |session| {
                    let response = finished(session, Utc::now())?;
                    told(store.borrow_mut().finish(&found.survey, &found.source, &response))?;
                    *record = Some(response.to_json(&found.survey));
                    Ok(())
                },
                decline: &mut |_| told(store.borrow_mut().decline(&found.survey, Utc::now())),
            },
        )
    }
}

fn refuse_answered(store: &Store, found: &Found) -> Result<(), Failure> {
    let survey = &found.survey;
    match store.last_response(&survey.id)? {
        Some(last) if last.version == survey.version => {
            let on = last.answered_at.with_timezone(&Local).format("%Y-%m-%d");
            let name = quoted(found);
            Err(Failure::new(format!("{} was answered already, on {on}", survey.id))
                .hint(format!("`dxpulse take {name} --again` answers it anew, `dxpulse export` shows your answers")))
        }
        _ => Ok(()),
    }
}

fn quoted(found: &Found) -> String {
    shell_words::quote(&found.name).into_owned()
}

fn finished(session: &Session, now: DateTime<Utc>) -> Result<Response, String> {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    let id = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let draft = session.draft();
    Response::finish(session.survey(), &draft.replies, &draft.language, id, now)
        .map_err(|problems| problems.first().map_or_else(String::new, |(id, problem)| format!("{id} {problem}")))
}

fn told(result: Result<(), StoreError>) -> Result<(), String> {
    result.map_err(|error| format!("{error}; {}", error.hint()))
}

/// Says how the survey has changed since the draft was kept; `None` where it hasn't.
fn explain(survey: &Survey, changes: &Changes) -> Option<String> {
    let numbers = |ids: &[QuestionId]| {
        let place = |id: &QuestionId| survey.asked().position(|question| question.id == *id).map(|at| (at + 1).to_string());
        ids.iter().filter_map(place).collect::<Vec<_>>().join(", ")
    };
    let part = |ids: &[QuestionId], what: &str| (!ids.is_empty()).then(|| format!("{what} {}", numbers(ids)));
    let gone = changes.removed.len();
    let parts: Vec<String> =
        [part(&changes.altered, "asked anew:"), part(&changes.added, "new:"), (gone > 0).then(|| format!("gone: {gone}"))]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("survey changed; {}; rest kept", parts.join("; ")))
}
