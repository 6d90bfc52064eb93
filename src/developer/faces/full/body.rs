//! The body: the question, and what it is answered with.

use super::heading::{heading, introduction, shorten};
use super::{Look, View, entry, list, matrix, overlay, review, scale};
use crate::developer::answering::{Overlay, Session};
use crate::survey::{Kind, Question};

/// Gives the body of what the session shows.
pub(super) fn view(session: &Session, look: Look<'_>) -> View {
    match (session.overlay(), session.question()) {
        (Some(Overlay::Help(first)), _) => overlay::help(session, look, first),
        (Some(Overlay::Decline), _) => overlay::decline(session, look),
        (Some(Overlay::Menu(at)), _) => overlay::menu(session, look, at),
        (None, None) => review::view(session, look),
        (None, Some(question)) => asked(session, question, look),
    }
}

fn asked(session: &Session, question: &Question, look: Look<'_>) -> View {
    let answers = answers(session, question, look);
    let heading = heading(question, look);
    let gap = usize::from(!look.is_low()) + usize::from(look.height >= 16);
    let needed = heading.lines.len() + gap + answers.lines.len();
    let mut view = View::default();
    if session.position() == 0 {
        introduce(&mut view, session, look.height.saturating_sub(needed), look);
    }
    shorten(heading, answers.lines.len() + gap, look).into_iter().for_each(|line| view.push(line));
    (0..gap).for_each(|_| view.push(""));
    view.pinned = view.lines.len() + answers.pinned;
    view.append(View { focus: answers.focus.or(Some((0, 0))), ..answers });
    view
}

/// Puts the introduction above the first question where there is room for all of it; the help has it anyway.
fn introduce(view: &mut View, session: &Session, room: usize, look: Look<'_>) {
    let introduction = introduction(session, look);
    if !introduction.lines.is_empty() && introduction.lines.len() < room {
        view.append(introduction);
        view.push("");
    }
}

fn answers(session: &Session, question: &Question, look: Look<'_>) -> View {
    match &question.kind {
        Kind::Scale { scale, .. } => scale::view(session, scale, look),
        Kind::Boolean => list::boolean(session, look),
        Kind::Single { .. } | Kind::Multi { .. } => list::view(session, look),
        Kind::Ranking { .. } => list::ranking(session, look),
        Kind::Matrix { rows, scale } => matrix::view(session, rows, scale, look),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. } => entry::view(session, look),
        Kind::Note => View::default(),
    }
}
