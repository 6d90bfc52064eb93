//! How figures went from wave to wave, and what changed since the one before.

use chrono::NaiveDate;
use serde::Serialize;

use super::gate::Shown;
use super::sample::{Difference, Estimate, Sample};
use crate::research::cube::Cube;
use crate::research::data::{Dataset, Variable, VariableKind, days};
use crate::statistics::{Share, Trend, benjamini_hochberg};

/// One item over the waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// The waves that asked, the oldest first.
    pub points: Vec<Point>,
    /// The share at the better end (of an NPS, of promoters) over the waves since the last break.
    pub slope: Option<Slope>,
}

/// One wave of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The wave.
    pub wave: String,
    /// When it opened.
    pub opens: Option<NaiveDate>,
    /// The figure; `None` where too few answered.
    pub figure: Option<Estimate>,
    /// Whether it asked differently than the point before, so that the two can't be compared.
    pub breaks: bool,
}

/// Whether a share rises or falls.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slope {
    /// How much the share rises in a year.
    pub a_year: f64,
    /// The p of the Cochran–Armitage test.
    pub p: f64,
}

/// A figure that can be compared with the wave before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// The wave it is compared with.
    pub from: String,
    /// The figure then.
    pub before: Estimate,
    /// The figure now.
    pub after: Estimate,
    /// The difference.
    pub difference: Difference,
    /// The p corrected for all changes together (Benjamini and Hochberg 1995).
    pub corrected_p: f64,
    /// Whether it counts as a change: the corrected p is below .05, and the interval holds no 0.
    pub is_change: bool,
}

/// Gives what is known of an item in a wave.
fn sample(dataset: &Dataset, variable: &Variable, cube: &Cube, wave: usize) -> Option<Sample> {
    let numbers = || Sample::of_numbers(dataset, variable, &|row| usize::from(dataset.wave_of[row]) == wave);
    Sample::of(variable, &cube.wave(wave)).or_else(numbers)
}

/// Gives an item over all waves up to one; `None` where fewer than two have a figure.
pub(super) fn series(dataset: &Dataset, variable: &Variable, (last, shown): (usize, &Shown)) -> Option<Series> {
    let cube = Cube::of(dataset, variable, None);
    let asked: Vec<usize> = (0..=last).filter(|wave| variable.asked.get(*wave).is_some_and(Option::is_some)).collect();
    let mut before = None;
    let mut points = Vec::new();
    for wave in &asked {
        let known = sample(dataset, variable, &cube, *wave).filter(|_| shown.wave(*wave));
        let about = &dataset.waves[*wave];
        points.push(Point {
            wave: about.name.clone(),
            opens: about.opens,
            figure: known.and_then(|sample| sample.estimate(about.invited.map(u64::from))),
            breaks: before.is_some_and(|before| !variable.is_comparable(before, *wave)),
        });
        before = Some(*wave);
    }
    let told = points.iter().filter(|point| point.figure.is_some()).count();
    let slope = slope(dataset, (variable, &cube), (&asked, &points));
    (told > 1).then(|| Series { item: variable.name.clone(), text: variable.title(), points, slope })
}

/// Gives the slope of the share at the better end since the last break; `None` with fewer than three waves.
fn slope(dataset: &Dataset, (variable, cube): (&Variable, &Cube), (asked, points): (&[usize], &[Point])) -> Option<Slope> {
    let from = points.iter().rposition(|point| point.breaks).unwrap_or(0);
    let waves: Vec<(f64, Share)> = asked[from..]
        .iter()
        .zip(&points[from..])
        .filter(|(_, point)| point.figure.is_some())
        .filter_map(|(wave, _)| {
            let counts = cube.wave(*wave);
            let count = match variable.kind {
                VariableKind::Scale { higher_is_better: true, .. } => counts.levels.iter().rev().take(2).sum(),
                VariableKind::Scale { .. } => counts.levels.iter().take(2).sum(),
                VariableKind::Picked | VariableKind::YesNo => counts.levels[1],
                _ => return None,
            };
            Some((days(dataset.waves[*wave].opens?) / 365.2425, Share { count, n: counts.n() }))
        })
        .collect();
    let trend = Trend::of(&waves).filter(|_| waves.len() > 2)?;
    Some(Slope { a_year: trend.slope, p: trend.p })
}

/// Gives how each item changed since an earlier wave, with p corrected over all of them.
pub(super) fn changes(dataset: &Dataset, (from, to): (usize, usize), asked: &[(&Variable, Shown)]) -> Vec<Change> {
    let comparable = asked.iter().filter(|(_, shown)| shown.wave(from) && shown.wave(to));
    let mut changes: Vec<Change> = comparable.filter_map(|(variable, _)| change(dataset, variable, (from, to))).collect();
    let p: Vec<f64> = changes.iter().map(|change| change.difference.judged_p()).collect();
    for (change, corrected) in changes.iter_mut().zip(benjamini_hochberg(&p)) {
        change.corrected_p = corrected;
        change.is_change = corrected < 0.05 && (change.difference.low > 0.0 || change.difference.high < 0.0);
    }
    changes
}

fn change(dataset: &Dataset, variable: &Variable, (from, to): (usize, usize)) -> Option<Change> {
    if !variable.is_comparable(from, to) {
        return None;
    }
    let cube = Cube::of(dataset, variable, None);
    let (first, later) = (sample(dataset, variable, &cube, from)?, sample(dataset, variable, &cube, to)?);
    let population = |wave: usize| dataset.waves[wave].invited.map(u64::from);
    Some(Change {
        item: variable.name.clone(),
        text: variable.title(),
        from: dataset.waves[from].name.clone(),
        before: first.estimate(population(from))?,
        after: later.estimate(population(to))?,
        difference: first.difference_to(&later)?,
        corrected_p: 1.0,
        is_change: false,
    })
}
