//! `dxpulse survey simulate`: lets respondents by chance answer a survey before anybody is asked.

mod figures;
mod json;
mod text;

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;

use super::sources::{Sources, colour, columns, spoken, tell_failures};
use crate::author::lint::report::drawn;
use crate::author::lint::{Checked, Sound};
use crate::author::parallel::{for_each, workers};
use crate::author::simulate::{RESPONDENTS, SEED, Simulation, Walked, walk};
use crate::developer::commands::{Context, Exit, Failure, output};

const DETAILS: &str = "\
Each respondent meets the survey in an order and with arms of their own, and answers by chance: every point, choice and order is as \
likely as any other. Numbers, texts and dates that conditions compare with are drawn half of the time. Of the questions that need no \
answer, 5% are skipped and 5% passed over; where a kind of missing is allowed, 5% of the answers are that. Of the rows of a matrix, \
too, 5% stay open. An answer that breaks a constraint is counted and kept.

What real respondents answer isn't known: the shares say what the survey leads to, not what will be found. \"Never\" means among \
these respondents. Minutes are estimated from the words and the type of every question that was asked. Percentiles are those of the \
nearest rank.

JSON has { respondents, seed, files: [{ path, unreadable, findings, simulation }], failures: [{ path, message }] }; findings are those \
of `lint`, and simulation is null where there are some. A simulation has id, title, language, budget: { minutes, over, over_share, \
within } or null, questions_asked and minutes: { min, p10, median, p90, max } each, questions: [{ id, type, line, \
asked, share, options: [{ code, line, offered, share }] }], conditions: [{ line, decides, question, group, code, source, held, failed \
}], jumps: [{ from, to, line, taken }], variants: [{ id, arms: [{ id, drawn, share }] }], constraints: { answers, broken, share } and \
never: [{ line, what, question, group, code, to, decides, source, held }]. Shares are from 0 to 1, lines count from 1, `to` is null for \
the end. Keys may be added, and none is ever renamed.

Exit codes: 0 all is well, 1 a question is never asked, more than one in ten respondents need longer than the budget, or a file has \
contradictions, 2 a file can't be read or isn't TOML, or wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// Survey files, and folders with all surveys in them
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// How many respondents answer, up to 1,000,000
    #[arg(long, value_name = "N", default_value_t = RESPONDENTS, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1_000_000))]
    respondents: usize,
    /// What the respondents are drawn from: the same number gives the same figures
    #[arg(long, value_name = "S", default_value_t = SEED)]
    seed: u64,
    /// Print one JSON object instead
    #[arg(long)]
    json: bool,
}

/// A survey with what became of it.
struct Simulated {
    source: Sound,
    simulation: Simulation,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let sources = Sources::read(&arguments.paths);
    let mut sound = sources.files.iter().filter_map(|file| file.as_ref().ok());
    sound.try_for_each(|Sound { path, survey, .. }| spoken(path, survey, context).map(drop))?;
    let files: Vec<_> = sources.files.into_iter().map(|file| file.map(|source| simulated(source, arguments, context))).collect();
    if arguments.json {
        output::print(&json::json(arguments, &files, &sources.failures))?;
    } else {
        output::print(&in_words(&files, colour(context), columns()))?;
    }
    tell_failures(&files, &sources.failures)?;
    let is_unreadable = |file: &Result<Simulated, Checked>| file.as_ref().is_err_and(|checked| checked.is_unreadable);
    let fails = |file: &Result<Simulated, Checked>| file.as_ref().map_or(true, |file| file.simulation.fails());
    Ok(match () {
        () if !sources.failures.is_empty() || files.iter().any(is_unreadable) => Exit::code(2),
        () if files.iter().any(fails) => Exit::code(1),
        () => Exit::SUCCESS,
    })
}

fn simulated(source: Sound, arguments: &Arguments, context: &Context) -> Simulated {
    let language = spoken(&source.path, &source.survey, context).unwrap_or(&source.survey.language);
    let respondents = arguments.respondents;
    // Each part is large enough to be worth a thread.
    let part = respondents.div_ceil(workers()).max(100);
    let parts: Vec<_> = (0..respondents).step_by(part).map(|first| first..respondents.min(first + part)).collect();
    let walked = for_each(&parts, |numbers| walk(&source.survey, language, arguments.seed, numbers.clone()));
    let walked = walked.into_iter().reduce(Walked::and).expect("there is at least one respondent");
    Simulated { simulation: walked.finish(), source }
}

/// Gives every file in words, with the problems of those that have some as `lint` draws them.
fn in_words(files: &[Result<Simulated, Checked>], colour: bool, columns: usize) -> String {
    let one = |file: &Result<Simulated, Checked>| match file {
        Ok(file) => text::text(file, columns),
        Err(checked) => drawn(checked, colour).trim_end().to_owned() + "\n",
    };
    files.iter().map(one).collect::<Vec<_>>().join("\n")
}
