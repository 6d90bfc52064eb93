//! `dxpulse survey diff`: what a survey changes from one of its versions to another, and what that does to its trends.

mod json;
mod text;

use std::path::{Path, PathBuf};

use super::sources::{columns, failed, shown};
use crate::author::diff::{Change, diff};
use crate::author::lint::report::{Failed, counted, drawn};
use crate::author::lint::{Checked, Sound, read};
use crate::author::{lock, lockfile, revisions};
use crate::developer::commands::{Context, Exit, Failure, note, output};

const DETAILS: &str = "\
OLD and NEW are files, or what stood in one in a revision that git knows, such as HEAD:surveys/pulse.toml or \
main:surveys/pulse.toml; as always with git, the path begins at the top of the repository, or with ./ here. A question keeps its trend where its author said so with \
trend = \"continue\": in NEW, or of every change since OLD in the lock beside NEW.

JSON has { old: { path, id, version }, new: { path, id, version }, breaks_trend, changes: [{ question, what, subject, before, after, \
breaks_trend, why, message }] }. `question` is null for a change of the survey itself. `what` is one of survey, added, removed, moved, \
type, instrument, text, scale, choices_added, choices_removed, choices_reordered, choice_marked, relabelled, translation_added, \
translation_changed, translation_removed, variants_reordered, asked_otherwise, condition, required, limit and other. `subject` names the text, key, code or language, or the \
question that a moved one passed; `before` and `after` are what was and is there (a text, a number, a list of codes, `earlier` or `later` than \
the question passed, true or false); each is null where there is none. Keys may be added, and none is ever renamed.

Exit codes: 0 no trend breaks, 1 a trend breaks, 2 OLD or NEW can't be read as a survey, or wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// The survey as it was: a file, or REVISION:PATH
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The survey as it is: a file, or REVISION:PATH
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
}

/// Two versions of a survey, and what changed.
struct Comparison {
    old: Sound,
    new: Sound,
    changes: Vec<Change>,
}

impl Comparison {
    /// Counts the changes that break a trend.
    fn breaks(&self) -> usize {
        self.changes.iter().filter(|change| change.breaks_trend).count()
    }
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Exit, Failure> {
    let (old, new) = match (version(&arguments.old), version(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err(refused([old.err(), new.err()])),
    };
    let new = with_what_was_said(new, &arguments.new, old.survey.version);
    let comparison = Comparison { changes: diff(&old.survey, &new.survey), old, new };
    match arguments.json {
        true => output::print(&json::json(&comparison))?,
        false => output::print_line(&text::text(&comparison, columns()))?,
    }
    note(&summary(&comparison));
    Ok(if comparison.breaks() == 0 { Exit::SUCCESS } else { Exit::code(1) })
}

/// Why one of the two can't be compared.
enum Refused {
    Unread(Failed),
    Broken(Checked),
}

fn version(name: &Path) -> Result<Sound, Refused> {
    let bytes = revisions::read(name).map_err(|error| Refused::Unread(failed(name, &error)))?;
    read(shown(name), bytes).map_err(Refused::Broken)
}

/// Lets each question say what its author said of all its changes after a version, as the lock beside it remembers.
fn with_what_was_said(mut new: Sound, name: &Path, version: u32) -> Sound {
    // Without a lock that can be read, what stands in the survey counts; what is wrong with a lock is for the lint to tell.
    let text = revisions::read(&lockfile::path(name)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let lock = text.and_then(|text| lock::read(&text).ok()).filter(|lock| lock.survey == new.survey.id);
    if let Some(lock) = lock {
        let said = new.survey.questions.iter().map(|question| lock.trend_since(&new.survey, question, version));
        let said: Vec<_> = said.collect();
        new.survey.questions.iter_mut().zip(said).for_each(|(question, trend)| question.trend = trend);
    }
    new
}

/// Makes one failure of all that is wrong with the two.
fn refused(both: [Option<Refused>; 2]) -> Failure {
    let (mut said, mut details) = (Vec::new(), String::new());
    for refused in both.into_iter().flatten() {
        match refused {
            Refused::Unread(failed) => said.push(failed.to_string()),
            Refused::Broken(file) => {
                said.push(format!("{} has errors", file.path));
                details.push_str(&drawn(&file, false));
            }
        }
    }
    let hint = match details.is_empty() {
        true => "give two files, or what git knows of them, such as HEAD:surveys/pulse.toml",
        false => "settle the errors first; `dxpulse survey lint` shows them too",
    };
    Failure { details: Some(details).filter(|details| !details.is_empty()), ..Failure::usage(said.join("; ")).hint(hint) }
}

fn summary(comparison: &Comparison) -> String {
    if comparison.changes.is_empty() {
        return "no changes".to_owned();
    }
    let changes = counted(comparison.changes.len(), "change");
    match comparison.breaks() {
        0 => format!("{changes}, none breaks a trend"),
        1 => format!("{changes}, 1 breaks a trend"),
        several => format!("{changes}, {several} break a trend"),
    }
}
