//! What the hook adds to a prompt in each shell, beside one subshell and beside what others run before a prompt.
//!
//! `cargo bench --bench hook -- [bash] [zsh] [fish] [--json]`. Shells sit in real terminals and are fed lines, a batch at a time; all ways
//! of setting one up take turns, and a figure is what a prompt took longer than without any hook: of several shells started one after
//! the other the median, of each the lower quartile of its turns, since what else a machine does only ever makes a turn longer. In fish,
//! whose `$(:)` is no process, both are the processor time of the shell's first thread: by the clock, its other threads, which come and
//! go, hide a few microseconds. No program of dxpulse runs in a prompt.
//!
//! Then each shell is started, with the hook read from a file and evaluated, beside one that runs a program that says hello, and beside
//! what others have evaluated. Peers that aren't installed are left out.

#[path = "../figures/figure.rs"]
mod figure;
#[path = "../figures/installed.rs"]
mod installed;
#[path = "../figures/probes.rs"]
mod probes;
mod shells;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::io::{self, Write};
use std::process::ExitCode;

use figure::{Figure, Target};
use shells::{PEERS, Setup, Shell, Worker};

/// How many lines a turn has.
const LINES: u32 = 100;

/// How many turns are counted of each shell, after some that aren't.
const TURNS: usize = 6;

/// How many shells are started in each way: two that do the same can differ by more than a hook takes.
const SHELLS: usize = 5;

/// How often a shell is started in each way.
const STARTS: usize = 60;

const WARM_UP: usize = 3;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    let says = |word: &str| arguments.iter().any(|argument| argument == word);
    if !says("--bench") {
        writeln!(out, "figures are measured by: cargo bench --bench hook")?;
        return Ok(ExitCode::SUCCESS);
    }
    probes::build("release", "", &[shells::HELLO], None)?;
    let is_meant = |shell: &Shell| Shell::ALL.iter().all(|any| !says(any.name())) || says(shell.name());
    let figures: Vec<Figure> =
        Shell::ALL.into_iter().filter(is_meant).flat_map(|shell| [prompts(shell), starts(shell)].concat()).collect();
    let shown = if says("--json") { figure::json(&figures) } else { figure::table(&figures) };
    out.write_all(shown.as_bytes())?;
    Ok(if figures.iter().all(Figure::is_met) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Measures the prompts of one shell in every way it can be set up.
fn prompts(shell: Shell) -> Vec<Figure> {
    let peers: Vec<Setup> = PEERS.into_iter().filter(|peer| peer.is_there()).collect();
    let setups = [&[Setup::Bare, Setup::Hook(0), Setup::Hook(20), Setup::Subshell][..], &peers[..]].concat();
    let [empty, full] = shell.names();
    let mut figures = Vec::new();
    for (line, [nothing, patterns]) in [("", empty), (":", full)] {
        let [clock, own] = added(shell, &setups, line);
        let added = if shell.has_subshells() { &clock } else { &own };
        let figure = |name, dxpulse, beside, floor, target| Figure { name, unit: "µs", dxpulse, beside, floor, target };
        for (name, at) in [(nothing, 1), (patterns, 2)] {
            figures.push(figure(name, added[at], added[3], "$(:)", shell.most()));
            let others = peers.iter().zip(&clock[4..]);
            figures.extend(others.map(|(peer, beside)| figure(name, clock[at], *beside, peer.name(), peer.most_of_prompt())));
        }
    }
    let own = Worker::processes(shell, Setup::Bare);
    let made = Worker::processes(shell, Setup::Hook(20)) - own;
    let beside = Worker::processes(shell, Setup::Subshell) - own;
    figures.push(Figure {
        name: shell.processes_name(),
        unit: "processes",
        dxpulse: made,
        beside,
        floor: "$(:)",
        target: Target::Most(0.0),
    });
    figures
}

/// Measures how much longer a shell takes to start.
fn starts(shell: Shell) -> Vec<Figure> {
    let peers: Vec<Setup> = PEERS.into_iter().filter(|peer| peer.is_there()).collect();
    let setups = [&[Setup::Bare, Setup::Hook(20), Setup::Evaluated, Setup::Program][..], &peers[..]].concat();
    let starts: Vec<_> = setups.iter().map(|setup| shell.prepare(*setup)).collect();
    let mut taken = vec![Vec::new(); setups.len()];
    for turn in 0..WARM_UP + STARTS {
        for at in 0..starts.len() {
            let which = (at + turn) % starts.len();
            let since = shells::started(shell, &starts[which]);
            if turn >= WARM_UP {
                taken[which].push(since.as_secs_f64() * 1e3);
            }
        }
    }
    let taken: Vec<f64> = taken.into_iter().map(|times| quantile(times, 4)).collect();
    let added: Vec<f64> = taken.iter().map(|each| each - taken[0]).collect();
    let mut figures = Vec::new();
    for (at, name) in (1..).zip(shell.start_names()) {
        let beside = setups.iter().zip(&added).skip(3);
        figures.extend(beside.map(|(setup, beside)| Figure {
            name,
            unit: "ms",
            dxpulse: added[at],
            beside: *beside,
            floor: setup.name(),
            target: setup.most_of_start(setups[at]),
        }));
    }
    figures
}

/// Gives what prompts take longer in each way than in the first, in microseconds: by the clock, and of the processor.
fn added(shell: Shell, setups: &[Setup], line: &str) -> [Vec<f64>; 2] {
    let mut taken = [vec![Vec::new(); setups.len()], vec![Vec::new(); setups.len()]];
    for _ in 0..SHELLS {
        let workers: Vec<Worker> = setups.iter().map(|setup| Worker::start(shell, *setup)).collect();
        for (taken, of_these) in taken.iter_mut().zip(prompted(workers, line)) {
            taken.iter_mut().zip(of_these).for_each(|(taken, time)| taken.push(time));
        }
    }
    taken.map(|taken| {
        let taken: Vec<f64> = taken.into_iter().map(|times| quantile(times, 2)).collect();
        taken.iter().map(|each| each - taken[0]).collect()
    })
}

/// Gives what a prompt of each worker takes, by the clock and of the processor.
fn prompted(mut workers: Vec<Worker>, line: &str) -> [Vec<f64>; 2] {
    let mut taken = [vec![Vec::new(); workers.len()], vec![Vec::new(); workers.len()]];
    for turn in 0..WARM_UP + TURNS {
        // Who goes first changes from turn to turn.
        for at in 0..workers.len() {
            let which = (at + turn) % workers.len();
            let times = workers[which].run(line, LINES);
            if turn >= WARM_UP {
                for (taken, time) in taken.iter_mut().zip(times) {
                    taken[which].push(time.as_secs_f64() * 1e6 / f64::from(LINES));
                }
            }
        }
    }
    taken.map(|taken| taken.into_iter().map(|times| quantile(times, 4)).collect())
}

/// Gives the number below which one in so many lies.
fn quantile(mut numbers: Vec<f64>, one_in: usize) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / one_in]
}
