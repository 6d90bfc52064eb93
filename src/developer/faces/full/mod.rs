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
mod heading;
pub mod inbox;
mod list;
mod matrix;
mod overlay;
mod review;
mod scale;
mod status;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::is_too_small;
use crate::developer::answering::{Extent, Session};
use crate::developer::phrases::Phrases;
use crate::screen::text::wrap;
use crate::screen::theme::Theme;

pub(crate) use frame::{Block, Page, draw_page};
pub(crate) use status::spread;

/// The widest a block of text gets, in columns.
pub const WIDEST: u16 = 76;

/// What a part of a screen shows, and where its focus is.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The lines, each at most as wide as the part.
    pub(crate) lines: Vec<Line<'static>>,
    /// The lines to keep in sight: the first and the last.
    pub(crate) focus: Option<(usize, usize)>,
    /// The line to stand first where not all fit, if they are read from there; else the focus decides.
    pub(crate) top: Option<usize>,
    /// How many lines from the top stay in sight while the others scroll.
    pub(crate) pinned: usize,
    /// Whether a part of what is asked gave way to the answers: the help has all of it.
    pub(crate) is_shortened: bool,
    /// Where the terminal's cursor stands: column and line.
    pub(crate) cursor: Option<(u16, usize)>,
}

impl View {
    pub(crate) fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    /// Adds a text as lines of the width there is.
    pub(crate) fn push_wrapped(&mut self, text: &str, look: Look<'_>, style: Style) {
        self.lines.extend(wrap(text, look.columns).into_iter().map(|line| Line::styled(line, style)));
    }

    pub(crate) fn append(&mut self, other: Self) {
        let at = self.lines.len();
        self.lines.extend(other.lines);
        self.focus = other.focus.map(|(first, last)| (first + at, last + at)).or(self.focus);
        self.cursor = other.cursor.map(|(column, line)| (column, line + at)).or(self.cursor);
        self.is_shortened |= other.is_shortened;
    }
}

/// How a part is drawn: with which styles and words, how wide, and whether lines are scarce.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) phrases: &'static Phrases,
    /// The columns there are.
    pub(crate) columns: usize,
    /// The lines there are for the body.
    pub(crate) height: usize,
}

impl Look<'_> {
    /// Says whether lines are scarce, so that empty lines and explanations give way.
    fn is_low(self) -> bool {
        self.height < 12
    }
}

/// Draws a session on the whole frame.
pub fn draw(frame: &mut Frame<'_>, session: &Session, theme: &Theme) {
    let area = frame.area();
    if let Some(cursor) = draw_on(frame.buffer_mut(), area, session, theme) {
        frame.set_cursor_position(cursor);
    }
}

/// Gives the columns and lines that a page drawn on an area has for its body.
pub(crate) fn page_size(area: Rect) -> (usize, usize) {
    let block = Block::of(area);
    (usize::from(block.width), block.body_height())
}

/// Gives the first row of an area that is used.
pub(crate) fn first_row(area: Rect) -> u16 {
    Block::of(area).top
}

/// Lets a session know how far what is read goes on a screen of this size; beyond that it doesn't move.
pub fn fitted(session: Session, size: (u16, u16)) -> Session {
    match extent(&session, size) {
        Some(extent) => session.reaching(extent),
        None => session,
    }
}

fn extent(session: &Session, (columns, rows): (u16, u16)) -> Option<Extent> {
    let (block, theme) = (Block::of(Rect::new(0, 0, columns, rows)), Theme::plain());
    extent_in(session, look(session, &block, &theme))
}

/// Gives how far what is read goes in this room; `None` where nothing is read.
pub(super) fn extent_in(session: &Session, look: Look<'_>) -> Option<Extent> {
    session.line()?;
    Some(frame::extent(&body::view(session, look), look.height))
}

/// The parts of a page one by one, in the room there is.
pub(super) struct Parts {
    pub(super) header: Line<'static>,
    /// The lines of the body that are in sight.
    pub(super) body: Vec<Line<'static>>,
    pub(super) status: Vec<Line<'static>>,
    pub(super) hints: Line<'static>,
    /// Where the terminal's cursor stands: column and line of the body.
    pub(super) cursor: Option<(u16, usize)>,
}

/// Gives the parts of a session's page.
pub(super) fn parts(session: &Session, look: Look<'_>) -> Parts {
    let mut status = status::lines(session, look);
    status.truncate(look.height);
    let look = Look { height: (look.height + 1).saturating_sub(status.len()), ..look };
    let view = body::view(session, look);
    let (lines, first) = frame::window(&view, look.height, look);
    Parts {
        header: status::header(session, look),
        status,
        hints: status::hints(session, view.is_shortened, look),
        cursor: view.cursor.and_then(|(column, line)| Some((column, line.checked_sub(first)?))),
        body: lines.into_owned(),
    }
}

/// Draws a session on an area as on a screen of that size; gives where the terminal's cursor stands.
///
/// Nothing is drawn where there is no room for it: a window may shrink between a look at its size and the frame.
pub(crate) fn draw_on(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) -> Option<Position> {
    if is_too_small((area.width, area.height)) {
        return None;
    }
    let mut block = Block::of(area);
    let fitted = extent(session, (area.width, area.height)).map(|extent| session.clone().reaching(extent));
    let session = fitted.as_ref().unwrap_or(session);
    let mut status = status::lines(session, look(session, &block, theme));
    status.truncate(block.with_status(status.len()));
    let look = look(session, &block, theme);
    let body = body::view(session, look);
    let page =
        Page { header: status::header(session, look), status, hints: status::hints(session, body.is_shortened, look), body };
    draw_page(buffer, &block, &page, look).map(Position::from)
}

fn look<'a>(session: &Session, block: &Block, theme: &'a Theme) -> Look<'a> {
    Look { theme, phrases: session.phrases(), columns: usize::from(block.width), height: block.body_height() }
}
