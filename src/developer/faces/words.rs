//! Words the faces share: durations, and replies as a person says them.

use crate::developer::answering::Session;
use crate::developer::phrases::Phrases;
pub use crate::developer::spans::{duration, minutes};
use crate::response::{Answer, Cell, Missing, Pick, Reply};
use crate::screen::text::{cut, one_line};
use crate::survey::{Code, Kind, Question};

/// Gives the reply to the current question for the status line; empty where there is none or the field shows it.
pub fn reply(session: &Session, room: usize) -> String {
    let Some(question) = session.question() else { return String::new() };
    let phrases = session.phrases();
    match session.reply() {
        Some(Reply::Missing(kind)) => (phrases.answers.missing)(*kind).to_owned(),
        Some(_) if session.context_below().is_typing() => String::new(),
        Some(reply) => cut(&(phrases.status.your_answer)(&reply_to(question, Some(reply), phrases)), room),
        None => String::new(),
    }
}

/// Gives a reply in one line, with labels.
pub fn reply_to(question: &Question, reply: Option<&Reply>, phrases: &Phrases) -> String {
    let missing = phrases.answers.missing;
    match reply {
        None => missing(Missing::Unanswered).to_owned(),
        Some(Reply::Missing(kind)) => missing(*kind).to_owned(),
        Some(Reply::Given(answer)) => answer_to(question, answer, phrases),
    }
}

fn answer_to(question: &Question, answer: &Answer, phrases: &Phrases) -> String {
    match answer {
        Answer::Scale(point) => scale_answer(question, *point),
        Answer::Boolean(true) => phrases.answers.yes.to_owned(),
        Answer::Boolean(false) => phrases.answers.no.to_owned(),
        Answer::Single(pick) => pick_label(question, pick).to_owned(),
        Answer::Multi(picks) => picks.iter().map(|pick| pick_label(question, pick)).collect::<Vec<_>>().join(", "),
        Answer::Ranking(order) => order.iter().map(|code| code_label(question, code)).collect::<Vec<_>>().join(" › "),
        Answer::Matrix(cells) => {
            let given = cells.values().filter(|cell| matches!(cell, Cell::Given(_))).count();
            let all = if let Kind::Matrix { rows, .. } = &question.kind { rows.len() } else { cells.len() };
            (phrases.answers.rows)(given, all)
        }
        Answer::Text(text) => one_line(text).into_owned(),
        Answer::Number(number) => match &question.kind {
            Kind::Number { unit: Some(unit), .. } => format!("{number} {unit}"),
            _ => number.to_string(),
        },
        Answer::Date(date) => date.to_string(),
    }
}

fn scale_answer(question: &Question, point: u8) -> String {
    let Kind::Scale { scale, .. } = &question.kind else { return point.to_string() };
    match scale.labels.is_empty() {
        true => point.to_string(),
        false => format!("{point} {}", scale.label(point).unwrap_or_default()),
    }
}

fn pick_label<'a>(question: &'a Question, pick: &'a Pick) -> &'a str {
    match pick {
        Pick::Other(words) => words,
        Pick::Code(code) => code_label(question, code),
    }
}

/// Gives the label of a choice, or its code where there is none.
pub(super) fn code_label<'a>(question: &'a Question, code: &'a Code) -> &'a str {
    question.kind.label(code.as_str()).map_or(code.as_str(), |label| label)
}
