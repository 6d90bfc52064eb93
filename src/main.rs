//! The binary `dxpulse`: parses the command line, runs the command, and turns its outcome into an exit code.

use std::process::ExitCode;

use dxpulse::{commands, report};

fn main() -> ExitCode {
    report::end_at_panics();
    report::tell_limits();
    commands::parse(std::env::args_os()).and_then(|line| commands::run(&line)).map_or_else(commands::report, ExitCode::from)
}
