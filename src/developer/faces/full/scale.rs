//! A scale as a row of points over a rule, or as a list where every point has a label or the row doesn't fit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use crate::developer::answering::Session;
use crate::response::Answer;
use crate::screen::text::{cut, width, wrap};
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
    let count = scale.points().len();
    let mark = |point: u8| mark(chosen == Some(point), cursor == Some(usize::from(point - scale.first)));
    let cell = (columns / count).min(6);
    if !scale.labels.is_empty() || cell < 3 {
        return as_list(scale, &mark, theme, columns);
    }
    let mut view = View::default();
    let points = scale.points().map(|point| point_span(point, mark(point), one_waits, cell, theme));
    view.push(Line::from(points.collect::<Vec<_>>()));
    view.push(rule(scale, &mark, cell, theme));
    anchors(&mut view, scale, theme, cell * count, columns);
    view.focus = Some((0, view.lines.len() - 1));
    view
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

/// Puts the meaning of the ends and the middle under the rule; on two lines where one is too short.
fn anchors(view: &mut View, scale: &Scale, theme: &Theme, wide: usize, columns: usize) {
    let text = |anchor: &Option<String>| anchor.clone().unwrap_or_default();
    let (low, mid, high) = (text(&scale.anchors.low), text(&scale.anchors.mid), text(&scale.anchors.high));
    let free = wide.saturating_sub(width(&low) + width(&mid) + width(&high));
    let needed = if mid.is_empty() { 2 } else { 4 };
    if low.is_empty() && mid.is_empty() && high.is_empty() {
        return;
    }
    if free < needed || wide < width(&low) + width(&high) {
        for (point, anchor) in [(scale.first, low), (mid_point(scale), mid), (scale.last, high)] {
            if !anchor.is_empty() {
                view.push(Line::styled(cut(&format!("{point} {anchor}"), columns), theme.faint()));
            }
        }
        return;
    }
    let centre = (wide.saturating_sub(width(&mid)) / 2).max(width(&low) + 2);
    let gap = centre - width(&low).min(centre);
    let first = format!("{low}{}{mid}", if mid.is_empty() { String::new() } else { " ".repeat(gap) });
    let rest = wide.saturating_sub(width(&first) + width(&high));
    view.push(Line::styled(format!("{first}{}{high}", " ".repeat(rest)), theme.faint()));
}

fn mid_point(scale: &Scale) -> u8 {
    scale.first.midpoint(scale.last)
}

fn as_list(scale: &Scale, mark: &impl Fn(u8) -> Mark, theme: &Theme, columns: usize) -> View {
    let mut view = View::default();
    for point in scale.points() {
        let mark = mark(point);
        let label = wrap(scale.label(point).unwrap_or_default(), columns.saturating_sub(6).max(4));
        let start = view.lines.len();
        for (at, line) in label.iter().enumerate() {
            let head = if at == 0 { format!("{:>4}  ", point_text(point, mark)) } else { " ".repeat(6) };
            let style = if mark == Mark::Nothing { theme.text() } else { point_style(mark, theme) };
            view.push(Line::from(vec![Span::styled(head, style), Span::styled(line.clone(), style)]));
        }
        if mark != Mark::Nothing {
            view.focus = Some((start, view.lines.len() - 1));
        }
    }
    view
}
