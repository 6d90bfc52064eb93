//! A folder that stands for a person's whole home, and the program run in it without a terminal.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

/// A temporary home, deleted with its last user.
#[derive(Clone)]
pub(crate) struct Home(Arc<TempDir>);

impl Home {
    /// Makes an empty home.
    pub(crate) fn new() -> Self {
        Self(Arc::new(tempfile::Builder::new().prefix("dxpulse-").tempdir().expect("temporary folders can be made")))
    }

    /// Gives the folder named by `DXPULSE_HOME`.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs `dxpulse` without any terminal (also without a controlling one) and waits for its end.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Output {
        self.command().args(arguments).stdin(Stdio::null()).output().expect("setsid and dxpulse can be started")
    }

    /// Runs `dxpulse` as [`Home::run`] does, with this text on its standard input.
    pub(crate) fn run_with<'a>(&self, arguments: impl IntoIterator<Item = &'a str>, input: &str) -> Output {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("setsid and dxpulse can be started");
        // A program that doesn't read its input closes the pipe, which is its right.
        let _ = child.stdin.take().expect("the input is piped").write_all(input.as_bytes());
        child.wait_with_output().expect("the program can be waited for")
    }

    /// Gives the command `dxpulse` in this home, in a session without a controlling terminal.
    pub(crate) fn command(&self) -> Command {
        self.command_through(&[])
    }

    /// Gives the command `dxpulse` as [`Home::command`] does, started by another program such as `strace`.
    pub(crate) fn command_through(&self, before: &[&str]) -> Command {
        let mut command = Command::new("setsid");
        command.arg("--wait").args(before).arg(super::PROGRAM).env_clear().envs(settings(self)).current_dir(self.path());
        command
    }
}

/// Gives the whole environment of a program in this home.
pub(crate) fn settings(home: &Home) -> Vec<(OsString, OsString)> {
    let fixed = [("PATH", "/usr/bin:/bin"), ("SHELL", "/bin/sh"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC")];
    let fixed = fixed.map(|(name, value)| (name.into(), value.into()));
    let places = ["HOME", "DXPULSE_HOME"].map(|name| (name.into(), home.path().into()));
    fixed.into_iter().chain(places).collect()
}
