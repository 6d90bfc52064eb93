//! A scale as a row of points over a rule, as a list where every point has a label or the row doesn't fit, or with points and labels one
//! after the other where lines are scarce: whoever answers sees all points at once, since those they don't see are answered less.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::{self, Entry};
use super::{Look, View};
use crate::developer::answering::Session;
use crate::response::Answer;
use crate::screen::text::{one_line, width, wrap};
use crate::screen::theme::Theme;
use crate::survey::{Scale, Text};

/// The narrowest and the usual columns of a point.
const NARROW: usize = 3;
const USUAL: usize = 6;
/// What stands between the meanings of two points on one line.
const BETWEEN: &str = "   ";

/// What is marked on a scale.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// The point that was chosen.
    pub(super) chosen: Option<u8>,
    /// The point under the cursor.
    pub(super) cursor: Option<u8>,
    /// Whether a `1` waits for a second digit.
    pub(super) one_waits: bool,
}

impl Marks {
    /// Gives a point in its brackets: `[9]` chosen, `‹9›` under the cursor, `1_` waiting for a second digit.
    pub(super) fn text(&self, point: u8) -> String {
        match () {
            () if self.one_waits && point == 1 => " 1_".to_owned(),
            () if self.chosen == Some(point) => format!("[{point}]"),
            () if self.cursor == Some(point) => format!("‹{point}›"),
            () => format!(" {point} "),
        }
    }

    /// Gives the style of a point; `otherwise` is that of points without a mark.
    pub(super) fn style(&self, point: u8, theme: &Theme, otherwise: Style) -> Style {
        match () {
            () if self.chosen == Some(point) => theme.chosen(),
            () if self.cursor == Some(point) => theme.cursor(),
            () => otherwise,
        }
    }

    fn has(&self, point: u8) -> bool {
        self.chosen == Some(point) || self.cursor == Some(point)
    }
}

/// Gives the point at a place of a scale, from 0.
pub(super) fn point_at(scale: &Scale, place: Option<usize>) -> Option<u8> {
    scale.shown().nth(place?)
}

/// Gives a scale below so many lines of the question.
pub(super) fn view(session: &Session, scale: &Scale, above: usize, look: Look<'_>) -> View {
    let chosen = match session.answer() {
        Some(Answer::Scale(point)) => Some(*point),
        _ => None,
    };
    let focus = session.focus();
    let marks = Marks { chosen, cursor: point_at(scale, focus.cursor), one_waits: focus.one_waits };
    let usual = if scale.labels.is_empty() { as_row(scale, &marks, look) } else { as_list(scale, &marks, look) };
    fitting(usual, scale, &marks, above, look)
}

/// Gives a scale as it usually is, or with points and labels one after the other where that doesn't fit below so many lines.
pub(super) fn fitting(usual: View, scale: &Scale, marks: &Marks, above: usize, look: Look<'_>) -> View {
    let labelled = scale.points().filter(|point| scale.label(*point).is_some()).count();
    let is_fitting = usual.lines.len() + above <= look.height;
    // Two ends are told apart from points as well by a row.
    if is_fitting || labelled < 3 { usual } else { as_text(scale, marks, look) }
}

/// Gives a scale as a row of points with what they mean under it; as a list where the row doesn't fit.
pub(super) fn as_row(scale: &Scale, marks: &Marks, look: Look<'_>) -> View {
    let cell = cell(scale, look.columns);
    if cell < NARROW {
        return as_list(scale, marks, look);
    }
    let mut view = View::default();
    let point = |point: u8| {
        let text = marks.text(point);
        let text = if cell < 4 && point > 9 { text.trim().to_owned() } else { text };
        let free = cell.saturating_sub(width(&text));
        let style = marks.style(point, look.theme, look.theme.text());
        // A number of two digits without its spaces keeps its distance from the one before.
        let left = if text.len() < NARROW { free.div_ceil(2) } else { free / 2 };
        [Span::raw(" ".repeat(left)), Span::styled(text, style), Span::raw(" ".repeat(free - left))]
    };
    view.push(Line::from(scale.shown().flat_map(point).collect::<Vec<_>>()));
    match beside(scale, cell) {
        Some(line) => {
            view.push(rule(scale, marks, cell, look.theme));
            view.push(Line::styled(line, look.theme.faint()));
        }
        None => meanings(&mut view, scale, look),
    }
    view.focus = Some((0, view.lines.len() - 1));
    view
}

/// Gives the columns of a point: as many as let the anchors stand under the rule, at most what there is.
fn cell(scale: &Scale, columns: usize) -> usize {
    let count = scale.points().len();
    let anchors = [&scale.anchors.low, &scale.anchors.mid, &scale.anchors.high];
    let longest = anchors.iter().filter_map(|anchor| anchor.as_deref()).map(width).max().unwrap_or(0);
    // The brackets around a 10 take a column more than a narrow cell has.
    let most = columns.saturating_sub(usize::from(scale.last > 9)) / count;
    // The middle one is centred, so each half must hold an outer one and half of it; a point has a column on each side.
    let together = if scale.anchors.mid.is_some() { longest * 3 + 4 } else { longest * 2 + 2 };
    let wanted = (together + count).div_ceil(count).max(USUAL).min(most);
    if beside(scale, wanted).is_some() { wanted } else { USUAL.min(most) }
}

/// Gives the anchors in one line: the outer ones begin and end where the rule does, the middle one is centred under its point.
fn beside(scale: &Scale, cell: usize) -> Option<String> {
    if !scale.labels.is_empty() {
        return None;
    }
    let text = |anchor: &Option<Text>| one_line(anchor.as_deref().unwrap_or_default()).into_owned();
    let (mut low, mid, mut high) = (text(&scale.anchors.low), text(&scale.anchors.mid), text(&scale.anchors.high));
    if scale.is_reversed {
        std::mem::swap(&mut low, &mut high);
    }
    let wide = cell * scale.points().len();
    let edge = cell.saturating_sub(1) / 2;
    let middle = (wide / 2).saturating_sub(width(&mid) / 2);
    let end = (wide - (cell - edge - 1)).saturating_sub(width(&high));
    let mut line = String::new();
    for (start, anchor) in [(edge, &low), (middle, &mid), (end, &high)].into_iter().filter(|(_, anchor)| !anchor.is_empty()) {
        let used = width(&line);
        if start < used + usize::from(used > 0) * 2 {
            return None;
        }
        line = format!("{line}{}{anchor}", " ".repeat(start - used));
    }
    (width(&line) <= wide).then_some(line)
}

fn rule(scale: &Scale, marks: &Marks, cell: usize, theme: &Theme) -> Line<'static> {
    let middle = cell.saturating_sub(1) / 2;
    let mut spans = Vec::new();
    let end = scale.points().len() - 1;
    for (place, point) in scale.shown().enumerate() {
        let is_marked = marks.has(point);
        let tick = match (is_marked, place == 0 || place == end) {
            (true, _) => "╿",
            (false, true) => "╵",
            (false, false) => "─",
        };
        let left = if place == 0 { " " } else { "─" };
        let right = if place == end { " " } else { "─" };
        spans.push(Span::styled(left.repeat(middle), theme.faint()));
        spans.push(Span::styled(tick, if is_marked { theme.chosen() } else { theme.faint() }));
        spans.push(Span::styled(right.repeat(cell - middle - 1), theme.faint()));
    }
    Line::from(spans)
}

/// Puts what the points mean, side by side where there is room; what needs more than a line has lines of its own.
pub(super) fn meanings(view: &mut View, scale: &Scale, look: Look<'_>) {
    let mut lines: Vec<String> = Vec::new();
    let mut stands_alone = true;
    for (point, label) in scale.shown().filter_map(|point| Some((point, scale.label(point)?))) {
        let meaning = hung(&format!("{point} "), &one_line(label), look.columns);
        let fits = |line: &String| width(line) + width(BETWEEN) + width(&meaning[0]) <= look.columns;
        match lines.last_mut().filter(|line| !stands_alone && meaning.len() == 1 && fits(line)) {
            Some(line) => line.extend([BETWEEN, &meaning[0]]),
            None => {
                stands_alone = meaning.len() > 1;
                lines.extend(meaning);
            }
        }
    }
    lines.into_iter().for_each(|line| view.push(Line::styled(line, look.theme.faint())));
}

/// Breaks a text with something before it; further lines stand under the first one's text.
fn hung(head: &str, text: &str, columns: usize) -> Vec<String> {
    let indent = width(head);
    let lead = |at: usize| if at == 0 { head.to_owned() } else { " ".repeat(indent) };
    let lines = wrap(text, columns.saturating_sub(indent)).into_iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}", lead(at))).collect()
}

/// Gives the points one after the other, each with its label.
fn as_text(scale: &Scale, marks: &Marks, look: Look<'_>) -> View {
    let mut view = View::default();
    let mut line: Vec<Span<'static>> = Vec::new();
    for point in scale.shown() {
        let key = marks.text(point);
        let labels = wrap(&one_line(scale.label(point).unwrap_or_default()), look.columns.saturating_sub(width(&key)));
        let used: usize = line.iter().map(|span| width(&span.content)).sum();
        let fits = labels.len() == 1 && used + 1 + width(&key) + width(&labels[0]) <= look.columns;
        match (used > 0, fits) {
            (true, true) => line.push(Span::raw(" ")),
            (true, false) => view.push(std::mem::take(&mut line)),
            (false, _) => {}
        }
        if marks.has(point) {
            view.focus = Some((view.lines.len(), view.lines.len() + labels.len() - 1));
        }
        let style = if marks.chosen == Some(point) { look.theme.chosen() } else { look.theme.text() };
        for (at, label) in labels.into_iter().enumerate() {
            let lead = if at == 0 {
                Span::styled(key.clone(), marks.style(point, look.theme, style))
            } else {
                view.push(std::mem::take(&mut line));
                Span::raw(" ".repeat(width(&key)))
            };
            line.extend([lead, Span::styled(label, style)]);
        }
    }
    view.push(line);
    view
}

fn as_list(scale: &Scale, marks: &Marks, look: Look<'_>) -> View {
    let mut view = View::default();
    for point in scale.shown() {
        let is_chosen = marks.chosen == Some(point);
        let mark = match (is_chosen, marks.one_waits && point == 1) {
            (_, true) => "_",
            (true, false) => "●",
            (false, false) => "○",
        };
        let entry = Entry {
            key: format!("{point}"),
            mark: mark.to_owned(),
            label: scale.label(point).unwrap_or_default().to_owned(),
            style: if is_chosen { look.theme.chosen() } else { look.theme.text() },
            is_under_cursor: marks.cursor == Some(point),
        };
        list::push(&mut view, &entry, look);
    }
    view
}
