//! What a collector takes in, beside servers that do less, all under the same load in one run.
//!
//! `tests/bench ingest [--json]`. 64 connections send valid submissions of 4 KiB, as fast as answers come, to
//!
//! - a server that takes bytes and does nothing;
//! - one that stores 430 bytes of each in groups, each group in a synced transaction, and does nothing else, in a file and on a PostgreSQL
//!   server: the least that whoever acknowledges only what is stored can do;
//! - one that makes a transaction of each request.
//!
//! What is compared with servers that have no cryptography is a collector that has none either: built for this alone, it checks neither
//! tokens nor signatures and signs no receipts, and does all else. The collector itself is shown too, and what its cryptography costs.

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

use database_server::DatabaseServer;
use figure::{Figure, Target};
use load::Load;
use servers::Program::{Collector, Unproven};
use servers::Server;
use wave::Sealed;

/// How many submissions one turn has.
const REQUESTS: usize = 12_000;

/// A database server as docs/postgresql.md sets it up.
const TRACELESS: &str = "-c wal_recycle=off";

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
    let database = DatabaseServer::start(TRACELESS);
    let mut turns: [Vec<Load>; 8] = Default::default();
    let (mut later, mut cryptography) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        // A server that has just made a database is busy for a while.
        let made = database.database();
        let [there, unproven_there] = [servers::in_database(&database, &sealed)?, servers::in_database(&database, &sealed)?];
        let mut under_load =
            |turn: usize, server: &Server| load::run(server, &sealed.requests).map(|load| turns[turn].push(load));
        let collector = servers::serve(Collector, servers::in_file(&sealed)?)?;
        under_load(0, &collector)?;
        later.push(load::work_afterwards_us(&collector)? / REQUESTS as f64);
        drop(collector);
        under_load(1, &servers::serve(Unproven, servers::in_file(&sealed)?)?)?;
        under_load(2, &servers::probe("probe-bytes", [])?)?;
        under_load(3, &servers::probe("probe-groups", [])?)?;
        under_load(4, &servers::serve(Collector, there)?)?;
        under_load(5, &servers::serve(Unproven, unproven_there)?)?;
        under_load(6, &servers::probe("probe-groups", [&*made])?)?;
        // Its many commits keep the disk busy for a while.
        under_load(7, &servers::probe("probe-transactions", [])?)?;
        cryptography.push(sealed.cryptography_us());
    }
    let figures = figures(&turns.map(|turns| Load::median(&turns)), load::median(&mut cryptography), load::median(&mut later));
    let shown =
        if arguments.iter().any(|argument| argument == "--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn figures(
    [ours, stored, bytes, groups, there, stored_there, groups_there, transactions]: &[Load; 8],
    cryptography: f64,
    later: f64,
) -> Vec<Figure> {
    const BYTES: &str = "axum, bytes only";
    const GROUPS: &str = "storing in groups";
    const GROUPS_THERE: &str = "storing in groups there";
    let figure = |name, unit, dxpulse, beside, floor, target| Figure { name, unit, dxpulse, beside, floor, target };
    vec![
        figure("request before cryptography", "µs", stored.request_us, bytes.request_us, BYTES, Target::Ratio(2.0)),
        figure("the same", "µs", stored.request_us, groups.request_us, GROUPS, Target::Shown),
        figure("storing in groups", "µs", groups.request_us, bytes.request_us, BYTES, Target::Shown),
        figure("on PostgreSQL, before it", "µs", stored_there.request_us, bytes.request_us, BYTES, Target::Ratio(2.5)),
        figure("the same", "µs", stored_there.request_us, groups_there.request_us, GROUPS_THERE, Target::Shown),
        figure("slowest of a hundred, before it", "ms", stored.p99_ms, groups.p99_ms, GROUPS, Target::Most(6.0)),
        figure("on PostgreSQL, before it", "ms", stored_there.p99_ms, groups_there.p99_ms, GROUPS_THERE, Target::Most(6.0)),
        figure("request", "µs", ours.request_us, transactions.request_us, "a transaction each", Target::Ratio(0.5)),
        figure("request", "µs", ours.request_us, bytes.request_us, BYTES, Target::Shown),
        figure("on PostgreSQL", "µs", there.request_us, bytes.request_us, BYTES, Target::Shown),
        figure("slowest of a hundred", "ms", ours.p99_ms, groups.p99_ms, GROUPS, Target::Shown),
        figure("on PostgreSQL", "ms", there.p99_ms, groups_there.p99_ms, GROUPS_THERE, Target::Shown),
        figure("processor time of a request", "µs", ours.processor_us, groups.processor_us, GROUPS, Target::Shown),
        figure("of it before cryptography", "µs", stored.processor_us, ours.processor_us, "all of it", Target::Shown),
        figure("cryptography by itself", "µs", cryptography, ours.processor_us, "all of it", Target::Shown),
        figure("and, later, of moving what came", "µs", later, ours.processor_us, "all of it", Target::Shown),
        figure("memory under load", "MiB", ours.memory_mib, groups.memory_mib, GROUPS, Target::Most(64.0)),
    ]
}
