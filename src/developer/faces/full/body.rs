//! The body: the question, and what it is answered with.

use super::heading::{heading, opening, question, text};
use super::{Look, View, entry, list, matrix, overlay, review, scale};
use crate::developer::answering::{Overlay, Session};
use crate::survey::{Kind, Question};

/// Gives the body of what the session shows.
pub(super) fn view(session: &Session, look: Look<'_>) -> View {
    match (session.overlay(), session.question()) {
        (Some(Overlay::Help(_)), _) => overlay::help(session, look),
        (Some(Overlay::Decline), _) => overlay::decline(session, look),
        (Some(Overlay::Words(_)), _) => overlay::words(session, look),
        (Some(Overlay::Menu(at)), _) => overlay::menu(session, look, at),
        (None, None) => review::view(session, look),
        (None, Some(question)) if question.kind == Kind::Note => note(session, question, look),
        (None, Some(question)) => asked(session, question, look),
    }
}

/// Gives a note, with the introduction above it where it comes first: there is nothing to give way to.
fn note(session: &Session, note: &Question, look: Look<'_>) -> View {
    let mut view = if session.position() == 0 { opening(session, look) } else { View::default() };
    if !view.lines.is_empty() {
        view.push("");
    }
    view.append(question(note, look));
    View { top: session.line(), ..view }
}

fn asked(session: &Session, question: &Question, look: Look<'_>) -> View {
    let answers = answers(session, question, look);
    let gap = usize::from(!look.is_low()) + usize::from(look.height >= 16);
    let mut view = heading(session, question, answers.lines.len() + gap, look);
    (0..gap).for_each(|_| view.push(""));
    view.pinned = view.lines.len() + answers.pinned;
    view.append(View { focus: answers.focus.or(Some((0, 0))), ..answers });
    view
}

fn answers(session: &Session, question: &Question, look: Look<'_>) -> View {
    match &question.kind {
        Kind::Scale { scale, .. } => scale::view(session, scale, text(question, look).lines.len(), look),
        Kind::Boolean => list::boolean(session, look),
        Kind::Single { .. } | Kind::Multi { .. } => list::view(session, look),
        Kind::Ranking { .. } => list::ranking(session, look),
        Kind::Matrix { rows, scale } => matrix::view(session, (rows, scale), text(question, look).lines.len(), look),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. } => entry::view(session, look),
        Kind::Note => View::default(),
    }
}
