//! One sitting with one survey: the lock, the draft that is resumed, and where everything is kept.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Local, NaiveDate, Utc};
use serde_json::Value;

use super::sealing::{Addressee, told};
use crate::anonymous::submission::confidential::without_padding;
use crate::developer::answering::Session;
use crate::developer::catalog::{Found, Origin};
use crate::developer::commands::Failure;
use crate::developer::commands::answered::elsewhere;
use crate::developer::commands::confidential::{Terms, random};
use crate::developer::commands::destination::destination;
use crate::developer::commands::settled;
use crate::developer::faces::Keeping;
use crate::developer::phrases::Phrases;
use crate::developer::spans::{day, until};
use crate::developer::store::{Finished, Kept, Lock, Outcome, SealedEvent, Store};
use crate::response::draft::Changes;
use crate::response::flow::Progress;
use crate::response::score::with_scores;
use crate::response::{Draft, Opened, Response};
use crate::survey::wave::Period;
use crate::survey::{QuestionId, Survey};

/// How often, and after what pause, a script asks again for a survey that is being answered elsewhere: five seconds in all.
const TRIES: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// What is wished of a sitting.
#[derive(Debug, Default)]
pub(crate) struct Intent<'a> {
    /// Whether to answer again what was answered already.
    pub(crate) again: bool,
    /// The webhook that is set, if one is.
    pub(crate) terms: Terms,
    /// The response that is changed, if one is.
    pub(crate) reopens: Option<&'a Response>,
}

/// One sitting with one survey.
pub(crate) struct Sitting {
    store: Store,
    found: Found,
    /// The survey's file, where it was asked for by its path.
    file: Option<PathBuf>,
    session: Option<Session>,
    /// The wave that was open when the sitting began; it also takes what is sent off minutes after its end.
    wave: Option<Period>,
    /// Where answers go; nowhere for surveys that aren't a collector's.
    addressee: Option<Addressee>,
    /// The webhook that other answers go to, if one is set.
    terms: Terms,
    /// Whether nothing has gone to a webhook before.
    is_first: bool,
    /// The response that is answered anew.
    replaces: Option<String>,
    /// The stored response, once there is one.
    pub(crate) record: Option<Value>,
    _lock: Lock,
}

impl Sitting {
    /// Begins or resumes a survey in the language that serves the respondent best.
    ///
    /// # Errors
    /// When it is closed or answered already, open in another place, or the store can't be used.
    pub(crate) fn begin(mut store: Store, found: Found, intent: Intent<'_>, language: &str) -> Result<Self, Failure> {
        let phrases = Phrases::bound_for(language, destination(Some(&found.origin), Some(&store), &intent.terms)?);
        let survey = &found.survey;
        let wave = open_wave(survey, Local::now().date_naive())?;
        let lock = store.lock(&survey.id)?.ok_or_else(|| {
            Failure::new(format!("{} is being answered in another terminal", survey.id))
                .hint("go on there, or leave it there with `q`: the answers so far are kept")
        })?;
        refuse_vain(&store, &found)?;
        let answered = answered_before(&store, &found, wave.as_ref())?;
        // What is changed is a draft from here on: whoever leaves finds it as it was left.
        if let (Some(earlier), None) = (intent.reopens, store.draft(survey)?) {
            let now = Utc::now();
            store.save_draft(survey, &earlier.reopen(survey, now), now)?;
        }
        let (opened, changes) = match store.draft(survey)? {
            Some((draft, changes)) => {
                let language = survey.language_for(language).to_owned();
                (Opened::of(survey, Draft { language, ..draft }), changes)
            }
            None => {
                refuse_answered(&found, wave.as_ref(), answered.filter(|_| !intent.again))?;
                (begun(survey, language)?, Changes::default())
            }
        };
        let session = Session::on(opened, Local::now().date_naive()).speaking(phrases);
        let notice = explain(&session, &changes);
        Self::start(store, found, (lock, wave), session.telling(notice).changing(answered.is_some()), intent.terms)
    }

    /// Begins a survey of which all answers to this open draft are there already; it waits while the survey is answered elsewhere.
    ///
    /// # Errors
    /// As [`Sitting::begin`], and when a draft would be lost that was not said to be given up.
    pub(crate) fn begin_afresh(
        store: Store,
        found: Found,
        opened: Opened,
        intent: Intent<'_>,
        discard_draft: bool,
    ) -> Result<Self, Failure> {
        let survey = &found.survey;
        let wave = open_wave(survey, Local::now().date_naive())?;
        let lock = wait_for_lock(&store, survey)?;
        refuse_vain(&store, &found)?;
        match store.draft(survey)? {
            Some((draft, _)) if !draft.replies.is_empty() && !discard_draft => {
                return Err(draft_is_kept(&found, draft.progress(survey)));
            }
            Some(_) => {}
            None if intent.again => {}
            None => refuse_answered(&found, wave.as_ref(), answered_before(&store, &found, wave.as_ref())?)?,
        }
        let session = Session::on(opened, Local::now().date_naive());
        Self::start(store, found, (lock, wave), session, intent.terms)
    }

    fn start(
        store: Store,
        found: Found,
        (lock, wave): (Lock, Option<Period>),
        session: Session,
        terms: Terms,
    ) -> Result<Self, Failure> {
        let addressee = addressee(&store, &found, session.draft())?;
        let session = match (&addressee, &terms.address) {
            (None, None) => session,
            (None, Some(_)) if !terms.with_comments => session.leaving_without_words(),
            _ => session.leaving_the_machine(),
        };
        let is_path = found.name != found.survey.id.as_str();
        let file = is_path.then(|| std::fs::canonicalize(&found.name).ok()).flatten();
        let (session, is_first) = (Some(session), store.events()?.is_empty());
        Ok(Self { store, found, file, session, wave, addressee, terms, is_first, replaces: None, record: None, _lock: lock })
    }

    /// Lets what is answered stand in the place of an earlier response.
    pub(crate) fn replacing(self, replaces: Option<String>) -> Self {
        Self { replaces, ..self }
    }

    /// Gives the words that take the survey again, for a shell.
    pub(crate) fn name(&self) -> String {
        quoted(&self.found)
    }

    /// Gives what leaves the machine of what was just answered, byte for byte, where none was shown to the developer before.
    ///
    /// # Errors
    /// When it can't be read, or that it was shown can't be kept.
    pub(super) fn shown_first(&mut self) -> Result<Option<String>, Failure> {
        if self.addressee.is_none() && self.is_first {
            let shown = |event: &SealedEvent| format!("{}: {}\n", event.part().name(), without_padding(event.body()));
            let shown: String = self.store.events()?.iter().map(shown).collect();
            return Ok((!shown.is_empty()).then_some(shown));
        }
        let addressee = self.addressee.as_mut().filter(|addressee| !addressee.enrolment.is_shown);
        let Some(addressee) = addressee else { return Ok(None) };
        let id = addressee.known.wave.id;
        let parts = self
            .store
            .outbox()?
            .into_iter()
            .filter(|sealed| sealed.wave() == id)
            .map(|sealed| format!("{}: {}\n", sealed.part().name(), String::from_utf8_lossy(sealed.payload())));
        let shown: String = parts.collect();
        addressee.enrolment.is_shown = true;
        self.store.keep_enrolment(&addressee.enrolment)?;
        Ok((!shown.is_empty()).then_some(shown))
    }

    /// Says why a draft that was saved is no longer kept, if it isn't: the database may have been removed since.
    pub(super) fn loss(&self) -> Option<String> {
        told(self.store.still_there()).err().map(|reason| format!("nothing is kept: {reason}"))
    }

    /// Lets a face run the session, with the store to keep what it asks to be kept.
    pub(crate) fn keep<T>(&mut self, run: impl FnOnce(Session, &mut Keeping<'_>) -> T) -> T {
        let session = self.session.take().expect("a sitting is run once");
        let store = std::cell::RefCell::new(&mut self.store);
        let (found, file, record) = (&self.found, self.file.as_deref(), &mut self.record);
        let (addressee, terms, replaces) = (self.addressee.as_ref(), &self.terms, self.replaces.as_deref());
        let begun_in = self.wave.as_ref().map(|period| period.id.as_str());
        // A draft begun in an earlier wave counts for the one in which it is sent off.
        let of_collector = addressee.map(|addressee| addressee.known.wave.manifest.wave.clone());
        let wave = || {
            let today = || wave_on(&found.survey, Local::now().date_naive());
            of_collector.clone().or_else(today).or(begun_in.map(str::to_owned))
        };
        run(
            session,
            &mut Keeping {
                save: &mut |session| {
                    let kept = Kept { draft: session.draft(), progress: session.progress(), file };
                    told(store.borrow_mut().keep(&found.survey, kept, Utc::now()))
                },
                submit: &mut |session| {
                    let response = Response { wave: wave(), ..finished(&found.survey, session.draft(), Utc::now())? };
                    let parts = addressee.map(|it| it.parts(&store.borrow(), &response, response.answered_at)).transpose()?;
                    let sealing = parts.as_ref().map(|parts| parts.sealing(response.answered_at));
                    let sealings = match addressee {
                        Some(_) => None,
                        None => {
                            let seconds = (response.answered_at - session.draft().started_at).num_seconds();
                            let earlier = events_of(&store.borrow(), replaces)?;
                            terms.sealings(&earlier, (&found.survey, &response, seconds), response.answered_at)?
                        }
                    };
                    let posting = sealings.as_ref().map(|sealings| sealings.posting(response.answered_at));
                    let replaces = parts.as_ref().and_then(|parts| parts.earlier.as_deref()).or(replaces);
                    let (sealing, posting) = (sealing.as_ref(), posting.as_ref());
                    let finished = Finished { response: &response, sealing, posting, replaces };
                    told(store.borrow_mut().finish(&found.survey, &found.source, finished))?;
                    *record = Some(with_scores(response.to_json(&found.survey), &found.survey, &response));
                    Ok(())
                },
                decline: &mut |session| {
                    let mut store = store.borrow_mut();
                    told(match session.changes() {
                        true => store.drop_draft(&found.survey),
                        false => store.decline(&found.survey, wave().as_deref(), Utc::now()),
                    })
                },
            },
        )
    }
}

/// Refuses what the collector of a survey would never take.
fn refuse_vain(store: &Store, found: &Found) -> Result<(), Failure> {
    let Origin::Wave(id) = found.origin else { return Ok(()) };
    store.wave(id)?.map_or(Ok(()), |known| settled::refuse_vain(store, &known, Utc::now()))
}

/// Gives what was sealed for a webhook of the response whose place another one takes.
fn events_of(store: &Store, replaces: Option<&str>) -> Result<Vec<SealedEvent>, String> {
    let Some(response) = replaces else { return Ok(Vec::new()) };
    Ok(told(store.events())?.into_iter().filter(|event| event.response() == response).collect())
}

/// Finds the wave that answers to a survey go to.
fn addressee(store: &Store, found: &Found, draft: &Draft) -> Result<Option<Addressee>, Failure> {
    let Origin::Wave(id) = found.origin else { return Ok(None) };
    let Some(known) = store.wave(id)? else { return Ok(None) };
    if let Some(moved) = known.moved {
        let what = format!("what you joined at {}, with {}", known.collector, found.survey.id);
        return Err(elsewhere(&what, moved));
    }
    let enrolment = store.enrolments()?.into_iter().find(|enrolment| enrolment.collector == known.collector);
    Ok(enrolment.map(|enrolment| Addressee { known, enrolment, started_at: draft.started_at }))
}

fn wait_for_lock(store: &Store, survey: &Survey) -> Result<Lock, Failure> {
    for _ in 0..TRIES {
        if let Some(lock) = store.lock(&survey.id)? {
            return Ok(lock);
        }
        thread::sleep(PAUSE);
    }
    Err(Failure::new(format!("{} is being answered elsewhere, still after {} s; nothing was stored", survey.id, seconds()))
        .hint("run this again when that is done"))
}

fn seconds() -> u64 {
    (PAUSE * TRIES).as_secs()
}

fn draft_is_kept(found: &Found, Progress { answered, asked }: Progress) -> Failure {
    let (id, name) = (&found.survey.id, quoted(found));
    Failure::new(format!("a draft of {id} with {answered} of {asked} answered is kept; nothing was stored"))
        .hint(format!("finish it with `dxpulse take {name}`, or give it up with --discard-draft"))
}

/// Gives the wave a survey is in; none for a survey without waves.
///
/// # Errors
/// When the survey is between its waves.
fn open_wave(survey: &Survey, today: NaiveDate) -> Result<Option<Period>, Failure> {
    let Some(wave) = &survey.wave else { return Ok(None) };
    let period = wave.at(today);
    if period.is_some() {
        return Ok(period);
    }
    let was_open = wave.last_closing(today).map(|last| format!("it was open {}", until(last, today, Phrases::ENGLISH)));
    let opens = wave.next_opening(today).map(|first| format!("it opens on {}", day(first, today, Phrases::ENGLISH)));
    let when = [was_open, opens].into_iter().flatten().collect::<Vec<_>>().join("; ");
    Err(Failure::new(format!("{} is closed: {when}", survey.id)).hint("`dxpulse list` shows what is open"))
}

fn wave_on(survey: &Survey, today: NaiveDate) -> Option<String> {
    survey.wave.as_ref()?.at(today).map(|period| period.id)
}

/// Gives when a survey was answered, where that was the last that came of it.
fn answered_before(store: &Store, found: &Found, wave: Option<&Period>) -> Result<Option<DateTime<Utc>>, Failure> {
    let (survey, zone) = (&found.survey, *Local::now().offset());
    let last = store.history()?.into_iter().find(|entry| entry.settles(&survey.id, survey.version, wave, &zone));
    Ok(last.filter(|last| last.outcome == Outcome::Answered).map(|last| last.at))
}

/// Only what was answered last is refused: to ask for a survey that was declined is wish enough.
fn refuse_answered(found: &Found, wave: Option<&Period>, answered: Option<DateTime<Utc>>) -> Result<(), Failure> {
    let Some(at) = answered else { return Ok(()) };
    let on = at.with_timezone(&Local).format("%Y-%m-%d");
    let of_wave = wave.map(|period| format!(" in the wave {}", period.id)).unwrap_or_default();
    let name = quoted(found);
    Err(Failure::new(format!("{} was answered already{of_wave}, on {on}", found.survey.id))
        .hint(format!("`dxpulse take {name} --again` answers it anew, `dxpulse export` shows your answers")))
}

fn quoted(found: &Found) -> String {
    shell_words::quote(&found.name).into_owned()
}

/// Starts a draft with a seed of its own.
pub(crate) fn begun(survey: &Survey, language: &str) -> Result<Opened, Failure> {
    let seed = random().map_err(Failure::new)?;
    Ok(Opened::begin(survey, language, u64::from_le_bytes(seed), Utc::now()))
}

fn finished(survey: &Survey, draft: &Draft, now: DateTime<Utc>) -> Result<Response, String> {
    let id = random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    Response::finish(survey, draft, id, now)
        .map_err(|problems| problems.first().map_or_else(String::new, |(id, problem)| format!("{id} {problem}")))
}

/// Says how the survey has changed since the draft was kept, by the numbers of what is asked; `None` where nobody would notice.
fn explain(session: &Session, changes: &Changes) -> Option<String> {
    let say = &session.phrases().notices;
    let part = |ids: &[QuestionId], what: fn(&str) -> String| {
        let concerned = session.asked().enumerate().filter(|(_, (_, question))| ids.contains(&question.id));
        let numbers: Vec<String> = concerned.map(|(at, _)| (at + 1).to_string()).collect();
        (!numbers.is_empty()).then(|| what(&numbers.join(", ")))
    };
    let gone = changes.removed.len();
    let parts: Vec<String> =
        [part(&changes.altered, say.asked_anew), part(&changes.added, say.new), (gone > 0).then(|| (say.gone)(gone))]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| (say.changed)(&parts.join("; ")))
}
