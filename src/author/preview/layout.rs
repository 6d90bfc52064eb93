//! Where things are on the terminal: the survey's screen, the marks around it, and the preview's own two lines.
//!
//! ```text
//!  ┌ 40×10 ────────┐       a screen smaller than the terminal has an edge
//!  │ the survey     │       one that is larger is cut around its text, with a mark at every cut
//!  └────────────────┘
//!  ┄┄ preview ┄┄┄┄┄┄┄┄     two lines at the bottom where the survey can spare them
//!  f7 questions · …
//! ```

use ratatui::layout::Rect;

use super::state::Size;
use crate::developer::faces::full;

/// The rows of a screen from which on a survey spares two: with fewer it leaves out the space between its parts.
const ROOMY: u16 = 18;
/// The rows of the preview's own.
const BAR: u16 = 2;

/// Where things are on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The preview's own lines; `None` where there is no room for them.
    pub(crate) bar: Option<Rect>,
    /// Everything else: where pages of the preview's own are drawn.
    pub(crate) page: Rect,
    /// The part of the survey's screen that is shown.
    pub(crate) shown: Rect,
    /// Columns and rows of the survey's screen.
    pub(crate) size: (u16, u16),
    /// The column and the row of the survey's screen that stand first in what is shown.
    pub(crate) first: (u16, u16),
    /// Whether there is an edge at both sides, and above and below.
    pub(crate) edges: (bool, bool),
}

impl Layout {
    /// Gives the columns that are cut off at the left and at the right.
    pub(crate) fn cut_columns(&self) -> (u16, u16) {
        (self.first.0, self.size.0 - self.first.0 - self.shown.width)
    }

    /// Gives the rows that are cut off above and below.
    pub(crate) fn cut_rows(&self) -> (u16, u16) {
        (self.first.1, self.size.1 - self.first.1 - self.shown.height)
    }
}

/// Places a screen of a size on a terminal of columns and rows.
pub(crate) fn layout((columns, rows): (u16, u16), size: Size) -> Layout {
    let has_bar = match size {
        Size::Window => rows >= ROOMY,
        Size::Cells(_, high) => rows >= high.saturating_add(BAR) || (rows < high && rows >= ROOMY),
    };
    let above = if has_bar { rows - BAR } else { rows };
    let page = Rect::new(0, 0, columns, above);
    let bar = has_bar.then(|| Rect::new(0, above, columns, BAR));
    let Size::Cells(wide, high) = size else {
        return Layout { bar, page, shown: page, size: (columns, above), first: (0, 0), edges: (false, false) };
    };
    let (across, down) = (across(page.width, wide), down(page.height, wide, high));
    Layout {
        bar,
        page,
        shown: Rect::new(across.place, down.place, across.shown, down.shown),
        size: (wide, high),
        first: (across.first, down.first),
        edges: (across.has_edges, down.has_edges),
    }
}

/// A length of cells within a room that may be smaller.
struct Span {
    /// Where in the room it starts.
    place: u16,
    /// How much of it is shown.
    shown: u16,
    /// The cell of it that is shown first.
    first: u16,
    /// Whether an edge fits at both ends.
    has_edges: bool,
}

/// Places columns in the middle; where they are cut, the middle is shown: that is where the text stands.
fn across(room: u16, wide: u16) -> Span {
    uncut(room, wide, 2).unwrap_or_else(|| {
        let shown = room.saturating_sub(2);
        Span { place: 1, shown, first: (wide - shown) / 2, has_edges: false }
    })
}

/// Places rows in the upper part; where they are cut, they are shown from the first line of text on.
fn down(room: u16, wide: u16, high: u16) -> Span {
    uncut(room, high, 3).unwrap_or_else(|| {
        let text = full::first_row(Rect::new(0, 0, wide, high));
        // A row below for the mark, and one above if anything is cut off there.
        let place = u16::from(text > 0);
        let shown = room.saturating_sub(1 + place);
        Span { place, shown, first: text.min(high - shown), has_edges: false }
    })
}

/// Places a length of which nothing is cut, with one part of `share` of what is left before it.
fn uncut(room: u16, length: u16, share: u16) -> Option<Span> {
    let spare = room.checked_sub(length)?;
    let has_edges = spare >= 2;
    let place = if has_edges { 1 + (spare - 2) / share } else { spare / share };
    Some(Span { place, shown: length, first: 0, has_edges })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_lines_are_there_where_the_survey_can_spare_them() {
        let cells = |columns, rows| Size::Cells(columns, rows);
        for (window, size, has_bar) in [
            ((80, 24), Size::Window, true),
            ((80, 18), Size::Window, true),
            ((80, 17), Size::Window, false),
            ((40, 10), Size::Window, false),
            ((80, 24), cells(40, 10), true),
            ((80, 24), cells(80, 24), false),
            ((80, 25), cells(80, 24), false),
            ((80, 26), cells(80, 24), true),
            ((80, 12), cells(40, 10), true),
            ((80, 24), cells(200, 60), true),
            ((40, 10), cells(80, 24), false),
        ] {
            assert_eq!(layout(window, size).bar.is_some(), has_bar, "{size:?} on {window:?}");
        }
    }

    #[test]
    fn everything_is_within_the_terminal_and_nothing_of_the_screen_is_lost() {
        let sizes = [(20, 4), (40, 10), (80, 24), (120, 40), (200, 60), (500, 200)].map(|(c, r)| Size::Cells(c, r));
        for columns in [20, 21, 22, 40, 41, 42, 43, 79, 80, 200, 203] {
            for rows in [4, 5, 9, 10, 11, 12, 13, 14, 18, 24, 60, 65] {
                for size in sizes.into_iter().chain([Size::Window]) {
                    let Layout { bar, page, shown, size: whole, edges, .. } = layout((columns, rows), size);
                    let said = format!("{size:?} on {columns}×{rows}");
                    assert_eq!(page.height + bar.map_or(0, |bar| bar.height), rows, "{said}");
                    let (sides, ends) = (u16::from(edges.0), u16::from(edges.1));
                    assert!(shown.x >= sides && shown.right() + sides <= page.right(), "{said}");
                    assert!(shown.y >= ends && shown.bottom() + ends <= page.bottom(), "{said}");
                    let laid = layout((columns, rows), size);
                    let ((left, right), (above, below)) = (laid.cut_columns(), laid.cut_rows());
                    assert_eq!((left + shown.width + right, above + shown.height + below), whole, "{said}");
                    let marked = |cut: u16, place: u16| cut == 0 || place > 0;
                    assert!(marked(left, shown.x) && marked(above, shown.y), "{said}: there is a cell for the mark");
                    assert!(marked(right, columns - shown.right()) && marked(below, page.bottom() - shown.bottom()), "{said}");
                }
            }
        }
    }
}
