//! The review before sending off: a line of figures, and a line for each question.

use ratatui::text::{Line, Span};

use super::{Look, View};
use crate::developer::answering::Session;
use crate::developer::faces::words;
use crate::developer::phrases::Phrases;
use crate::response::{Missing, Reply};
use crate::screen::text::{cut, width};

pub(super) fn view(session: &Session, look: Look<'_>) -> View {
    let mut view = View::default();
    let problems = session.problems();
    let Phrases { answers, lists, .. } = look.phrases;
    let heading = match problems.len() {
        0 => (lists.complete)(&tally(session)),
        count => (lists.incomplete)(count),
    };
    view.push_wrapped(&heading, look, look.theme.question());
    if let Some(warning) = look.phrases.warning {
        view.push_wrapped(warning, look, look.theme.warning());
        view.pinned = view.lines.len();
    }
    if look.phrases.warning.is_none() || !look.is_low() {
        view.push("");
    }
    for (at, (_, question)) in session.asked().enumerate() {
        let problem = problems.iter().find(|(id, _)| *id == question.id).map(|(_, problem)| (answers.problem)(problem));
        let reply = session.replies().get(&question.id);
        let glyph = match (&problem, reply) {
            (Some(_), _) => "!",
            (None, Some(Reply::Given(_))) => "✓",
            (None, Some(Reply::Missing(Missing::Unanswered)) | None) => "○",
            (None, Some(Reply::Missing(_))) => "–",
        };
        let is_under_cursor = session.focus().cursor == Some(at);
        let answer = problem.clone().unwrap_or_else(|| words::reply_to(question, reply, look.phrases));
        let pointer = if is_under_cursor { "▸" } else { " " };
        let head = format!("{pointer} {glyph} {:>2}  ", at + 1);
        let room = look.columns.saturating_sub(width(&head));
        let share = room.saturating_sub(width(&answer) + 2).max(room * 2 / 5);
        let text = cut(&question.text, share.min(room));
        let answer = cut(&answer, room.saturating_sub(width(&text) + 2));
        let gap = " ".repeat(room.saturating_sub(width(&text) + width(&answer)));
        let style = if is_under_cursor { look.theme.cursor() } else { look.theme.text() };
        let tone = if problem.is_some() { look.theme.warning() } else { look.theme.accent() };
        view.push(Line::from(vec![
            Span::styled(head, tone),
            Span::styled(text, style),
            Span::raw(gap),
            Span::styled(answer, tone),
        ]));
        if is_under_cursor {
            view.focus = Some((view.lines.len() - 1, view.lines.len() - 1));
        }
    }
    view
}

/// Gives the figures of the review: how many are answered, how many are missing in which way.
fn tally(session: &Session) -> String {
    let replies = session.asked().map(|(_, question)| session.replies().get(&question.id));
    let kinds: Vec<Option<Missing>> = replies
        .map(|reply| match reply {
            Some(Reply::Given(_)) => None,
            Some(Reply::Missing(kind)) => Some(*kind),
            None => Some(Missing::Unanswered),
        })
        .collect();
    let Phrases { answers, lists, .. } = session.phrases();
    let mut parts = vec![(lists.answered)(kinds.iter().filter(|kind| kind.is_none()).count())];
    for kind in Missing::ALL {
        let count = kinds.iter().filter(|found| **found == Some(kind)).count();
        if count > 0 {
            parts.push((lists.missing)(count, (answers.missing)(kind)));
        }
    }
    parts.join(lists.between)
}
