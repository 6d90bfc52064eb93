//! `dxpulse survey lint`: checks surveys before anybody is asked.

use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::author::files::{self, Candidate};
use crate::author::lint::report::{Failed, Report, Verdict, github, json, sarif, text};
use crate::author::lint::{Checked, Explanation, check, codes, explain};
use crate::config::Colour;
use crate::developer::commands::{Context, Exit, Failure, note, output};

const DETAILS: &str = "\
A folder stands for all surveys in it and in the folders below: files ending in .toml that have an `id` at the top or a question. \
Hidden files and folders and *.lock.toml are left out.

JSON has { files: [{ path, unreadable, findings: [{ severity, code, message, help, line, column, end_line, end_column, related }] }], \
failures: [{ path, message }], summary: { files, errors, warnings } }. Lines and columns count from 1, columns in characters. Keys \
may be added, and none is ever renamed.

Exit codes: 0 nothing was found, 1 something was found (errors and warnings alike), 2 a file can't be read or isn't TOML, or wrong \
usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// Files, and folders with everything in them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to report what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Explain a code, with a bad and a good example, and check nothing
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true, conflicts_with_all = ["paths", "format"])]
    explain: Option<Explanation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each finding with its line and what to do
    Text,
    /// For scripts: one JSON object
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub's workflows: one command for each finding
    Github,
}

fn code() -> impl TypedValueParser<Value = Explanation> {
    PossibleValuesParser::new(codes()).map(|code| explain(&code).expect("every code is explained"))
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if let Some(explanation) = &arguments.explain {
        output::print(&explained_in_full(explanation))?;
        return Ok(Exit::SUCCESS);
    }
    let report = lint(&arguments.paths);
    output::print(&match arguments.format {
        Format::Text => text(&report, colour(context)),
        Format::Json => json(&report),
        Format::Sarif => sarif(&report),
        Format::Github => github(&report),
    })?;
    for failed in &report.failures {
        note(&format!("can't read {}: {}", failed.path, failed.message));
    }
    note(&report.summary());
    Ok(match report.verdict() {
        Verdict::Clean => Exit::SUCCESS,
        Verdict::Findings => Exit::code(1),
        Verdict::Unreadable => Exit::code(2),
    })
}

/// Reads and checks every file that these paths mean.
fn lint(paths: &[PathBuf]) -> Report {
    let (candidates, unread) = files::candidates(paths);
    let mut report = Report::default();
    report.failures.extend(unread.iter().map(|(path, error)| failed(path, error)));
    for (candidate, outcome) in candidates.iter().zip(for_each(&candidates, check_one)) {
        match outcome {
            Ok(Some(checked)) => report.files.push(checked),
            Ok(None) => {}
            Err(error) => report.failures.push(failed(&candidate.path, &error)),
        }
    }
    report
}

fn check_one(candidate: &Candidate) -> io::Result<Option<Checked>> {
    Ok(files::read(candidate)?.map(|bytes| check(shown(&candidate.path), bytes)))
}

/// Gives what `work` makes of each item, in order; several items are worked on at once, one by each processor.
fn for_each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if workers < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let work_on = || {
        while let Some((at, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?))) {
            let result = work(item);
            done.lock().expect("no worker panics while it holds the list").push((at, result));
        }
    };
    thread::scope(|scope| {
        (1..workers).for_each(|_| drop(scope.spawn(work_on)));
        work_on();
    });
    let mut done = done.into_inner().expect("no worker panics while it holds the list");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn failed(path: &Path, error: &io::Error) -> Failed {
    Failed { path: shown(path), message: error.to_string() }
}

/// Gives a path as it is shown: as it was written, without a `./` in front.
fn shown(path: &Path) -> String {
    let plain = files::plain(path);
    let path = if plain.as_os_str().is_empty() { path } else { &plain };
    path.to_string_lossy().into_owned()
}

/// Says whether to use colour on standard output.
fn colour(context: &Context) -> bool {
    // Where there is no home there are no settings, and a check needs none.
    let Ok(settings) = context.settings_that_are_right() else { return false };
    match settings.colour.value {
        Colour::Never => false,
        Colour::Always => true,
        Colour::Auto => context.has_colours() && io::stdout().is_terminal(),
    }
}

fn explained_in_full(explanation: &Explanation) -> String {
    let Explanation { code, meaning, bad, good, waiving } = explanation;
    let filled = |text: &str| textwrap::fill(&text.replace('\n', " "), 78);
    let indented = |example: &str| textwrap::indent(example, "    ");
    // A line of a survey file stands below the words, and isn't broken.
    let waiving = waiving.map(|waiving| match waiving.split_once("\n\n") {
        Some((words, line)) => format!("\n{}\n\n{}\n", filled(words), indented(line.trim())),
        None => format!("\n{}\n", filled(waiving)),
    });
    let waiving = waiving.unwrap_or_default();
    format!("{code}\n\n{}\n\nBad:\n\n{}\n\nGood:\n\n{}\n{waiving}", filled(meaning), indented(bad), indented(good))
}
