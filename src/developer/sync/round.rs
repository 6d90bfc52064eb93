//! One round of exchange: what the plan says, each step kept before the next.

use chrono::{DateTime, TimeDelta, Utc};

use super::plan::{Kept, Mode, Task, plan};
use super::{SyncError, draw, enrolling, proof, published, schedule, sending, tokens};
use crate::anonymous::{Part, WaveId};
use crate::developer::store::{Held, KnownWave, Sealed, Store, StoreError};

/// What came of a task.
#[derive(Debug)]
pub struct Done {
    /// The task.
    pub task: Task,
    /// What came of it: lines that say more, or why it failed.
    pub result: Result<Vec<String>, SyncError>,
}

/// Reads all that is kept of the exchange with collectors; nothing where none was joined.
///
/// # Errors
/// When the database can't be read or is damaged.
pub fn kept(store: &Store) -> Result<Kept, StoreError> {
    let enrolments = store.enrolments()?;
    if enrolments.is_empty() {
        return Ok(Kept::default());
    }
    let waves = store.waves(DateTime::<Utc>::MIN_UTC)?;
    Ok(Kept { enrolments, waves, tokens: store.tokens()?, outbox: store.outbox()? })
}

/// Does what is to be done, telling each step; a failure of one doesn't keep the others.
///
/// # Errors
/// When the store can't be read or written.
pub fn run(store: &mut Store, now: DateTime<Utc>, mode: Mode, tell: &mut dyn FnMut(&Done)) -> Result<(), StoreError> {
    let mut done: Vec<Task> = Vec::new();
    let scheduled = tokens::schedule_waiting(store, now);
    if let Err(SyncError::Store(error)) = scheduled {
        return Err(error);
    }
    // What one step brings, such as a wave, is a reason for the next; sends of one run stay those of its beginning.
    let mut sent = false;
    loop {
        let tasks = plan(&kept(store)?, now, mode);
        let next = tasks.into_iter().find(|task| !done.contains(task) && (!sent || !is_other(task, mode)));
        let Some(task) = next else { return Ok(()) };
        if matches!(task, Task::Send(..)) && mode != Mode::Now {
            if sent && mode == Mode::Background {
                return Ok(());
            }
            if !sent && mode == Mode::Background {
                put_off(store, &task, now)?;
            }
            sent = true;
        }
        let result = carry_out(store, &task, now);
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

/// Says whether a task says who asks, which nothing may do in a run that sends.
fn is_other(task: &Task, mode: Mode) -> bool {
    mode != Mode::Now && !matches!(task, Task::Send(..))
}

/// Gives the other parts that are due a later time of their own.
fn put_off(store: &mut Store, first: &Task, now: DateTime<Utc>) -> Result<(), StoreError> {
    for mut sealed in store.outbox()? {
        let is_first = *first == Task::Send(sealed.wave(), sealed.part());
        let due = sealed.send_at.is_some_and(|at| at <= now) && !sealed.is_acknowledged() && sealed.retry_at.is_none();
        if is_first || !due {
            continue;
        }
        let Some(known) = store.wave(sealed.wave())? else { continue };
        let draw = draw().unwrap_or_default();
        let later = schedule::send_at(&known.wave.manifest, now + TimeDelta::minutes(10), false, draw);
        sealed.send_at = Some(later);
        store.keep_sealed(&sealed)?;
    }
    Ok(())
}

/// Does what is to be done; `None` where another process has left nothing of it to do.
fn carry_out(store: &mut Store, task: &Task, now: DateTime<Utc>) -> Result<Option<Vec<String>>, SyncError> {
    match task {
        Task::Enrol(collector) => {
            if let Some(enrolment) = store.enrolments()?.into_iter().find(|it| it.collector == *collector) {
                enrolling::redeem(store, enrolment)?;
            }
            Ok(Some(Vec::new()))
        }
        Task::Refresh(collector) => refresh(store, collector, now).map(Some),
        Task::Fetch(wave, part) => {
            if let Some((known, held)) = held(store, *wave, *part)? {
                let enrolment = store.enrolments()?.into_iter().find(|it| it.collector == known.collector);
                if let Some(enrolment) = enrolment {
                    tokens::fetch(store, &enrolment, (&known.wave, held), now)?;
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
    let tokens = store.tokens()?;
    let own = |sealed: &Sealed| sealed.wave() == wave && sealed.receipt.is_some();
    for mut sealed in store.outbox()?.into_iter().filter(own) {
        let held = tokens.iter().find(|held| held.wave() == wave && held.part() == sealed.part());
        let frame = held.and_then(|held| sending::frame(&known.wave, &sealed, held));
        // A version that was sealed and never sent can't stand there; its receipt says which one should.
        let receipt = sealed.receipt.as_ref().map(|receipt| receipt.payload_hash);
        let nullifier = frame.as_ref().map(crate::anonymous::Frame::nullifier);
        let found = nullifier.and_then(|nullifier| proof.ledger.find(nullifier));
        sealed.is_listed = Some(found.is_some() && found == receipt || frame.is_some_and(|frame| proof.holds(&frame)));
        store.keep_sealed(&sealed)?;
    }
    let closing = &proof.closing;
    Ok(vec![format!(
        "{} invited, {} tokens issued, {} responses counted",
        closing.invited, closing.issued.scores, closing.redeemed.scores
    )])
}
