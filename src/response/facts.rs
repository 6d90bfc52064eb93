//! Answers as conditions see them, and what an answer is called where a text takes it in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Answer, Cell, Pick, Reply};
use crate::survey::condition::Value;
use crate::survey::piping::fill;
use crate::survey::{Code, Kind, Question, Text};

/// The most characters of a free text that another text takes in.
const MOST_PIPED: usize = 80;

/// Gives the value of a reply in conditions; `None` where there is no answer.
pub fn value(question: &Question, reply: Option<&Reply>) -> Option<Value> {
    let Reply::Given(answer) = reply? else { return None };
    Some(match answer {
        Answer::Scale(point) => Value::Int(i64::from(*point)),
        Answer::Boolean(yes) => Value::Bool(*yes),
        Answer::Single(pick) => Value::String(pick.choice(question.kind.choices())?.code.to_string()),
        Answer::Multi(picks) => {
            let taken = picks.iter().filter_map(|pick| pick.choice(question.kind.choices()));
            // In the order of their names, not in that in which one respondent happens to be shown them.
            let mut codes: Vec<String> = taken.map(|choice| choice.code.to_string()).collect();
            codes.sort_unstable();
            Value::List(codes)
        }
        Answer::Ranking(order) => Value::List(order.iter().map(Code::to_string).collect()),
        Answer::Matrix(cells) => {
            let given = cells.iter().filter_map(|(row, cell)| match cell {
                Cell::Given(point) => Some((row.to_string(), i64::from(*point))),
                Cell::Missing(_) => None,
            });
            let points: BTreeMap<_, _> = given.collect();
            // Rows that were all left out are no answer.
            Value::Points(Some(points).filter(|points| !points.is_empty())?)
        }
        Answer::Text(text) => Value::String(text.clone()),
        Answer::Number(number) => number_value(question, *number),
        Answer::Date(date) => Value::String(date.to_string()),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "whole numbers of at most 15 digits")]
fn number_value(question: &Question, number: f64) -> Value {
    match question.kind {
        Kind::Number { decimals: 0, .. } => Value::Int(number as i64),
        _ => Value::Double(number),
    }
}

/// Gives what an answer is called, in the language the question is shown in; `None` where it is missing or has no name.
pub fn label(question: &Question, reply: Option<&Reply>) -> Option<String> {
    let Reply::Given(answer) = reply? else { return None };
    match answer {
        Answer::Scale(point) => {
            let Kind::Scale { scale, .. } = &question.kind else { return None };
            Some(scale.label(*point).map_or_else(|| point.to_string(), str::to_owned))
        }
        Answer::Single(pick) => pick_label(question, pick),
        Answer::Multi(picks) => Some(picks.iter().filter_map(|pick| pick_label(question, pick)).collect::<Vec<_>>().join(", ")),
        Answer::Text(text) => Some(shortened(text)),
        Answer::Number(number) => Some(number.to_string()),
        Answer::Date(date) => Some(date.to_string()),
        Answer::Boolean(_) | Answer::Ranking(_) | Answer::Matrix(_) => None,
    }
}

/// Gives a text of the survey in its own language, as it reads where every answer that it takes in is missing.
pub fn unfilled(text: &Text) -> Cow<'_, str> {
    fill(text.original(), |_| None)
}

fn pick_label(question: &Question, pick: &Pick) -> Option<String> {
    match pick {
        Pick::Other(words) => Some(shortened(words)),
        Pick::Code(code) => question.kind.label(code.as_str()).map(Text::to_string),
    }
}

/// Gives the beginning of a text in one line.
fn shortened(text: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.grapheme_indices(true).nth(MOST_PIPED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
