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
const REQUESTS: usize = 12000;

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
    if let Ok(only) = std::env::var("ONLY") {
        let variants: Vec<&str> = only.split(';').collect();
        let mut all: Vec<Vec<Load>> = vec![Vec::new(); variants.len()];
        let database = DatabaseServer::start("");
        let mut floors = Vec::new();
        let mut groups = Vec::new();
        let mut pg = Vec::new();
        let mut pgg = Vec::new();
        let mut crypto = Vec::new();
        for _ in 0..std::env::var("N").map_or(7, |n| n.parse().unwrap_or(7)) {
            for (variant, loads) in variants.iter().zip(&mut all) {
                servers::VARIANT.lock().map_err(|_| io::ErrorKind::Other)?.replace_range(.., variant);
                loads.push(load::run(&servers::collector(&sealed)?, &sealed.requests)?);
            }
            groups.push(load::run(&servers::probe("probe-groups", [])?, &sealed.requests)?);
            if std::env::var("PG").is_ok() {
                pg.push(load::run(&servers::collector_on(&database, &sealed)?, &sealed.requests)?);
                pgg.push(load::run(&servers::probe("probe-groups", [&*database.database()])?, &sealed.requests)?);
            }
            floors.push(load::run(&servers::probe("probe-bytes", [])?, &sealed.requests)?);
            crypto.push(sealed.cryptography_us());
        }
        crypto.sort_by(f64::total_cmp);
        let (floor, crypto) = (Load::median(floors), crypto[crypto.len() / 2]);
        for (variant, loads) in variants.iter().zip(all) {
            let load = Load::median(loads);
            writeln!(out, "{variant:30} {:.1} us, cpu {:.1}, p99 {:.2}; floor {:.1} cpu {:.1} crypto {crypto:.1} ratio {:.2}", load.request_us, load.processor_us, load.p99_ms, floor.request_us, floor.processor_us, (load.request_us - crypto / 2.0) / floor.request_us)?;
        }
        let (pg, pgg, groups) = (Load::median(pg), Load::median(pgg), Load::median(groups));
        writeln!(out, "pg {:.1} us p99 {:.2} ratio {:.2}; groups there {:.1} p99 {:.2}; groups {:.1} p99 {:.2}", pg.request_us, pg.p99_ms, (pg.request_us - crypto / 2.0) / floor.request_us, pgg.request_us, pgg.p99_ms, groups.request_us, groups.p99_ms)?;
        return Ok(ExitCode::SUCCESS);
    }
    let database = DatabaseServer::start("");
    let mut turns: [Vec<Load>; 6] = Default::default();
    for _ in 0..TURNS {
        let made = database.database();
        turns[0].push(load::run(&servers::collector(&sealed)?, &sealed.requests)?);
        turns[1].push(load::run(&servers::collector_on(&database, &sealed)?, &sealed.requests)?);
        turns[2].push(load::run(&servers::probe("probe-bytes", [])?, &sealed.requests)?);
        turns[3].push(load::run(&servers::probe("probe-groups", [])?, &sealed.requests)?);
        turns[4].push(load::run(&servers::probe("probe-groups", [&*made])?, &sealed.requests)?);
        turns[5].push(load::run(&servers::probe("probe-transactions", [])?, &sealed.requests)?);
    }
    let figures = figures(&turns.map(Load::median), sealed.cryptography_us());
    let shown =
        if arguments.iter().any(|argument| argument == "--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn figures([ours, there, bytes, groups, groups_there, transactions]: &[Load; 6], cryptography: f64) -> Vec<Figure> {
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
        figure("memory under load", "MiB", ours.memory_mib, groups.memory_mib, GROUPS, Target::Most(64.0)),
    ]
}
