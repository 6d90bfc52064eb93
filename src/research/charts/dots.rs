//! Dots with their intervals, one to a row.

use super::svg::{Anchor, Svg, WIDTH, cut};
use crate::research::figures::value;
use crate::research::findings::Estimate;

/// Draws a figure for each name, `None` where it isn't shown; a line stands where all together are.
pub fn dots(rows: &[(&str, Option<Estimate>)], whole: Option<Estimate>, title: &str) -> String {
    let figures = || rows.iter().filter_map(|(_, figure)| *figure).chain(whole);
    let low = figures().map(|figure| figure.low).fold(f64::INFINITY, f64::min);
    let high = figures().map(|figure| figure.high).fold(f64::NEG_INFINITY, f64::max);
    let (from, to) = (155.0, 365.0);
    let spread = if high > low { high - low } else { 1.0 };
    let x = |value: f64| from + (value - low) / spread * (to - from);
    let (mut svg, row) = (Svg::default(), 26.0);
    let height = rows.len() as f64 * row;
    if let Some(whole) = whole {
        svg.line((x(whole.value), 0.0), (x(whole.value), height), "axis");
    }
    for (at, (name, figure)) in rows.iter().enumerate() {
        let y = at as f64 * row + row / 2.0;
        svg.text((0.0, y + 5.0), (Anchor::Start, "label"), &cut(name, 21));
        match figure {
            Some(figure) => {
                svg.line((x(figure.low), y), (x(figure.high), y), "interval");
                svg.dot((x(figure.value), y), 5.0, "dot");
                svg.text((WIDTH, y + 5.0), (Anchor::End, "label"), &value(figure.measured, figure.value));
            }
            None => svg.text((from, y + 5.0), (Anchor::Start, "small"), "not shown: too few"),
        }
    }
    svg.finish(height, title)
}
