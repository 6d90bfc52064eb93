//! The wide table: one row per response, and for every question its columns and why they are empty.
//!
//! A multi-select has one column per choice with 1 or 0, a ranking one per choice with its rank, a matrix one per row.
//! `question.missing` (for a matrix `question.row.missing`) is empty exactly where there is an answer. After the items of
//! an instrument stands its score, unrounded, as `instrument_score`; it is empty where the score is missing.

use std::collections::{HashMap, HashSet};

use super::whole::Whole;
use super::{Cell, Table, Values, choice, number, own_words, point, text, yes_or_no};
use crate::response::answer::holds;
use crate::response::score::scores;
use crate::response::{Answer, Cell as MatrixCell, Missing, Reply, Response};
use crate::survey::{Code, Kind, Question, QuestionId, Survey, SurveyId};

/// What a `missing` column says of a question that the response's version of the survey does not have.
pub const NOT_ASKED: &str = "not_asked";

/// One column of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Column<'a> {
    survey: &'a SurveyId,
    question: &'a QuestionId,
    part: Part<'a>,
}

/// What of a question a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part<'a> {
    Answer,
    Choice(&'a Code),
    Row(&'a Code),
    OtherText,
    Missing,
    MissingRow(&'a Code),
    Score,
}

/// Gives one row per response, in the order given.
///
/// Columns are those of the newest version, with the columns that only older versions have where they stood. Responses to
/// several surveys share one table; then the columns of questions are named `survey.question`, and say `not_asked` in the
/// rows of the other surveys.
pub fn wide(responses: &[(Survey, Response)], values: Values) -> Table {
    let whole = Whole::of(responses);
    let columns = columns(&whole.surveys);
    let row = |(survey, response): &(Survey, Response)| {
        let mut found = cells(survey, response, values);
        let answers = columns.iter().map(|column| found.remove(column).unwrap_or_else(|| absent(column.part)));
        whole.cells(survey, response).into_iter().chain(answers).collect()
    };
    Table { columns: names(&whole, &columns), rows: responses.iter().map(row).collect() }
}

fn columns<'a>(surveys: &[&'a Survey]) -> Vec<Column<'a>> {
    let mut columns: Vec<Column<'a>> = Vec::new();
    for survey in surveys {
        let mut after = columns.iter().rposition(|column| column.survey != &survey.id).map_or(0, |at| at + 1);
        for (question, part) in held(survey) {
            let column = Column { survey: &survey.id, question, part };
            let at = columns.iter().position(|known| *known == column);
            after = 1 + at.unwrap_or_else(|| {
                columns.insert(after, column);
                after
            });
        }
    }
    columns
}

/// Gives what the columns of a survey hold, in order; the score of an instrument stands after the last of its items.
fn held(survey: &Survey) -> impl Iterator<Item = (&QuestionId, Part<'_>)> {
    survey.questions.iter().enumerate().flat_map(|(at, question)| {
        let goes_on = |of| survey.questions[at + 1..].iter().any(|later| instrument(later) == Some(of));
        let score = instrument(question).filter(|of| !goes_on(*of)).map(|of| (of, Part::Score));
        parts(question).into_iter().map(|part| (&question.id, part)).chain(score)
    })
}

/// Gives the name of the instrument that a question is an item of.
fn instrument(question: &Question) -> Option<&QuestionId> {
    question.item.as_ref().map(|item| &item.of)
}

fn parts(question: &Question) -> Vec<Part<'_>> {
    let choices = question.kind.choices();
    let other = choices.iter().any(|choice| choice.other).then_some(Part::OtherText);
    match &question.kind {
        Kind::Note => Vec::new(),
        Kind::Matrix { rows, .. } => rows.iter().flat_map(|row| [Part::Row(&row.code), Part::MissingRow(&row.code)]).collect(),
        Kind::Multi { .. } | Kind::Ranking { .. } => {
            choices.iter().map(|choice| Part::Choice(&choice.code)).chain(other).chain([Part::Missing]).collect()
        }
        _ => [Part::Answer].into_iter().chain(other).chain([Part::Missing]).collect(),
    }
}

fn names(whole: &Whole<'_>, columns: &[Column<'_>]) -> Vec<String> {
    let (whole, several) = (whole.names(), whole.has_several_surveys());
    let own = |column: &&Column<'_>| matches!(column.part, Part::OtherText | Part::Missing | Part::MissingRow(_) | Part::Score);
    let mut taken: HashSet<String> = whole.iter().cloned().collect();
    taken.extend(columns.iter().filter(own).map(|column| name(column, several)));
    let named = columns.iter().map(|column| {
        let mut name = name(column, several);
        while !own(&column) && !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    });
    let named: Vec<_> = named.collect();
    [whole, named].concat()
}

fn name(column: &Column<'_>, several: bool) -> String {
    let question = match several {
        true => format!("{}.{}", column.survey, column.question),
        false => column.question.to_string(),
    };
    match column.part {
        Part::Answer => question,
        Part::Choice(code) | Part::Row(code) => format!("{question}.{code}"),
        Part::OtherText => format!("{question}.other_text"),
        Part::Missing => format!("{question}.missing"),
        Part::MissingRow(row) => format!("{question}.{row}.missing"),
        Part::Score => format!("{question}_score"),
    }
}

/// A choice that a version does not offer is empty, not 0: nobody could take it.
fn absent(part: Part<'_>) -> Cell {
    match part {
        Part::Missing | Part::MissingRow(_) => text(NOT_ASKED),
        _ => Cell::Empty,
    }
}

fn cells<'a>(survey: &'a Survey, response: &Response, values: Values) -> HashMap<Column<'a>, Cell> {
    let score = |(question, score): (&'a QuestionId, Option<f64>)| {
        (Column { survey: &survey.id, question, part: Part::Score }, score.map_or(Cell::Empty, number))
    };
    let mut found: HashMap<Column<'a>, Cell> = scores(survey, &response.replies).into_iter().map(score).collect();
    for question in survey.asked() {
        let unanswered = Reply::Missing(Missing::Unanswered);
        let reply = response.replies.get(&question.id).unwrap_or(&unanswered);
        for part in parts(question) {
            let column = Column { survey: &survey.id, question: &question.id, part };
            found.insert(column, cell(question, part, reply, values));
        }
    }
    found
}

fn cell(question: &Question, part: Part<'_>, reply: &Reply, values: Values) -> Cell {
    let answer = match (reply, part) {
        (Reply::Missing(kind), Part::Missing | Part::MissingRow(_)) => return text(kind.name()),
        (Reply::Missing(_), _) => return Cell::Empty,
        (Reply::Given(answer), _) => answer,
    };
    match (part, answer) {
        (Part::Answer, answer) => single(question, answer, values),
        (Part::Choice(code), Answer::Multi(picks)) => chosen(question, code, picks),
        (Part::Choice(code), Answer::Ranking(order)) => rank(order, code),
        (Part::Row(row), Answer::Matrix(cells)) => match (cells.get(row), question.kind.scale()) {
            (Some(MatrixCell::Given(at)), Some(scale)) => point(scale, *at, values),
            _ => Cell::Empty,
        },
        (Part::MissingRow(row), Answer::Matrix(cells)) => match cells.get(row) {
            Some(MatrixCell::Given(_)) => Cell::Empty,
            Some(MatrixCell::Missing(kind)) => text(kind.name()),
            None => text(Missing::Unanswered.name()),
        },
        (Part::OtherText, answer) => own_words(answer.picks()),
        _ => Cell::Empty,
    }
}

fn single(question: &Question, answer: &Answer, values: Values) -> Cell {
    match (answer, question.kind.scale()) {
        (Answer::Scale(at), Some(scale)) => point(scale, *at, values),
        (Answer::Boolean(yes), _) => yes_or_no(*yes, values),
        (Answer::Single(pick), _) => choice(question, pick, values),
        (Answer::Text(words), _) => text(words),
        (Answer::Number(value), _) => number(*value),
        (Answer::Date(date), _) => text(&date.to_string()),
        _ => Cell::Empty,
    }
}

fn chosen(question: &Question, code: &Code, picks: &[crate::response::Pick]) -> Cell {
    let choice = question.kind.choices().iter().find(|choice| choice.code == *code);
    choice.map_or(Cell::Empty, |choice| Cell::Integer(holds(picks, choice).into()))
}

fn rank(order: &[Code], code: &Code) -> Cell {
    let at = order.iter().position(|ranked| ranked == code).and_then(|at| i64::try_from(at + 1).ok());
    at.map_or(Cell::Empty, Cell::Integer)
}
