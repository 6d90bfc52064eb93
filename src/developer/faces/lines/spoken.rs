//! Replies in words, as they're said back and listed in the review.

use crate::developer::faces::words::code_label;
use crate::developer::phrases::Phrases;
use crate::response::{Answer, Cell, Missing, Pick, Reply};
use crate::survey::{Code, Kind, Question, Scale};

/// Gives a reply in words on one line; labels stand for codes.
pub fn spoken(question: &Question, reply: &Reply, phrases: &Phrases) -> String {
    match reply {
        Reply::Missing(kind) => missing(*kind, phrases).to_owned(),
        Reply::Given(answer) => spoken_answer(question, answer, phrases),
    }
}

fn spoken_answer(question: &Question, answer: &Answer, phrases: &Phrases) -> String {
    match answer {
        Answer::Scale(given) => match &question.kind {
            Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => point(scale, *given),
            _ => given.to_string(),
        },
        Answer::Boolean(true) => phrases.answers.yes.to_owned(),
        Answer::Boolean(false) => phrases.answers.no.to_owned(),
        Answer::Single(choice) => pick(question, choice, phrases),
        Answer::Multi(picks) => picks.iter().map(|choice| pick(question, choice, phrases)).collect::<Vec<_>>().join("; "),
        Answer::Ranking(order) => {
            let place = |(at, code): (usize, &Code)| format!("{}. {}", at + 1, code_label(question, code));
            order.iter().enumerate().map(place).collect::<Vec<_>>().join("; ")
        }
        Answer::Matrix(cells) => {
            let Kind::Matrix { rows, scale } = &question.kind else { return String::new() };
            let cell = |row: &crate::survey::Row| match cells.get(&row.code)? {
                Cell::Given(given) => Some(format!("{}: {}", row.label, point(scale, *given))),
                Cell::Missing(kind) => Some(format!("{}: {}", row.label, missing(*kind, phrases))),
            };
            rows.iter().filter_map(cell).collect::<Vec<_>>().join("; ")
        }
        Answer::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Answer::Number(number) => match &question.kind {
            Kind::Number { unit: Some(unit), .. } => format!("{number} {unit}"),
            _ => number.to_string(),
        },
        Answer::Date(date) => date.to_string(),
    }
}

fn point(scale: &Scale, point: u8) -> String {
    scale.label(point).map_or_else(|| point.to_string(), |label| format!("{point}, {label}"))
}

fn pick(question: &Question, pick: &Pick, phrases: &Phrases) -> String {
    match pick {
        Pick::Code(code) => code_label(question, code).to_owned(),
        Pick::Other(words) => (phrases.lines.other)(words),
    }
}

/// Gives a kind of missing; what was simply not answered reads as such beside answers.
fn missing(kind: Missing, phrases: &Phrases) -> &'static str {
    match kind {
        Missing::Unanswered => phrases.lines.no_answer,
        kind => (phrases.answers.missing)(kind),
    }
}
