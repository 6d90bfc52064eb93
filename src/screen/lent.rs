//! The terminal while it is lent to another program.

use std::fs::File;
use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::device::Device;
use super::signals::Signals;

/// The terminal while another program uses it.
#[derive(Debug)]
pub struct Lent<'a> {
    device: &'a Device,
    signals: &'a Signals,
}

impl<'a> Lent<'a> {
    pub(super) fn new(device: &'a Device, signals: &'a Signals) -> Self {
        Self { device, signals }
    }

    /// Gives a handle to the terminal for the program's input, output or errors.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub fn handle(&self) -> io::Result<File> {
        self.device.handle()
    }

    /// Says whether this process was told to end meanwhile.
    pub fn ending(&self) -> bool {
        self.signals.ending()
    }

    /// Waits for any signal, that a child ended included, at most until the deadline; a note made before waits no time.
    pub fn wait_for_signal(&self, deadline: Option<Instant>) {
        let _ = poll(&mut [PollFd::new(self.signals, PollFlags::IN)], deadline.map(remaining).as_ref());
        self.signals.drain();
    }
}

/// Gives the time that is left, at most a day.
pub(super) fn remaining(until: Instant) -> Timespec {
    let left = until.saturating_duration_since(Instant::now()).min(Duration::from_secs(86_400));
    let seconds = i64::try_from(left.as_secs()).expect("at most a day");
    Timespec { tv_sec: seconds, tv_nsec: left.subsec_nanos().into() }
}
