//! `dxpulse survey lint`: checks surveys before anybody is asked.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;

use super::locking;
use super::sources::{Sources, colour, tell_failures};
use crate::author::lint::report::{Report, Verdict, github, json, sarif, text};
use crate::author::lint::{Explanation, codes, explain, tell_shared_ids};
use crate::developer::commands::{Context, Exit, Failure, note, output};
use crate::survey::nearest::meant;

const DETAILS: &str = "\
A folder stands for all surveys in it and in the folders below: files ending in .toml that have an `id` at the top or a question. \
Hidden files and folders are left out, and NAME.lock.toml stands for NAME.toml beside it.

With a lock beside a survey, every change since it was locked is looked at: a changed question needs a word on its trend, the survey \
a raised version, and both a new lock. --lock writes the locks of all surveys without errors of their own, once what is wrong with their changes is settled, \
and says which it wrote.

JSON has { files: [{ path, unreadable, findings: [{ severity, code, message, help, line, column, end_line, end_column, related }] }], \
failures: [{ path, message }], summary: { files, errors, warnings } }. Lines and columns count from 1, columns in characters. Keys \
may be added, and none is ever renamed.

Exit codes: 0 nothing was found, 1 something was found (errors and warnings alike), 2 a file can't be read or isn't TOML, a lock \
can't be written, there is no survey in the folders, or wrong usage. What is found is told in English, whatever --lang says.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// Files, and folders with everything in them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to report what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write what each survey without errors asks now to NAME.lock.toml beside it
    #[arg(long)]
    lock: bool,
    /// Explain a code, with a bad and a good example, and check nothing
    #[arg(long, value_name = "CODE", value_parser = CodeParser, hide_possible_values = true, conflicts_with_all = ["paths", "format", "lock"])]
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

/// Finds what explains a code; a slip of the finger is answered with the code that was meant, rather than with all there are.
#[derive(Clone)]
struct CodeParser;

impl TypedValueParser for CodeParser {
    type Value = Explanation;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<Explanation, clap::Error> {
        let written = value.to_string_lossy();
        explain(&written).ok_or_else(|| {
            let tip = meant(&written, codes(), &[]).unwrap_or_else(|| "lint shows the code of each finding".to_owned());
            command.clone().error(ErrorKind::InvalidValue, format!("no finding has the code {written:?}; {tip}"))
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(codes().map(PossibleValue::new)))
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if let Some(explanation) = &arguments.explain {
        output::print(&explained_in_full(explanation))?;
        return Ok(Exit::SUCCESS);
    }
    let (report, renewals) = lint(&arguments.paths, arguments.lock);
    output::print(&match arguments.format {
        Format::Text => text(&report, colour(context)),
        Format::Json => json(&report),
        Format::Sarif => sarif(&report),
        Format::Github => github(&report),
    })?;
    tell_failures(&report.files, &report.failures)?;
    renewals.iter().for_each(|said| note(said));
    note(&report.summary());
    Ok(match report.verdict() {
        Verdict::Clean => Exit::SUCCESS,
        Verdict::Findings => Exit::code(1),
        Verdict::Unreadable => Exit::code(2),
    })
}

/// Reads and checks every file that these paths mean, and renews their locks if asked to; gives what to say of the locks as well.
fn lint(paths: &[PathBuf], renews: bool) -> (Report, Vec<String>) {
    let Sources { files, failures } = Sources::read_each(paths, |path, bytes| locking::lint(path, bytes, renews));
    let (mut report, mut renewals) = (Report { failures, ..Report::default() }, Vec::new());
    for linted in files {
        report.files.extend(linted.files);
        report.failures.extend(linted.failures);
        renewals.extend(linted.renewal);
    }
    tell_shared_ids(&mut report.files);
    (report, renewals)
}

fn explained_in_full(explanation: &Explanation) -> String {
    let Explanation { code, meaning, bad, good } = explanation;
    let filled = |text: &str| textwrap::fill(&text.replace('\n', " "), 78);
    let indented = |example: &str| textwrap::indent(example, "    ");
    let waiver = explanation.waiver().map(|line| {
        let words = "To keep the wording, say why on the question or the survey:";
        format!("\n{words}\n\n{}\n", indented(&line))
    });
    let waiver = waiver.unwrap_or_default();
    format!("{code}\n\n{}\n\nBad:\n\n{}\n\nGood:\n\n{}\n{waiver}", filled(meaning), indented(bad), indented(good))
}
