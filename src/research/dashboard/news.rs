//! Asking again what is known of open waves, on a thread of its own, so that keys never wait for a network.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::state::Wave;
use crate::research::findings::Findings;

/// How long to wait before asking again.
pub(super) const PAUSE: Duration = Duration::from_secs(30);

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

/// What the collector told: all that is known, nothing where nothing is new, or why it can't be asked.
type Told = Result<Option<Reading>, String>;

/// Asks for all that is known.
pub type Ask = Box<dyn FnMut() -> Told + Send>;

/// News that a thread asks for until it is dropped, or until no wave is open.
pub(super) struct News {
    told: Receiver<Told>,
    /// Dropped with this, which ends the thread at its next turn.
    _stop: Sender<()>,
}

impl News {
    /// Begins to ask, at first after a pause; `wake` is called whenever there is something to take.
    pub(super) fn start(ask: Ask, pause: Duration, wake: impl Fn() + Send + 'static) -> Self {
        let (tell, told) = channel();
        let (stop, stopped) = channel();
        thread::spawn(move || go_on(ask, &tell, (&stopped, pause), &wake));
        Self { told, _stop: stop }
    }

    /// Gives what was told since the last time.
    pub(super) fn take(&self) -> Vec<Told> {
        self.told.try_iter().collect()
    }
}

fn go_on(mut ask: Ask, tell: &Sender<Told>, (stopped, pause): (&Receiver<()>, Duration), wake: &dyn Fn()) {
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let news = ask();
        let is_over = matches!(&news, Ok(Some(reading)) if !reading.has_open());
        if tell.send(news).is_err() {
            return;
        }
        wake();
        if is_over {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(open: Option<u32>) -> Reading {
        let waves = vec![Wave { name: "2026-Q4".to_owned(), open }];
        Reading { waves, find: Arc::new(|_| Err("not asked for".to_owned())) }
    }

    #[test]
    fn it_asks_until_no_wave_is_open_and_wakes_for_every_answer() {
        let mut answers = vec![Ok(Some(reading(None))), Err("gone".to_owned()), Ok(None), Ok(Some(reading(Some(5))))];
        let (woken, wakes) = channel();
        let ask: Ask = Box::new(move || answers.pop().expect("it stops to ask"));
        let news = News::start(ask, Duration::ZERO, move || woken.send(()).unwrap_or_default());
        assert_eq!(wakes.iter().count(), 4, "the thread ends with the last wave");
        let told: Vec<_> = news.take().into_iter().map(|told| told.map(|reading| reading.map(|it| it.waves[0].open))).collect();
        assert_eq!(told, [Ok(Some(Some(5))), Ok(None), Err("gone".to_owned()), Ok(Some(None))]);
    }
}
