//! The full screen: one question at a time, calm, the same places on every screen.
//!
//! ```text
//!  title ……………………………… progress · time left      header
//!
//!  the question, the brightest thing            body: scrolls, with a mark where something is hidden
//!  what is answered with
//!
//!  ── what is answered ───── what is saved ──   status
//!  keys that do something here …… where answers are   hints
//! ```
//!
//! Views are pure: from a session to lines. Nothing here reads keys, clocks or the terminal.

mod body;
mod entry;
mod frame;
pub mod inbox;
mod list;
mod matrix;
mod overlay;
mod review;
mod scale;
mod status;

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::text::Line;

use crate::developer::answering::Session;
use crate::screen::theme::Theme;

pub(crate) use frame::{Block, Page, draw_page};

/// The widest a block of text gets, in columns.
pub const WIDEST: u16 = 76;

/// What a part of a screen shows, and where its focus is.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The lines, each at most as wide as the part.
    pub(crate) lines: Vec<Line<'static>>,
    /// The lines to keep in sight: the first and the last.
    pub(crate) focus: Option<(usize, usize)>,
    /// Where the terminal's cursor stands: column and line.
    pub(crate) cursor: Option<(u16, usize)>,
}

impl View {
    pub(crate) fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    pub(crate) fn append(&mut self, other: Self) {
        let at = self.lines.len();
        self.lines.extend(other.lines);
        self.focus = other.focus.map(|(first, last)| (first + at, last + at)).or(self.focus);
        self.cursor = other.cursor.map(|(column, line)| (column, line + at)).or(self.cursor);
    }
}

/// Draws a session.
pub fn draw(frame: &mut Frame<'_>, session: &Session, theme: &Theme) {
    let block = Block::of(frame.area());
    let page = Page {
        header: status::header(session, theme, block.width),
        body: body::view(session, theme, block.width, block.body_height()),
        status: status::line(session, theme, block.width),
        hints: status::hints(session, theme, block.width),
    };
    if let Some((x, y)) = draw_page(frame, &block, &page, theme) {
        frame.set_cursor_position(Position { x, y });
    }
}
