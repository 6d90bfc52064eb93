//! Answers on a scale, as values and how often each was given.

use super::interval::{Interval, two_sided};
use super::mean::{Mean, MeanChange};

/// The answers of a sample to a question with a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Values from the lowest up, each once, and how often: at least once.
    counts: Vec<(f64, u64)>,
}

/// How the answers of two samples stand to each other in order alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    /// The share of pairs in which the later answer is the higher one; an equal pair counts half.
    pub probability: f64,
    /// The p of the Mann–Whitney test, two-sided, by the normal distribution with ties and continuity taken into account.
    pub p: f64,
}

impl Scale {
    /// Takes values and how often each was given, in any order.
    pub fn of(counts: impl IntoIterator<Item = (f64, u64)>) -> Self {
        let mut all: Vec<(f64, u64)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut counts: Vec<(f64, u64)> = Vec::with_capacity(all.len());
        for (value, count) in all {
            match counts.last_mut() {
                Some(last) if last.0 == value => last.1 += count,
                _ => counts.push((value, count)),
            }
        }
        Self { counts }
    }

    /// Gives the values from the lowest up, each once, and how often each was given.
    pub fn counts(&self) -> &[(f64, u64)] {
        &self.counts
    }

    /// Gives how many answered.
    pub fn n(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// Gives the mean.
    pub fn mean(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| self.counts.iter().map(|(value, count)| value * *count as f64).sum::<f64>() / n as f64)
    }

    /// Gives the variance of the sample, with n − 1; `None` below two answers.
    pub fn variance(&self) -> Option<f64> {
        let (n, mean) = (self.n(), self.mean()?);
        let squares = self.counts.iter().map(|(value, count)| (value - mean).powi(2) * *count as f64);
        (n > 1).then(|| squares.sum::<f64>() / (n - 1) as f64)
    }

    /// Gives the mean with how the answers spread; `None` below two answers.
    pub fn spread(&self) -> Option<Mean> {
        Some(Mean { mean: self.mean()?, variance: self.variance()?, n: self.n() as f64 })
    }

    /// Gives the interval of the mean by Student's t; `None` below two answers.
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        self.spread()?.interval(confidence)
    }

    /// Gives how much the mean of a later sample is above this one; `None` where either has fewer than two answers.
    pub fn change_to(&self, later: &Self, confidence: f64) -> Option<MeanChange> {
        self.spread()?.change_to(&later.spread()?, confidence)
    }

    /// Gives how a later sample stands to this one in order alone; `None` where either is empty or all answers are the same.
    ///
    /// Mann and Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other. Annals of
    /// Mathematical Statistics 18.
    pub fn dominated_by(&self, later: &Self) -> Option<Dominance> {
        let (n, m) = (self.n() as f64, later.n() as f64);
        let (below, ties) = self.pairs_with(later);
        let all = n + m;
        let variance = n * m / 12.0 * ((all + 1.0) - ties / (all * (all - 1.0)));
        let distance = ((below - n * m / 2.0).abs() - 0.5).max(0.0);
        (n > 0.0 && m > 0.0 && variance > 0.0)
            .then(|| Dominance { probability: below / (n * m), p: two_sided(distance / variance.sqrt()) })
    }

    /// Gives the pairs in which the later answer is higher, equal ones half; and the sum of t³ − t over values given t times in all.
    fn pairs_with(&self, later: &Self) -> (f64, f64) {
        let given = |scale: &Self, value: f64| {
            scale.counts.iter().find(|(other, _)| *other == value).map_or(0.0, |(_, count)| *count as f64)
        };
        let (mut below, mut higher, mut ties) = (0.0, 0.0, 0.0);
        let both = Self::of(self.counts.iter().chain(&later.counts).copied());
        for (value, count) in both.counts {
            let (ours, theirs) = (given(self, value), given(later, value));
            higher += theirs * (below + ours / 2.0);
            below += ours;
            let count = count as f64;
            ties += count.powi(3) - count;
        }
        (higher, ties)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::*;

    fn scale(counts: &[u64]) -> Scale {
        Scale::of((1..).map(f64::from).zip(counts.iter().copied()))
    }

    fn assert_near(value: f64, expected: f64) {
        assert!(is_near(value, expected), "{value}, expected {expected}");
    }

    #[test]
    fn it_agrees_with_scipy() {
        let (before, after) = (scale(&[3, 5, 12, 20, 10]), scale(&[1, 4, 9, 25, 21]));
        assert_near(before.mean().unwrap(), 3.58);
        assert_near(before.variance().unwrap(), 1.228_163_265_306_122_5);
        let interval = before.interval(0.95).unwrap();
        assert_near(interval.low, 3.265_045_861_002_833);
        assert_near(interval.high, 3.894_954_138_997_167_4);
        let change = before.change_to(&after, 0.95).unwrap();
        assert_near(change.degrees_of_freedom, 98.013_045_430_439_05);
        assert_near(change.p, 0.031_595_524_004_927_954);
        assert_near(change.interval.low, 0.039_301_415_963_028_05);
        assert_near(change.interval.high, 0.834_031_917_370_305);
        assert_near(change.hedges_g.unwrap(), 0.419_923_446_694_153_1);
        let dominance = before.dominated_by(&after).unwrap();
        assert_near(dominance.probability, 1844.5 / 3000.0);
        assert_near(dominance.p, 0.029_651_619_755_067_18);
    }

    #[test]
    fn what_cannot_be_told_is_not() {
        let (none, one, same) = (scale(&[]), scale(&[0, 1]), scale(&[0, 0, 4]));
        assert_eq!((none.mean(), none.variance(), none.interval(0.95)), (None, None, None));
        assert_eq!((one.mean(), one.variance(), one.interval(0.95)), (Some(2.0), None, None));
        assert_eq!((same.dominated_by(&same), none.dominated_by(&one), one.change_to(&same, 0.95)), (None, None, None));
        assert_eq!(Scale::of([(2.0, 1), (1.0, 2), (2.0, 3), (9.0, 0)]), scale(&[2, 4]));
    }

    #[test]
    fn groups_that_are_each_of_one_mind_differ_for_certain_or_not_at_all() {
        let (low, high) = (scale(&[0, 40]), scale(&[0, 0, 0, 40]));
        let told = |change: MeanChange| (change.difference, change.interval.low, change.interval.high, change.p, change.hedges_g);
        assert_eq!(low.change_to(&high, 0.95).map(told), Some((2.0, 2.0, 2.0, 0.0, None)));
        assert_eq!(low.change_to(&low, 0.95).map(told), Some((0.0, 0.0, 0.0, 1.0, None)));
    }

    proptest! {
        #[test]
        fn p_and_the_interval_never_disagree(
            one in prop::collection::vec(0_u64..20, 5), two in prop::collection::vec(0_u64..20, 5), confidence in 0.5..0.999,
        ) {
            let (one, two) = (scale(&one), scale(&two));
            if let Some(change) = one.change_to(&two, confidence) {
                let distance = (change.p - (1.0 - confidence)).abs();
                prop_assert!(distance < 1e-9 || change.interval.holds(0.0) == (change.p > 1.0 - confidence), "{:?}", change);
                let back = two.change_to(&one, confidence).unwrap();
                prop_assert!((change.difference + back.difference).abs() < 1e-12 && (change.p - back.p).abs() < 1e-12);
            }
            if let (Some(there), Some(back)) = (one.dominated_by(&two), two.dominated_by(&one)) {
                prop_assert!((there.probability + back.probability - 1.0).abs() < 1e-12 && (there.p - back.p).abs() < 1e-12);
            }
        }
    }
}
