//! What is known of a group's answers to one item: enough for its figure, its interval, and how it differs from another's.

use serde::Serialize;

use crate::research::cube::Counts;
use crate::research::data::{Column, Dataset, Variable, VariableKind};
use crate::statistics::{Balance, Interval, Mean, Methods, Proportion, Scale, effective, permutation};
use crate::survey::Measure;

/// The confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// The answers of a group to one item, as far as its figure needs them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    base: Base,
    given: Given,
}

/// How many answered, and what their answers count.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Base {
    n: u64,
    /// The sum of the weights.
    sum: f64,
    /// The sum of their squares.
    squares: f64,
}

/// What was given, each by the sum of its weights.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    /// Detractors and promoters.
    Nps([f64; 2]),
    /// Those of whom something is so.
    Share(f64),
    /// Points or numbers with how many gave each, and the sum of their weights.
    Mean(Vec<(f64, u64, f64)>),
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
    /// The same without approximation, where one of the groups is small and answers aren't weighted.
    pub exact_p: Option<f64>,
    /// Hedges' g, of means.
    pub effect: Option<f64>,
    /// How likely a later answer is above a former one, plus half of how likely they are alike.
    pub above: Option<f64>,
}

impl Difference {
    /// Gives the p that a claim is judged by: where a group is small, its interval is too narrow far out, and the exact p counts as well.
    pub fn judged_p(&self) -> f64 {
        self.exact_p.map_or(self.p, |exact| exact.max(self.p))
    }
}

impl Sample {
    /// Gives what is known of a group's answers to a variable with levels; `None` of one whose levels stand for no figure.
    pub fn of(variable: &Variable, counts: &Counts) -> Option<Self> {
        let sums = counts.sums();
        let given = match variable.kind {
            VariableKind::Scale { measure: Measure::Nps, .. } => {
                let sum = |from: u8, to: u8| {
                    let within = variable.levels.iter().zip(&sums);
                    within
                        .filter(|(level, _)| level.point.is_some_and(|point| (from..=to).contains(&point)))
                        .map(|(_, sum)| sum)
                        .sum()
                };
                Given::Nps([sum(0, 6), sum(9, 10)])
            }
            VariableKind::Scale { .. } | VariableKind::Rank => {
                let points = variable.points().into_iter().zip(counts.levels.iter().zip(&sums));
                Given::Mean(points.filter_map(|(point, (count, sum))| Some((point?, *count, *sum))).collect())
            }
            VariableKind::Picked | VariableKind::YesNo => Given::Share(sums.get(1).copied().unwrap_or(0.0)),
            VariableKind::Choice | VariableKind::Number | VariableKind::Date | VariableKind::Score => return None,
        };
        Some(Self { base: Base { n: counts.n(), sum: sums.iter().sum(), squares: counts.squares() }, given })
    }

    /// Gives the numbers of some responses; `None` of days, whose mean says nothing.
    pub fn of_numbers(dataset: &Dataset, variable: &Variable, is_in: &dyn Fn(usize) -> bool) -> Option<Self> {
        let Column::Numbers(numbers, _) = &variable.column else { return None };
        if variable.kind == VariableKind::Date {
            return None;
        }
        let rows = || (0..dataset.len()).filter(|row| numbers[*row].is_finite() && is_in(*row));
        let weights = rows().map(|row| dataset.weight(row));
        let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
        let given = Given::Mean(rows().map(|row| (numbers[row], 1, dataset.weight(row))).collect());
        Some(Self { base: Base { n: rows().count() as u64, sum, squares }, given })
    }

    /// Gives the share of some levels of a variable.
    pub fn share_of(counts: &Counts, levels: std::ops::Range<usize>) -> Self {
        let sums = counts.sums();
        let base = Base { n: counts.n(), sum: sums.iter().sum(), squares: counts.squares() };
        Self { base, given: Given::Share(sums[levels].iter().sum()) }
    }

    /// Gives how many answered.
    pub fn n(&self) -> u64 {
        self.base.n
    }

    /// Gives what its figure is.
    pub fn measured(&self) -> Measured {
        match self.given {
            Given::Nps(_) => Measured::Nps,
            Given::Share(_) => Measured::Share,
            Given::Mean(_) => Measured::Mean,
        }
    }

    /// Gives the figure with its interval; `None` where nobody answered, or too few for an interval.
    ///
    /// Of a known population the part that answered is certain, and what remains uncertain is about the others: the answers are worth more
    /// ([`effective::of_population`]). Weighted answers are worth less ([`effective::of_weights`]), and it is what they are worth that a
    /// population narrows.
    pub fn estimate(&self, methods: Methods, population: Option<u64>) -> Option<Estimate> {
        let alone = self.worth()?;
        let worth = population.map_or(alone, |invited| effective::of_population(alone, invited));
        let (value, interval) = match &self.given {
            Given::Nps(_) => {
                let balance = Balance { n: worth, ..self.balance()? };
                (balance.score() * 100.0, scaled(balance.interval(methods.nps, CONFIDENCE)?, 100.0))
            }
            Given::Share(_) => {
                let proportion = Proportion { n: worth, ..self.proportion()? };
                (proportion.share, proportion.interval(methods.share, CONFIDENCE)?)
            }
            Given::Mean(_) => {
                let value = self.mean()?;
                // One answer, or the same from all, has no interval by Student's t: it is told without.
                let interval = self.spread().and_then(|mean| mean.interval_worth(worth, CONFIDENCE));
                (value, interval.unwrap_or(Interval { low: value, high: value }))
            }
        };
        let is_census = worth.is_infinite();
        let (low, high) = if is_census { (value, value) } else { (interval.low, interval.high) };
        Some(Estimate { measured: self.measured(), value, low, high, n: self.base.n, is_census })
    }

    /// Gives how another group differs from this one, with the exact p where it is needed.
    pub fn difference_to(&self, later: &Self, methods: Methods) -> Option<Difference> {
        let difference = self.change_to(later, methods)?;
        Some(Difference { exact_p: self.exact_p(later), ..difference })
    }

    /// Gives the p of the exact permutation test; `None` where answers are weighted, or both groups are large.
    fn exact_p(&self, later: &Self) -> Option<f64> {
        let (first, second) = (self.whole()?, later.whole()?);
        let given = first.into_iter().map(|(value, count)| (value, [count, 0]));
        permutation(&given.chain(second.into_iter().map(|(value, count)| (value, [0, count]))).collect::<Vec<_>>())
    }

    /// Gives answers as whole numbers and how often each was given; `None` where they are none or weighted.
    fn whole(&self) -> Option<Vec<(i64, u64)>> {
        if self.is_weighted() {
            return None;
        }
        let (n, count) = (self.base.n, counted);
        match &self.given {
            Given::Nps([low, high]) => Some(vec![(-1, count(*low)), (0, n - count(*low) - count(*high)), (1, count(*high))]),
            Given::Share(those) => Some(vec![(0, n - count(*those)), (1, count(*those))]),
            Given::Mean(values) => values.iter().map(|(value, count, _)| Some((whole(*value)?, *count))).collect(),
        }
    }

    /// Gives how another group differs from this one. Whoever was invited, it is about what lies behind the answers: no population is
    /// taken into account.
    fn change_to(&self, later: &Self, methods: Methods) -> Option<Difference> {
        let change = match (&self.given, &later.given) {
            (Given::Nps(_), Given::Nps(_)) => self.balance()?.change_to(later.balance()?, methods.nps, CONFIDENCE)?,
            (Given::Share(_), Given::Share(_)) => {
                self.proportion()?.change_to(later.proportion()?, methods.difference, CONFIDENCE)?
            }
            (Given::Mean(_), Given::Mean(_)) => return self.change_of_means(later),
            _ => return None,
        };
        let by = if self.measured() == Measured::Nps { 100.0 } else { 1.0 };
        let interval = scaled(change.interval, by);
        let (measured, value, p) = (self.measured(), change.difference * by, change.p);
        Some(Difference { measured, value, low: interval.low, high: interval.high, p, exact_p: None, effect: None, above: None })
    }

    /// Gives the answers of two groups together.
    pub fn with(self, other: Self) -> Self {
        let base = Base {
            n: self.base.n + other.base.n,
            sum: self.base.sum + other.base.sum,
            squares: self.base.squares + other.base.squares,
        };
        let given = match (self.given, other.given) {
            (Given::Nps([a, b]), Given::Nps([c, d])) => Given::Nps([a + c, b + d]),
            (Given::Share(a), Given::Share(b)) => Given::Share(a + b),
            (Given::Mean(a), Given::Mean(b)) => Given::Mean([a, b].concat()),
            (own, _) => own,
        };
        Self { base, given }
    }

    fn is_weighted(&self) -> bool {
        self.base.sum != self.base.n as f64 || self.base.squares != self.base.sum
    }

    /// Gives how many answers of a simple random sample these are worth.
    fn worth(&self) -> Option<f64> {
        (self.base.squares > 0.0).then(|| self.base.sum * self.base.sum / self.base.squares)
    }

    fn balance(&self) -> Option<Balance> {
        let Given::Nps([detractors, promoters]) = self.given else { return None };
        let (sum, n) = (self.base.sum, self.worth()?);
        Some(Balance { detractors: detractors / sum, promoters: promoters / sum, n })
    }

    fn proportion(&self) -> Option<Proportion> {
        let Given::Share(those) = self.given else { return None };
        Some(Proportion { share: those / self.base.sum, n: self.worth()? })
    }

    /// Gives the mean; `None` where nobody answered, or it is no mean that is told.
    fn mean(&self) -> Option<f64> {
        let Given::Mean(values) = &self.given else { return None };
        let sum: f64 = values.iter().map(|(value, _, sum)| value * sum).sum();
        (self.base.sum > 0.0).then(|| sum / self.base.sum)
    }

    /// Gives the mean with how the answers spread; `None` where they are worth one or fewer.
    fn spread(&self) -> Option<Mean> {
        let Given::Mean(values) = &self.given else { return None };
        let weighted: Vec<(f64, f64)> = values.iter().map(|(value, _, sum)| (*value, *sum)).collect();
        Mean::of_weighted(&weighted, self.worth()?)
    }

    /// Gives points and how often each was given; where answers are weighted, how often in parts of one.
    fn scale(&self) -> Scale {
        let Given::Mean(values) = &self.given else { return Scale::of([]) };
        let parts = if self.is_weighted() { FINE } else { 1.0 };
        Scale::of(values.iter().map(|(value, _, sum)| (*value, counted(sum * parts))))
    }

    fn change_of_means(&self, later: &Self) -> Option<Difference> {
        let change = self.spread()?.change_to(&later.spread()?, CONFIDENCE)?;
        let above = self.scale().dominated_by(&later.scale()).map(|dominance| dominance.probability);
        Some(Difference {
            measured: Measured::Mean,
            value: change.difference,
            low: change.interval.low,
            high: change.interval.high,
            p: change.p,
            exact_p: None,
            effect: change.hedges_g,
            above,
        })
    }
}

/// In how many parts an answer is divided where weights are counted.
const FINE: f64 = 1e6;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights are not negative, and a count of them is far below 2^63"
)]
fn counted(number: f64) -> u64 {
    number.round() as u64
}

#[expect(clippy::cast_possible_truncation, reason = "it is whole and of a scale")]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 1e6).then_some(value as i64)
}

fn scaled(interval: Interval, by: f64) -> Interval {
    Interval { low: interval.low * by, high: interval.high * by }
}
