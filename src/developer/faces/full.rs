//! The full screen: a pure view of a session.

use ratatui::Frame;
use ratatui::widgets::{Paragraph, Wrap};

use crate::developer::answering::Session;

/// How the screen looks.
#[derive(Debug, Clone, Default)]
pub struct Look;

/// Draws the session.
pub fn draw(frame: &mut Frame<'_>, session: &Session, look: &Look) {
    let _ = look;
    let question = session.question().map_or("review", |question| question.text.as_str());
    let text =
        format!("{}\n\n{question}\n\n{}\n{:?}", session.survey().title, session.notice().unwrap_or_default(), session.reply());
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: false }), frame.area());
}
