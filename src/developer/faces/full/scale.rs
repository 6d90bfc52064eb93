//! A scale as a row of points over a rule, or as a list where every point has a label or the row doesn't fit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use super::list::{self, Entry};
use crate::developer::answering::Session;
use crate::response::Answer;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;
use crate::survey::Scale;

/// What is shown at a point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Nothing,
    Cursor,
    Chosen,
    ChosenUnderCursor,
}

pub(super) fn view(session: &Session, scale: &Scale, theme: &Theme, columns: usize) -> View {
    let chosen = match session.answer() {
        Some(Answer::Scale(point)) => Some(*point),
        _ => None,
    };
    row_or_list(scale, chosen, session.focus().cursor, session.focus().one_waits, theme, columns)
}

/// Gives a scale with what is chosen and what is under the cursor.
pub(super) fn row_or_list(
    scale: &Scale,
    chosen: Option<u8>,
    cursor: Option<usize>,
    one_waits: bool,
    theme: &Theme,
    columns: usize,
) -> View {
    let mark = |point: u8| mark(chosen == Some(point), cursor == Some(usize::from(point - scale.first)));
    let cell = roomy(scale, columns);
    if !scale.labels.is_empty() || cell < 3 {
        return as_list(scale, &mark, theme, columns);
    }
    let mut view = View::default();
    let points = scale.points().map(|point| point_span(point, mark(point), one_waits, cell, theme));
    view.push(Line::from(points.collect::<Vec<_>>()));
    view.push(rule(scale, &mark, cell, theme));
    anchors(&mut view, scale, theme, cell, columns);
    view.focus = Some((0, view.lines.len() - 1));
    view
}

/// Gives the columns of a point: as many as let the anchors stand under the rule, at most what there is.
fn roomy(scale: &Scale, columns: usize) -> usize {
    let count = scale.points().len();
    let anchors = [&scale.anchors.low, &scale.anchors.mid, &scale.anchors.high];
    let longest = anchors.iter().filter_map(|anchor| anchor.as_deref()).map(width).max().unwrap_or(0);
    let (between, together): (usize, usize) = match scale.anchors.mid {
        // The middle one is centred, so each half must hold an outer one and half of it.
        Some(_) => (4, longest * 3),
        None => (2, longest * 2),
    };
    (together + between).div_ceil(count).max(6).min(columns / count)
}

fn mark(is_chosen: bool, is_under_cursor: bool) -> Mark {
    match (is_chosen, is_under_cursor) {
        (true, true) => Mark::ChosenUnderCursor,
        (true, false) => Mark::Chosen,
        (false, true) => Mark::Cursor,
        (false, false) => Mark::Nothing,
    }
}

/// Gives a point in its brackets: `[9]` chosen, `‹9›` under the cursor, `1_` waiting for a second digit.
pub(super) fn point_text(point: u8, mark: Mark) -> String {
    match mark {
        Mark::Nothing => format!(" {point} "),
        Mark::Cursor => format!("‹{point}›"),
        Mark::Chosen | Mark::ChosenUnderCursor => format!("[{point}]"),
    }
}

pub(super) fn point_style(mark: Mark, theme: &Theme) -> Style {
    match mark {
        Mark::Nothing => theme.text(),
        Mark::Cursor | Mark::ChosenUnderCursor => theme.cursor(),
        Mark::Chosen => theme.chosen(),
    }
}

fn point_span(point: u8, mark: Mark, one_waits: bool, cell: usize, theme: &Theme) -> Span<'static> {
    let text = if one_waits && point == 1 { "1_".to_owned() } else { point_text(point, mark) };
    let text = if cell < 4 && point > 9 { text.replace(' ', "") } else { text };
    Span::styled(format!("{text:^cell$}"), point_style(mark, theme))
}

fn rule(scale: &Scale, mark: &impl Fn(u8) -> Mark, cell: usize, theme: &Theme) -> Line<'static> {
    let middle = cell.saturating_sub(1) / 2;
    let mut spans = Vec::new();
    for point in scale.points() {
        let is_marked = mark(point) != Mark::Nothing;
        let tick = match (is_marked, point == scale.first, point == scale.last) {
            (true, ..) => "╿",
            (_, true, _) | (_, _, true) => "╵",
            _ => "─",
        };
        let left = if point == scale.first { " " } else { "─" };
        let right = if point == scale.last { " " } else { "─" };
        spans.push(Span::styled(left.repeat(middle), theme.faint()));
        spans.push(Span::styled(tick, if is_marked { theme.chosen() } else { theme.faint() }));
        spans.push(Span::styled(right.repeat(cell - middle - 1), theme.faint()));
    }
    Line::from(spans)
}

/// Puts the meaning of the ends and the middle under the rule; on lines of their own where they don't fit beside each other.
fn anchors(view: &mut View, scale: &Scale, theme: &Theme, cell: usize, columns: usize) {
    let text = |anchor: &Option<String>| anchor.clone().unwrap_or_default();
    let (low, mid, high) = (text(&scale.anchors.low), text(&scale.anchors.mid), text(&scale.anchors.high));
    if low.is_empty() && mid.is_empty() && high.is_empty() {
        return;
    }
    // The outer anchors begin and end where the rule does, the middle one is centred under its point.
    let wide = cell * scale.points().len();
    let edge = cell.saturating_sub(1) / 2;
    let middle = (wide / 2).saturating_sub(width(&mid) / 2);
    let end = (wide - (cell - edge - 1)).saturating_sub(width(&high));
    let mut line = String::new();
    for (start, anchor) in [(edge, &low), (middle, &mid), (end, &high)].into_iter().filter(|(_, anchor)| !anchor.is_empty()) {
        let used = width(&line);
        if start < used + usize::from(used > 0) * 2 {
            return anchor_lines(view, scale, [&low, &mid, &high], theme, columns);
        }
        line = format!("{line}{}{anchor}", " ".repeat(start - used));
    }
    view.push(Line::styled(line, theme.faint()));
}

fn anchor_lines(view: &mut View, scale: &Scale, anchors: [&str; 3], theme: &Theme, columns: usize) {
    for (point, anchor) in [scale.first, mid_point(scale), scale.last].into_iter().zip(anchors) {
        if !anchor.is_empty() {
            view.push(Line::styled(cut(&format!(" {point} {anchor}"), columns), theme.faint()));
        }
    }
}

fn mid_point(scale: &Scale) -> u8 {
    scale.first.midpoint(scale.last)
}

fn as_list(scale: &Scale, mark: &impl Fn(u8) -> Mark, theme: &Theme, columns: usize) -> View {
    let mut view = View::default();
    for point in scale.points() {
        let mark = mark(point);
        let is_chosen = matches!(mark, Mark::Chosen | Mark::ChosenUnderCursor);
        let entry = Entry {
            key: format!("{point}"),
            mark: if is_chosen { "●" } else { "○" }.to_owned(),
            label: scale.label(point).unwrap_or_default().to_owned(),
            style: if is_chosen { theme.chosen() } else { theme.text() },
            is_under_cursor: matches!(mark, Mark::Cursor | Mark::ChosenUnderCursor),
        };
        list::push(&mut view, &entry, columns, theme);
    }
    view
}
