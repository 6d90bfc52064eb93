//! How figures went from wave to wave, and what changed since the one before.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use super::answers::Answers;
use super::is_nps;
use super::items::better_end;
use super::sample::{Difference, Estimate};
use crate::research::data::{Variable, VariableKind, days};
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
    /// Whether a share rises or falls over the waves since the last break: of an NPS that of promoters, of a scale that at its better end.
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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slope {
    /// Whose share: `promoters`, `share at 4–5`.
    pub of: String,
    /// How much it rises in a year, as a fraction of those who answered: .01 is one percentage point.
    pub fraction_a_year: f64,
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

/// Gives an item over all waves up to one; `None` where fewer than two have a figure.
pub(super) fn series(answers: &Answers<'_>, last: usize) -> Option<Series> {
    let variable = answers.variable;
    let asked: Vec<usize> = (0..=last).filter(|wave| variable.asked.get(*wave).is_some_and(Option::is_some)).collect();
    let mut before = None;
    let mut points = Vec::new();
    for wave in &asked {
        let known = answers.sample(*wave).filter(|_| answers.is_shown(*wave));
        let about = &answers.dataset.waves[*wave];
        points.push(Point {
            wave: about.name.clone(),
            opens: about.opens,
            figure: known.and_then(|sample| sample.estimate(answers.methods, answers.population(*wave))),
            breaks: before.is_some_and(|before| !variable.is_comparable(before, *wave)),
        });
        before = Some(*wave);
    }
    let told = points.iter().filter(|point| point.figure.is_some()).count();
    let slope = slope(answers, (&asked, &points));
    (told > 1).then(|| Series { item: variable.name.clone(), text: variable.title(), points, slope })
}

/// Gives the slope of a share since the last break; `None` with fewer than three waves.
fn slope(answers: &Answers<'_>, (asked, points): (&[usize], &[Point])) -> Option<Slope> {
    let (of, levels) = share(answers.variable)?;
    let from = points.iter().rposition(|point| point.breaks).unwrap_or(0);
    let waves: Vec<(f64, Share)> = asked[from..]
        .iter()
        .zip(&points[from..])
        .filter(|(_, point)| point.figure.is_some())
        .filter_map(|(wave, _)| {
            let counts = answers.counts(*wave);
            let count = counts.levels[levels.clone()].iter().sum();
            Some((days(answers.dataset.waves[*wave].opens?) / 365.2425, Share { count, n: counts.n() }))
        })
        .collect();
    let trend = Trend::of(&waves).filter(|_| waves.len() > 2)?;
    Some(Slope { of, fraction_a_year: trend.slope, p: trend.p })
}

/// Gives what a share is of that tells how an item goes, and the places of its levels.
fn share(variable: &Variable) -> Option<(String, Range<usize>)> {
    match variable.kind {
        VariableKind::Scale { .. } => {
            let (points, at) = better_end(variable)?;
            Some((if is_nps(variable) { "promoters".to_owned() } else { format!("share at {points}") }, at))
        }
        VariableKind::Picked => Some(("share who chose it".to_owned(), 1..2)),
        VariableKind::YesNo => Some((format!("share of {}", variable.levels.get(1)?.words()), 1..2)),
        _ => None,
    }
}

/// Gives how each item changed since an earlier wave, with p corrected over all of them.
pub(super) fn changes(asked: &[Answers<'_>], (from, to): (usize, usize)) -> Vec<Change> {
    let comparable = asked.iter().filter(|answers| answers.is_shown(from) && answers.is_shown(to));
    let mut changes: Vec<Change> = comparable.filter_map(|answers| change(answers, (from, to))).collect();
    let p: Vec<f64> = changes.iter().map(|change| change.difference.judged_p()).collect();
    for (change, corrected) in changes.iter_mut().zip(benjamini_hochberg(&p)) {
        change.corrected_p = corrected;
        change.is_change = corrected < 0.05 && (change.difference.low > 0.0 || change.difference.high < 0.0);
    }
    changes
}

fn change(answers: &Answers<'_>, (from, to): (usize, usize)) -> Option<Change> {
    let variable = answers.variable;
    if !variable.is_comparable(from, to) {
        return None;
    }
    let (first, later) = (answers.sample(from)?, answers.sample(to)?);
    Some(Change {
        item: variable.name.clone(),
        text: variable.title(),
        from: answers.dataset.waves[from].name.clone(),
        before: first.estimate(answers.methods, answers.population(from))?,
        after: later.estimate(answers.methods, answers.population(to))?,
        difference: first.difference_to(&later, answers.methods)?,
        corrected_p: 1.0,
        is_change: false,
    })
}
