//! What a collector takes in, beside servers that do less, all under the same load in one run.
//!
//! `tests/bench ingest [--json]`. 64 connections send valid submissions of 4 KiB, as fast as answers come, to
//!
//! - a server that takes bytes and does nothing;
//! - one that stores 430 bytes of each in groups, each group in a synced transaction, and does nothing else, in a file and on a PostgreSQL
//!   server: the least that whoever acknowledges only what is stored can do;
//! - one that makes a transaction of each request.
//!
//! On a busy machine the time of a request is the work of all sides over the number of processors; what cryptography costs (reading a
//! key, checking a token and a signature, signing a receipt) is measured by itself and taken off for the comparison with servers that
//! have none, and it is shown too.

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
const REQUESTS: usize = 12_000;

/// How often each server has its turn.
const TURNS: usize = 5;

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
    let mut turns: [Vec<Load>; 6] = Default::default();
    let (mut later, mut cryptography) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let made = database.database();
        let collector = servers::collector(&sealed)?;
        turns[0].push(load::run(&collector, &sealed.requests)?);
        later.push(load::work_afterwards_us(&collector)? / REQUESTS as f64);
        turns[1].push(load::run(&servers::collector_on(&database, &sealed)?, &sealed.requests)?);
        turns[2].push(load::run(&servers::probe("probe-bytes", [])?, &sealed.requests)?);
        turns[3].push(load::run(&servers::probe("probe-groups", [])?, &sealed.requests)?);
        turns[4].push(load::run(&servers::probe("probe-groups", [&*made])?, &sealed.requests)?);
        turns[5].push(load::run(&servers::probe("probe-transactions", [])?, &sealed.requests)?);
        cryptography.push(sealed.cryptography_us());
    }
    let figures = figures(&turns.map(|turns| Load::median(&turns)), load::median(&mut cryptography), load::median(&mut later));
    let shown =
        if arguments.iter().any(|argument| argument == "--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn figures([ours, there, bytes, groups, groups_there, transactions]: &[Load; 6], cryptography: f64, later: f64) -> Vec<Figure> {
    const BYTES: &str = "axum, bytes only";
    const GROUPS: &str = "storing in groups";
    const GROUPS_THERE: &str = "storing in groups there";
    let processors = available_parallelism().map_or(1, usize::from) as f64;
    let figure = |name, unit, dxpulse, beside, floor, target| Figure { name, unit, dxpulse, beside, floor, target };
    let storing = |load: &Load| load.request_us - cryptography / processors;
    vec![
        figure("request without its cryptography", "µs", storing(ours), bytes.request_us, BYTES, Target::Ratio(2.0)),
        figure("the same", "µs", storing(ours), groups.request_us, GROUPS, Target::Shown),
        figure("storing in groups", "µs", groups.request_us, bytes.request_us, BYTES, Target::Shown),
        figure("without it, on PostgreSQL", "µs", storing(there), bytes.request_us, BYTES, Target::Ratio(2.5)),
        figure("the same", "µs", storing(there), groups_there.request_us, GROUPS_THERE, Target::Shown),
        figure("slowest of a hundred", "ms", ours.p99_ms, groups.p99_ms, GROUPS, Target::Most(6.0)),
        figure("the same on PostgreSQL", "ms", there.p99_ms, groups_there.p99_ms, GROUPS_THERE, Target::Most(6.0)),
        figure("request", "µs", ours.request_us, transactions.request_us, "a transaction each", Target::Ratio(0.5)),
        figure("request", "µs", ours.request_us, bytes.request_us, BYTES, Target::Shown),
        figure("processor time of a request", "µs", ours.processor_us, groups.processor_us, GROUPS, Target::Shown),
        figure("of it cryptography", "µs", cryptography, ours.processor_us, "all of it", Target::Shown),
        figure("and, later, of moving what came", "µs", later, ours.processor_us, "all of it", Target::Shown),
        figure("memory under load", "MiB", ours.memory_mib, groups.memory_mib, GROUPS, Target::Most(64.0)),
    ]
}
