//! The collector without its cryptography, where it is built by `benches/ingest/unproven`: what is left of it to measure.

use std::process::ExitCode;

use dxpulse::collector::commands;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    commands::parse(std::env::args_os()).and_then(|line| commands::run(&line)).map_or_else(commands::report, ExitCode::from)
}
