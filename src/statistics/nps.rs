//! The Net Promoter Score, as a share from -1 to 1.

use super::difference::mover;
use super::interval::{Interval, reach};
use super::root::falling;

/// How many answered 0 to 6, 7 or 8, and 9 or 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nps {
    /// Answers from 0 to 6.
    pub detractors: u64,
    /// Answers of 7 and 8.
    pub passives: u64,
    /// Answers of 9 and 10.
    pub promoters: u64,
}

impl Nps {
    /// Gives how many answered.
    pub fn n(self) -> u64 {
        self.detractors + self.passives + self.promoters
    }

    /// Gives (P − D) / n.
    pub fn score(self) -> Option<f64> {
        let [n, detractors, promoters] = [self.n(), self.detractors, self.promoters].map(|count| count as f64);
        (n > 0.0).then(|| (promoters - detractors) / n)
    }

    /// Gives the standard error of the score: the root of ((P + D) / n − score²) / n.
    pub fn standard_error(self) -> Option<f64> {
        let (score, n) = (self.score()?, self.n() as f64);
        let decided = (self.promoters + self.detractors) as f64 / n;
        Some(((decided - score * score).max(0.0) / n).sqrt())
    }

    /// Gives the score interval: all scores that a score test at this confidence doesn't reject.
    ///
    /// The difference of promoters and detractors in one sample is the difference of two paired shares: Tango (1998), Equivalence test and
    /// confidence interval for the difference in proportions for the paired-sample design. Statistics in Medicine 17. It never leaves −1 to
    /// 1, and of those tried it holds its confidence best in small groups.
    pub fn interval(self, confidence: f64) -> Option<Interval> {
        let (score, reach) = (self.score()?, reach(confidence));
        let upper = |detractors, promoters| {
            let of = Self { detractors, promoters, ..self };
            let start = of.score().unwrap_or_default();
            falling(|score| of.statistic(score) + reach, start, 1.0)
        };
        // The lower end is the upper one of the mirrored sample.
        let (low, high) = (-upper(self.promoters, self.detractors), upper(self.detractors, self.promoters));
        Some(Interval { low: low.min(score), high: high.max(score) })
    }

    /// Gives how many standard errors the score lies above a supposed one, which is taken for true in estimating these.
    fn statistic(self, supposed: f64) -> f64 {
        let [n, detractors, promoters] = [self.n(), self.detractors, self.promoters].map(|count| count as f64);
        // The likeliest share of detractors, where the score is the supposed one.
        let (a, b) = (2.0 * n, (2.0 * n - promoters + detractors) * supposed - promoters - detractors);
        let c = -detractors * supposed * (1.0 - supposed);
        let share = ((b * b - 4.0 * a * c).max(0.0).sqrt() - b) / (2.0 * a);
        let variance = n * (2.0 * share + supposed * (1.0 - supposed));
        let distance = promoters - detractors - n * supposed;
        if variance > 0.0 { distance / variance.sqrt() } else { distance.signum() * f64::INFINITY }
    }

    /// Gives the adjusted Wald interval: that of the standard error, with three answers added, half of them passive.
    ///
    /// Rocks (2016), Interval estimation for the "Net Promoter Score". The American Statistician 70. It may leave −1 to 1.
    pub fn adjusted_wald(self, confidence: f64) -> Option<Interval> {
        self.score()?;
        let n = self.n() as f64 + 3.0;
        let [detractors, promoters] = [self.detractors, self.promoters].map(|count| (count as f64 + 0.75) / n);
        let score = promoters - detractors;
        let margin = reach(confidence) * ((promoters + detractors - score * score) / n).sqrt();
        Some(Interval { low: score - margin, high: score + margin })
    }

    /// Gives how much the score of a later sample is above this one, with the interval of both scores' intervals ([`mover`]).
    pub fn change_to(self, later: Self, confidence: f64) -> Option<(f64, Interval)> {
        let (first, second) = (self.score()?, later.score()?);
        let interval = mover((first, self.interval(confidence)?), (second, later.interval(confidence)?));
        Some((second - first, interval))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::*;

    fn nps(detractors: u64, passives: u64, promoters: u64) -> Nps {
        Nps { detractors, passives, promoters }
    }

    #[test]
    fn published_values_come_out() {
        let waves = nps(30, 50, 120);
        assert_eq!(waves.score(), Some(0.45));
        assert!(is_near(waves.standard_error().unwrap(), 0.052_321_123_8));
        let interval = waves.interval(0.95).unwrap();
        assert!(is_near(interval.low, 0.341_079_433_4) && is_near(interval.high, 0.545_705_873_1), "{interval:?}");
        let all = nps(0, 0, 12).interval(0.95).unwrap();
        assert!(is_near(all.low, 0.515_011_986_7) && is_near(all.high, 1.0), "{all:?}");
        // The reason why it is not the usual one.
        assert!((nps(0, 0, 12).adjusted_wald(0.95).unwrap().high - 1.058).abs() < 5e-4);
    }

    #[test]
    fn without_answers_there_is_no_score() {
        let none = nps(0, 0, 0);
        assert_eq!((none.score(), none.standard_error(), none.interval(0.95)), (None, None, None));
        assert_eq!((none.adjusted_wald(0.95), none.change_to(nps(1, 2, 3), 0.95)), (None, None));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_score_stays_in_bounds_and_grows_with_confidence(
            detractors in 0_u64..300, passives in 0_u64..300, promoters in 0_u64..300,
        ) {
            prop_assume!(detractors + passives + promoters > 0);
            let sample = nps(detractors, passives, promoters);
            let (score, wide, narrow) = (sample.score().unwrap(), sample.interval(0.95).unwrap(), sample.interval(0.8).unwrap());
            prop_assert!(wide.holds(score) && wide.low >= -1.0 && wide.high <= 1.0, "{:?}", wide);
            prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
            let mirrored = nps(promoters, passives, detractors).interval(0.95).unwrap();
            prop_assert!((mirrored.low + wide.high).abs() < 1e-12 && (mirrored.high + wide.low).abs() < 1e-12);
        }

        #[test]
        fn the_ends_of_an_interval_are_as_far_as_the_test_reaches(
            detractors in 1_u64..300, passives in 0_u64..300, promoters in 1_u64..300,
        ) {
            let sample = nps(detractors, passives, promoters);
            let interval = sample.interval(0.95).unwrap();
            prop_assert!((sample.statistic(interval.high) + reach(0.95)).abs() < 1e-6);
        }

        #[test]
        fn a_change_back_is_the_change_turned_around(one in prop::array::uniform3(0_u64..200), two in prop::array::uniform3(0_u64..200)) {
            prop_assume!(one.iter().sum::<u64>() > 0 && two.iter().sum::<u64>() > 0);
            let [one, two] = [one, two].map(|[detractors, passives, promoters]| nps(detractors, passives, promoters));
            let ((there, to), (back, from)) = (one.change_to(two, 0.95).unwrap(), two.change_to(one, 0.95).unwrap());
            prop_assert!((there + back).abs() < 1e-12 && (to.low + from.high).abs() < 1e-12 && (to.high + from.low).abs() < 1e-12);
        }
    }
}
