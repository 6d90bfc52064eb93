//! `dxpulse-research export`: answers as files for the tools of research.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::overwriting::refuse_overwriting;
use super::source::Source;
use super::{Exit, Failure};
use crate::developer::export::replace;
use crate::report::{note, output};
use crate::research::PROGRAM;
use crate::research::exports::{ExportError, Format, Layout, Style, comments};
use crate::research::suppression::{coarsened, weights_tell_few};
use crate::response::table::Values;

const DETAILS: &str = "\
wide: one row per response, columns as `dxpulse export` names them; long: one row per answer. Rows stand in an order that tells nothing.

The kinds of missing answers stay apart: in `question.missing`, in SPSS as user-missing values, in Stata as .a to .g. `datapackage` and \
`ddi` are codebooks: what each column is, in the forms of Frictionless Data and DDI-Codebook 2.5.

Waves that fewer answered than the survey's smallest group are left out; so are groups of responses, until as many as that are in the \
same ones. What is exported stands in no ledger: rows tell more than a report, and together with one they can tell of a few; keep them to \
those who work with the answers. Own words stand in a table of their own, by --comments, and \
only where ten or more were given, or as many as the survey asks for.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// csv, jsonl, xlsx, parquet, arrow, spss, stata, datapackage or ddi; without it, what the name of the file ends with
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// One row per answer instead of one per response
    #[arg(long)]
    long: bool,
    /// Write labels in place of codes
    #[arg(long)]
    labels: bool,
    /// Leave texts that a spreadsheet would run as a formula as they are (csv)
    #[arg(long)]
    raw: bool,
    /// Start with a byte order mark, for Excel (csv)
    #[arg(long)]
    bom: bool,
    /// Write own words instead of answers, as CSV
    #[arg(long, conflicts_with_all = ["format", "long", "labels", "bom"])]
    comments: bool,
    /// Write to this file, replacing it once all is written; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn format(name: &str) -> Result<Format, String> {
    let known = || Format::ALL.map(Format::name).join(", ");
    Format::named(name).ok_or_else(|| format!("there are {}", known()))
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let file = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let by_name = || {
        let extension = file?.extension()?.to_str()?;
        Format::ALL.into_iter().find(|format| format.extension() == extension)
    };
    let format = arguments.format.or_else(by_name).unwrap_or(Format::Csv);
    if format != Format::Csv && (arguments.raw || arguments.bom) {
        return Err(Failure::usage("--raw and --bom are for csv").hint("leave them out: other formats have no such texts"));
    }
    refuse_overwriting(file, &arguments.source.inputs())?;
    let dataset = arguments.source.load()?;
    let (dataset, left_out) = dataset.without_small_waves();
    if !left_out.is_empty() {
        note(PROGRAM, &format!("left out, since too few answered: {}", left_out.join(", ")));
    }
    let (mut dataset, coarsened) = coarsened(dataset);
    if coarsened > 0 && !arguments.comments {
        let fewest = dataset.smallest_group;
        let told = format!(
            "some groups are left out of {coarsened} responses, since fewer than {fewest} of the wave are in the same ones"
        );
        note(PROGRAM, &told);
    }
    if weights_tell_few(&dataset) && !arguments.comments {
        dataset.weights = None;
        note(PROGRAM, &format!("weights are left out, since fewer than {} have the same one", dataset.smallest_group));
    }
    let style = Style {
        layout: if arguments.long { Layout::Long } else { Layout::Wide },
        values: if arguments.labels { Values::Labels } else { Values::Codes },
        raw: arguments.raw,
        bom: arguments.bom,
    };
    let is_seen = io::stderr().is_terminal() && file.is_some();
    let all = dataset.len() as u64;
    let mut progress = |rows: u64| {
        if is_seen {
            bar(rows, all);
        }
    };
    let mut failed = None;
    let mut write = |to: &mut (dyn Write + Send)| {
        let written = match arguments.comments {
            true => comments::write(&dataset, style, to).map(|_| ()),
            false => format.write(&dataset, style, to, &mut progress),
        };
        match written {
            Ok(()) => Ok(()),
            Err(ExportError::Io(error)) => Err(error),
            Err(error) => {
                failed = Some(Failure::new(error.to_string()));
                Err(io::Error::other("the format can't hold it"))
            }
        }
    };
    let written = match file {
        None => output::stream(&mut write),
        Some(path) => replace(path, &mut write).map_err(|error| Failure::new(error.to_string()).hint(error.hint())),
    };
    failed.map_or(written, Err)?;
    Ok(Exit::SUCCESS)
}

/// Draws how far it is, in place.
fn bar(rows: u64, all: u64) {
    let filled = usize::try_from(rows * 30 / all.max(1)).unwrap_or(30).min(30);
    let end = if rows >= all { "\n" } else { "" };
    let line = format!("\r{}{} {rows} of {all} responses{end}", "█".repeat(filled), "░".repeat(30 - filled));
    let _ = io::stderr().write_all(line.as_bytes());
}
