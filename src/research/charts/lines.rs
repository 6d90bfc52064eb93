//! Figures over time, on a true time axis where days are known; a change of the wording breaks the line.

use chrono::NaiveDate;

use super::svg::{Anchor, Svg, WIDTH};
use crate::research::figures::value;
use crate::research::findings::{Estimate, Point, Series};

/// How far apart names of waves, and figures, have to be.
const APART: f64 = 60.0;

/// A wave where it is drawn.
struct Drawn<'s> {
    x: f64,
    point: &'s Point,
    figure: Estimate,
    /// Whether it, or one before that isn't drawn, asked differently.
    breaks: bool,
}

/// Draws a series; `None` where no wave has a figure.
pub fn trend(series: &Series, title: &str) -> Option<String> {
    let drawn = drawn(series);
    let low = drawn.iter().map(|wave| wave.figure.low).reduce(f64::min)?;
    let high = drawn.iter().map(|wave| wave.figure.high).reduce(f64::max)?;
    let spread = if high > low { high - low } else { 1.0 };
    let y = |value: f64| 150.0 - (value - low) / spread * 115.0;
    let mut svg = Svg::default();
    if low < 0.0 && high > 0.0 {
        svg.line((0.0, y(0.0)), (WIDTH, y(0.0)), "axis");
    }
    for pair in drawn.windows(2) {
        let [before, after] = pair else { continue };
        if after.breaks {
            let between = f64::midpoint(before.x, after.x);
            svg.line((between, 10.0), (between, 160.0), "break");
            svg.text((between, 10.0), (Anchor::Middle, "small"), "reworded");
        } else {
            svg.line((before.x, y(before.figure.value)), (after.x, y(after.figure.value)), "path");
        }
    }
    // Of many waves, the last is named, and of those before whichever has room.
    let mut end = f64::INFINITY;
    for Drawn { x, point, figure, .. } in drawn.iter().rev() {
        svg.line((*x, y(figure.low)), (*x, y(figure.high)), "interval");
        svg.dot((*x, y(figure.value)), 5.0, "dot");
        if end - x >= APART {
            svg.text((*x, y(figure.high) - 7.0), (Anchor::Middle, "label"), &value(figure.measured, figure.value));
            svg.text((*x, 178.0), (Anchor::Middle, "small"), &point.wave);
            end = *x;
        }
    }
    Some(svg.finish(184.0, title))
}

/// Gives the waves that have a figure: by their days, or side by side where a day isn't known.
fn drawn(series: &Series) -> Vec<Drawn<'_>> {
    // A wave that can't be drawn hides no break.
    let mut breaks = false;
    let known = series.points.iter().filter_map(|point| {
        breaks |= point.breaks;
        Some(Drawn { x: 0.0, point, figure: point.figure?, breaks: std::mem::take(&mut breaks) })
    });
    let mut drawn: Vec<_> = known.collect();
    let days: Option<Vec<NaiveDate>> = drawn.iter().map(|wave| wave.point.opens).collect();
    let places: Vec<f64> = match days.as_deref() {
        Some([first, ..]) => days.iter().flatten().map(|day| f64::from((*day - *first).num_days() as i32)).collect(),
        _ => (0..drawn.len()).map(|at| at as f64).collect(),
    };
    let last = places.last().copied().unwrap_or_default().max(1.0);
    drawn.iter_mut().zip(places).for_each(|(wave, place)| wave.x = 40.0 + place / last * (WIDTH - 80.0));
    drawn
}
