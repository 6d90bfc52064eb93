//! `dxpulse survey lint`: checks surveys before anybody is asked.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::author::checking::{Outcome, check_all};
use crate::author::lint::report::{Verdict, github, json, sarif, text};
use crate::author::lint::{Explanation, codes, explain};
use crate::config::Colour;
use crate::developer::commands::{Context, Exit, Failure, note, output};

const DETAILS: &str = "\
A folder stands for all surveys in it and in the folders below: files ending in .toml that have an `id` at the top or a question. \
Hidden files and folders and *.lock.toml are left out.

A lock holds what each question was. Where a survey has one, a question that changed needs the author's word: trend = \"continue\" \
or \"break\". Keep it under version control.

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
    /// Lock the surveys without errors: write NAME.lock.toml beside each, or bring it up to date
    #[arg(long)]
    lock: bool,
    /// Explain a code, with a bad and a good example, and check nothing
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true, conflicts_with_all = ["paths", "format", "lock"])]
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
    let Outcome { report, locked, unlocked } = check_all(&arguments.paths, arguments.lock);
    output::print(&match arguments.format {
        Format::Text => text(&report, colour(context)),
        Format::Json => json(&report),
        Format::Sarif => sarif(&report),
        Format::Github => github(&report),
    })?;
    for failed in &report.failures {
        note(&format!("{}: {}", failed.path, failed.message));
    }
    locked.iter().for_each(|lock| note(&format!("{lock} is written")));
    unlocked.iter().for_each(|survey| note(&format!("{survey} is not locked before its errors are mended")));
    note(&report.summary());
    Ok(match report.verdict() {
        Verdict::Clean => Exit::SUCCESS,
        Verdict::Findings => Exit::code(1),
        Verdict::Unreadable => Exit::code(2),
    })
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
