//! The figures that matter to a person, each beside a floor or peer measured in the same alternating run.
//!
//! `cargo bench --bench figures -- [NAME] [--json]`. Machines are noisy and differ: the two sides take turns, each side's figure
//! is the median of its turns, and only their ratio is compared with a target. A missed target gives exit code 1.

mod figure;
mod installed;
mod probes;
mod processes;
mod save;
mod screens;
#[path = "../../tests/support/mod.rs"]
mod support;
mod surveys;
mod turns;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use figure::Figure;
use installed::installed;
use support::{Home, PROGRAM};

type Measure = fn() -> Vec<Figure>;

const FIGURES: [(&str, Measure); 8] = [
    ("version", processes::version),
    ("list", processes::list),
    ("lint", processes::lint),
    ("first-frame", screens::first_frame),
    ("key", screens::key),
    ("idle", screens::idle),
    ("memory", screens::memory),
    ("save", save::save),
];

/// What several of them are called together.
const SCREEN: (&str, [&str; 4]) = ("screen", ["first-frame", "key", "idle", "memory"]);

const PROBES: [&str; 5] = ["probe-clap", "probe-row", "probe-sqlite", "probe-screen", "probe-toml"];

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    // Cargo adds `--bench` where figures are asked for; a mere test run of all targets measures nothing.
    if !arguments.iter().any(|argument| argument == "--bench") {
        writeln!(out, "figures are measured by: cargo bench --bench figures")?;
        return Ok(ExitCode::SUCCESS);
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let names = arguments.iter().map(String::as_str).filter(|argument| !argument.starts_with("--"));
    let wanted: Vec<&str> = names.flat_map(|name| if name == SCREEN.0 { SCREEN.1.to_vec() } else { vec![name] }).collect();
    if let Some(unknown) = wanted.iter().find(|name| FIGURES.iter().all(|(known, _)| known != *name)) {
        let known = FIGURES.map(|(name, _)| name).join(", ");
        writeln!(io::stderr(), "unknown figure {unknown:?}; known are {known}, and {} for some of them", SCREEN.0)?;
        return Ok(ExitCode::from(2));
    }
    probes::build("release", "", &PROBES, None)?;
    let chosen = FIGURES.iter().filter(|(name, _)| wanted.is_empty() || wanted.contains(name));
    let figures: Vec<Figure> = chosen.flat_map(|(_, measure)| measure()).collect();
    let shown = if json { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Gives `dxpulse`, installed in a home.
fn ours(home: &Home) -> PathBuf {
    installed(home, Path::new(PROGRAM))
}

/// Gives a probe, installed in a home.
fn probe(home: &Home, name: &str) -> PathBuf {
    installed(home, &probes::path(PROGRAM, name))
}
