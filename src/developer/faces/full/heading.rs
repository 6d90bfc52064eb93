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

/// Gives the introduction, and what must be known of where answers go.
pub(super) fn opening(session: &Session, look: Look<'_>) -> View {
    let mut view = introduction(session, look);
    if let Some(warning) = look.phrases.warning {
        view.push_wrapped(warning, look, look.theme.warning());
    }
    view
}

/// Gives a question with its explanation.
pub(super) fn question(question: &Question, look: Look<'_>) -> View {
    let mut view = text(question, look);
    let needed = question.required.then_some(look.phrases.status.needs_answer);
    for help in question.help.as_deref().into_iter().chain(needed) {
        view.push_wrapped(help, look, look.theme.faint());
    }
    view
}

/// Gives what stands above so many lines of answers, with a mark where that isn't all: the introduction gives way first, then
/// the explanation. The text of the question stays as long as three lines are left for the answers, which can scroll.
pub(super) fn heading(session: &Session, asked: &Question, answers: usize, look: Look<'_>) -> View {
    let spare = look.height.saturating_sub(3).max(1);
    let room = look.height.saturating_sub(answers);
    let question = shortened(question(asked, look), room.max(text(asked, look).lines.len().min(spare)), look);
    let mut view = match session.position() {
        0 => shortened(opening(session, look), room.saturating_sub(question.lines.len() + 1), look),
        _ => View::default(),
    };
    if !view.lines.is_empty() {
        view.push("");
    }
    view.append(question);
    view
}

/// Gives a question without its explanation.
pub(super) fn text(question: &Question, look: Look<'_>) -> View {
    let style = if question.kind == Kind::Note { look.theme.text() } else { look.theme.question() };
    let mut view = View::default();
    view.push_wrapped(&question.text, look, style);
    view
}

/// Leaves out the last lines where there is no room for all, with a mark at the end of the last that is left.
fn shortened(mut view: View, room: usize, look: Look<'_>) -> View {
    if view.lines.len() <= room {
        return view;
    }
    view.lines.truncate(room);
    view.is_shortened = true;
    if let Some(last) = view.lines.last_mut() {
        let text = cut(&last.to_string(), look.columns.saturating_sub(2));
        let mark = if text.ends_with('…') { "" } else { " …" };
        *last = Line::styled(format!("{text}{mark}"), last.style);
    }
    view
}
