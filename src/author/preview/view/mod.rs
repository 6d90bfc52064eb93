//! How a preview looks: the survey's own screen within its edges, or a page of the preview's own, and two lines below.
//!
//! Pure: from a preview to cells.

mod bar;
mod pages;
mod screen;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::layout::layout;
use super::state::Preview;
use crate::developer::faces::is_too_small;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// Draws a preview.
pub(super) fn draw(frame: &mut Frame<'_>, preview: &Preview, theme: &Theme) {
    let area = frame.area();
    if let Some(cursor) = draw_on(frame.buffer_mut(), area, preview, theme) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws a preview on an area; gives where the terminal's cursor stands.
pub(super) fn draw_on(buffer: &mut Buffer, area: Rect, preview: &Preview, theme: &Theme) -> Option<Position> {
    if is_too_small((area.width, area.height)) {
        put(buffer, area, &Line::styled("too small to preview", theme.warning()));
        return None;
    }
    let layout = layout((area.width, area.height), preview.size());
    let cursor = match &preview.trial {
        Some(trial) if !preview.covers_survey() => screen::draw(buffer, &layout, &trial.session, theme),
        _ => pages::draw(buffer, layout.page, preview, theme),
    };
    bar::draw(buffer, &layout, preview, theme);
    cursor
}

/// Writes a line at the start of an area, as far as it fits.
fn put(buffer: &mut Buffer, area: Rect, line: &Line<'_>) {
    if area.height > 0 {
        buffer.set_line(area.x, area.y, line, area.width);
    }
}

/// Gives the beginning of hints that fit into columns, with a mark where any is left out, and then what is `kept` in any case.
fn hints(hints: &[String], kept: &str, columns: usize) -> String {
    let all = hints.iter().map(String::as_str).chain([kept]).filter(|hint| !hint.is_empty()).collect::<Vec<_>>().join(" · ");
    if width(&all) <= columns {
        return all;
    }
    let beginning = |shown: usize| hints[..shown].iter().map(|hint| format!("{hint} · ")).collect::<String>() + "… " + kept;
    (0..hints.len()).rev().map(beginning).find(|text| width(text) <= columns).unwrap_or_else(|| cut(kept, columns))
}
