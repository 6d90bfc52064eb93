//! The figures of each item in one wave.

use std::ops::Range;

use serde::Serialize;

use super::answers::Answers;
use super::is_nps;
use super::sample::{Estimate, Measured, Sample};
use crate::research::cube::Counts;
use crate::research::data::{Absent, Column, Variable, VariableKind, with_part};
use crate::statistics::{Interval, Scale, manski};
use crate::survey::Measure;

/// What came of one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its name in exports.
    pub name: String,
    /// The question.
    pub question: String,
    /// What was asked.
    pub text: String,
    /// Of a choice or a row, its label.
    pub part: Option<String>,
    /// What kind of item it is.
    pub kind: &'static str,
    /// How many answered; `None` where they are too few to tell.
    pub n: Option<u64>,
    /// How many were asked.
    pub shown: Option<u64>,
    /// The figure, with its interval.
    pub figure: Option<Estimate>,
    /// The median of a scale, interpolated within its point.
    pub median: Option<f64>,
    /// What the figure could be had everyone invited answered to whom the item was shown, or could have been (Manski 1990).
    pub bounds: Option<[f64; 2]>,
    /// The share of those at the better end of a scale, with its interval.
    pub top: Option<Top>,
    /// How many gave each value.
    pub values: Vec<Bar>,
    /// How many gave none, by kind.
    pub absent: Vec<(&'static str, u64)>,
}

/// The better end of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Top {
    /// Its points, such as `4–5`.
    pub points: String,
    /// The share.
    pub share: Estimate,
}

/// How many gave a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Its code.
    pub code: String,
    /// Its words.
    pub label: String,
    /// How many.
    pub count: u64,
    /// Their share of those who answered.
    pub share: f64,
}

impl Item {
    /// Gives what came of a variable in a wave; only that it was asked where no more may be shown.
    pub(super) fn of(answers: &Answers<'_>, wave: usize) -> Self {
        let variable = answers.variable;
        let empty = Self {
            name: variable.name.clone(),
            question: variable.question.clone(),
            text: variable.words().to_owned(),
            part: variable.part.clone(),
            kind: variable.kind.name(),
            n: None,
            shown: None,
            figure: None,
            median: None,
            bounds: None,
            top: None,
            values: Vec::new(),
            absent: Vec::new(),
        };
        if !answers.is_shown(wave) {
            return empty;
        }
        let (counts, population) = (answers.counts(wave), answers.population(wave));
        let figure = answers.sample(wave).and_then(|sample| sample.estimate(answers.methods, population));
        Self {
            n: Some(counts.n()),
            shown: Some(counts.shown()),
            figure,
            median: median(variable, &counts),
            bounds: figure.and_then(|figure| bounds(variable, figure, population?)),
            top: top(answers, &counts, population),
            values: values(variable, &counts),
            absent: absent(&counts),
            ..empty
        }
    }

    /// Gives what is asked in one line.
    pub fn title(&self) -> String {
        self.part.as_ref().map_or_else(|| self.text.clone(), |part| with_part(&self.text, part))
    }

    /// Gives the share of those who said that it doesn't apply, of those who were asked.
    pub fn not_applicable(&self) -> Option<f64> {
        let (_, count) = self.absent.iter().find(|(kind, _)| *kind == "not_applicable")?;
        self.shown.filter(|shown| *shown > 0).map(|shown| *count as f64 / shown as f64)
    }
}

fn median(variable: &Variable, counts: &Counts) -> Option<f64> {
    let points = variable.points().into_iter().zip(&counts.levels);
    let is_scale = matches!(variable.kind, VariableKind::Scale { measure, .. } if measure != Measure::Nps);
    Scale::of(points.filter_map(|(point, count)| Some((point?, *count)))).interpolated_median(1.0).filter(|_| is_scale)
}

/// Gives what a figure could be had everyone answered; `None` where nobody knows how far its values go.
fn bounds(variable: &Variable, figure: Estimate, population: u64) -> Option<[f64; 2]> {
    let points = || variable.points().into_iter().flatten();
    let values = match figure.measured {
        Measured::Nps => Interval { low: -100.0, high: 100.0 },
        Measured::Share => Interval { low: 0.0, high: 1.0 },
        Measured::Mean if points().next().is_none() => return None,
        Measured::Mean => {
            Interval { low: points().fold(f64::INFINITY, f64::min), high: points().fold(f64::NEG_INFINITY, f64::max) }
        }
    };
    let bounds = manski(Some(figure.value), (figure.n, population), values)?;
    Some([bounds.low, bounds.high])
}

fn values(variable: &Variable, counts: &Counts) -> Vec<Bar> {
    let sums = counts.sums();
    let all: f64 = sums.iter().sum();
    let bar = |(level, (count, sum)): (&crate::research::data::Level, (&u64, &f64))| Bar {
        code: level.code.clone(),
        label: level.label.clone(),
        count: *count,
        share: if all > 0.0 { sum / all } else { 0.0 },
    };
    match variable.column {
        Column::Levels(_) => variable.levels.iter().zip(counts.levels.iter().zip(&sums)).map(bar).collect(),
        Column::Numbers(..) => Vec::new(),
    }
}

fn absent(counts: &Counts) -> Vec<(&'static str, u64)> {
    Absent::all().map(|kind| (kind.name(), counts.absent(kind))).filter(|(_, count)| *count > 0).collect()
}

/// Gives the share at the better end of a scale; an NPS has its score instead.
fn top(answers: &Answers<'_>, counts: &Counts, population: Option<u64>) -> Option<Top> {
    let (points, at) = better_end(answers.variable).filter(|_| !is_nps(answers.variable))?;
    Some(Top { points, share: Sample::share_of(counts, at).estimate(answers.methods, population)? })
}

/// Gives the points of the better end of a scale, and their places: two, of effort (1 to 7) three; where less is better, at the lower end.
pub(super) fn better_end(variable: &Variable) -> Option<(String, Range<usize>)> {
    let VariableKind::Scale { measure, higher_is_better } = variable.kind else { return None };
    let (many, levels) = (if measure == Measure::Ces { 3 } else { 2 }, &variable.levels);
    let at = if higher_is_better { levels.len().checked_sub(many)?..levels.len() } else { 0..many.min(levels.len()) };
    let (first, last) = (levels.get(at.start)?, levels.get(at.end.checked_sub(1)?)?);
    Some((format!("{}–{}", first.code, last.code), at))
}
