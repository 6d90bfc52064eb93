//! The binary `dxpulse-collector`: parses the command line, runs the command, and turns its outcome into an exit code.

use std::process::ExitCode;

use dxpulse::collector::commands;
use dxpulse::report;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[cfg(panic = "abort")]
compile_error!("build it with --profile server: here, one request in trouble would end the server");

#[cfg(unproven)]
compile_error!("a collector that checks nothing is for measuring alone: see benches/ingest");

fn main() -> ExitCode {
    report::tell_panics();
    report::tell_limits();
    commands::parse(std::env::args_os()).and_then(|line| commands::run(&line)).map_or_else(commands::report, ExitCode::from)
}
