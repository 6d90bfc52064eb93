//! What a screen ought to show of a session: each text whole, unless a mark says that something is hidden or cut.

use dxpulse::developer::answering::{Context, Session, Typing};
use dxpulse::survey::{Kind, Scale};

/// Marks that say that something is not shown: cut off, above, below, or further up or down in a field.
const MARKS: [&str; 4] = ["…", "▴", "▾", "⋮"];

/// Gives the texts of which nothing may be missing without a mark.
pub(crate) fn texts(session: &Session) -> Vec<String> {
    match (session.context(), session.question()) {
        (Context::Menu, _) => session.menu().into_iter().map(|(_, line)| line.to_owned()).collect(),
        (Context::Help, _) => session.help().into_iter().map(|(_, does)| does.to_owned()).collect(),
        (Context::Words, _) => {
            session.found().into_iter().flat_map(|found| [found.words, found.kind.word().to_owned()]).collect()
        }
        (Context::Decline, _) => said(session)[..3].iter().map(ToString::to_string).collect(),
        (_, None) => session.survey().asked().map(|question| question.text.to_string()).collect(),
        (_, Some(question)) => {
            let mut texts: Vec<String> = vec![question.text.to_string()];
            texts.extend(question.help.as_ref().map(ToString::to_string));
            texts.extend(of_kind(session, &question.kind));
            texts
        }
    }
}

/// Gives the texts above the answers, which the help has whole; those of a note are read there.
pub(crate) fn above(session: &Session) -> Vec<String> {
    let Some(question) = session.question().filter(|question| session.overlay().is_none() && question.kind != Kind::Note) else {
        return Vec::new();
    };
    let introduction = session.survey().introduction.iter().filter(|_| session.position() == 0);
    [&question.text].into_iter().chain(&question.help).chain(introduction).map(ToString::to_string).collect()
}

/// Gives what is said where a survey may be declined, then where yes or no is asked.
fn said(session: &Session) -> [&'static str; 5] {
    match session.phrases().language() {
        "de" => ["Diese Umfrage ablehnen?", "ja, ablehnen", "nein, weiter", "Ja", "Nein"],
        "ja" => ["このアンケートを辞退しますか？", "はい、辞退する", "いいえ、続ける", "はい", "いいえ"],
        _ => ["Decline this survey?", "yes, decline", "no, go on", "Yes", "No"],
    }
}

fn of_kind(session: &Session, kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Scale { scale, .. } => of_scale(scale),
        // Words beside the points of a row stand between the lines of its label, so the first word has to do.
        Kind::Matrix { rows, scale } => {
            let row = &rows[session.focus().row].label;
            let first = row.split_whitespace().next().unwrap_or_default().chars().take(8).collect();
            of_scale(scale).into_iter().chain([first]).collect()
        }
        Kind::Boolean => said(session)[3..].iter().map(ToString::to_string).collect(),
        Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices } => {
            let labels = session.visible().into_iter().map(|at| choices[at].label.to_string());
            labels.chain([session.focus().field.text().to_owned()]).collect()
        }
        Kind::Number { unit: Some(unit), .. } => vec![session.focus().field.text().to_owned(), unit.to_string()],
        Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. } => vec![session.focus().field.text().to_owned()],
        Kind::Note => Vec::new(),
    }
}

fn of_scale(scale: &Scale) -> Vec<String> {
    let anchors = [&scale.anchors.low, &scale.anchors.mid, &scale.anchors.high];
    let anchors = anchors.into_iter().flatten().chain(&scale.labels).map(ToString::to_string);
    scale.points().map(|point| point.to_string()).chain(anchors).collect()
}

/// Says whether something is the focus that a screen must show, and what stands beside it.
pub(crate) fn pointers(session: &Session) -> Vec<&'static str> {
    let cursor = session.focus().cursor.is_some();
    match (session.context(), session.question().map(|question| &question.kind)) {
        (Context::Menu, _) => vec!["▸"],
        (Context::Help | Context::Decline | Context::Note | Context::Words, _) => Vec::new(),
        (Context::Matrix, _) => vec!["▸"],
        (Context::Scale | Context::WideScale, Some(Kind::Scale { .. })) if cursor => vec!["‹", "[", "▸", "1_"],
        (Context::Filter, Some(kind)) if !session.visible().iter().any(|at| *at < kind.choices().len()) => Vec::new(),
        _ if session.focus().typing != Typing::Nothing => Vec::new(),
        _ if cursor => vec!["▸"],
        _ => Vec::new(),
    }
}

/// Gives a text without its blanks and the bars of fields, which is how it reads whatever line it was broken into.
pub(crate) fn packed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != '▏').collect()
}

/// Says whether a mark in these rows says that something is hidden or cut; the `…` of a choice that asks for words is none.
pub(crate) fn is_marked(session: &Session, rows: &[String]) -> bool {
    let choices = session.question().map_or(&[][..], |question| question.kind.choices());
    let mut shown = packed(&rows.concat());
    for choice in choices.iter().filter(|choice| choice.other) {
        let label = packed(&choice.label);
        shown = shown.replace(&format!("{label}…"), &label);
    }
    MARKS.iter().any(|mark| shown.contains(mark))
}
