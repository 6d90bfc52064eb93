//! Where things are: the same places on every screen, and figures beside each other where two fit.
//!
//! ```text
//!  title ……………………………… wave · against which
//!  1 Overview  2 Trend  3 Groups …
//!
//!  figures, in one column or two; they scroll
//!
//!  ── how much is hidden ──── what is open ──
//!  keys
//! ```

use crate::developer::faces::full::WIDEST;

/// The narrowest a column of figures gets before it is the only one.
const NARROWEST: u16 = 58;
/// The space between two columns.
const GAP: u16 = 4;
/// The rows from which on there is space between the parts.
const ROOMY: u16 = 16;
/// The rows under which only the figures and the status are drawn.
const TINY: u16 = 6;

/// Where things are on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// The first column that is used.
    pub(super) left: u16,
    /// The columns of every line.
    pub(super) width: u16,
    /// How many figures stand beside each other.
    pub(super) columns: u16,
    /// The row of the title, where there is one.
    pub(super) title: Option<u16>,
    /// The row of the sections, where there is one.
    pub(super) sections: Option<u16>,
    /// The first row of figures.
    pub(super) body: u16,
    /// The rows of figures.
    pub(super) height: usize,
    /// The row that says what is hidden, and what is open.
    pub(super) status: u16,
    /// The row of the keys, where there is one.
    pub(super) hints: Option<u16>,
}

impl Layout {
    pub(super) fn of((columns, rows): (u16, u16)) -> Self {
        let margin = if columns >= 60 { 2 } else { 1 };
        let room = columns.saturating_sub(2 * margin).max(1);
        let is_double = room >= 2 * NARROWEST + GAP;
        let width = if is_double { room.min(2 * WIDEST + GAP) } else { room.min(WIDEST) };
        let (is_roomy, is_tiny) = (rows >= ROOMY, rows < TINY);
        let lift = u16::from(is_roomy);
        let body = if is_tiny { 0 } else { 2 + 2 * lift };
        let status = rows.saturating_sub(if is_tiny { 1 } else { 2 + lift });
        Self {
            left: columns.saturating_sub(width) / 2,
            width,
            columns: if is_double { 2 } else { 1 },
            title: (!is_tiny).then_some(lift),
            sections: (!is_tiny).then_some(1 + lift),
            body,
            height: usize::from(status.saturating_sub(body + lift)),
            status,
            hints: (!is_tiny).then(|| rows - 1 - lift),
        }
    }

    /// Gives the columns of one figure.
    pub(super) fn figure(&self) -> usize {
        usize::from((self.width - GAP * (self.columns - 1)) / self.columns)
    }

    /// Gives the space between figures.
    pub(super) fn gap(&self) -> usize {
        usize::from(GAP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_row_of_its_own_within_the_terminal() {
        for columns in [20, 39, 40, 59, 60, 80, 123, 124, 125, 160, 200, 500] {
            for rows in [4, 5, 6, 10, 15, 16, 24, 60, 200] {
                let layout = Layout::of((columns, rows));
                let said = format!("{columns}×{rows}: {layout:?}");
                let end = layout.body + u16::try_from(layout.height).unwrap();
                assert!(layout.height > 0 && end <= layout.status && layout.status < rows, "{said}");
                assert!(layout.sections.is_none_or(|row| layout.title < Some(row) && row < layout.body), "{said}");
                assert!(layout.hints.is_none_or(|row| layout.status < row && row < rows), "{said}");
                assert!(layout.left + layout.width <= columns, "{said}");
                assert!(layout.figure() * usize::from(layout.columns) <= usize::from(layout.width), "{said}");
            }
        }
    }
}
