//! A matrix as a grid, or row by row where the grid doesn't fit.

use ratatui::text::{Line, Span};

use super::scale::{Marks, as_row, fitting, meanings, point_at};
use super::{Look, View};
use crate::developer::answering::Session;
use crate::response::{Answer, Cell};
use crate::screen::text::{cut, width, wrap};
use crate::survey::{Row, Scale};

const CELL: usize = 4;
const NARROWEST_LABEL: usize = 18;

/// Gives a matrix below so many lines of the question.
pub(super) fn view(session: &Session, (rows, scale): (&[Row], &Scale), above: usize, look: Look<'_>) -> View {
    let points = scale.points().len() * CELL;
    let room = look.columns.saturating_sub(points + 4);
    if look.is_low() || room < NARROWEST_LABEL {
        single(session, (rows, scale), above, look)
    } else {
        grid(session, rows, scale, look)
    }
}

fn grid(session: &Session, rows: &[Row], scale: &Scale, look: Look<'_>) -> View {
    let longest = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).max(NARROWEST_LABEL);
    let room = longest.min(look.columns - scale.points().len() * CELL - 4);
    let mut view = View::default();
    meanings(&mut view, scale, look);
    view.push("");
    view.pinned = view.lines.len();
    for (at, row) in rows.iter().enumerate() {
        let is_current = at == session.focus().row;
        let start = view.lines.len();
        for (line_at, line) in wrap(&row.label, room).into_iter().enumerate() {
            let is_first = line_at == 0;
            let pointer = if is_current && is_first { "▸ " } else { "  " };
            let style = if is_current { look.theme.question() } else { look.theme.text() };
            let pad = " ".repeat(room.saturating_sub(width(&line)) + 2);
            let mut spans = vec![Span::styled(pointer, look.theme.chosen()), Span::styled(format!("{line}{pad}"), style)];
            if is_first {
                spans.extend(points(session, row, is_current, scale, look));
            }
            view.push(Line::from(spans));
        }
        if is_current {
            view.focus = Some((start, view.lines.len() - 1));
        }
    }
    view
}

fn cell(session: &Session, row: &Row) -> Option<Cell> {
    match session.answer() {
        Some(Answer::Matrix(cells)) => cells.get(&row.code).copied(),
        _ => None,
    }
}

fn marks(session: &Session, row: &Row, is_current: bool, scale: &Scale) -> Marks {
    let chosen = match cell(session, row) {
        Some(Cell::Given(point)) => Some(point),
        _ => None,
    };
    let cursor = point_at(scale, session.focus().cursor).filter(|_| is_current);
    Marks { chosen, cursor, one_waits: false }
}

fn points(session: &Session, row: &Row, is_current: bool, scale: &Scale, look: Look<'_>) -> Vec<Span<'static>> {
    let marks = marks(session, row, is_current, scale);
    if let (Some(Cell::Missing(kind)), None) = (cell(session, row), marks.cursor) {
        let text = cut(&format!(" – {}", (look.phrases.answers.missing)(kind)), scale.points().len() * CELL);
        return vec![Span::styled(text, look.theme.faint())];
    }
    let span = |point: u8| {
        let style = marks.style(point, look.theme, look.theme.faint());
        [Span::styled(marks.text(point), style), Span::raw(" ")]
    };
    scale.points().flat_map(span).collect()
}

fn single(session: &Session, (rows, scale): (&[Row], &Scale), above: usize, look: Look<'_>) -> View {
    let at = session.focus().row;
    let Some(row) = rows.get(at) else { return View::default() };
    let mut view = View::default();
    let missing = match cell(session, row) {
        Some(Cell::Missing(kind)) => format!(" – {}", (look.phrases.answers.missing)(kind)),
        _ => String::new(),
    };
    let place = (look.phrases.lists.row)(at + 1, rows.len());
    view.push_wrapped(&format!("▸ {} ({place}){missing}", row.label), look, look.theme.chosen());
    let labelled = view.lines.len();
    let marks = marks(session, row, true, scale);
    view.append(fitting(as_row(scale, &marks, look), scale, &marks, above + labelled, look));
    view.focus = Some((0, labelled));
    view
}
