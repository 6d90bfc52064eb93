//! The signals a program with a screen must notice, as something that can be waited for.
//!
//! While watched they're only noted; when no terminal is open they do what they always do.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGXFSZ};
use signal_hook::{flag, low_level::pipe};

/// A signal that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, or SIGQUIT: nobody is to find a core file with answers in it.
    Terminated,
    /// SIGHUP, or the terminal is gone.
    HungUp,
    /// SIGINT.
    Interrupted,
    /// SIGCONT: the process was stopped and goes on.
    Continued,
}

/// The noted signals and the pipe that wakes whoever waits for them.
#[derive(Debug)]
pub(super) struct Signals {
    wake: UnixStream,
    waker: Waker,
    /// Set while nobody watches: the ending signals then have their default effect.
    unwatched: Arc<AtomicBool>,
    terminated: Arc<AtomicBool>,
    hung_up: Arc<AtomicBool>,
    interrupted: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
}

/// Wakes whoever waits for the signals, from another thread.
#[derive(Debug)]
pub struct Waker {
    noted: Arc<AtomicBool>,
    pipe: UnixStream,
}

impl Waker {
    /// Wakes whoever waits; several times before anyone looks count once.
    pub fn wake(&self) {
        self.noted.store(true, Ordering::SeqCst);
        // A full pipe wakes as well.
        let _ = (&self.pipe).write(&[0]);
    }
}

impl Signals {
    /// Watches the signals of this process; handlers are installed once and stay.
    pub(super) fn watch() -> io::Result<&'static Self> {
        static SIGNALS: OnceLock<Signals> = OnceLock::new();
        let signals = match SIGNALS.get() {
            Some(signals) => signals,
            None => {
                let signals = Self::install()?;
                SIGNALS.get_or_init(|| signals)
            }
        };
        signals.unwatched.store(false, Ordering::SeqCst);
        Ok(signals)
    }

    /// Gives the ending signals their default effect back.
    pub(super) fn unwatch(&self) {
        self.unwatched.store(true, Ordering::SeqCst);
    }

    /// Takes the most pressing signal that was noted.
    pub(super) fn next(&self) -> Option<Signal> {
        let noted = [
            (&self.terminated, Signal::Terminated),
            (&self.hung_up, Signal::HungUp),
            (&self.interrupted, Signal::Interrupted),
            (&self.continued, Signal::Continued),
        ];
        noted.into_iter().find(|(flag, _)| flag.swap(false, Ordering::SeqCst)).map(|(_, signal)| signal)
    }

    /// Takes the note that the size changed.
    pub(super) fn resized(&self) -> bool {
        self.resized.swap(false, Ordering::SeqCst)
    }

    /// Says whether the process was told to end, without taking the note.
    pub(super) fn ending(&self) -> bool {
        self.terminated.load(Ordering::SeqCst) || self.hung_up.load(Ordering::SeqCst)
    }

    /// Forgets a Ctrl-C that was meant for another program on the terminal.
    pub(super) fn forget_interrupt(&self) {
        self.interrupted.store(false, Ordering::SeqCst);
    }

    /// Forgets the continuation after a stop of our own making.
    pub(super) fn forget_continue(&self) {
        self.continued.store(false, Ordering::SeqCst);
    }

    /// Gives what another thread wakes whoever waits with.
    pub(super) fn waker(&self) -> io::Result<Waker> {
        Ok(Waker { noted: Arc::clone(&self.waker.noted), pipe: self.waker.pipe.try_clone()? })
    }

    /// Takes the note that another thread woke whoever waits.
    pub(super) fn woken(&self) -> bool {
        self.waker.noted.swap(false, Ordering::SeqCst)
    }

    /// Empties the pipe; the notes stay.
    pub(super) fn drain(&self) {
        let mut buffer = [0; 64];
        while matches!((&self.wake).read(&mut buffer), Ok(count) if count > 0) {}
    }

    fn install() -> io::Result<Self> {
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let unwatched = Arc::new(AtomicBool::new(true));
        // Notes come before the pipe, so that whoever is woken finds them.
        let note = |signal| -> io::Result<Arc<AtomicBool>> {
            let noted = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&noted))?;
            pipe::register(signal, waker.try_clone()?)?;
            Ok(noted)
        };
        let ending = |signal| {
            flag::register_conditional_default(signal, Arc::clone(&unwatched))?;
            note(signal)
        };
        let (terminated, hung_up, interrupted) = (ending(SIGTERM)?, ending(SIGHUP)?, ending(SIGINT)?);
        flag::register_conditional_default(SIGQUIT, Arc::clone(&unwatched))?;
        flag::register(SIGQUIT, Arc::clone(&terminated))?;
        pipe::register(SIGQUIT, waker.try_clone()?)?;
        let (continued, resized) = (note(SIGCONT)?, note(SIGWINCH)?);
        // A child that ends only has to wake us.
        note(SIGCHLD)?;
        // Once it is handled, a file beyond the user's limit is an error that can be told, and not the end.
        note(SIGXFSZ)?;
        let waker = Waker { noted: Arc::default(), pipe: waker };
        Ok(Self { wake, waker, unwatched, terminated, hung_up, interrupted, continued, resized })
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watched_signal_is_noted_once_and_wakes_and_so_does_another_thread() {
        let signals = Signals::watch().unwrap();
        for signal in [SIGTERM, SIGQUIT] {
            signals.drain();
            signal_hook::low_level::raise(signal).unwrap();
            assert!(signals.ending());
            assert_eq!((&signals.wake).read(&mut [0; 8]).ok(), Some(1));
            assert_eq!((signals.next(), signals.next()), (Some(Signal::Terminated), None));
        }
        let waker = signals.waker().unwrap();
        std::thread::spawn(move || waker.wake()).join().unwrap();
        assert_eq!((signals.woken(), signals.woken(), signals.next()), (true, false, None));
    }
}
