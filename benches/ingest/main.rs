//! What a collector takes in, beside a server that takes bytes and does nothing, and beside one that makes a transaction of each
//! request, all under the same load in one run; and what it takes in with its database on a PostgreSQL server of its own.
//!
//! `tests/bench ingest [--json]`. 64 connections send valid submissions of 4 KiB, as fast as answers come. On a busy machine the time of a
//! request is the work of all sides over the number of processors; what cryptography costs (reading a key, checking a token and a
//! signature, signing a receipt) is measured by itself and taken off for the comparison with a server that has none, and it is shown too.

#[allow(dead_code, clippy::unwrap_used, reason = "it is the tests' own")]
#[path = "../../tests/support/database_server.rs"]
mod database_server;
#[path = "../figures/figure.rs"]
mod figure;
mod load;
#[path = "../figures/probes.rs"]
mod probes;
mod processor;
mod servers;
mod wave;

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread::available_parallelism;

use database_server::DatabaseServer;
use figure::{Figure, Target};
use load::Load;
use wave::Sealed;

/// How many submissions one turn has.
const REQUESTS: usize = 3000;

/// How often each server has its turn.
const TURNS: usize = 3;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if !arguments.iter().any(|argument| argument == "--bench") {
        writeln!(out, "figures are measured by: tests/bench ingest")?;
        return Ok(ExitCode::SUCCESS);
    }
    servers::build_probes()?;
    let sealed = Sealed::prepare(REQUESTS)?;
    let database = DatabaseServer::start("");
    let mut turns: [Vec<Load>; 4] = Default::default();
    for _ in 0..TURNS {
        turns[0].push(load::run(&servers::collector(&sealed)?, &sealed.requests)?);
        turns[1].push(load::run(&servers::probe("probe-bytes")?, &sealed.requests)?);
        turns[2].push(load::run(&servers::probe("probe-transactions")?, &sealed.requests)?);
        turns[3].push(load::run(&servers::collector_on(&database, &sealed)?, &sealed.requests)?);
    }
    let figures = figures(&turns.map(Load::median), sealed.cryptography_us());
    let shown =
        if arguments.iter().any(|argument| argument == "--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn figures([ours, bytes, transactions, on_postgresql]: &[Load; 4], cryptography: f64) -> Vec<Figure> {
    let processors = available_parallelism().map_or(1, usize::from) as f64;
    let figure = |name, unit, dxpulse, beside, floor, target| Figure { name, unit, dxpulse, beside, floor, target };
    let storing = |load: &Load| load.request_us - cryptography / processors;
    vec![
        figure("request without its cryptography", "µs", storing(ours), bytes.request_us, "axum, bytes only", Target::Ratio(2.0)),
        figure(
            "without it, on PostgreSQL",
            "µs",
            storing(on_postgresql),
            bytes.request_us,
            "axum, bytes only",
            Target::Ratio(2.5),
        ),
        figure("request", "µs", ours.request_us, bytes.request_us, "axum, bytes only", Target::Shown),
        figure("request", "µs", ours.request_us, transactions.request_us, "a transaction each", Target::Ratio(0.5)),
        figure("processor time of a request", "µs", ours.processor_us, bytes.processor_us, "axum, bytes only", Target::Shown),
        figure("of it cryptography", "µs", cryptography, ours.processor_us, "all of it", Target::Shown),
        figure("slowest of a hundred", "ms", ours.p99_ms, bytes.p99_ms, "axum, bytes only", Target::Most(6.0)),
        figure("the same on PostgreSQL", "ms", on_postgresql.p99_ms, bytes.p99_ms, "axum, bytes only", Target::Most(6.0)),
        figure("memory under load", "MiB", ours.memory_mib, bytes.memory_mib, "axum, bytes only", Target::Most(64.0)),
    ]
}
