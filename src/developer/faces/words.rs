//! Words the faces share: durations, counts, and replies as a person says them.

use crate::developer::answering::Session;
pub use crate::developer::spans::{duration, minutes};
use crate::response::{Answer, Cell, Missing, Pick, Reply};
use crate::screen::text::cut;
use crate::survey::{Kind, Question};

/// Gives a number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Says that there are more surveys than the inbox shows, and what shows them.
pub fn on_request(number: usize) -> String {
    format!("{number} more on request: dxpulse list")
}

/// Gives a kind of missing as a person says it.
pub fn missing(kind: Missing) -> &'static str {
    match kind {
        Missing::Skipped => "skipped",
        Missing::Unanswered => "unanswered",
        Missing::NotShown => "not shown",
        Missing::NotApplicable => "not applicable",
        Missing::PreferNotToSay => "prefer not to say",
        Missing::DontKnow => "don't know",
    }
}

/// Gives the reply to the current question for the status line; empty where there is none or the field shows it.
pub fn reply(session: &Session, room: usize) -> String {
    let Some(question) = session.question() else { return String::new() };
    match session.reply() {
        Some(Reply::Missing(kind)) => missing(*kind).to_owned(),
        Some(_) if session.context_below().is_typing() => String::new(),
        Some(reply) => cut(&format!("your answer: {}", reply_to(question, Some(reply))), room),
        None => String::new(),
    }
}

/// Gives a reply in one line, with labels.
pub fn reply_to(question: &Question, reply: Option<&Reply>) -> String {
    match reply {
        None => missing(Missing::Unanswered).to_owned(),
        Some(Reply::Missing(kind)) => missing(*kind).to_owned(),
        Some(Reply::Given(answer)) => answer_to(question, answer),
    }
}

fn answer_to(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Scale(point) => scale_answer(question, *point),
        Answer::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Answer::Single(pick) => pick_label(question, pick),
        Answer::Multi(picks) => picks.iter().map(|pick| pick_label(question, pick)).collect::<Vec<_>>().join(", "),
        Answer::Ranking(order) => {
            let label = |code| pick_label(question, &Pick::Code(code));
            order.iter().cloned().map(label).collect::<Vec<_>>().join(" › ")
        }
        Answer::Matrix(cells) => {
            let given = cells.values().filter(|cell| matches!(cell, Cell::Given(_))).count();
            let all = if let Kind::Matrix { rows, .. } = &question.kind { rows.len() } else { cells.len() };
            format!("{given} of {}", count(all, "row", "rows"))
        }
        Answer::Text(text) => text.replace(['\n', '\t'], " "),
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

fn pick_label(question: &Question, pick: &Pick) -> String {
    match pick {
        Pick::Other(text) => text.clone(),
        Pick::Code(code) => {
            let choice = question.kind.choices().iter().find(|choice| choice.code == *code);
            choice.map_or_else(|| code.to_string(), |choice| choice.label.to_string())
        }
    }
}
