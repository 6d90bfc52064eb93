//! The body: the question, and what it is answered with.

use ratatui::text::Line;

use super::{View, entry, list, matrix, overlay, review, scale};
use crate::developer::answering::{Overlay, Session};
use crate::screen::text::{cut, wrap};
use crate::screen::theme::Theme;
use crate::survey::{Kind, Question};

/// Gives the body of what the session shows.
pub(super) fn view(session: &Session, theme: &Theme, columns: u16, height: usize) -> View {
    let columns = usize::from(columns);
    match (session.overlay(), session.question()) {
        (Some(Overlay::Help(first)), _) => overlay::help(session, theme, columns, first),
        (Some(Overlay::Decline), _) => overlay::decline(session, theme, columns),
        (Some(Overlay::Menu(at)), _) => overlay::menu(session, theme, columns, at),
        (None, None) => review::view(session, theme, columns),
        (None, Some(question)) => asked(session, question, theme, columns, height),
    }
}

fn asked(session: &Session, question: &Question, theme: &Theme, columns: usize, height: usize) -> View {
    let answers = answers(session, question, theme, columns);
    let spacious = height >= 12;
    let room = height.saturating_sub(answers.lines.len().min(height / 2)).max(1);
    let mut view = View::default();
    if let (0, true, Some(introduction)) = (session.position(), spacious, &session.survey().introduction) {
        wrap(introduction, columns).into_iter().for_each(|line| view.push(Line::styled(line, theme.faint())));
        view.push("");
    }
    heading(&mut view, question, theme, columns, if spacious { usize::MAX } else { room });
    if spacious {
        view.push("");
    }
    if height >= 16 {
        view.push("");
    }
    view.append(answers);
    view
}

/// Puts the question and its explanation, in at most `room` lines when the screen is low.
fn heading(view: &mut View, question: &Question, theme: &Theme, columns: usize, room: usize) {
    let style = if question.kind == Kind::Note { theme.text() } else { theme.question() };
    let mut lines: Vec<Line<'static>> = wrap(&question.text, columns).into_iter().map(|line| Line::styled(line, style)).collect();
    let needed = question.required.then_some("Needs an answer.");
    for help in question.help.as_deref().into_iter().chain(needed) {
        lines.extend(wrap(help, columns).into_iter().map(|line| Line::styled(line, theme.faint())));
    }
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            *last = Line::styled(cut(&format!("{last}…"), columns.saturating_sub(1)), last.style);
            let text = last.to_string();
            if !text.ends_with('…') {
                *last = Line::styled(format!("{text}…"), last.style);
            }
        }
    }
    lines.into_iter().for_each(|line| view.push(line));
}

fn answers(session: &Session, question: &Question, theme: &Theme, columns: usize) -> View {
    match &question.kind {
        Kind::Scale { scale, .. } => scale::view(session, scale, theme, columns),
        Kind::Boolean => list::boolean(session, theme),
        Kind::Single { .. } | Kind::Multi { .. } => list::view(session, theme, columns),
        Kind::Ranking { .. } => list::ranking(session, theme, columns),
        Kind::Matrix { rows, scale } => matrix::view(session, rows, scale, theme, columns),
        Kind::Text { .. } | Kind::Number { .. } | Kind::Date { .. } => entry::view(session, theme, columns),
        Kind::Note => View::default(),
    }
}
