//! How the mean of a sample spreads where as many answers are drawn again from it.

use crate::survey::chance::Chance;

use super::interval::Interval;
use super::scale::Scale;

/// How many steps a scale may have from its lowest to its highest answer for the exact distribution.
const MOST_STEPS: f64 = 1000.0;

/// How often answers are drawn again where there is no exact distribution.
const DRAWS: usize = 10_000;

/// What lies farther out is left out of a distribution: less than a double can add to it, however often it is folded.
const TRIMMED: f64 = 1e-25;

/// The distribution of the mean of as many answers, each drawn again from the same sample: its bootstrap distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// Means from the lowest up, and how likely each is.
    means: Vec<(f64, f64)>,
    /// What the draws started from; `None` where the distribution is exact.
    pub seed: Option<u64>,
}

impl Bootstrap {
    /// Gives the distribution for a sample, such as [`super::Nps::scale`]: exactly, by folding the answers' distribution with itself, where
    /// they are whole steps apart; else by drawing 10,000 times from the seed. `None` without answers.
    ///
    /// Efron (1979), Bootstrap methods: another look at the jackknife. Annals of Statistics 7; the exact one is his method 1.
    pub fn of(scale: &Scale, seed: u64) -> Option<Self> {
        let lowest = scale.counts().first()?.0;
        Some(match step(scale) {
            Some(step) => Self::exact(scale, lowest, step),
            None => Self::drawn(scale, seed),
        })
    }

    /// Gives the interval of the middle means: those below it, and those above, are at most as likely as the half of the rest.
    ///
    /// Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: the percentile interval.
    pub fn interval(&self, confidence: f64) -> Interval {
        let end = |skipped: usize, means: &[(f64, f64)]| means.get(skipped).map_or(f64::NAN, |(mean, _)| *mean);
        let tail = 0.5 - confidence / 2.0;
        let (below, above) = (rare(self.means.iter().copied(), tail), rare(self.means.iter().rev().copied(), tail));
        Interval { low: end(below, &self.means), high: end(self.means.len() - 1 - above, &self.means) }
    }

    /// Gives how likely a mean no higher than this is.
    pub fn up_to(&self, mean: f64) -> f64 {
        self.means.iter().take_while(|(value, _)| *value <= mean).map(|(_, chance)| chance).sum()
    }

    fn exact(scale: &Scale, lowest: f64, step: f64) -> Self {
        let n = scale.n() as f64;
        let place = |value: f64| ((value - lowest) / step).round() as usize;
        let mut chances = vec![0.0; scale.counts().last().map_or(0, |(value, _)| place(*value) + 1)];
        for (value, count) in scale.counts() {
            chances[place(*value)] = *count as f64 / n;
        }
        let sums = Sums { first: 0, chances }.of_many(scale.n());
        let mean = |(at, chance): (usize, f64)| (lowest + step * (sums.first + at) as f64 / n, chance);
        Self { means: sums.chances.into_iter().enumerate().map(mean).collect(), seed: None }
    }

    fn drawn(scale: &Scale, seed: u64) -> Self {
        let answers: Vec<f64> = scale.counts().iter().flat_map(|(value, count)| (0..*count).map(|_| *value)).collect();
        let mut chance = Chance::new(seed, "bootstrap");
        let mut mean = || (0..answers.len()).map(|_| answers[chance.below(answers.len())]).sum::<f64>() / answers.len() as f64;
        let mut means: Vec<(f64, f64)> = (0..DRAWS).map(|_| (mean(), 1.0 / DRAWS as f64)).collect();
        means.sort_by(|one, other| one.0.total_cmp(&other.0));
        Self { means, seed: Some(seed) }
    }
}

/// Gives the step that all answers are whole ones apart, where there is one and not too many of them are needed.
fn step(scale: &Scale) -> Option<f64> {
    let values: Vec<f64> = scale.counts().iter().map(|(value, _)| *value).collect();
    let step = values.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let step = if step.is_finite() { step } else { 1.0 };
    let is_whole = |value: &f64| ((value - values[0]) / step).fract().abs() < 1e-9;
    (values.iter().all(is_whole) && (values[values.len() - 1] - values[0]) / step <= MOST_STEPS).then_some(step)
}

/// Gives how many of the first are together no likelier than this.
fn rare<T>(chances: impl Iterator<Item = (T, f64)>, most: f64) -> usize {
    let mut sum = 0.0;
    let is_rare = |(_, chance): &(T, f64)| {
        sum += chance;
        sum <= most
    };
    chances.take_while(is_rare).count()
}

/// The chances of sums in steps, from the first on.
#[derive(Clone)]
struct Sums {
    first: usize,
    chances: Vec<f64>,
}

impl Sums {
    /// Gives those of so many draws, at least one: by doubling.
    fn of_many(self, draws: u64) -> Self {
        if draws <= 1 {
            return self;
        }
        let half = self.clone().of_many(draws / 2);
        let even = half.with(&half);
        if draws.is_multiple_of(2) { even } else { even.with(&self) }
    }

    fn with(&self, other: &Self) -> Self {
        let mut chances = vec![0.0; self.chances.len() + other.chances.len() - 1];
        for (at, one) in self.chances.iter().enumerate() {
            chances[at..].iter_mut().zip(&other.chances).for_each(|(sum, two)| *sum += one * two);
        }
        let sums = || chances.iter().enumerate().map(|(at, chance)| (at, *chance));
        let (before, after) = (rare(sums(), TRIMMED), rare(sums().rev(), TRIMMED));
        chances.truncate(chances.len() - after);
        chances.drain(..before);
        Self { first: self.first + other.first + before, chances }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    use super::super::Nps;
    use super::*;

    #[test]
    fn folding_agrees_with_numpy_and_with_the_binomial_distribution() {
        let scale = Scale::of([(1.0, 3), (2.0, 5), (3.0, 12), (4.0, 20), (5.0, 10)]);
        let bootstrap = Bootstrap::of(&scale, 1).unwrap();
        assert_eq!((bootstrap.interval(0.95), bootstrap.seed), (Interval { low: 3.26, high: 3.88 }, None));
        // The sum of 50 answers is at most 200.
        assert!((bootstrap.up_to(4.0) - 0.998_127_203_746_373).abs() < 1e-12, "{}", bootstrap.up_to(4.0));
        let shares = Bootstrap::of(&Scale::of([(0.0, 700), (1.0, 300)]), 1).unwrap();
        let binomial = Binomial::new(0.3, 1000).unwrap();
        for count in [230, 280, 300, 350] {
            let (found, expected) = (shares.up_to((count as f64 + 0.5) / 1000.0), binomial.cdf(count));
            assert!((found - expected).abs() < 1e-9, "{count}: {found}, expected {expected}");
        }
    }

    #[test]
    fn uneven_answers_are_drawn_from_the_seed() {
        assert_eq!(Bootstrap::of(&Scale::of([]), 1), None);
        let scale = Scale::of([(0.0, 40), (1.0, 30), (std::f64::consts::PI, 30)]);
        let [one, again, other] = [7, 7, 8].map(|seed| Bootstrap::of(&scale, seed).unwrap());
        assert!(one == again && one != other && one.seed == Some(7));
        let interval = one.interval(0.95);
        let spread = 1.96 * (scale.variance().unwrap() / 100.0).sqrt();
        assert!((interval.high - interval.low - 2.0 * spread).abs() < 0.1 * spread, "{interval:?}");
    }

    proptest! {
        #[test]
        fn chances_sum_to_one_around_the_mean(counts in prop::array::uniform3(0_u64..60), confidence in 0.5..0.999) {
            let [detractors, passives, promoters] = counts;
            let sample = Nps { detractors, passives, promoters };
            prop_assume!(sample.n() > 0);
            let bootstrap = Bootstrap::of(&sample.scale(), 1).unwrap();
            let mean: f64 = bootstrap.means.iter().map(|(mean, chance)| mean * chance).sum();
            prop_assert!((bootstrap.up_to(1.0) - 1.0).abs() < 1e-12 && (mean - sample.score().unwrap()).abs() < 1e-12);
            let interval = bootstrap.interval(confidence);
            let outside = bootstrap.up_to(interval.low) - bootstrap.up_to(interval.low - 1e-9);
            prop_assert!(interval.low >= -1.0 && interval.high <= 1.0 && outside > 0.0);
            prop_assert!(bootstrap.up_to(interval.low - 1e-9) <= 0.5 - confidence / 2.0 + 1e-12);
        }
    }
}
