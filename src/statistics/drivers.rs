//! What goes with an outcome, and how much of it: association, not cause.

use thiserror::Error;

use crate::survey::chance::Chance;

use super::interval::Interval;
use super::linear::{Matrix, Moments, NOTHING, correlations, eigen};

/// The most drivers that are weighed against one another.
pub const MOST_DRIVERS: usize = 12;

/// How many complete answers each driver needs, and how many there must be in any case.
const ANSWERS: (usize, usize) = (10, 30);

/// How often answers are drawn again for the intervals.
const DRAWS: usize = 1000;

/// More answers than these are not drawn one by one, but in so many groups: their sums spread as those of answers do, and that the spread
/// of what is worked out of them is uncertain by 2 % is less than what the number of draws does to it.
const MOST_DRAWN: usize = 10_000;
const GROUPS: usize = 1024;

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
    /// which something never varies are left out. Of more than 10,000 answers, 1,024 groups made by chance are drawn again instead.
    ///
    /// Grömping (2006), Relative importance for linear regression in R: the package relaimpo, Journal of Statistical Software 17 (LMG);
    /// Johnson (2000), A heuristic method for estimating the relative weight of predictor variables in multiple regression, Multivariate
    /// Behavioral Research 35; Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13 (percentiles); Wolter (2007),
    /// Introduction to Variance Estimation, chapter 2 (random groups).
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
        let mut chance = Chance::new(seed, "drivers");
        let units = units(rows, &mut chance);
        let weights = Weights::of(&Moments::sum(units.iter().map(|unit| (&unit.moments, unit.times as f64))));
        let weights = weights.ok_or(Refusal::NothingApart)?;
        let ends = ends(&units);
        let draws: Vec<Weights> = (0..DRAWS).filter_map(|_| Weights::of(&drawn(&units, &ends, &mut chance))).collect();
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

/// What is drawn again: the answers of a pattern, each by itself, or those of a group, together.
struct Unit {
    moments: Moments,
    times: usize,
}

/// Gives what is drawn again, in an order that follows from the answers.
fn units(rows: &[Vec<f64>], chance: &mut Chance) -> Vec<Unit> {
    let mut sorted: Vec<&Vec<f64>> = rows.iter().collect();
    sorted.sort_unstable_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    let means = Moments::means(rows);
    if rows.len() <= MOST_DRAWN {
        let unit = |alike: &[&Vec<f64>]| {
            let mut moments = Moments::none(means.len());
            moments.add(alike[0], &means);
            Unit { moments, times: alike.len() }
        };
        return sorted.chunk_by(|one, other| one == other).map(unit).collect();
    }
    let mut groups = vec![Moments::none(means.len()); GROUPS];
    sorted.into_iter().for_each(|row| groups[chance.below(GROUPS)].add(row, &means));
    groups.into_iter().map(|moments| Unit { moments, times: 1 }).collect()
}

/// Draws as many again as there are, each as likely as it is often there, and gives the moments of all that were drawn; `ends` are how often
/// all up to each are there.
fn drawn(units: &[Unit], ends: &[usize], chance: &mut Chance) -> Moments {
    let all = ends.last().copied().unwrap_or_default();
    let mut times = vec![0.0; units.len()];
    for _ in 0..all {
        let at = chance.below(all);
        times[ends.partition_point(|end| *end <= at)] += 1.0;
    }
    Moments::sum(units.iter().map(|unit| &unit.moments).zip(times))
}

/// Gives how often all up to each are there.
fn ends(units: &[Unit]) -> Vec<usize> {
    let end = |end: &mut usize, unit: &Unit| {
        *end += unit.times;
        Some(*end)
    };
    units.iter().scan(0, end).collect()
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
    fn of(moments: &Moments) -> Option<Self> {
        let all = correlations(&moments.covariances())?;
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
    let roots: Vec<f64> = values.iter().map(|value| value.sqrt()).collect();
    let told =
        |i: usize, j: usize, by: &dyn Fn(f64) -> f64| (0..size).map(|k| axes[i][k] * axes[j][k] * by(roots[k])).sum::<f64>();
    let slopes = (0..size).map(|i| (0..size).map(|j| told(i, j, &f64::recip) * outcome[j]).sum::<f64>());
    let explained: Vec<f64> = slopes.map(|slope| slope * slope).collect();
    (0..size).map(|i| (0..size).map(|j| told(i, j, &|root| root).powi(2) * explained[j]).sum()).collect()
}

/// Gives how much each driver adds to R² on average over all orders, out of correlations of which the outcome's come first.
fn shapley(correlations: &Matrix) -> Vec<f64> {
    let count = correlations.len() - 1;
    let mut explained = vec![0.0; 1 << count];
    let mut left = vec![[[0.0; MOST_DRIVERS + 1]; MOST_DRIVERS + 1]; count + 1];
    for (to, from) in left[count].iter_mut().zip(correlations) {
        to[..=count].copy_from_slice(from);
    }
    explain(&mut left, 0, &mut explained);
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

/// What a set of drivers leaves of the outcome and of the drivers that are undecided.
type Left = [[f64; MOST_DRIVERS + 1]; MOST_DRIVERS + 1];

/// Writes R² of every set of drivers: the last of `left` is what the set so far leaves of the outcome and of the drivers that are
/// undecided, one fewer than there are places.
fn explain(left: &mut [Left], set: usize, explained: &mut [f64]) {
    let undecided = left.len() - 1;
    let (rest, own) = left.split_at_mut(undecided);
    let (own, Some(driver)) = (&own[0], undecided.checked_sub(1)) else {
        explained[set] = 1.0 - own[0][0][0];
        return;
    };
    for (to, from) in rest[driver].iter_mut().zip(own).take(undecided) {
        to[..undecided].copy_from_slice(&from[..undecided]);
    }
    explain(rest, set, explained);
    let pivot = own[undecided][undecided];
    let part = if pivot > NOTHING { pivot.recip() } else { 0.0 };
    for (to, from) in rest[driver].iter_mut().zip(own).take(undecided) {
        let told = from[undecided] * part;
        for at in 0..undecided {
            to[at] = from[at] - told * own[undecided][at];
        }
    }
    explain(rest, set | 1 << driver, explained);
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
    fn groups_of_many_answers_spread_as_the_answers_do() {
        let repeated = |times: usize| (0..times).flat_map(|_| rows()).collect::<Vec<_>>();
        let [one_by_one, grouped] = [250, 300].map(|times| Drivers::of(&repeated(times), 0.95, 7).unwrap());
        assert!(one_by_one.n <= MOST_DRAWN && grouped.n > MOST_DRAWN);
        for (one, group) in one_by_one.drivers.iter().zip(&grouped.drivers) {
            let width = |driver: &Driver| driver.lmg_interval.high - driver.lmg_interval.low;
            let ratio = width(group) / width(one) * (300.0_f64 / 250.0).sqrt();
            assert!((ratio - 1.0).abs() < 0.15 && is_near(group.lmg, one.lmg), "{ratio}");
        }
        let mut turned = repeated(300);
        turned.reverse();
        assert_eq!(Drivers::of(&turned, 0.95, 7), Ok(grouped));
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
            let of = |rows: &[Vec<f64>]| Weights::of(&Moments::of(rows));
            if let (Some(one), Some(other)) = (of(&rows), of(&moved)) {
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
