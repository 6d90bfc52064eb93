//! What figures are drawn with: bars, and cells with a style each.
//!
//! No meaning hangs on a colour: what differs has another character or another place.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Figure, Look, plain};
use crate::screen::text::{cut, width};

/// Parts of a cell, in eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Cells of one line, each with its style.
#[derive(Debug, Clone)]
pub(super) struct Cells(Vec<(char, Style)>);

impl Cells {
    pub(super) fn blank(columns: usize) -> Self {
        Self(vec![(' ', Style::new()); columns])
    }

    /// Puts a character into a cell, if there is one.
    pub(super) fn set(&mut self, at: usize, mark: char, style: Style) {
        if let Some(cell) = self.0.get_mut(at) {
            *cell = (mark, style);
        }
    }

    /// Puts a character into a cell that is still blank.
    pub(super) fn set_blank(&mut self, at: usize, mark: char, style: Style) {
        if self.0.get(at).is_some_and(|(now, _)| *now == ' ') {
            self.set(at, mark, style);
        }
    }

    /// Puts a character into cells one after the other.
    pub(super) fn fill(&mut self, cells: std::ops::Range<usize>, mark: char, style: Style) {
        cells.for_each(|at| self.set(at, mark, style));
    }

    /// Gives the cells as text, those of one style together.
    pub(super) fn spans(self) -> Vec<Span<'static>> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for (mark, style) in self.0 {
            match spans.last_mut().filter(|span| span.style == style) {
                Some(span) => span.content.to_mut().push(mark),
                None => spans.push(Span::styled(mark.to_string(), style)),
            }
        }
        spans
    }
}

/// Gives how many cells a share of some takes.
pub(super) fn cells(share: f64, columns: usize) -> usize {
    whole(share.clamp(0.0, 1.0) * columns as f64).min(columns)
}

/// Gives the nearest whole number of something that isn't negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a screen are small and not negative")]
pub(super) fn whole(number: f64) -> usize {
    number.max(0.0).round() as usize
}

/// Gives a bar filled to a share, to an eighth of a cell.
pub(super) fn bar(share: f64, columns: usize) -> String {
    let eighths = whole(share.clamp(0.0, 1.0) * columns as f64 * 8.0);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// A name with the share of a bar, and what stands beside it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) share: f64,
    pub(super) beside: String,
}

/// The fewest columns that a bar has for the whole, where names stand before bars.
const SHORTEST: usize = 16;

/// Draws rows of bars: the name before the bar, or above it where it is narrow.
pub(super) fn rows(rows: &[Row], look: Look<'_>) -> Figure {
    let widest = |of: fn(&Row) -> &str| rows.iter().map(|row| width(of(row))).max().unwrap_or_default();
    let (names, beside) = (widest(|row| &row.name), widest(|row| &row.beside));
    let is_wide = look.columns >= 50;
    let free = look.columns.saturating_sub(beside + if is_wide { 3 } else { 1 });
    let names = if is_wide { names.min(free.saturating_sub(SHORTEST)) } else { 0 };
    let room = free - names;
    let mut figure = Figure::new();
    for row in rows {
        let drawn = bar(row.share, room);
        let rest = " ".repeat(room.saturating_sub(width(&drawn)) + 1 + beside - width(&row.beside));
        let mut line =
            vec![Span::styled(drawn, look.theme.accent()), Span::raw(rest), Span::styled(row.beside.clone(), look.theme.text())];
        if is_wide {
            let name = cut(&plain(&row.name), names);
            let gap = " ".repeat(names - width(&name) + 2);
            line.insert(0, Span::styled(name + &gap, look.theme.text()));
        } else {
            figure.push(Line::styled(cut(&plain(&row.name), look.columns), look.theme.text()));
        }
        figure.push(Line::from(line));
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_end_at_an_eighth_of_a_cell() {
        let drawn = [0.0, 0.5, 1.0, 2.0, 0.3].map(|share| bar(share, 4));
        assert_eq!(drawn, ["", "██", "████", "████", "█▎"]);
        assert_eq!([cells(0.5, 5), cells(-1.0, 5), cells(9.0, 5)], [3, 0, 5]);
    }
}
