//! A matrix as a grid, or row by row where the grid doesn't fit.

use ratatui::text::{Line, Span};

use super::View;
use super::scale::{Mark, point_style, point_text, row_or_list};
use crate::developer::answering::Session;
use crate::developer::faces::words;
use crate::response::{Answer, Cell};
use crate::screen::text::{cut, width, wrap};
use crate::screen::theme::Theme;
use crate::survey::{Row, Scale};

const CELL: usize = 4;
const NARROWEST_LABEL: usize = 18;

pub(super) fn view(session: &Session, rows: &[Row], scale: &Scale, theme: &Theme, columns: usize) -> View {
    let points = scale.points().len() * CELL;
    match columns.checked_sub(points + 4).filter(|room| *room >= NARROWEST_LABEL) {
        Some(room) => grid(session, rows, scale, theme, room.min(longest(rows)), columns),
        None => single(session, rows, scale, theme, columns),
    }
}

fn longest(rows: &[Row]) -> usize {
    rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).max(NARROWEST_LABEL)
}

fn cell(session: &Session, row: &Row) -> Option<Cell> {
    match session.answer() {
        Some(Answer::Matrix(cells)) => cells.get(&row.code).copied(),
        _ => None,
    }
}

fn grid(session: &Session, rows: &[Row], scale: &Scale, theme: &Theme, room: usize, columns: usize) -> View {
    let mut view = View::default();
    legend(&mut view, scale, theme, columns);
    let focus = session.focus();
    for (at, row) in rows.iter().enumerate() {
        let is_current = at == focus.row;
        let start = view.lines.len();
        let lines = wrap(&row.label, room);
        for (line_at, line) in lines.iter().enumerate() {
            let pointer = if is_current && line_at == 0 { "▸ " } else { "  " };
            let style = if is_current { theme.question() } else { theme.text() };
            let pad = " ".repeat(room.saturating_sub(width(line)) + 2);
            let mut spans = vec![Span::styled(pointer, theme.chosen()), Span::styled(format!("{line}{pad}"), style)];
            if line_at == 0 {
                spans.extend(points(cell(session, row), focus.cursor.filter(|_| is_current), scale, theme));
            }
            view.push(Line::from(spans));
        }
        if is_current {
            view.focus = Some((start, view.lines.len() - 1));
        }
    }
    view
}

fn points(cell: Option<Cell>, cursor: Option<usize>, scale: &Scale, theme: &Theme) -> Vec<Span<'static>> {
    if let Some(Cell::Missing(kind)) = cell {
        return vec![Span::styled(cut(&format!("– {}", words::missing(kind)), scale.points().len() * CELL), theme.faint())];
    }
    let mark = |point: u8| {
        let is_under_cursor = cursor == Some(usize::from(point - scale.first));
        match (cell == Some(Cell::Given(point)), is_under_cursor) {
            (true, _) => Mark::Chosen,
            (false, true) => Mark::Cursor,
            (false, false) => Mark::Nothing,
        }
    };
    let span = |point: u8| {
        let style = if mark(point) == Mark::Nothing { theme.faint() } else { point_style(mark(point), theme) };
        Span::styled(format!("{:^CELL$}", point_text(point, mark(point))), style)
    };
    scale.points().map(span).collect()
}

fn legend(view: &mut View, scale: &Scale, theme: &Theme, columns: usize) {
    let meaning = |point: u8| scale.label(point).map(|label| format!("{point} {label}"));
    let text = scale.points().filter_map(meaning).collect::<Vec<_>>().join(" · ");
    if !text.is_empty() {
        wrap(&text, columns).into_iter().for_each(|line| view.push(Line::styled(line, theme.faint())));
        view.push("");
    }
}

fn single(session: &Session, rows: &[Row], scale: &Scale, theme: &Theme, columns: usize) -> View {
    let focus = session.focus();
    let Some(row) = rows.get(focus.row) else { return View::default() };
    let mut view = View::default();
    let label = format!("▸ {} ({} of {})", row.label, focus.row + 1, rows.len());
    wrap(&label, columns).into_iter().for_each(|line| view.push(Line::styled(line, theme.chosen())));
    let chosen = match cell(session, row) {
        Some(Cell::Given(point)) => Some(point),
        Some(Cell::Missing(kind)) => {
            view.push(Line::styled(cut(&format!("– {}", words::missing(kind)), columns), theme.faint()));
            None
        }
        None => None,
    };
    let start = 0;
    view.append(row_or_list(scale, chosen, focus.cursor, false, theme, columns));
    view.focus = view.focus.map(|(_, last)| (start, last)).or(Some((start, view.lines.len() - 1)));
    view
}
