//! Asking again what is known of open waves, on a thread of its own, so that keys never wait for a network.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::state::Wave;
use crate::research::findings::Findings;
use crate::screen::terminal::Waker;

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_secs(30);

/// Gives what came of a wave, or why nothing did.
type Find = dyn Fn(&str) -> Result<Findings, String> + Send + Sync;

/// What is known of all waves at a time.
#[derive(Clone)]
pub struct Reading {
    /// The waves, the oldest first.
    pub waves: Vec<Wave>,
    /// What came of a wave, by its name.
    pub find: Arc<Find>,
}

impl Reading {
    /// Says whether a wave is open, so that there may be news.
    pub fn has_open(&self) -> bool {
        self.waves.iter().any(|wave| wave.open.is_some())
    }
}

/// Asks for all that is known; `None` where nothing is new.
pub type Ask = Box<dyn FnMut() -> Result<Option<Reading>, String> + Send>;

/// News that a thread asks for until it is dropped, or until no wave is open.
pub(super) struct News {
    told: Receiver<Result<Option<Reading>, String>>,
    /// Dropped with this, which ends the thread at its next turn.
    _stop: Sender<()>,
}

impl News {
    /// Begins to ask.
    pub(super) fn start(ask: Ask, waker: Waker) -> Self {
        let (tell, told) = channel();
        let (stop, stopped) = channel();
        thread::spawn(move || go_on(ask, &tell, &stopped, &waker));
        Self { told, _stop: stop }
    }

    /// Gives what was told since the last time.
    pub(super) fn take(&self) -> Vec<Result<Option<Reading>, String>> {
        self.told.try_iter().collect()
    }
}

fn go_on(mut ask: Ask, tell: &Sender<Result<Option<Reading>, String>>, stopped: &Receiver<()>, waker: &Waker) {
    while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
        let news = ask();
        let is_over = matches!(&news, Ok(Some(reading)) if !reading.has_open());
        if tell.send(news).is_err() {
            return;
        }
        waker.wake();
        if is_over {
            return;
        }
    }
}
