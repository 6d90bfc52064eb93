//! Figures over time, on a true time axis; a change of the wording breaks the line.

use chrono::Datelike;

use super::svg::{Anchor, Svg, WIDTH};
use crate::research::figures::value;
use crate::research::findings::Series;

/// Draws a series; `None` where it has no days.
pub fn trend(series: &Series, title: &str) -> Option<String> {
    // A wave that can't be drawn hides no break.
    let mut breaks = false;
    let drawn = series.points.iter().filter_map(|point| {
        breaks |= point.breaks;
        let (figure, opens) = (point.figure?, point.opens?);
        Some((point, std::mem::take(&mut breaks), figure, opens))
    });
    let points: Vec<_> = drawn.collect();
    let (first, last) = (points.first()?.3, points.last()?.3);
    let span = f64::from((last - first).num_days().max(1) as i32);
    let low = points.iter().map(|(_, _, figure, _)| figure.low).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|(_, _, figure, _)| figure.high).fold(f64::NEG_INFINITY, f64::max);
    let spread = if high > low { high - low } else { 1.0 };
    let x = |day: chrono::NaiveDate| 40.0 + f64::from((day - first).num_days() as i32) / span * (WIDTH - 80.0);
    let y = |value: f64| 150.0 - (value - low) / spread * 115.0;
    let mut svg = Svg::default();
    if low < 0.0 && high > 0.0 {
        svg.line((0.0, y(0.0)), (WIDTH, y(0.0)), "axis");
    }
    for pair in points.windows(2) {
        let ((_, _, before, from), (_, breaks, after, to)) = (pair[0], pair[1]);
        if breaks {
            let between = f64::midpoint(x(from), x(to));
            svg.line((between, 10.0), (between, 160.0), "break");
            svg.text((between, 10.0), (Anchor::Middle, "small"), "reworded");
        } else {
            svg.line((x(from), y(before.value)), (x(to), y(after.value)), "path");
        }
    }
    for (point, _, figure, day) in &points {
        svg.line((x(*day), y(figure.low)), (x(*day), y(figure.high)), "interval");
        svg.dot((x(*day), y(figure.value)), 5.0, "dot");
        svg.text((x(*day), y(figure.high) - 7.0), (Anchor::Middle, "label"), &value(figure.measured, figure.value));
        svg.text((x(*day), 178.0), (Anchor::Middle, "small"), &point.wave);
    }
    debug_assert!(first.year() <= last.year(), "waves are in order");
    Some(svg.finish(184.0, title))
}
