//! `dxpulse-research dashboard`: what came of the waves, in the terminal.

use std::io::IsTerminal;
use std::sync::Arc;

use super::intervals::Intervals;
use super::ledger::{Kept, Where};
use super::source::{Loaded, Source, no_answers};
use super::{Exit, Failure};
use crate::developer::answering::{Ending, Outcome};
use crate::developer::commands::{Context, exit_code};
use crate::research::dashboard::{self, Ask, Dashboard, Reading, Wave};
use crate::research::data::Dataset;
use crate::research::findings::{Findings, Request};
use crate::screen::terminal::{Signal, Terminal};

/// What is said after a panic.
const COMFORT: &str = "no answer was changed";

const HINT: &str = "`dxpulse-research report` writes the same findings to a file";

const DETAILS: &str = "\
Sections are chosen by their number or Tab, waves with w and W; ? shows all keys. While a wave of a collector is open, the collector is \
asked every 30 seconds how many answered, in steps of 5; the figures come with its end.

Exit codes: 0 left, 130 Ctrl-C, 129 hung up, 143 terminated, 1 failed, 2 wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The wave to begin with; without it, the last that has ended
    #[arg(long, value_name = "NAME")]
    wave: Option<String>,
    /// The fewest answers a group must have to be shown, where that is more than the survey says
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(5..))]
    smallest_group: Option<u32>,
    /// Group by this alone, such as team; may be given several times. The fewer groupings, the more groups may be shown
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    #[command(flatten)]
    intervals: Intervals,
    #[command(flatten)]
    ledger: Where,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::new("standard output is no terminal to draw on").hint(HINT));
    }
    let context = Context::of_process(None);
    if context.environment.text("TERM").as_deref() == Some("dumb") {
        return Err(Failure::new("this terminal can't be drawn on").hint(HINT));
    }
    let settings = context.settings_that_are_right()?;
    let Loaded { dataset, open } = arguments.source.read(&mut |_| {})?;
    if dataset.waves.is_empty() {
        return Err(no_answers());
    }
    let dataset = Arc::new(dataset);
    let ledger = Arc::new(Kept::open(&arguments.ledger)?);
    let find = finder(ledger, arguments);
    let findings = find(&dataset, begin(&dataset, arguments))?;
    let reading = reading(&dataset, &open, &find);
    let ask = arguments.source.has_collector().then(|| ask(arguments, (dataset, open), find));
    let failed = |error: crate::screen::terminal::TerminalError| Failure::new(error.to_string()).hint(HINT);
    let mut terminal = Terminal::open(COMFORT).map_err(failed)?;
    let dashboard = Dashboard::new(reading.waves.clone(), findings);
    let left = dashboard::run(dashboard, (reading, ask), &mut terminal, &context.theme(&settings)).map_err(failed)?;
    Ok(left.map_or(Exit::SUCCESS, ended))
}

/// Works out the findings of a wave; without one, of the last that has ended.
type Find = Arc<dyn Fn(&Dataset, Option<String>) -> Result<Findings, Failure> + Send + Sync>;

fn finder(ledger: Arc<Kept>, arguments: &Arguments) -> Find {
    let (smallest_group, by, methods) = (arguments.smallest_group, arguments.by.clone(), arguments.intervals.methods());
    Arc::new(move |dataset, wave| {
        let request = Request { wave, smallest_group, by: by.clone(), methods, ..Request::default() };
        ledger.publish(dataset, &request, Ok)
    })
}

/// Gives the wave that is shown first: the one asked for, the last that has ended, or the last where all are open.
fn begin(dataset: &Dataset, arguments: &Arguments) -> Option<String> {
    let is_open = dataset.waves.iter().all(|wave| wave.is_open);
    arguments.wave.clone().or_else(|| dataset.waves.last().filter(|_| is_open).map(|wave| wave.name.clone()))
}

/// Gives what a dashboard may know of a dataset.
fn reading(dataset: &Arc<Dataset>, open: &[(String, u32)], find: &Find) -> Reading {
    let answered = |name: &str| open.iter().find(|(open, _)| open == name).map(|(_, answered)| *answered);
    let wave = |wave: &crate::research::data::Wave| Wave { name: wave.name.clone(), open: answered(&wave.name) };
    let waves = dataset.waves.iter().map(wave).collect();
    let (dataset, find) = (Arc::clone(dataset), Arc::clone(find));
    let find = move |wave: &str| find(&dataset, Some(wave.to_owned())).map_err(|failure| failure.in_one_line());
    Reading { waves, find: Arc::new(find) }
}

/// Gives what asks the collector again: for how many answered, and for all answers once another wave has ended or begun.
fn ask(arguments: &Arguments, (mut dataset, mut open): (Arc<Dataset>, Vec<(String, u32)>), find: Find) -> Ask {
    let source = arguments.source.clone();
    Box::new(move || {
        let told = |failure: Failure| failure.in_one_line();
        let now = source.open_waves(&dataset.survey).map_err(told)?;
        if now == open {
            return Ok(None);
        }
        let names = |waves: &[(String, u32)]| waves.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(&now) == names(&open) {
            open = now;
        } else {
            let loaded = source.read(&mut |_| {}).map_err(told)?;
            (dataset, open) = (Arc::new(loaded.dataset), loaded.open);
        }
        Ok(Some(reading(&dataset, &open, &find)))
    })
}

fn ended(signal: Signal) -> Exit {
    let ending = match signal {
        Signal::HungUp => Ending::HungUp,
        Signal::Interrupted => Ending::Interrupted,
        Signal::Terminated => Ending::Terminated,
        Signal::Continued => return Exit::SUCCESS,
    };
    Exit::code(exit_code(Outcome::Ended(ending)))
}
