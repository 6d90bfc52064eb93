//! One round of exchange: what the plan says, each step kept before the next.

use chrono::{DateTime, TimeDelta, Utc};

use super::delivering::{self, Webhook};
use super::enrolling::Begun;
use super::plan::{Kept, Kind, Mode, Task, plan};
use super::{SyncError, draw, enrolling, proof, published, schedule, sending, tokens};
use crate::anonymous::{Nullifier, Part, WaveId};
use crate::developer::store::{Held, KnownWave, Sealed, Store, StoreError};

/// What came of a task.
#[derive(Debug)]
pub struct Done {
    /// The task.
    pub task: Task,
    /// What came of it: lines that say more, or why it failed.
    pub result: Result<Vec<String>, SyncError>,
}

/// Reads all that is kept of the exchange with collectors and the webhook that is set.
///
/// # Errors
/// When the database can't be read or is damaged.
pub fn kept(store: &Store, webhook: Option<&Webhook>) -> Result<Kept, StoreError> {
    let (enrolments, events, webhook) = (store.enrolments()?, store.events()?, webhook.cloned());
    // Most have joined no collector, and need not read on.
    if enrolments.is_empty() {
        return Ok(Kept { events, webhook, ..Kept::default() });
    }
    let waves = store.waves(DateTime::<Utc>::MIN_UTC)?;
    Ok(Kept { enrolments, waves, tokens: store.tokens()?, outbox: store.outbox()?, events, webhook })
}

/// Does what is to be done, telling each step; a failure of one doesn't keep the others.
///
/// # Errors
/// When the store can't be read or written.
pub fn run(
    store: &mut Store,
    webhook: Option<&Webhook>,
    (now, mode): (DateTime<Utc>, Mode),
    tell: &mut dyn FnMut(&Done),
) -> Result<(), StoreError> {
    let mut done: Vec<Task> = Vec::new();
    let scheduled = tokens::schedule_waiting(store, now);
    if let Err(SyncError::Store(error)) = scheduled {
        return Err(error);
    }
    // What one step brings, such as a wave, is a reason for the next; but all steps of a run are of one kind.
    let mut kind: Option<Kind> = None;
    loop {
        let tasks = plan(&kept(store, webhook)?, now, mode);
        let is_apart = |task: &Task| mode != Mode::Now && kind.is_some_and(|kind| kind != task.kind());
        let next = tasks.into_iter().find(|task| !done.contains(task) && !is_apart(task));
        let Some(task) = next else { return Ok(()) };
        if task.kind() != Kind::Asking && mode != Mode::Now {
            if kind.is_some() {
                return Ok(());
            }
            match put_off(store, &task, now) {
                Ok(()) => {}
                Err(SyncError::Store(error)) => return Err(error),
                // Times that can be foretold would lead to whoever sends at them.
                Err(error) => {
                    tell(&Done { task, result: Err(error) });
                    return Ok(());
                }
            }
        }
        kind = Some(task.kind());
        let result = carry_out(store, &task, webhook, now);
        done.push(task.clone());
        let result = match result {
            Err(SyncError::Store(error)) => return Err(error),
            Ok(None) => continue,
            Ok(Some(lines)) => Ok(lines),
            Err(error) => Err(error),
        };
        tell(&Done { task, result });
    }
}

/// Gives the other answers that are due a later time of their own.
fn put_off(store: &mut Store, first: &Task, now: DateTime<Utc>) -> Result<(), SyncError> {
    let from = now + TimeDelta::minutes(10);
    for mut sealed in store.outbox()? {
        let is_first = *first == Task::Send(sealed.wave(), sealed.part());
        let due = sealed.send_at.is_some_and(|at| at <= now) && !sealed.is_acknowledged() && sealed.retry_at.is_none();
        if is_first || !due {
            continue;
        }
        let Some(known) = store.wave(sealed.wave())? else { continue };
        sealed.send_at = Some(schedule::send_at(&known.wave.manifest, from, false, draw()?));
        store.keep_sealed(&sealed)?;
    }
    for mut event in store.events()? {
        let is_first = *first == Task::Deliver(event.subject().to_owned());
        if !is_first && event.send_at <= now && !event.is_delivered() && event.retry_at.is_none() {
            event.send_at = schedule::deliver_at(from, draw()?);
            store.keep_event(&event)?;
        }
    }
    Ok(())
}

/// Does what is to be done; `None` where another process has left nothing of it to do.
fn carry_out(
    store: &mut Store,
    task: &Task,
    webhook: Option<&Webhook>,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>, SyncError> {
    match task {
        Task::Enrol(collector) => {
            if let Some(enrolment) = store.enrolments()?.into_iter().find(|it| it.collector == *collector) {
                enrolling::redeem(store, Begun { enrolment, is_new: false })?;
            }
            Ok(Some(Vec::new()))
        }
        Task::Refresh(collector) => refresh(store, collector, now).map(Some),
        Task::Fetch(wave, part) => {
            if let Some((known, held)) = held(store, *wave, *part)? {
                let enrolment = store.enrolments()?.into_iter().find(|it| it.collector == known.collector);
                if let Some(enrolment) = enrolment {
                    let fetched = tokens::fetch(store, &enrolment, (&known.wave, held), now);
                    let is_refused = matches!(&fetched, Err(SyncError::Failed(failed)) if failed.code() == "not-open");
                    // It may have been closed before its time: then there is a signed word for it.
                    if is_refused && now >= known.wave.manifest.opens && matches!(proof::fetch(&known.wave), Ok(Some(_))) {
                        store.keep_closed(*wave)?;
                    }
                    fetched?;
                }
            }
            Ok(Some(Vec::new()))
        }
        Task::Send(wave, part) => {
            let sealed = store.outbox()?.into_iter().find(|it| it.wave() == *wave && it.part() == *part);
            let (Some(sealed), Some((known, held))) = (sealed, held(store, *wave, *part)?) else { return Ok(None) };
            let is_sent = sending::send(store, &known.wave, (sealed, &held), now)?;
            Ok(is_sent.then(Vec::new))
        }
        Task::Prove(wave) => prove(store, *wave).map(Some),
        Task::Deliver(subject) => {
            let event = store.events()?.into_iter().find(|event| event.subject() == subject);
            let (Some(event), Some(webhook)) = (event, webhook) else { return Ok(None) };
            let is_delivered = delivering::deliver(store, event, webhook, now)?;
            Ok(is_delivered.then(Vec::new))
        }
    }
}

fn refresh(store: &mut Store, collector: &str, now: DateTime<Utc>) -> Result<Vec<String>, SyncError> {
    let Some(enrolment) = store.enrolments()?.into_iter().find(|it| it.collector == collector) else {
        return Ok(Vec::new());
    };
    let (accepted, refused) = published::refresh(store, &enrolment, now)?;
    if let Some(error) = refused.into_iter().next() {
        return Err(error);
    }
    let told = accepted.iter().map(|wave| format!("{} {}", wave.manifest.survey, wave.manifest.wave));
    Ok(told.collect())
}

fn held(store: &Store, wave: WaveId, part: Part) -> Result<Option<(KnownWave, Held)>, StoreError> {
    let held = store.tokens()?.into_iter().find(|held| held.wave() == wave && held.part() == part);
    Ok(store.wave(wave)?.zip(held))
}

/// Looks for one's own parts in the ledger of a closed wave, and keeps whether they are there.
///
/// # Errors
/// When the ledger can't be had or doesn't hold, or something can't be kept.
pub fn prove(store: &mut Store, wave: WaveId) -> Result<Vec<String>, SyncError> {
    let Some(known) = store.wave(wave)? else { return Ok(Vec::new()) };
    let Some(proof) = proof::fetch(&known.wave)? else { return Ok(Vec::new()) };
    store.keep_closed(wave)?;
    let tokens = store.tokens()?;
    let own = |sealed: &Sealed| sealed.wave() == wave && sealed.may_be_known();
    for mut sealed in store.outbox()?.into_iter().filter(own) {
        let held = tokens.iter().find(|held| held.wave() == wave && held.part() == sealed.part());
        let nullifier = held.and_then(Held::token).map(|(token, _)| Nullifier::of(&token));
        sealed.looked_for(nullifier.and_then(|nullifier| proof.ledger.find(nullifier)));
        store.keep_sealed(&sealed)?;
    }
    let closing = &proof.closing;
    let (invited, issued, sent) = (closing.invited, closing.issued.scores, closing.redeemed.scores);
    // The list doesn't tell of which part an entry is.
    let counted = match proof.ledger.taken_back() {
        0 => format!("{sent} responses counted"),
        back => format!("{sent} responses sent; of all scores and comments, {back} were taken back"),
    };
    Ok(vec![format!("{invited} invited, {issued} tokens issued, {counted}")])
}
