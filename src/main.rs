//! The binary `dxpulse`: parses the command line, runs the command, and turns its outcome into an exit code.

use std::process::ExitCode;

use dxpulse::{commands, report};
use signal_hook::consts::SIGXFSZ;

fn main() -> ExitCode {
    report::end_at_panics();
    // A limit on the size of files is told like a full disk instead of ending the program without a word.
    let _ = signal_hook::flag::register(SIGXFSZ, Default::default());
    commands::parse(std::env::args_os()).and_then(|line| commands::run(&line)).map_or_else(commands::report, ExitCode::from)
}
