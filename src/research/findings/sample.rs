//! What is known of a group's answers to one item: enough for its figure, its interval, and how it differs from another's.

use serde::Serialize;

use crate::research::cube::Counts;
use crate::research::data::{Column, Dataset, Variable, VariableKind};
use crate::statistics::{Interval, Nps, Scale, Share};
use crate::survey::Measure;

/// The confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// The answers of a group to one item, as far as its figure needs them.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    /// Promoters, passives and detractors.
    Nps(Nps),
    /// How many of those who answered.
    Share(Share),
    /// Points or numbers with how often each was given.
    Mean(Scale),
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// A Net Promoter Score, -100 to 100.
    Nps,
    /// A share, 0 to 1.
    Share,
    /// The mean of points or numbers.
    Mean,
}

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// What it is.
    pub measured: Measured,
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
    /// How many answered.
    pub n: u64,
    /// Whether everyone invited answered, so that nothing is uncertain about it.
    pub is_census: bool,
}

/// How two groups differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// What was compared.
    pub measured: Measured,
    /// The later, or other, minus the first.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
    /// How likely a difference at least this far from none is, were there none; it inverts the interval.
    pub p: f64,
    /// Hedges' g, of means.
    pub effect: Option<f64>,
    /// How likely a later answer is above a former one, plus half of how likely they are alike.
    pub above: Option<f64>,
}

impl Sample {
    /// Gives what is known of a group's answers to a variable with levels; `None` of one whose levels stand for no figure.
    pub fn of(variable: &Variable, counts: &Counts) -> Option<Self> {
        let points = variable.points();
        let mean =
            || Self::Mean(Scale::of(points.iter().zip(&counts.levels).filter_map(|(point, count)| Some(((*point)?, *count)))));
        match variable.kind {
            VariableKind::Scale { measure: Measure::Nps, .. } => Some(Self::Nps(nps(variable, counts))),
            VariableKind::Scale { .. } | VariableKind::Rank => Some(mean()),
            VariableKind::Picked | VariableKind::YesNo => {
                Some(Self::Share(Share { count: counts.levels.get(1).copied().unwrap_or(0), n: counts.n() }))
            }
            VariableKind::Choice | VariableKind::Number | VariableKind::Date | VariableKind::Score => None,
        }
    }

    /// Gives the numbers of some responses.
    pub fn of_numbers(dataset: &Dataset, variable: &Variable, is_in: &dyn Fn(usize) -> bool) -> Option<Self> {
        let Column::Numbers(numbers, _) = &variable.column else { return None };
        let of = (0..dataset.len()).filter(|row| numbers[*row].is_finite() && is_in(*row)).map(|row| (numbers[row], 1));
        Some(Self::Mean(Scale::of(of)))
    }

    /// Gives how many answered.
    pub fn n(&self) -> u64 {
        match self {
            Self::Nps(nps) => nps.n(),
            Self::Share(share) => share.n,
            Self::Mean(scale) => scale.n(),
        }
    }

    /// Gives what its figure is.
    pub fn measured(&self) -> Measured {
        match self {
            Self::Nps(_) => Measured::Nps,
            Self::Share(_) => Measured::Share,
            Self::Mean(_) => Measured::Mean,
        }
    }

    /// Gives the figure with its interval; `None` where nobody answered, or too few for an interval.
    ///
    /// Of a known population the part that answered is certain: the interval is that of a sample larger by (N − 1) / (N − n).
    pub fn estimate(&self, population: Option<u64>) -> Option<Estimate> {
        let (value, interval) = match self {
            Self::Nps(nps) => (nps.score()? * 100.0, scaled(nps.interval(CONFIDENCE)?, 100.0)),
            Self::Share(share) => (share.estimate()?, share.interval(CONFIDENCE)?),
            Self::Mean(scale) => (scale.mean()?, scale.interval(CONFIDENCE)?),
        };
        let is_census = population == Some(self.n());
        let (low, high) = if is_census { (value, value) } else { (interval.low, interval.high) };
        Some(Estimate { measured: self.measured(), value, low, high, n: self.n(), is_census })
    }

    /// Gives how another group differs from this one.
    pub fn change_to(&self, later: &Self) -> Option<Difference> {
        let difference = |value, interval: Interval, p| Difference {
            measured: self.measured(),
            value,
            low: interval.low,
            high: interval.high,
            p,
            effect: None,
            above: None,
        };
        match (self, later) {
            (Self::Nps(first), Self::Nps(later)) => {
                let (value, interval) = first.change_to(*later, CONFIDENCE)?;
                let p = inverted(&|confidence| Some(first.change_to(*later, confidence)?.1))?;
                Some(difference(value * 100.0, scaled(interval, 100.0), p))
            }
            (Self::Share(first), Self::Share(later)) => {
                let (value, interval) = later.above(*first, CONFIDENCE)?;
                let p = inverted(&|confidence| Some(later.above(*first, confidence)?.1))?;
                Some(difference(value, interval, p))
            }
            (Self::Mean(first), Self::Mean(later)) => {
                let change = first.change_to(later, CONFIDENCE)?;
                let above = first.dominated_by(later).map(|dominance| dominance.probability);
                Some(Difference { effect: change.hedges_g, above, ..difference(change.difference, change.interval, change.p) })
            }
            _ => None,
        }
    }
}

/// Gives how many are detractors (0–6), passives (7, 8) and promoters (9, 10).
pub(super) fn nps(variable: &Variable, counts: &Counts) -> Nps {
    let among = |from: u8, to: u8| {
        let of = variable.levels.iter().zip(&counts.levels);
        of.filter(|(level, _)| level.point.is_some_and(|point| (from..=to).contains(&point))).map(|(_, count)| count).sum()
    };
    Nps { detractors: among(0, 6), passives: among(7, 8), promoters: among(9, 10) }
}

fn scaled(interval: Interval, by: f64) -> Interval {
    Interval { low: interval.low * by, high: interval.high * by }
}

/// Gives the p that inverts an interval: one less the confidence at which its nearer end is none.
fn inverted(interval: &dyn Fn(f64) -> Option<Interval>) -> Option<f64> {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if interval(middle)?.holds(0.0) { high = middle } else { low = middle }
    }
    Some(1.0 - f64::midpoint(low, high))
}

impl Sample {
    /// Gives the answers of two groups together.
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nps(a), Self::Nps(b)) => Self::Nps(Nps {
                detractors: a.detractors + b.detractors,
                passives: a.passives + b.passives,
                promoters: a.promoters + b.promoters,
            }),
            (Self::Share(a), Self::Share(b)) => Self::Share(Share { count: a.count + b.count, n: a.n + b.n }),
            (Self::Mean(a), Self::Mean(b)) => Self::Mean(a.with(&b)),
            (own, _) => own,
        }
    }
}
