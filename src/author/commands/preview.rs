//! `dxpulse survey preview`: tries a survey out while it is being written.

use std::path::{Path, PathBuf};

use chrono::{Local, Utc};

use crate::author::files;
use crate::author::preview::{self, Manner, Moment, Preview, Source, Start, Watch};
use crate::developer::answering::Outcome;
use crate::developer::commands::{Context, Exit, Failure, exit_code};
use crate::developer::faces::{FEWEST_COLUMNS, FEWEST_ROWS};
use crate::screen::terminal::Terminal;
use crate::survey::nearest::meant;
use crate::survey::{QuestionId, Survey};

/// What is said after a panic.
const COMFORT: &str = "the survey's file is as you left it";

/// The fewest and the most columns and rows that are drawn.
const LEAST: (u16, u16) = (FEWEST_COLUMNS, FEWEST_ROWS);
const MOST: (u16, u16) = (500, 200);

const DETAILS: &str = "\
The file is read again whenever it is saved; the answers so far and the place stay. While the file is broken, its problems are shown; \
Esc closes them, and shows the survey as it was.

What is shown is what a respondent sees who wants the language of --lang, of the settings or of the locale: where the survey has no \
texts in it, these are in the survey's own language, among words of the program in theirs.

Keys of the preview, beside those of the survey: F7 or Ctrl-G lists all questions and goes to any, hidden ones too; F8 or Ctrl-T takes \
the next language; F9 or Ctrl-F the next size; F11 or Ctrl-D shows what a submission would store; F12 or Ctrl-R begins again; Ctrl-N \
takes the next respondent where chance decides something; Ctrl-K lists these keys.

Exit codes: 0 left, 130 Ctrl-C, 129 hung up, 143 terminated, 1 failed, 2 wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// The survey's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Begin at this question, even where something hides it
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// Draw a screen of this size, marked within a larger terminal and cut in a smaller one
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = size)]
    size: Option<(u16, u16)>,
    /// The respondent for whom chance decides orders and arms of variants
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let name = files::plain(&arguments.file).display().to_string();
    let unreadable =
        |reason: &str| Failure::new(format!("can't read {name}: {reason}")).hint("give the path of a survey's TOML file");
    if Path::new(&arguments.file).exists() && !arguments.file.is_file() {
        return Err(unreadable("it is no file"));
    }
    let (watch, content) = Watch::begin(arguments.file.clone());
    let content = content.map_err(|reason| unreadable(&reason))?;
    let source = preview::source(&name, Ok(content));
    let settings = context.settings_that_are_right()?;
    let start = start(arguments, context.wanted_language(&settings), &name, &source)?;
    let mut terminal = Terminal::open(COMFORT)
        .map_err(|error| Failure::new(error.to_string()).hint("start it in a terminal; `dxpulse survey lint` needs none"))?;
    if context.environment.text("TERM").as_deref() == Some("dumb") {
        return Err(Failure::new("this terminal can't be drawn on").hint("`dxpulse survey lint` and `take` do without"));
    }
    let editor = || context.editor(&settings);
    let moment = Moment { now: Utc::now(), today: Local::now().date_naive() };
    // Not the folder of the answers: a preview leaves that as it is.
    let manner = Manner { theme: context.theme(&settings), editor: &editor, folder: std::env::temp_dir() };
    let left = preview::run(Preview::new(name, start, moment, source), watch, &mut terminal, &manner)
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(left.map_or(Exit::SUCCESS, |ending| Exit::code(exit_code(Outcome::Ended(ending)))))
}

/// Gives what is asked for; in a file that is broken nothing can be looked up yet.
fn start(arguments: &Arguments, language: String, name: &str, source: &Source) -> Result<Start, Failure> {
    let question = arguments.question.as_deref().and_then(QuestionId::new);
    let start = Start { language, question, size: arguments.size, seed: arguments.seed };
    let Source::Sound(survey) = source else { return Ok(start) };
    if let Some(asked) = &arguments.question
        && start.question.as_ref().and_then(|id| survey.question(id)).is_none()
    {
        return Err(Failure::usage(format!("{name} has no question {asked:?}")).hint(questions(survey, asked)));
    }
    Ok(start)
}

/// Names the question that was meant, or all there are.
fn questions(survey: &Survey, asked: &str) -> String {
    let ids = survey.questions.iter().map(|question| question.id.as_str());
    meant(asked, ids.clone(), &[]).unwrap_or_else(|| format!("its questions are {}", ids.collect::<Vec<_>>().join(", ")))
}

/// Reads a size such as `80x24`.
fn size(text: &str) -> Result<(u16, u16), String> {
    let numbers = text.split_once(['x', 'X', '×']).and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    let (columns, rows) = numbers.ok_or("write columns and rows, such as 80x24")?;
    let fits = (LEAST.0..=MOST.0).contains(&columns) && (LEAST.1..=MOST.1).contains(&rows);
    let (least, most) = (format!("{}x{}", LEAST.0, LEAST.1), format!("{}x{}", MOST.0, MOST.1));
    if fits { Ok((columns, rows)) } else { Err(format!("sizes from {least} to {most} are drawn")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_columns_and_rows_within_bounds() {
        for (text, read) in [
            ("80x24", Some((80, 24))),
            ("20×4", Some((20, 4))),
            ("500X200", Some((500, 200))),
            ("19x24", None),
            ("80", None),
            ("80x", None),
            ("501x24", None),
        ] {
            assert_eq!(size(text).ok(), read, "{text}");
        }
    }
}
