//! The survey's own screen, drawn in its whole size, of which the terminal shows as much as fits.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::super::layout::Layout;
use super::put;
use crate::developer::answering::Session;
use crate::developer::faces::full;
use crate::screen::text::cut;
use crate::screen::theme::Theme;

pub(super) fn draw(buffer: &mut Buffer, layout: &Layout, session: &Session, theme: &Theme) -> Option<Position> {
    let whole = Rect::new(0, 0, layout.size.0, layout.size.1);
    let mut screen = Buffer::empty(whole);
    let cursor = full::draw_on(&mut screen, whole, session, theme);
    let ((left, above), shown) = (layout.first, layout.shown);
    for position in shown.positions() {
        let (x, y) = (position.x - shown.x + left, position.y - shown.y + above);
        buffer[position] = screen[(x, y)].clone();
    }
    edges(buffer, layout, theme);
    let cursor = cursor?;
    let (x, y) = (cursor.x.checked_sub(left)?, cursor.y.checked_sub(above)?);
    (x < shown.width && y < shown.height).then(|| Position::new(shown.x + x, shown.y + y))
}

/// Draws the edge of a smaller screen, and marks where a larger one is cut.
fn edges(buffer: &mut Buffer, layout: &Layout, theme: &Theme) {
    let Layout { shown, size: (columns, rows), edges: (sides, ends), page, .. } = *layout;
    let (faint, accent) = (theme.faint(), theme.accent());
    let (left, right) = layout.cut_columns();
    for y in shown.rows().map(|row| row.y) {
        for (x, is_cut, mark) in [(shown.x.wrapping_sub(1), left > 0, "‹"), (shown.right(), right > 0, "›")] {
            if x < page.right() && (is_cut || sides) {
                buffer.set_string(x, y, if is_cut { mark } else { "│" }, faint);
            }
        }
    }
    if ends {
        let wide = Rect { x: shown.x - u16::from(sides), width: shown.width + 2 * u16::from(sides), height: 1, ..shown };
        let label = format!(" {columns}×{rows} ");
        edge(buffer, Rect { y: shown.y - 1, ..wide }, &label, sides.then_some(["┌", "┐"]), faint);
        edge(buffer, Rect { y: shown.bottom(), ..wide }, "", sides.then_some(["└", "┘"]), faint);
    }
    let (above, below) = layout.cut_rows();
    for (y, cut_rows, arrow) in [(shown.y.wrapping_sub(1), above, "▴"), (shown.bottom(), below, "▾")] {
        if cut_rows > 0 {
            let text = format!("{arrow} {cut_rows} more rows of {columns}×{rows}");
            let area = Rect { y, height: 1, ..shown };
            put(buffer, area, &Line::styled(cut(&text, usize::from(area.width)), accent));
        }
    }
}

fn edge(buffer: &mut Buffer, area: Rect, label: &str, corners: Option<[&str; 2]>, style: Style) {
    buffer.set_string(area.x, area.y, "─".repeat(usize::from(area.width)), style);
    buffer.set_stringn(area.x + 2, area.y, label, usize::from(area.width.saturating_sub(4)), style);
    if let Some([left, right]) = corners {
        buffer.set_string(area.x, area.y, left, style);
        buffer.set_string(area.right() - 1, area.y, right, style);
    }
}
