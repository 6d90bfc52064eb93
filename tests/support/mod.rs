//! A small language for running programs in a real terminal: start one, press keys, wait for what the screen shows.
//!
//! ```text
//! let mut screen = dxpulse(["take", "platform-pulse"]).size(80, 24).start();
//! screen.ready();
//! screen.press("9");
//! screen.until("your answer: 9");
//! ```
//!
//! Every wait ends with an event from the terminal and fails with the whole screen. Nothing here answers a question that a
//! program asks its terminal; such questions are only recorded.
#![allow(dead_code, unused_imports, reason = "every test crate that includes this module uses another part of it")]

#[cfg(feature = "collector")]
pub(crate) mod exchange;
mod home;
mod keys;
pub(crate) mod published_wave;
mod random;
mod screen;
pub(crate) mod shown;
mod terminal;
pub(crate) mod trace;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

pub(crate) use home::{Home, settings};
pub(crate) use keys::bytes;
pub(crate) use random::Random;
pub(crate) use screen::{End, Screen, wait_out_guard};

/// Where the program under test stands; built by Cargo with the test's own profile.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_dxpulse");

/// A program about to be started in a terminal.
pub(crate) struct Start {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) variables: Vec<(OsString, OsString)>,
    pub(crate) columns: u16,
    pub(crate) rows: u16,
    pub(crate) home: Home,
}

/// Prepares `dxpulse` with these arguments, an empty home of its own and 80×24 cells.
pub(crate) fn dxpulse<const N: usize>(arguments: [&str; N]) -> Start {
    program(PROGRAM, arguments)
}

/// Prepares an interactive `bash` whose prompt is `$ ` and which finds `dxpulse` on its path.
pub(crate) fn shell() -> Start {
    let folder = Path::new(PROGRAM).parent().expect("a program stands in a folder");
    let path = format!("{}:/usr/bin:/bin", folder.display());
    program("/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"]).env("PATH", path).env("PS1", "$ ")
}

/// Prepares any program.
pub(crate) fn program<const N: usize>(program: impl Into<PathBuf>, arguments: [&str; N]) -> Start {
    Start {
        program: program.into(),
        arguments: arguments.iter().map(OsString::from).collect(),
        variables: Vec::new(),
        columns: 80,
        rows: 24,
        home: Home::new(),
    }
}

impl Start {
    /// Adds arguments.
    pub(crate) fn args<I: IntoIterator<Item = impl Into<OsString>>>(mut self, arguments: I) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Sets the terminal's columns and rows.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Sets an environment variable; nothing is inherited from the test's own environment.
    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Uses a home that was there before.
    pub(crate) fn home(mut self, home: &Home) -> Self {
        self.home = home.clone();
        self
    }

    /// Starts it without the rights that root alone has, so that root's tests see what users do.
    pub(crate) fn unprivileged(mut self) -> Self {
        if rustix::process::geteuid().is_root() {
            let program = std::mem::replace(&mut self.program, "/usr/bin/setpriv".into());
            let words = ["--bounding-set=-all", "--inh-caps=-all", "--"].map(OsString::from);
            self.arguments.splice(..0, words.into_iter().chain([program.into_os_string()]));
        }
        self
    }

    /// Opens the terminal and starts the program in it.
    pub(crate) fn start(self) -> Screen {
        Screen::open(self)
    }
}
