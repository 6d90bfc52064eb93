//! The binary `dxpulse`: parses the command line, runs the command, and turns its outcome into an exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use dxpulse::{commands, report};

fn main() -> ExitCode {
    report::end_at_panics();
    let words: Vec<OsString> = std::env::args_os().collect();
    let outcome = commands::at_a_start(&words).unwrap_or_else(|| {
        report::tell_limits();
        commands::parse(&words).and_then(|line| commands::run(&line))
    });
    outcome.map_or_else(commands::report, ExitCode::from)
}
