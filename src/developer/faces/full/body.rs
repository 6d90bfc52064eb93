//! The body: the question, and what it is answered with.

use ratatui::text::Line;

use super::{Look, View, entry, list, matrix, overlay, review, scale};
use crate::developer::answering::{Overlay, Session};
use crate::screen::text::cut;
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
    let mut view = View::default();
    let heading = heading(question, look);
    // On a low screen the answers keep what they need, at least half of it, and the question gets the rest.
    let needed = answers.lines.len().min((look.height / 2 + 1).max(5));
    let room = if look.is_low() { look.height.saturating_sub(needed).max(2) } else { usize::MAX };
    let used = heading.len() + answers.lines.len() + 4;
    if let (0, Some(text)) = (session.position(), &session.survey().introduction) {
        introduce(&mut view, text, look.height.saturating_sub(used), look);
    }
    shorten(heading, room, look).into_iter().for_each(|line| view.push(line));
    if !look.is_low() {
        view.push("");
    }
    if look.height >= 16 {
        view.push("");
    }
    view.pinned = view.lines.len() + answers.pinned;
    view.append(View { focus: answers.focus.or(Some((0, 0))), ..answers });
    view
}

/// Puts the introduction above the first question where there is room for all of it.
fn introduce(view: &mut View, text: &str, room: usize, look: Look<'_>) {
    let mut introduction = View::default();
    introduction.push_wrapped(text, look, look.theme.faint());
    if introduction.lines.len() < room {
        view.append(introduction);
        view.push("");
    }
}

/// Gives the question and its explanation.
fn heading(question: &Question, look: Look<'_>) -> Vec<Line<'static>> {
    let style = if question.kind == Kind::Note { look.theme.text() } else { look.theme.question() };
    let mut view = View::default();
    view.push_wrapped(&question.text, look, style);
    let needed = question.required.then_some("Needs an answer.");
    for help in question.help.as_deref().into_iter().chain(needed) {
        view.push_wrapped(help, look, look.theme.faint());
    }
    view.lines
}

/// Leaves out the last lines that don't fit, with a mark.
fn shorten(mut lines: Vec<Line<'static>>, room: usize, look: Look<'_>) -> Vec<Line<'static>> {
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            let text = cut(&last.to_string(), look.columns.saturating_sub(2));
            let mark = if text.ends_with('…') { "" } else { " …" };
            *last = Line::styled(format!("{text}{mark}"), last.style);
        }
    }
    lines
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
