//! Reading: a note, or the help, that is longer than its screen moves by lines and by pages.
//!
//! How long it is there only a screen knows, which says so; beyond that nothing moves.

use super::session::Step;
use super::{Command, Context, Extent, Overlay, Session};

/// Moves a note.
pub(super) fn obey(session: &mut Session, command: Command) -> Step {
    session.focus.line = moved(session, session.focus.line, command);
    if command == Command::Confirm { Step::Advance } else { Step::Stay }
}

/// Gives the line that stands first after a command.
pub(super) fn moved(session: &Session, line: usize, command: Command) -> usize {
    let Extent { last, page } = session.extent.unwrap_or_else(|| on_any_screen(session));
    match command {
        Command::First => 0,
        Command::Last => last,
        Command::Up => line.saturating_sub(1),
        Command::PageUp => line.saturating_sub(page),
        Command::Down => (line + 1).min(last),
        Command::PageDown => (line + page).min(last),
        _ => line,
    }
}

/// Gives how far what is read goes where no screen has told: at least as far as on a small one.
fn on_any_screen(session: &Session) -> Extent {
    let texts = [session.question().map(|question| &question.text), session.survey.introduction.as_ref()];
    let characters: usize = texts.into_iter().flatten().map(|text| text.chars().count()).sum();
    Extent { last: characters / 18 + 2 * session.help().len(), page: 5 }
}

impl Session {
    /// Takes in how far what is read goes on the screen it is shown on.
    #[must_use]
    pub fn reaching(mut self, extent: Extent) -> Self {
        self.extent = Some(extent);
        self.focus.line = self.focus.line.min(extent.last);
        if let Some(Overlay::Help(line) | Overlay::Words(line)) = &mut self.overlay {
            *line = extent.last.min(*line);
        }
        self
    }

    /// Gives the first line of what is read, a note, the help or a list, from 0; `None` where nothing is.
    pub fn line(&self) -> Option<usize> {
        match (self.overlay, self.context()) {
            (Some(Overlay::Help(line) | Overlay::Words(line)), _) => Some(line),
            (None, Context::Note) => Some(self.focus.line),
            _ => None,
        }
    }

    /// Says whether what is read is longer than its screen.
    pub(super) fn is_longer(&self) -> bool {
        self.line().is_some() && self.extent.is_some_and(|extent| extent.last > 0)
    }
}
