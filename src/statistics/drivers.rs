//! What goes with an outcome, and how much of it: association, not cause.

use thiserror::Error;

use crate::survey::chance::Chance;

use super::interval::Interval;
use super::linear::{Matrix, NOTHING, correlations, covariances, eigen, without};

/// The most drivers that are weighed against one another.
pub const MOST_DRIVERS: usize = 12;

/// How many complete answers each driver needs, and how many there must be in any case.
const ANSWERS: (usize, usize) = (10, 30);

/// How often answers are drawn again for the intervals.
const DRAWS: usize = 1000;

/// How much of an outcome goes with each of several drivers.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Each driver, in the order given.
    pub drivers: Vec<Driver>,
    /// The share of the outcome's variance that all of them explain together.
    pub r_squared: f64,
    /// How many complete answers there are.
    pub n: usize,
    /// What the draws for the intervals started from.
    pub seed: u64,
}

/// How much of an outcome goes with one driver.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// How much it adds to R² on average over all orders of the drivers; over all drivers these sum to R².
    pub lmg: f64,
    /// The interval of that.
    pub lmg_interval: Interval,
    /// Johnson's relative weight; over all drivers these sum to R² too.
    pub weight: f64,
    /// The interval of that.
    pub weight_interval: Interval,
    /// By how many times the others inflate the variance of its slope; 1 where they tell nothing of it.
    pub vif: f64,
}

/// Why drivers are not weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There are none, or too many.
    #[error("{0} drivers, where 1 to {MOST_DRIVERS} can be weighed")]
    Drivers(usize),
    /// There are too few complete answers.
    #[error("{n} complete answers, where {needed} are needed")]
    Answers {
        /// How many there are.
        n: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The outcome or a driver is the same in all answers, or a driver follows from others.
    #[error("the outcome or a driver never varies, or a driver follows from others")]
    NothingApart,
}

impl Drivers {
    /// Weighs drivers by complete answers: rows of the outcome and then each driver. The order of rows changes nothing.
    ///
    /// The interval of a weight holds the middle of what comes out where as many answers are drawn again from the distinct ones; draws in
    /// which something never varies are left out.
    ///
    /// Grömping (2006), Relative importance for linear regression in R: the package relaimpo, Journal of Statistical Software 17 (LMG);
    /// Johnson (2000), A heuristic method for estimating the relative weight of predictor variables in multiple regression, Multivariate
    /// Behavioral Research 35; Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13 (percentiles).
    ///
    /// # Errors
    /// There are too few answers, too many drivers, or nothing to tell them apart by.
    pub fn of(rows: &[Vec<f64>], confidence: f64, seed: u64) -> Result<Self, Refusal> {
        let (n, count) = (rows.len(), rows.first().map_or(0, |row| row.len().saturating_sub(1)));
        if rows.is_empty() || n < needed(count) {
            return Err(Refusal::Answers { n, needed: needed(count) });
        }
        if !(1..=MOST_DRIVERS).contains(&count) {
            return Err(Refusal::Drivers(count));
        }
        let (patterns, counts) = distinct(rows);
        let weights = Weights::of(&patterns, &counts).ok_or(Refusal::NothingApart)?;
        let mut chance = Chance::new(seed, "drivers");
        let draws: Vec<Weights> = (0..DRAWS).filter_map(|_| Weights::of(&patterns, &drawn(&counts, n, &mut chance))).collect();
        let interval = |of: &dyn Fn(&Weights) -> f64| percentiles(draws.iter().map(of).collect(), confidence);
        let driver = |at: usize| Driver {
            lmg: weights.lmg[at],
            lmg_interval: interval(&|draw| draw.lmg[at]),
            weight: weights.johnson[at],
            weight_interval: interval(&|draw| draw.johnson[at]),
            vif: weights.vif[at],
        };
        Ok(Self { drivers: (0..count).map(driver).collect(), r_squared: weights.lmg.iter().sum(), n, seed })
    }
}

fn needed(drivers: usize) -> usize {
    ANSWERS.1.max(ANSWERS.0 * drivers)
}

/// Gives each distinct row once, in order, and how often it was given.
fn distinct(rows: &[Vec<f64>]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut sorted: Vec<&Vec<f64>> = rows.iter().collect();
    sorted.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    let chunks = sorted.chunk_by(|one, other| one == other);
    chunks.map(|alike| (alike[0].clone(), alike.len() as f64)).unzip()
}

/// Draws as many answers again, each as likely as it was given.
fn drawn(counts: &[f64], n: usize, chance: &mut Chance) -> Vec<f64> {
    let ends: Vec<usize> = counts
        .iter()
        .scan(0, |end, count| {
            *end += *count as usize;
            Some(*end)
        })
        .collect();
    let mut drawn = vec![0.0; counts.len()];
    for _ in 0..n {
        let at = chance.below(n);
        drawn[ends.partition_point(|end| *end <= at)] += 1.0;
    }
    drawn
}

/// Gives the interval that leaves out as many values on either side.
fn percentiles(mut values: Vec<f64>, confidence: f64) -> Interval {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let value = |share: f64| values.get((share * last as f64).round() as usize).copied().unwrap_or(f64::NAN);
    Interval { low: value(0.5 - confidence / 2.0), high: value(0.5 + confidence / 2.0) }
}

/// The weights of all drivers in one sample.
struct Weights {
    lmg: Vec<f64>,
    johnson: Vec<f64>,
    vif: Vec<f64>,
}

impl Weights {
    /// Gives them; `None` where the outcome or a driver never varies, or a driver follows from others.
    fn of(patterns: &[Vec<f64>], counts: &[f64]) -> Option<Self> {
        let all = correlations(&covariances(patterns, counts))?;
        let among: Matrix = all[1..].iter().map(|row| row[1..].to_vec()).collect();
        let outcome = &all[0][1..];
        let (values, axes) = eigen(&among);
        if values.iter().any(|value| *value < NOTHING) {
            return None;
        }
        let vif = |at: usize| axes[at].iter().zip(&values).map(|(part, value)| part * part / value).sum();
        let vif = (0..outcome.len()).map(vif).collect();
        Some(Self { lmg: shapley(&all), johnson: johnson(outcome, &values, &axes), vif })
    }
}

/// Gives Johnson's weights: drivers are turned into the nearest ones that tell nothing of one another, and what these explain is given
/// back by how much each driver has of them.
fn johnson(outcome: &[f64], values: &[f64], axes: &Matrix) -> Vec<f64> {
    let size = outcome.len();
    let power = |i: usize, j: usize, by: f64| (0..size).map(|k| axes[i][k] * axes[j][k] * values[k].powf(by)).sum::<f64>();
    let slopes = (0..size).map(|i| (0..size).map(|j| power(i, j, -0.5) * outcome[j]).sum::<f64>());
    let explained: Vec<f64> = slopes.map(|slope| slope * slope).collect();
    (0..size).map(|i| (0..size).map(|j| power(i, j, 0.5).powi(2) * explained[j]).sum()).collect()
}

/// Gives how much each driver adds to R² on average over all orders, out of correlations of which the outcome's come first.
fn shapley(correlations: &Matrix) -> Vec<f64> {
    let count = correlations.len() - 1;
    let mut explained = vec![0.0; 1 << count];
    explain(correlations, (count, 0), &mut explained);
    // Of all orders, so large a share has a given driver right after a given set of this size.
    let mut share = vec![1.0 / count as f64; count];
    for size in 1..count {
        share[size] = share[size - 1] * size as f64 / (count - size) as f64;
    }
    let added = |driver: usize| {
        let sets = (0..explained.len()).filter(|set| set & (1 << driver) == 0);
        sets.map(|set| share[set.count_ones() as usize] * (explained[set | 1 << driver] - explained[set])).sum()
    };
    (0..count).map(added).collect()
}

/// Writes R² of every set of drivers: `left` has what the set so far leaves of the outcome and of the first `undecided` drivers.
fn explain(left: &Matrix, (undecided, set): (usize, usize), explained: &mut [f64]) {
    let Some(driver) = undecided.checked_sub(1) else {
        explained[set] = 1.0 - left[0][0];
        return;
    };
    let dropped: Matrix = left[..undecided].iter().map(|row| row[..undecided].to_vec()).collect();
    explain(&dropped, (driver, set), explained);
    explain(&without(left, undecided), (driver, set | 1 << driver), explained);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::*;

    /// An outcome and three drivers.
    const ANSWERED: [&str; 40] = [
        "3332", "2232", "4433", "1232", "1112", "1123", "1111", "2232", "4323", "4321", "4344", "4345", "3332", "4442", "4233",
        "5333", "2233", "3223", "4434", "1242", "2235", "3332", "4433", "2213", "2331", "3142", "4321", "4444", "3343", "3323",
        "2222", "2224", "2231", "2132", "2322", "3322", "2232", "4443", "4332", "6443",
    ];

    fn rows() -> Vec<Vec<f64>> {
        ANSWERED.map(|row| row.bytes().map(|digit| f64::from(digit - b'0')).collect()).to_vec()
    }

    #[test]
    fn they_agree_with_all_orders_and_the_formulas_reckoned_in_numpy() {
        let drivers = Drivers::of(&rows(), 0.95, 7).unwrap();
        assert!(is_near(drivers.r_squared, 0.597_947_239_251_175), "{drivers:?}");
        let expected = [
            [0.474_705_146_614_76, 0.473_955_066_916_21, 1.234_761_519_805_98],
            [0.082_964_017_521_683_1, 0.082_578_836_763_346_8, 1.266_901_778_496_36],
            [0.040_278_075_114_731_4, 0.041_413_335_571_617_3, 1.110_394_098_625_71],
        ];
        for (driver, [lmg, weight, vif]) in drivers.drivers.iter().zip(expected) {
            assert!(is_near(driver.lmg, lmg) && is_near(driver.weight, weight) && is_near(driver.vif, vif), "{driver:?}");
            assert!(driver.lmg_interval.holds(lmg) && driver.weight_interval.holds(weight), "{driver:?}");
        }
        // 4,000 draws in NumPy gave these ends.
        let ends = [(0.308, 0.642), (0.010, 0.220), (0.002, 0.170)];
        for (driver, (low, high)) in drivers.drivers.iter().zip(ends) {
            let interval = driver.lmg_interval;
            assert!((interval.low - low).abs() < 0.03 && (interval.high - high).abs() < 0.03, "{interval:?}");
        }
        let (mut turned, again) = (rows(), Drivers::of(&rows(), 0.95, 7));
        turned.reverse();
        assert_eq!((Drivers::of(&turned, 0.95, 7), again), (Ok(drivers.clone()), Ok(drivers.clone())));
        assert_ne!(Drivers::of(&rows(), 0.95, 8).unwrap().drivers, drivers.drivers);
    }

    #[test]
    fn too_little_to_tell_them_apart_by_is_refused() {
        let of = |rows: &[Vec<f64>]| Drivers::of(rows, 0.95, 1).map(drop);
        assert_eq!(of(&[]), Err(Refusal::Answers { n: 0, needed: 30 }));
        assert_eq!(of(&rows()[..29]), Err(Refusal::Answers { n: 29, needed: 30 }));
        let wide = |width: usize| vec![vec![1.0; width]; 200];
        assert_eq!(of(&wide(5)[..39]), Err(Refusal::Answers { n: 39, needed: 40 }));
        assert_eq!((of(&wide(14)), of(&wide(1))), (Err(Refusal::Drivers(13)), Err(Refusal::Drivers(0))));
        assert_eq!(of(&wide(3)), Err(Refusal::NothingApart));
        let doubled = |row: Vec<f64>| vec![row[0], row[1], 9.0 - 2.0 * row[1]];
        assert_eq!(of(&rows().into_iter().map(doubled).collect::<Vec<_>>()), Err(Refusal::NothingApart));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn shares_sum_to_r_squared_and_neither_scales_nor_order_change_them(
            rows in prop::collection::vec(prop::collection::vec(1_u8..6, 5), 50..80),
        ) {
            let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| row.into_iter().map(f64::from).collect()).collect();
            let moved: Vec<Vec<f64>> =
                rows.iter().map(|row| vec![row[0] * 3.0, row[4] - 7.0, -row[3], row[2], row[1] / 2.0]).collect();
            let counts = vec![1.0; rows.len()];
            if let (Some(one), Some(other)) = (Weights::of(&rows, &counts), Weights::of(&moved, &counts)) {
                let (lmg, johnson): (f64, f64) = (one.lmg.iter().sum(), one.johnson.iter().sum());
                prop_assert!((lmg - johnson).abs() < 1e-9 && (0.0..=1.0).contains(&lmg), "{} {}", lmg, johnson);
                for at in 0..4 {
                    prop_assert!(one.lmg[at] > -1e-12 && one.johnson[at] > -1e-12 && one.vif[at] > 1.0 - 1e-9);
                    prop_assert!((one.lmg[at] - other.lmg[3 - at]).abs() < 1e-9 && (one.vif[at] - other.vif[3 - at]).abs() < 1e-6);
                    prop_assert!((one.johnson[at] - other.johnson[3 - at]).abs() < 1e-9);
                }
            }
        }
    }
}
