//! The pages that are read line by line: the problems of the file, what would be stored, and the preview's keys.

use serde_json::Value;

use super::file::Trouble;
use super::keys::BINDINGS;
use super::state::{Panel, Preview, Trial};
use crate::author::lint::report;
use crate::response::Response;
use crate::response::score::with_scores;
use crate::screen::text::{width, wrap};

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What stands in it.
    pub(crate) text: String,
    /// What it is.
    pub(crate) tone: Tone,
}

/// What a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// What is wrong, or a heading.
    Heading,
    /// Something to read.
    Text,
    /// A mark under a place of the file.
    Mark,
    /// What may be overlooked.
    Faint,
}

/// Gives the lines of the page that is read at the moment, for a width; none where the survey or the list of questions is shown.
pub(crate) fn rows(preview: &Preview, columns: usize) -> Vec<Row> {
    match (preview.open_problems(), preview.panel, &preview.trial) {
        (Some(broken), ..) => trouble(&broken.trouble, columns),
        (None, Some(Panel::Response(_)), Some(trial)) => response(preview, trial, columns),
        (None, Some(Panel::Keys(_)), _) => keys(columns),
        _ => Vec::new(),
    }
}

/// Gives what a submission would store, and what keeps the answers so far from being one, in a line.
pub(crate) fn stored(preview: &Preview, trial: &Trial) -> (Value, Option<String>) {
    let moment = &preview.moment;
    let (response, problems) = Response::as_it_stands(&trial.survey, &trial.draft(), "0".repeat(32), moment.now);
    let wave = trial.survey.wave.as_ref().and_then(|wave| wave.at(moment.today)).map(|period| period.id);
    let response = Response { wave, ..response };
    let problem = problems.first().map(|(id, problem)| match problems.len() {
        1 => format!("not yet: {id} {problem}"),
        more => format!("not yet: {id} {problem}, and {} more", more - 1),
    });
    (with_scores(response.to_json(&trial.survey), &trial.survey, &response), problem)
}

fn response(preview: &Preview, trial: &Trial, columns: usize) -> Vec<Row> {
    let (value, _) = stored(preview, trial);
    let text = format!("{value:#}");
    text.lines().flat_map(|line| hung(line, columns, Tone::Text)).collect()
}

fn trouble(trouble: &Trouble, columns: usize) -> Vec<Row> {
    match trouble {
        Trouble::Unreadable(reason) => hung(&format!("The file can't be read: {reason}"), columns, Tone::Heading),
        Trouble::Problems(checked) => {
            let drawn = report::fitting(checked, columns);
            drawn.trim_end().lines().flat_map(|line| hung(line, columns, tone(line))).collect()
        }
    }
}

/// Tells the lines of a drawn problem apart.
fn tone(line: &str) -> Tone {
    let inside = line.trim_start();
    let beside = inside.strip_prefix('|').unwrap_or_default().trim_start();
    match inside {
        _ if line.starts_with("error[") || line.starts_with("warning[") => Tone::Heading,
        _ if beside.starts_with(['^', '-']) => Tone::Mark,
        _ if inside.starts_with("-->") || inside == "|" => Tone::Faint,
        _ => Tone::Text,
    }
}

fn keys(columns: usize) -> Vec<Row> {
    let shown: Vec<String> = BINDINGS.iter().map(|binding| binding.shown().join(" ")).collect();
    let beside = shown.iter().map(|keys| width(keys)).max().unwrap_or_default() + 2;
    // Where there is no room beside the keys, what they do stands below them.
    let indent = if columns >= beside + 16 { beside } else { 2 };
    let mut rows = Vec::new();
    let mut push = |text: String| rows.push(Row { text, tone: Tone::Text });
    for (keys, binding) in shown.iter().zip(BINDINGS) {
        let mut lines = wrap(binding.help, columns.saturating_sub(indent)).into_iter();
        let first = if indent == beside { lines.next().unwrap_or_default() } else { String::new() };
        push(format!("{keys}{}{first}", " ".repeat(beside - width(keys))).trim_end().to_owned());
        lines.for_each(|line| push(format!("{}{line}", " ".repeat(indent))));
    }
    push(String::new());
    let about = "The rest are the survey's own keys. Nothing is stored: no answer, no draft.";
    rows.extend(wrap(about, columns).into_iter().map(|text| Row { text, tone: Tone::Faint }));
    rows
}

/// Breaks a line that is too long; what follows is set in by as much as the line, and a column more.
fn hung(line: &str, columns: usize, tone: Tone) -> Vec<Row> {
    if width(line) <= columns {
        return vec![Row { text: line.to_owned(), tone }];
    }
    let indent = line.len() - line.trim_start().len();
    let hang = " ".repeat((indent + 1).min(columns / 2));
    let mut lines = wrap(line, columns).into_iter();
    let first = lines.next().unwrap_or_default();
    let rest = line[first.len().min(line.len())..].trim_start();
    let rest = wrap(rest, columns.saturating_sub(hang.len()).max(1)).into_iter().map(|line| format!("{hang}{line}"));
    std::iter::once(first).chain(rest).map(|text| Row { text, tone }).collect()
}
