//! The binary `dxpulse-research`: parses the command line, runs the command, and turns its outcome into an exit code.

use std::process::ExitCode;

use dxpulse::research::commands;

fn main() -> ExitCode {
    commands::parse(std::env::args_os()).and_then(|line| commands::run(&line)).map_or_else(commands::report, ExitCode::from)
}
