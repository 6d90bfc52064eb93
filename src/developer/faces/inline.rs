//! A few lines under the prompt: the same question, answers and keys as on the full screen, in as little room as they need.
//!
//! ```text
//! $ deployctl rollout checkout
//! ✓ deployed in 48 s
//! ▏ Golden path                                    ●○  1 of 2 · 10 s left      header, where there is room
//! ▏ How easy was this deployment?                                              body: scrolls as on the full screen
//! ▏  1     2     3     4     5     6     7
//! ▏ very hard ……………………………… very easy
//! ▏ 1–7 answer · s skip … · esc menu · ? help                    ◈ anonymous   hints
//! ```

use ratatui::text::{Line, Span};

use super::full::{self, Look};
use crate::developer::answering::Session;
use crate::screen::theme::Theme;

/// What stands before each line, and the columns it takes.
const EDGE: &str = "▏ ";
const EDGE_WIDTH: usize = 2;

/// The most lines that are taken from what was on the screen.
const MOST: usize = 13;

/// The fewest lines in which there is room for a header.
const WITH_HEADER: usize = 7;

/// What is drawn: lines, and where the terminal's cursor stands in them.
pub(super) struct Strip {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) cursor: Option<(u16, usize)>,
}

/// The room there is on a terminal of some columns and rows, under one row at least of what was there.
#[derive(Debug, Clone, Copy)]
struct Room {
    columns: usize,
    has_header: bool,
    /// Whether there is too little for a scale with its question.
    is_low: bool,
    body: usize,
}

impl Room {
    fn of((columns, rows): (u16, u16)) -> Self {
        let all = usize::from(rows.saturating_sub(1)).clamp(1, MOST);
        let has_header = all >= WITH_HEADER;
        // The last column stays free: what is written there makes terminals wrap in different ways.
        let columns = usize::from(columns).saturating_sub(EDGE_WIDTH + 1).clamp(1, usize::from(full::WIDEST));
        // Status and hints stand below.
        let body = all.saturating_sub(2 + usize::from(has_header)).max(1);
        Self { columns, has_header, is_low: body < 4, body }
    }

    fn look<'t>(self, session: &Session, theme: &'t Theme) -> Look<'t> {
        Look { theme, phrases: session.phrases(), columns: self.columns, height: self.body }
    }
}

/// Lets a session know how far what is read goes in the room there is; beyond that it doesn't move.
pub(super) fn fitted(session: Session, size: (u16, u16)) -> Session {
    let (room, theme) = (Room::of(size), Theme::plain());
    match full::extent_in(&session, room.look(&session, &theme)) {
        Some(extent) => session.reaching(extent),
        None => session,
    }
}

/// Gives the lines of a session on a terminal of this size.
pub(super) fn strip(session: &Session, size: (u16, u16), theme: &Theme) -> Strip {
    let room = Room::of(size);
    let mut parts = full::parts(session, room.look(session, theme));
    // A rule alone tells nothing, and its line is worth more to the question.
    if !parts.status.iter().any(|line| line.to_string().contains(|c| !matches!(c, '─' | ' '))) {
        let roomier = Room { body: room.body + usize::from(room.is_low), ..room };
        parts = full::parts(session, roomier.look(session, theme));
        parts.status = Vec::new();
    }
    let header = room.has_header.then_some(parts.header);
    let above = usize::from(header.is_some());
    let lines = header.into_iter().chain(parts.body).chain(parts.status).chain([parts.hints]);
    let edged = |line: Line<'static>| {
        let style = line.style;
        let spans = line.spans.into_iter().map(|span| Span { style: style.patch(span.style), ..span });
        Line::from([Span::styled(EDGE, theme.accent())].into_iter().chain(spans).collect::<Vec<_>>())
    };
    let cursor = parts.cursor.map(|(column, line)| {
        let last = u16::try_from(EDGE_WIDTH + room.columns).unwrap_or(u16::MAX);
        ((column + 2).min(last), line + above)
    });
    Strip { lines: lines.map(edged).collect(), cursor }
}
