//! The one thread that writes while the server runs: it takes what has gathered, commits it together, and only then replies.
//!
//! ```text
//! requests ─▶ bounded queue ─▶ up to 512 in one transaction ─▶ synced commit ─▶ replies
//! ```
//!
//! A commit costs the same for one as for many, and while one is synced, the processors are free to check what comes next. So it waits a
//! moment until a part of those that are being checked are there, and leaves the others to be checked meanwhile.
//!
//! A full queue is told at once, so that nobody waits for what can't be kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel, error::TrySendError};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::store::{Putting, Store, StoreError, Stored};

#[cfg(test)]
mod tests;

/// How many requests may wait.
const QUEUE: usize = 4096;

/// How many go into one transaction.
const TOGETHER: usize = 512;

/// How long to wait at most for that part.
const GATHER: Duration = Duration::from_millis(2);

/// How long nothing comes after a burst.
const CALM: Duration = Duration::from_secs(1);

/// Hands work to the thread.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    queue: Sender<Work>,
    crowd: Arc<Crowd>,
    thread: Thread,
}

/// Those who will hand something over soon, or wait for its result.
#[derive(Debug)]
struct Crowd {
    under_way: AtomicUsize,
    /// One of so many of them goes into a transaction at least.
    part: usize,
    /// Whether the thread waits for some of them.
    is_awaited: AtomicBool,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct UnderWay(Arc<Crowd>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Crowd {
    /// Says whether so many of all are worth a transaction.
    fn are_enough(&self, waiting: usize) -> bool {
        waiting * self.part >= self.under_way.load(Ordering::Relaxed).min(self.part * TOGETHER)
    }
}

/// The thread, to wait for at the end.
#[derive(Debug)]
pub(crate) struct WriterThread(JoinHandle<()>);

/// Why something was not written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unwritten {
    /// The queue is full.
    #[error("more is waiting to be written than can wait")]
    Full,
    /// The collector is stopping.
    #[error("the collector is stopping")]
    Stopping,
    /// The database failed.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

/// What waits for a transaction together with others.
trait Job: Send {
    /// Does it in the transaction.
    fn carry_out(&mut self, store: &Store) -> Result<(), StoreError>;

    /// Tells whoever asked for it what became of the transaction.
    fn reply(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A job with who waits for what it gives.
struct Asked<T, W> {
    work: Option<W>,
    outcome: Option<T>,
    sender: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, W: FnOnce(&Store) -> Result<T, StoreError> + Send> Job for Asked<T, W> {
    fn carry_out(&mut self, store: &Store) -> Result<(), StoreError> {
        self.outcome = self.work.take().map(|work| work(store)).transpose()?;
        Ok(())
    }

    fn reply(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { outcome, sender, .. } = *self;
        if let Some(outcome) = committed.map(|()| outcome).transpose() {
            // Whoever asked may have gone; what they asked for is done all the same.
            let _ = sender.send(outcome);
        }
    }
}

/// What must not be in a transaction.
type Alone = Box<dyn FnOnce(&Store) + Send>;

enum Work {
    Put(Stored, oneshot::Sender<Result<Putting, StoreError>>),
    Together(Box<dyn Job>),
    Alone(Alone),
}

/// What is committed together.
#[derive(Default)]
struct Batch {
    new: Vec<Stored>,
    senders: Vec<oneshot::Sender<Result<Putting, StoreError>>>,
    jobs: Vec<Box<dyn Job>>,
}

impl Writer {
    /// Starts the thread on a database of its own, once that is ready for a burst.
    pub(crate) fn start(store: Store, runtime: Handle) -> std::io::Result<(Self, WriterThread)> {
        // What can't be done now is done the next time.
        let _ = store.get_ready();
        let (queue, receiver) = channel(QUEUE);
        let (under_way, is_awaited) = Default::default();
        let crowd = Arc::new(Crowd { under_way, part: store.part_at_once(), is_awaited });
        let expected = Arc::clone(&crowd);
        let run = move || write(&store, receiver, &expected, &runtime);
        let handle = thread::Builder::new().name("writer".to_owned()).spawn(run)?;
        let thread = handle.thread().clone();
        Ok((Self { queue, crowd, thread }, WriterThread(handle)))
    }

    /// Says that something will be handed over once it is checked, for as long as what is returned lives.
    pub(crate) fn expect(&self) -> UnderWay {
        self.crowd.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(Arc::clone(&self.crowd))
    }

    /// Stores a version of a submission, and says what became of it once that is on the disk.
    pub(crate) async fn put(&self, new: Stored) -> Result<Putting, Unwritten> {
        let (sender, receiver) = oneshot::channel();
        self.hand_over(Work::Put(new, sender), receiver).await
    }

    /// Writes something else, and gives its result once it is on the disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Unwritten> {
        let (sender, receiver) = oneshot::channel();
        let job = Asked { work: Some(work), outcome: None, sender };
        self.hand_over(Work::Together(Box::new(job)), receiver).await
    }

    /// Does something with the database outside of any transaction, between two batches.
    pub(crate) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Unwritten> {
        let (sender, receiver) = oneshot::channel();
        let alone: Alone = Box::new(move |store| drop(sender.send(work(store))));
        self.hand_over(Work::Alone(alone), receiver).await
    }

    /// Gives how many requests wait.
    pub(crate) fn waiting(&self) -> usize {
        QUEUE - self.queue.capacity()
    }

    async fn hand_over<T>(&self, work: Work, reply: oneshot::Receiver<Result<T, StoreError>>) -> Result<T, Unwritten> {
        self.queue.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) => Unwritten::Full,
            TrySendError::Closed(_) => Unwritten::Stopping,
        })?;
        if self.crowd.is_awaited.load(Ordering::SeqCst) && self.crowd.are_enough(self.waiting() + 1) {
            self.thread.unpark();
        }
        // A reply that never comes belongs to what was never begun.
        Ok(reply.await.map_err(|_| Unwritten::Stopping)??)
    }
}

impl WriterThread {
    /// Waits until all that was handed over is written. Every [`Writer`] must be gone.
    pub(crate) fn join(self) {
        // A panic there has been told by then, and there is nothing left to save here.
        let _ = self.0.join();
    }
}

fn write(store: &Store, mut queue: Receiver<Work>, crowd: &Crowd, runtime: &Handle) {
    let mut taken = None;
    while let Some(work) = taken.take().or_else(|| next(store, &mut queue, runtime)) {
        match work {
            Work::Alone(work) => {
                work(store);
                tidy_up(store);
            }
            first => {
                gather(&queue, crowd);
                let mut batch = Batch::default();
                taken = batch.take(first);
                while taken.is_none() && batch.len() < TOGETHER {
                    match queue.try_recv() {
                        Ok(work) => taken = batch.take(work),
                        Err(_) => break,
                    }
                }
                batch.commit(store, runtime);
            }
        }
    }
    tidy_up(store);
}

/// Tidies up between bursts; what can't be done now is done the next time.
fn tidy_up(store: &Store) {
    let _ = store.tidy_up();
}

/// Waits for work, and tidies up after a burst when it is over.
fn next(store: &Store, queue: &mut Receiver<Work>, runtime: &Handle) -> Option<Work> {
    if store.is_unsettled() && queue.is_empty() {
        match runtime.block_on(async { timeout(CALM, queue.recv()).await }) {
            Ok(work) => return work,
            Err(_) => tidy_up(store),
        }
    }
    queue.blocking_recv()
}

/// Waits until enough of those under way are there, and not for long; whoever comes alone is not kept waiting.
fn gather(queue: &Receiver<Work>, crowd: &Crowd) {
    let until = Instant::now() + GATHER;
    crowd.is_awaited.store(true, Ordering::SeqCst);
    while !crowd.are_enough(queue.len() + 1) {
        let Some(left) = until.checked_duration_since(Instant::now()) else { break };
        thread::park_timeout(left);
    }
    crowd.is_awaited.store(false, Ordering::SeqCst);
}

impl Batch {
    fn len(&self) -> usize {
        self.new.len() + self.jobs.len()
    }

    /// Takes what may be committed with others, and gives back what may not.
    fn take(&mut self, work: Work) -> Option<Work> {
        match work {
            Work::Put(new, sender) => {
                self.new.push(new);
                self.senders.push(sender);
                None
            }
            Work::Together(job) => {
                self.jobs.push(job);
                None
            }
            alone @ Work::Alone(_) => Some(alone),
        }
    }

    /// Commits all of it. Where something fails, whoever waits for any of it is told to try again.
    ///
    /// Replies are given by one task: told from here, each would wake a thread by itself.
    fn commit(self, store: &Store, runtime: &Handle) {
        let Self { new, senders, mut jobs } = self;
        let has_jobs = !jobs.is_empty();
        let together = || -> Result<_, StoreError> {
            let put = store.put_all(&new)?;
            jobs.iter_mut().try_for_each(|job| job.carry_out(store))?;
            Ok(put)
        };
        let written = if has_jobs { store.together(together) } else { store.commit_all(&new) };
        runtime.spawn(async move {
            let (put, committed) = match written {
                Ok(put) => (put.into_iter().map(Ok).collect(), Ok(())),
                Err(error) => (vec![Err(error.clone()); senders.len()], Err(error)),
            };
            // Whoever asked may have gone; what they asked for is done all the same.
            senders.into_iter().zip(put).for_each(|(sender, outcome)| drop(sender.send(outcome)));
            jobs.into_iter().for_each(|job| job.reply(committed.clone()));
        });
    }
}
