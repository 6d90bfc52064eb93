//! The long table: one row per answer, whatever the survey.
//!
//! A multi-select has a row for each choice taken, a ranking one for each choice with its rank, a matrix one for each of
//! its rows. A question without an answer has one row (a matrix, one for each of its rows) that says why.

use super::whole::Whole;
use super::{Cell, Table, Values, choice, number, own_words, point, text, words, yes_or_no};
use crate::response::{Answer, Cell as MatrixCell, Missing, Pick, Reply, Response};
use crate::survey::{Kind, Question, Row, Survey};

/// One answer, before it is laid out in columns.
struct Line<'a> {
    row: Option<&'a Row>,
    value: Cell,
    label: Cell,
    other_text: Cell,
    rank: Cell,
    missing: Option<Missing>,
}

/// Gives the answers of every response, in the order given and then in the survey's.
///
/// `value` always holds codes and points; labels add `question_text`, `row_label` and `label`.
pub fn long(responses: &[(Survey, Response)], values: Values) -> Table {
    let labels = values == Values::Labels;
    let answers: &[&str] = match values {
        Values::Codes => &["question", "type", "row", "value", "other_text", "rank", "missing"],
        Values::Labels => {
            &["question", "question_text", "type", "row", "row_label", "value", "label", "other_text", "rank", "missing"]
        }
    };
    let whole = Whole::of(responses);
    let mut rows = Vec::new();
    for (survey, response) in responses {
        for question in survey.asked() {
            let unanswered = Reply::Missing(Missing::Unanswered);
            let reply = response.replies.get(&question.id).unwrap_or(&unanswered);
            let laid_out = lines(question, reply).into_iter().map(|line| cells(question, line, labels));
            rows.extend(laid_out.map(|cells| whole.cells(survey, response).into_iter().chain(cells).collect()));
        }
    }
    let answers = answers.iter().map(|name| (*name).to_owned());
    Table { columns: whole.names().into_iter().chain(answers).collect(), rows }
}

fn cells(question: &Question, line: Line<'_>, labels: bool) -> Vec<Cell> {
    let mut cells = vec![text(question.id.as_str())];
    cells.extend(labels.then(|| words(&question.text)));
    cells.push(text(question.kind.name()));
    cells.push(line.row.map_or(Cell::Empty, |row| text(row.code.as_str())));
    cells.extend(labels.then(|| line.row.map_or(Cell::Empty, |row| words(&row.label))));
    cells.push(line.value);
    cells.extend(labels.then_some(line.label));
    cells.extend([line.other_text, line.rank, line.missing.map_or(Cell::Empty, |kind| text(kind.name()))]);
    cells
}

fn lines<'a>(question: &'a Question, reply: &Reply) -> Vec<Line<'a>> {
    match (&question.kind, reply) {
        (Kind::Matrix { rows, .. }, reply) => rows.iter().map(|row| matrix_row(question, row, reply)).collect(),
        (_, Reply::Missing(kind)) => vec![missing(*kind)],
        (_, Reply::Given(answer)) => given(question, answer),
    }
}

fn given<'a>(question: &'a Question, answer: &Answer) -> Vec<Line<'a>> {
    match answer {
        Answer::Multi(picks) => picks.iter().map(|pick| picked(question, pick)).collect(),
        Answer::Single(pick) => vec![picked(question, pick)],
        Answer::Ranking(order) => {
            let ranks = (1..).map(Cell::Integer);
            let ranked = order.iter().zip(ranks);
            ranked.map(|(code, rank)| Line { rank, ..picked(question, &Pick::Code(code.clone())) }).collect()
        }
        Answer::Scale(at) => vec![scaled(question, *at)],
        Answer::Boolean(yes) => {
            vec![Line { label: yes_or_no(*yes, Values::Labels), ..value(yes_or_no(*yes, Values::Codes)) }]
        }
        Answer::Text(words) => vec![value(text(words))],
        Answer::Number(given) => vec![value(number(*given))],
        Answer::Date(date) => vec![value(text(&date.to_string()))],
        Answer::Matrix(_) => Vec::new(),
    }
}

fn matrix_row<'a>(question: &'a Question, row: &'a Row, reply: &Reply) -> Line<'a> {
    let cell = match reply {
        Reply::Missing(kind) => MatrixCell::Missing(*kind),
        Reply::Given(Answer::Matrix(cells)) => *cells.get(&row.code).unwrap_or(&MatrixCell::Missing(Missing::Unanswered)),
        Reply::Given(_) => MatrixCell::Missing(Missing::Unanswered),
    };
    let line = match cell {
        MatrixCell::Given(at) => scaled(question, at),
        MatrixCell::Missing(kind) => missing(kind),
    };
    Line { row: Some(row), ..line }
}

fn picked<'a>(question: &'a Question, pick: &Pick) -> Line<'a> {
    Line {
        label: choice(question, pick, Values::Labels),
        other_text: own_words(std::slice::from_ref(pick)),
        ..value(choice(question, pick, Values::Codes))
    }
}

fn scaled(question: &Question, at: u8) -> Line<'_> {
    let Some(scale) = question.kind.scale() else { return value(Cell::Integer(at.into())) };
    Line { label: scale.label(at).map_or(Cell::Empty, text), ..value(point(scale, at, Values::Codes)) }
}

fn value<'a>(value: Cell) -> Line<'a> {
    Line { row: None, value, label: Cell::Empty, other_text: Cell::Empty, rank: Cell::Empty, missing: None }
}

fn missing<'a>(kind: Missing) -> Line<'a> {
    Line { missing: Some(kind), ..value(Cell::Empty) }
}
