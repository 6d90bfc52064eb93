//! Dots with their intervals, one to a row.

use super::svg::{Anchor, Svg, WIDTH, cut};
use crate::research::figures::value;
use crate::research::findings::Estimate;

/// Draws a figure for each name, `None` where it isn't shown, with a mark where it differs from the others; a line stands where all together
/// are.
pub fn dots(rows: &[(&str, Option<Estimate>, bool)], whole: Option<Estimate>, title: &str) -> String {
    let figures = || rows.iter().filter_map(|(_, figure, _)| *figure).chain(whole);
    let low = figures().map(|figure| figure.low).fold(f64::INFINITY, f64::min);
    let high = figures().map(|figure| figure.high).fold(f64::NEG_INFINITY, f64::max);
    let (from, to) = (155.0, 365.0);
    let spread = if high > low { high - low } else { 1.0 };
    let x = |value: f64| from + (value - low) / spread * (to - from);
    let (mut svg, row) = (Svg::default(), 26.0);
    let shown = rows.iter().rposition(|(_, figure, _)| figure.is_some()).map_or(0, |last| last + 1);
    if let Some(whole) = whole {
        svg.line((x(whole.value), 0.0), (x(whole.value), shown as f64 * row), "axis");
    }
    for (at, (name, figure, differs)) in rows.iter().enumerate() {
        let y = at as f64 * row + row / 2.0;
        let class = if *differs { "stands-out" } else { "label" };
        svg.text((0.0, y + 5.0), (Anchor::Start, class), &cut(name, 21));
        match figure {
            Some(figure) => {
                svg.line((x(figure.low), y), (x(figure.high), y), "interval");
                svg.dot((x(figure.value), y), 5.0, "dot");
                let mark = if *differs { "≠ " } else { "" };
                svg.text((WIDTH, y + 5.0), (Anchor::End, class), &format!("{mark}{}", value(figure.measured, figure.value)));
            }
            None => svg.text((from, y + 5.0), (Anchor::Start, "small"), "not shown: too few"),
        }
    }
    svg.finish(rows.len() as f64 * row, title)
}
