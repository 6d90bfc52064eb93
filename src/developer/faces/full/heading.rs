//! What stands above the answers: the introduction, the question and its explanation.

use ratatui::text::Line;

use super::{Look, View};
use crate::developer::answering::Session;
use crate::screen::text::cut;
use crate::survey::{Kind, Question};

/// Gives what the respondent is told before the first question, and who asks.
pub(super) fn introduction(session: &Session, look: Look<'_>) -> View {
    let survey = session.survey();
    let owner = survey.owner.as_ref().map(|owner| (look.phrases.status.asked_by)(owner));
    let text: Vec<&str> = [survey.introduction.as_deref(), owner.as_deref()].into_iter().flatten().collect();
    let mut view = View::default();
    if !text.is_empty() {
        view.push_wrapped(&text.join(" "), look, look.theme.faint());
    }
    view
}

/// A question's lines, and how many of them are its text.
pub(super) struct Heading {
    pub(super) lines: Vec<Line<'static>>,
    text: usize,
}

/// Gives the question and its explanation.
pub(super) fn heading(question: &Question, look: Look<'_>) -> Heading {
    let style = if question.kind == Kind::Note { look.theme.text() } else { look.theme.question() };
    let mut view = View::default();
    view.push_wrapped(&question.text, look, style);
    let text = view.lines.len();
    let needed = question.required.then_some(look.phrases.status.needs_answer);
    for help in question.help.as_deref().into_iter().chain(needed) {
        view.push_wrapped(help, look, look.theme.faint());
    }
    Heading { lines: view.lines, text }
}

/// Leaves out the last lines that don't fit above the answers, with a mark: the explanation first. The text of the question
/// stays as long as three lines are left for the answers, which can scroll.
pub(super) fn shorten(Heading { mut lines, text }: Heading, answers: usize, look: Look<'_>) -> Vec<Line<'static>> {
    let spare = look.height.saturating_sub(3).max(1);
    let room = look.height.saturating_sub(answers).max(text.min(spare));
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
