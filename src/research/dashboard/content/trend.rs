//! Figures over the waves: points with intervals on a true time axis. Where what was asked changed, a line stands between.

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use super::marks::{Cells, whole};
use super::{Figure, Look, plain};
use crate::research::figures::{NOT_SHOWN, estimate, slope, value};
use crate::research::findings::{Estimate, Findings, Point, Series};
use crate::screen::text::{cut, width};

/// Rows of a plot, and where rows are scarce.
const HIGH: [usize; 2] = [6, 4];

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    if findings.trend.is_empty() {
        let why = format!(
            "A trend takes two waves up to this one in which {} or more answered the same item.",
            findings.smallest_group
        );
        return vec![look.nothing("No trend yet", &why)];
    }
    findings.trend.iter().map(|series| figure(series, look)).collect()
}

fn figure(series: &Series, look: Look<'_>) -> Figure {
    let mut figure = look.heading(&series.text);
    let last = series.points.iter().rev().find_map(|point| Some((point, point.figure?)));
    let Some((point, now)) = last else { return figure };
    figure.extend(look.said(&format!("{}: {}", point.wave, estimate(&now)), look.theme.text()));
    figure.extend(plot(series, now, look));
    let mut notes: Vec<String> = Vec::new();
    notes.extend(series.slope.as_ref().map(slope));
    if series.points.iter().any(|point| point.breaks) {
        notes.push("┊ asked differently: not to be compared".to_owned());
    }
    if series.points.iter().any(|point| point.figure.is_none()) {
        notes.push(format!("◌ {NOT_SHOWN}"));
    }
    if days(series).is_none() {
        notes.push("the days of the waves aren't known, so that they stand evenly".to_owned());
    }
    notes.iter().for_each(|note| figure.extend(look.said(note, look.theme.faint())));
    figure
}

/// Gives the day of every wave; `None` where one isn't known.
fn days(series: &Series) -> Option<Vec<NaiveDate>> {
    series.points.iter().map(|point| point.opens).collect()
}

/// Gives the column of every wave.
fn places(series: &Series, columns: usize) -> Vec<usize> {
    let last = columns.saturating_sub(1) as f64;
    let at: Vec<f64> = match days(series) {
        Some(days) => days.iter().map(|day| f64::from(i32::try_from((*day - days[0]).num_days()).unwrap_or_default())).collect(),
        None => (0..series.points.len()).map(|at| at as f64).collect(),
    };
    let span = at.last().copied().filter(|span| *span > 0.0).unwrap_or(1.0);
    at.iter().map(|at| whole(at / span * last)).collect()
}

fn plot(series: &Series, now: Estimate, look: Look<'_>) -> Figure {
    let known: Vec<Estimate> = series.points.iter().filter_map(|point| point.figure).collect();
    let low = known.iter().map(|figure| figure.low).fold(f64::INFINITY, f64::min);
    let high = known.iter().map(|figure| figure.high).fold(f64::NEG_INFINITY, f64::max);
    let ends = [high, low].map(|end| value(now.measured, end));
    let margin = ends.iter().map(|end| width(end)).max().unwrap_or_default() + 1;
    let columns = look.columns.saturating_sub(margin).max(1);
    let rows = HIGH[usize::from(look.is_low)];
    let at = places(series, columns);
    let spread = if high > low { high - low } else { 1.0 };
    let row = |value: f64| whole((high - value) / spread * (rows - 1) as f64).min(rows - 1);
    let mut grid = vec![Cells::blank(columns); rows];
    draw(&mut grid, (series, &at), &row, look);
    if low < 0.0 && high > 0.0 {
        (0..columns).for_each(|column| grid[row(0.0)].set_blank(column, '┈', look.theme.faint()));
    }
    let mut figure = Figure::new();
    for (place, cells) in grid.into_iter().enumerate() {
        let label = if place == 0 {
            ends[0].as_str()
        } else if place + 1 == rows {
            ends[1].as_str()
        } else {
            ""
        };
        let label = format!("{}{label} ", " ".repeat(margin - 1 - width(label)));
        let mut spans = vec![Span::styled(label, look.theme.faint())];
        spans.extend(cells.spans());
        figure.push(Line::from(spans));
    }
    figure.extend(axis((series, &at), (margin, columns), look));
    figure
}

/// Draws ways between figures that can be compared, what breaks them, and figures with their intervals.
fn draw(grid: &mut [Cells], (series, at): (&Series, &[usize]), row: &dyn Fn(f64) -> usize, look: Look<'_>) {
    let shown = |point: &Point| point.figure.map(|figure| figure.value);
    for (pair, at) in series.points.windows(2).zip(at.windows(2)) {
        if pair[1].breaks {
            let between = usize::midpoint(at[0], at[1]);
            grid.iter_mut().for_each(|cells| cells.set(between, '┊', look.theme.warning()));
        } else if let (Some(from), Some(to)) = (shown(&pair[0]), shown(&pair[1])) {
            for column in at[0] + 1..at[1] {
                let part = (column - at[0]) as f64 / (at[1] - at[0]) as f64;
                grid[row(from + (to - from) * part)].set_blank(column, '·', look.theme.faint());
            }
        }
    }
    for (point, column) in series.points.iter().zip(at) {
        match point.figure {
            Some(figure) => {
                (row(figure.high)..=row(figure.low)).for_each(|row| grid[row].set(*column, '│', look.theme.accent()));
                grid[row(figure.value)].set(*column, '●', look.theme.chosen());
            }
            None => grid[grid.len() - 1].set(*column, '◌', look.theme.faint()),
        }
    }
}

/// Draws the axis, with the waves and their figures under it; where they have no room the newest are told.
fn axis((series, at): (&Series, &[usize]), (margin, columns): (usize, usize), look: Look<'_>) -> Figure {
    let mut axis = Cells::blank(columns);
    axis.fill(0..columns, '─', look.theme.faint());
    at.iter().for_each(|column| axis.set(*column, '┴', look.theme.faint()));
    let texts: Vec<[String; 2]> = series
        .points
        .iter()
        .map(|point| {
            let figure = point.figure.map_or_else(|| "–".to_owned(), |figure| value(figure.measured, figure.value));
            [cut(&plain(&point.wave), columns), figure]
        })
        .collect();
    let mut lines = [String::new(), String::new()];
    for (place, column) in fitting(&texts, at, columns) {
        for (line, text) in lines.iter_mut().zip(&texts[place]) {
            let gap = column.saturating_sub(width(line));
            line.push_str(&" ".repeat(gap));
            line.push_str(text);
        }
    }
    let indent = " ".repeat(margin);
    let [waves, values] = lines.map(|line| format!("{indent}{line}"));
    let drawn = [vec![Span::raw(indent)], axis.spans()].concat();
    vec![Line::from(drawn), Line::styled(waves, look.theme.faint()), Line::styled(values, look.theme.text())]
}

/// Gives which labels have room, each with its first column: the newest first, so that what is left out is old.
fn fitting(texts: &[[String; 2]], at: &[usize], columns: usize) -> Vec<(usize, usize)> {
    let mut placed: Vec<(usize, usize)> = Vec::new();
    let mut end = columns + 1;
    for place in (0..texts.len()).rev() {
        let wide = texts[place].iter().map(|text| width(text)).max().unwrap_or_default();
        let first = at[place].saturating_sub(wide / 2).min(columns.saturating_sub(wide));
        if first + wide < end {
            placed.push((place, first));
            end = first;
        }
    }
    placed.reverse();
    placed
}
