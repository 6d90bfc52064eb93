//! The Net Promoter Score, as a share from -1 to 1.

use serde::Serialize;

use super::difference::{Change, mover};
use super::interval::{Interval, reach};
use super::root::falling;
use super::scale::Scale;

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

/// The shares of detractors and promoters among answers that may be weighted, or of a finite population, and what these are worth
/// ([`super::effective`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// The share of detractors, from 0 to 1.
    pub detractors: f64,
    /// The share of promoters, from 0 to 1; no more than is left.
    pub promoters: f64,
    /// How many answers of a simple random sample would tell as much.
    pub n: f64,
}

/// How the interval of a score is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NpsInterval {
    /// All scores that a score test doesn't reject. It never leaves −1 to 1, and of those here it holds its confidence best in small
    /// groups.
    ///
    /// The difference of promoters and detractors in one sample is the difference of two paired shares: Tango (1998), Equivalence test
    /// and confidence interval for the difference in proportions for the paired-sample design. Statistics in Medicine 17.
    #[default]
    Tango,
    /// That of the standard error, with three answers added, half of them passive. It may leave −1 to 1.
    ///
    /// Rocks (2016), Interval estimation for the "Net Promoter Score". The American Statistician 70.
    AdjustedWald,
    /// What the score lies in with this probability, as much of the rest on either side, where each of the three shares had half an answer
    /// before.
    ///
    /// Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion. Statistical Science 16.
    Jeffreys,
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

    /// Gives the shares of detractors and promoters among so many answers as there are.
    pub fn balance(self) -> Option<Balance> {
        self.score()?;
        let [n, detractors, promoters] = [self.n(), self.detractors, self.promoters].map(|count| count as f64);
        Some(Balance { detractors: detractors / n, promoters: promoters / n, n })
    }

    /// Gives the answers on a scale of three points: detractors as −1, passives as 0, promoters as 1. How often a later answer is the
    /// higher one is [`Scale::dominated_by`].
    pub fn scale(self) -> Scale {
        Scale::of([(-1.0, self.detractors), (0.0, self.passives), (1.0, self.promoters)])
    }

    /// Gives the interval of the score ([`Balance::interval`]).
    pub fn interval(self, by: NpsInterval, confidence: f64) -> Option<Interval> {
        self.balance()?.interval(by, confidence)
    }

    /// Gives how much the score of a later sample is above this one ([`Balance::change_to`]).
    pub fn change_to(self, later: Self, by: NpsInterval, confidence: f64) -> Option<Change> {
        self.balance()?.change_to(later.balance()?, by, confidence)
    }
}

impl Balance {
    /// Gives the score.
    pub fn score(self) -> f64 {
        self.promoters - self.detractors
    }

    /// Gives the interval of the score, which always holds it; `None` where it is of no answers.
    pub fn interval(self, by: NpsInterval, confidence: f64) -> Option<Interval> {
        (self.n > 0.0).then(|| self.reaching(by, reach(confidence)))
    }

    /// Gives how much the score of a later sample is above this one, with the interval of both scores' intervals ([`mover`]).
    pub fn change_to(self, later: Self, by: NpsInterval, confidence: f64) -> Option<Change> {
        let interval = |z| mover((self.score(), self.reaching(by, z)), (later.score(), later.reaching(by, z)));
        (self.n > 0.0 && later.n > 0.0).then(|| Change::of(later.score() - self.score(), confidence, interval))
    }

    /// Gives the interval that reaches so many standard errors to either side of the score; none of a census, whatever the method.
    fn reaching(self, by: NpsInterval, z: f64) -> Interval {
        let score = self.score();
        let Interval { low, high } = match by {
            _ if self.n.is_infinite() => Interval { low: score, high: score },
            NpsInterval::Tango => self.not_rejected(z),
            NpsInterval::AdjustedWald => self.adjusted(z),
            NpsInterval::Jeffreys => self.believed(z),
        };
        Interval { low: low.min(score), high: high.max(score) }
    }

    /// Gives the sample with promoters for detractors: its upper end is the lower one of this, with the other sign.
    pub(super) fn mirrored(self) -> Self {
        Self { detractors: self.promoters, promoters: self.detractors, ..self }
    }

    fn not_rejected(self, z: f64) -> Interval {
        let upper = |of: Self| falling(|supposed| of.statistic(supposed) + z, of.score(), 1.0);
        Interval { low: -upper(self.mirrored()), high: upper(self) }
    }

    fn adjusted(self, z: f64) -> Interval {
        let n = self.n + 3.0;
        let [detractors, promoters] = [self.detractors, self.promoters].map(|share| (share * self.n + 0.75) / n);
        let score = promoters - detractors;
        let margin = z * ((promoters + detractors - score * score) / n).sqrt();
        Interval { low: score - margin, high: score + margin }
    }

    /// Gives how many standard errors the score lies above a supposed one, which is taken for true in estimating these.
    fn statistic(self, supposed: f64) -> f64 {
        let Self { detractors, promoters, n } = self;
        // The likeliest share of detractors, where the score is the supposed one: the larger root of 2x² + bx + c.
        let b = (2.0 - promoters + detractors) * supposed - promoters - detractors;
        let c = -detractors * supposed * (1.0 - supposed);
        let share = ((b * b - 8.0 * c).max(0.0).sqrt() - b) / 4.0;
        let variance = (2.0 * share + supposed * (1.0 - supposed)) / n;
        let distance = promoters - detractors - supposed;
        if variance > 0.0 { distance / variance.sqrt() } else { distance.signum() * f64::INFINITY }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{effective, is_near};
    use super::NpsInterval::{AdjustedWald, Jeffreys, Tango};
    use super::*;

    fn nps(detractors: u64, passives: u64, promoters: u64) -> Nps {
        Nps { detractors, passives, promoters }
    }

    #[test]
    fn published_values_come_out() {
        let waves = nps(30, 50, 120);
        assert_eq!(waves.score(), Some(0.45));
        assert!(is_near(waves.standard_error().unwrap(), 0.052_321_123_8));
        let interval = waves.interval(Tango, 0.95).unwrap();
        assert!(is_near(interval.low, 0.341_079_433_4) && is_near(interval.high, 0.545_705_873_1), "{interval:?}");
        let all = nps(0, 0, 12).interval(Tango, 0.95).unwrap();
        assert!(is_near(all.low, 0.515_011_986_7) && is_near(all.high, 1.0), "{all:?}");
        // The reason why it is not the usual one.
        assert!((nps(0, 0, 12).interval(AdjustedWald, 0.95).unwrap().high - 1.058).abs() < 5e-4);
    }

    #[test]
    fn changes_agree_with_scipy() {
        let cases = [
            (
                [nps(30, 50, 120), nps(20, 40, 140)],
                [0.010_941_662_498_341_2, 0.287_066_983_510_719, 2.112_188_223_813_43, 0.034_670_308_183_223_2],
            ),
            (
                [nps(4, 3, 5), nps(1, 2, 9)],
                [-0.073_653_092_363_647_3, 1.091_667_573_513_9, 1.743_212_557_735_74, 0.081_296_492_715_673_4],
            ),
            (
                [nps(20, 5, 5), nps(10, 10, 15)],
                [0.220_136_921_556_061, 0.978_565_931_913_267, 2.958_189_631_948_31, 0.003_094_516_907_755_17],
            ),
        ];
        for ([one, two], [low, high, z, p]) in cases {
            let change = one.change_to(two, Tango, 0.95).unwrap();
            assert!(is_near(change.interval.low, low) && is_near(change.interval.high, high), "{change:?}");
            assert!(is_near(change.z, z) && is_near(change.p, p), "{change:?}");
        }
        let higher = nps(4, 3, 5).scale().dominated_by(&nps(1, 2, 9).scale()).unwrap().probability;
        assert!(is_near(higher, (3.0 * 9.0 + 4.0 * 11.0 + (4.0 + 6.0 + 45.0) / 2.0) / 144.0), "{higher}");
    }

    #[test]
    fn an_adjusted_interval_of_shares_is_that_of_their_counts_and_holds_the_score_however_little_it_reaches() {
        // Three answers more, half of them passive: (120.75 − 30.75) / 203 around it.
        let (of_counts, score) = (nps(30, 50, 120).interval(AdjustedWald, 0.95).unwrap(), 90.0_f64 / 203.0);
        let margin = reach(0.95) * ((151.5 / 203.0 - score * score) / 203.0).sqrt();
        assert!(is_near(of_counts.low, score - margin) && is_near(of_counts.high, score + margin), "{of_counts:?}");
        let of_shares = Balance { detractors: 0.15, promoters: 0.6, n: 200.0 };
        assert_eq!(of_shares.interval(AdjustedWald, 0.95), Some(of_counts));
        assert_eq!(nps(0, 0, 12).interval(AdjustedWald, 0.01).unwrap().high, 1.0);
    }

    #[test]
    fn a_census_has_no_width_and_half_a_population_halves_the_variance() {
        let sample = nps(30, 50, 120).balance().unwrap();
        for by in [Tango, AdjustedWald, Jeffreys] {
            let census = Balance { n: f64::INFINITY, ..sample }.interval(by, 0.95);
            assert_eq!(census, Some(Interval { low: sample.score(), high: sample.score() }), "{by:?}");
        }
        let of =
            |invited: u64| Balance { n: effective::of_population(sample.n, invited), ..sample }.interval(Tango, 0.95).unwrap();
        assert_eq!(of(200), Interval { low: sample.score(), high: sample.score() });
        let twice = Balance { n: 2.0 * 200.0 * 399.0 / 400.0, ..sample }.interval(Tango, 0.95).unwrap();
        assert_eq!(of(400), twice);
        assert!(of(1_000_000).high < nps(30, 50, 120).interval(Tango, 0.95).unwrap().high);
    }

    #[test]
    fn without_answers_there_is_no_score() {
        let none = nps(0, 0, 0);
        assert_eq!((none.score(), none.standard_error(), none.interval(Tango, 0.95)), (None, None, None));
        assert_eq!((none.interval(AdjustedWald, 0.95), none.change_to(nps(1, 2, 3), Tango, 0.95)), (None, None));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_score_stays_in_bounds_and_grows_with_confidence(
            detractors in 0_u64..300, passives in 0_u64..300, promoters in 0_u64..300,
        ) {
            prop_assume!(detractors + passives + promoters > 0);
            let sample = nps(detractors, passives, promoters);
            let (score, wide, narrow) = (sample.score().unwrap(), sample.interval(Tango, 0.95).unwrap(), sample.interval(Tango, 0.8).unwrap());
            prop_assert!(wide.holds(score) && wide.low >= -1.0 && wide.high <= 1.0, "{:?}", wide);
            prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
            let mirrored = nps(promoters, passives, detractors).interval(Tango, 0.95).unwrap();
            prop_assert!((mirrored.low + wide.high).abs() < 1e-12 && (mirrored.high + wide.low).abs() < 1e-12);
        }

        #[test]
        fn the_ends_of_an_interval_are_as_far_as_the_test_reaches(
            detractors in 1_u64..300, passives in 0_u64..300, promoters in 1_u64..300,
        ) {
            let sample = nps(detractors, passives, promoters);
            let interval = sample.interval(Tango, 0.95).unwrap();
            prop_assert!((sample.balance().unwrap().statistic(interval.high) + reach(0.95)).abs() < 1e-6);
        }

        #[test]
        fn p_and_the_interval_never_disagree_and_a_change_back_is_turned_around(
            one in prop::array::uniform3(0_u64..200), two in prop::array::uniform3(0_u64..200), confidence in 0.5..0.999,
        ) {
            prop_assume!(one.iter().sum::<u64>() > 0 && two.iter().sum::<u64>() > 0);
            let [one, two] = [one, two].map(|[detractors, passives, promoters]| nps(detractors, passives, promoters));
            agrees(one, two, Tango, confidence)?;
            agrees(one, two, AdjustedWald, confidence)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn nor_do_they_where_the_interval_is_reckoned_numerically(
            one in prop::array::uniform3(0_u64..40), two in prop::array::uniform3(0_u64..40), confidence in 0.5..0.999,
        ) {
            prop_assume!(one.iter().sum::<u64>() > 0 && two.iter().sum::<u64>() > 0);
            let [one, two] = [one, two].map(|[detractors, passives, promoters]| nps(detractors, passives, promoters));
            agrees(one, two, Jeffreys, confidence)?;
        }
    }

    fn agrees(one: Nps, two: Nps, by: NpsInterval, confidence: f64) -> Result<(), TestCaseError> {
        let (there, back) = (one.change_to(two, by, confidence).unwrap(), two.change_to(one, by, confidence).unwrap());
        let distance = (there.p - (1.0 - confidence)).abs();
        prop_assert!(distance < 1e-9 || there.interval.holds(0.0) == (there.p > 1.0 - confidence), "{:?}", there);
        prop_assert!((there.difference + back.difference).abs() < 1e-12 && (there.z + back.z).abs() < 1e-6);
        let (to, from) = (there.interval, back.interval);
        prop_assert!((to.low + from.high).abs() < 1e-9 && (to.high + from.low).abs() < 1e-9);
        let both = mover(
            (one.score().unwrap(), one.interval(by, confidence).unwrap()),
            (two.score().unwrap(), two.interval(by, confidence).unwrap()),
        );
        let is_both = (to.low - both.low).abs() < 1e-12 && (to.high - both.high).abs() < 1e-12;
        prop_assert!(is_both, "{:?} is not that of both scores' intervals, {:?}", to, both);
        Ok(())
    }
}
