//! A share of a sample, from 0 to 1.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use super::difference::{Change, mover};
use super::interval::{Interval, reach, two_sided};
use super::root::falling;

/// How many of a sample it is true of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of how many it is true, at most all of them.
    pub count: u64,
    /// How many there are.
    pub n: u64,
}

/// A share of answers that may be weighted, or of a finite population, and what they are worth ([`super::effective`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// The share, from 0 to 1.
    pub share: f64,
    /// How many answers of a simple random sample would tell as much.
    pub n: f64,
}

/// How the interval of a share is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareInterval {
    /// All shares that a score test doesn't reject.
    ///
    /// Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22.
    #[default]
    Wilson,
    /// At least as sure as asked for, whatever the share.
    ///
    /// Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 26. Of
    /// answers that are worth another number than there are, it is that of as many, and about as sure: Korn and Graubard (1998),
    /// Confidence intervals for proportions with small expected number of positive counts. Survey Methodology 24.
    ClopperPearson,
}

/// How the interval of the difference of two shares is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceInterval {
    /// [`mover`] of both Wilson intervals.
    ///
    /// Newcombe (1998), Interval estimation for the difference between independent proportions. Statistics in Medicine 17, method 10.
    #[default]
    Newcombe,
    /// All differences that a score test doesn't reject.
    ///
    /// Miettinen and Nurminen (1985), Comparative analysis of two rates. Statistics in Medicine 4.
    MiettinenNurminen,
}

impl Share {
    /// Gives the share.
    pub fn estimate(self) -> Option<f64> {
        (self.n > 0).then(|| self.count as f64 / self.n as f64)
    }

    /// Gives the share as one of so many answers as there are.
    pub fn proportion(self) -> Option<Proportion> {
        Some(Proportion { share: self.estimate()?, n: self.n as f64 })
    }

    /// Gives its interval ([`Proportion::interval`]).
    pub fn interval(self, by: ShareInterval, confidence: f64) -> Option<Interval> {
        self.proportion()?.interval(by, confidence)
    }

    /// Gives how much the share of a later sample is above this one ([`Proportion::change_to`]).
    pub fn change_to(self, later: Self, by: DifferenceInterval, confidence: f64) -> Option<Change> {
        self.proportion()?.change_to(later.proportion()?, by, confidence)
    }
}

impl Proportion {
    /// Gives its interval; `None` where it is of no answers. That of a census has no width, whatever the method.
    pub fn interval(self, by: ShareInterval, confidence: f64) -> Option<Interval> {
        match by {
            _ if self.n <= 0.0 => None,
            ShareInterval::ClopperPearson if self.n.is_finite() => self.exact((1.0 - confidence) / 2.0),
            ShareInterval::Wilson | ShareInterval::ClopperPearson => Some(self.reaching(reach(confidence))),
        }
    }

    /// Gives the interval outside of which either end leaves so much.
    fn exact(self, tail: f64) -> Option<Interval> {
        let (count, n) = (self.share * self.n, self.n);
        let quantile = |a: f64, b: f64, at: f64| Beta::new(a, b).ok().map(|beta| beta.inverse_cdf(at));
        let low = if self.share == 0.0 { 0.0 } else { quantile(count, n - count + 1.0, tail)? };
        let high = if self.share == 1.0 { 1.0 } else { quantile(count + 1.0, n - count, 1.0 - tail)? };
        Some(Interval { low, high })
    }

    fn reaching(self, z: f64) -> Interval {
        let Self { share, n } = self;
        let (shrink, middle) = (1.0 + z * z / n, share + z * z / (2.0 * n));
        let margin = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        // At the ends, rounding must not keep out what is there.
        let low = if share == 0.0 { 0.0 } else { ((middle - margin) / shrink).min(share) };
        let high = if share == 1.0 { 1.0 } else { ((middle + margin) / shrink).max(share) };
        Interval { low, high }
    }

    /// Gives how much the share of a later sample is above this one; `None` where one is of no answers, or by Miettinen and Nurminen a
    /// census.
    pub fn change_to(self, later: Self, by: DifferenceInterval, confidence: f64) -> Option<Change> {
        let interval = |z| mover((self.share, self.reaching(z)), (later.share, later.reaching(z)));
        match by {
            _ if self.n <= 0.0 || later.n <= 0.0 => None,
            DifferenceInterval::Newcombe => Some(Change::of(later.share - self.share, confidence, interval)),
            DifferenceInterval::MiettinenNurminen => (self.n + later.n).is_finite().then(|| self.not_rejected(later, confidence)),
        }
    }

    fn not_rejected(self, later: Self, confidence: f64) -> Change {
        let (difference, reach) = (later.share - self.share, reach(confidence));
        let interval = Interval {
            low: falling(|supposed| self.statistic(later, supposed) - reach, -1.0, difference),
            high: falling(|supposed| self.statistic(later, supposed) + reach, difference, 1.0),
        };
        let z = self.statistic(later, 0.0);
        Change { difference, interval, z, p: two_sided(z) }
    }

    /// Gives how many standard errors a later share is farther above this one than supposed, which is taken for true in estimating these.
    fn statistic(self, later: Self, supposed: f64) -> f64 {
        let all = self.n + later.n;
        // How the likelihood rises with the first share, where the second is so much above it.
        let rise = |share: f64| score(self, share) + score(later, share + supposed);
        let share = falling(rise, (-supposed).max(0.0), (1.0 - supposed).min(1.0));
        let variance = |share: f64, n: f64| (share * (1.0 - share)).max(0.0) / n;
        let both = (variance(share, self.n) + variance(share + supposed, later.n)) * all / (all - 1.0);
        let distance = later.share - self.share - supposed;
        match distance {
            0.0 => 0.0,
            _ if both > 0.0 => distance / both.sqrt(),
            _ => distance.signum() * f64::INFINITY,
        }
    }
}

/// Gives the slope of the log-likelihood of a sample at a share.
fn score(sample: Proportion, share: f64) -> f64 {
    sample.n * (sample.share / share - (1.0 - sample.share) / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    use super::super::is_near;
    use super::DifferenceInterval::{MiettinenNurminen, Newcombe};
    use super::ShareInterval::{ClopperPearson, Wilson};
    use super::*;

    #[test]
    fn published_values_come_out() {
        let interval = Share { count: 81, n: 263 }.interval(Wilson, 0.95).unwrap();
        assert!(is_near(interval.low, 0.255_288_519_9) && is_near(interval.high, 0.366_209_577), "{interval:?}");
        let change = Share { count: 48, n: 80 }.change_to(Share { count: 56, n: 70 }, Newcombe, 0.95).unwrap();
        let interval = change.interval;
        assert!(is_near(interval.low, 0.052_431_472_4) && is_near(interval.high, 0.333_872_654), "{interval:?}");
        // With nothing found in ten, the exact upper end solves (1 - p)^10 = 0.025.
        let interval = Share { count: 0, n: 10 }.interval(ClopperPearson, 0.95).unwrap();
        assert!(interval.low == 0.0 && is_near(interval.high, 1.0 - 0.025_f64.powf(0.1)), "{interval:?}");
    }

    #[test]
    fn differences_agree_with_scipy() {
        // Of these four, the first is also in Newcombe (1998), table II, to four places.
        let cases = [
            ([48, 80, 56, 70], [0.052_829_713_245_844_7, 0.338_172_940_015_868, 2.641_323_272_294_13]),
            ([3, 10, 9, 10], [0.170_025_016_424_399, 0.840_649_543_943_328, 2.669_269_563_007_83]),
            ([0, 10, 5, 20], [-0.059_252_949_895_601, 0.472_540_363_287_366, 1.702_938_636_592_64]),
            ([9, 10, 18, 20], [-0.231_248_338_568_602, 0.326_145_228_162_366, 0.0]),
        ];
        for ([count, n, later, m], [low, high, z]) in cases {
            let [one, two] = [(count, n), (later, m)].map(|(count, n)| Share { count, n }.proportion().unwrap());
            let change = one.change_to(two, MiettinenNurminen, 0.95).unwrap();
            assert!(is_near(change.interval.low, low) && is_near(change.interval.high, high), "{change:?}");
            assert!((change.z - z).abs() < 1e-9, "{change:?}");
        }
        let change = Share { count: 48, n: 80 }.change_to(Share { count: 56, n: 70 }, Newcombe, 0.95).unwrap();
        assert!(is_near(change.z, 2.646_492_105_337) && is_near(change.p, 0.008_133_140_358_606_8), "{change:?}");
    }

    #[test]
    fn a_census_has_no_width() {
        let census = Proportion { share: 0.3, n: f64::INFINITY };
        for by in [Wilson, ClopperPearson] {
            assert_eq!(census.interval(by, 0.95), Some(Interval { low: 0.3, high: 0.3 }));
        }
        let change = census.change_to(Proportion { share: 0.4, ..census }, Newcombe, 0.95).unwrap();
        assert!(change.interval.low == change.interval.high && change.p < 1e-300, "{change:?}");
        assert_eq!(census.change_to(census, MiettinenNurminen, 0.95), None);
    }

    #[test]
    fn answers_that_are_worth_half_have_the_interval_of_half_as_many() {
        let (half, of_ten) = (Proportion { share: 0.3, n: 10.0 }, Share { count: 3, n: 10 });
        for by in [Wilson, ClopperPearson] {
            assert_eq!(half.interval(by, 0.95), of_ten.interval(by, 0.95));
            // Beyond what any survey has, an interval still lies around its share.
            let many = Proportion { share: 0.3, n: 1e9 }.interval(by, 0.95).unwrap();
            assert!((many.low - 0.3 + 2.84e-5).abs() < 1e-7 && (many.high - 0.3 - 2.84e-5).abs() < 1e-7, "{by:?} {many:?}");
        }
        let between = Proportion { share: 0.3, n: 11.5 }.interval(ClopperPearson, 0.95).unwrap();
        let fewer = half.interval(ClopperPearson, 0.95).unwrap();
        assert!(fewer.low < between.low && between.high < fewer.high, "{between:?}");
    }

    #[test]
    fn of_nobody_there_is_no_share() {
        let none = Share { count: 0, n: 0 };
        assert_eq!((none.estimate(), none.interval(Wilson, 0.95), none.interval(ClopperPearson, 0.95)), (None, None, None));
        assert_eq!(none.change_to(Share { count: 1, n: 2 }, Newcombe, 0.95), None);
    }

    proptest! {
        #[test]
        fn p_and_the_interval_never_disagree_and_a_change_back_is_turned_around(
            one in (0_u64..60, 0_u64..60), two in (0_u64..60, 0_u64..60), confidence in 0.5..0.999,
        ) {
            prop_assume!(one.0 + one.1 > 0 && two.0 + two.1 > 0);
            let [one, two] = [one, two].map(|(count, others)| Share { count, n: count + others }.proportion().unwrap());
            for by in [Newcombe, MiettinenNurminen] {
                let (there, back) = (one.change_to(two, by, confidence).unwrap(), two.change_to(one, by, confidence).unwrap());
                let distance = (there.p - (1.0 - confidence)).abs();
                prop_assert!(distance < 1e-9 || there.interval.holds(0.0) == (there.p > 1.0 - confidence), "{:?}", there);
                prop_assert!(there.interval.holds(there.difference) && (there.p - back.p).abs() < 1e-9, "{:?}", there);
                prop_assert!((there.interval.low + back.interval.high).abs() < 1e-9, "{:?} {:?}", there, back);
            }
        }

        #[test]
        fn intervals_hold_the_share_stay_in_bounds_and_mirror(count in 0_u64..400, others in 0_u64..400) {
            let n = count + others;
            prop_assume!(n > 0);
            let (share, mirrored) = (Share { count, n }, Share { count: others, n });
            for by in [Wilson, ClopperPearson] {
                let (one, other) = (share.interval(by, 0.95).unwrap(), mirrored.interval(by, 0.95).unwrap());
                prop_assert!(one.holds(share.estimate().unwrap()) && one.low >= 0.0 && one.high <= 1.0, "{:?}", one);
                prop_assert!((one.low + other.high - 1.0).abs() < 1e-9 && (one.high + other.low - 1.0).abs() < 1e-9);
            }
        }

        #[test]
        fn beyond_an_end_of_the_exact_interval_the_sample_is_as_rare_as_allowed(count in 1_u64..200, others in 1_u64..200) {
            let n = count + others;
            let interval = Share { count, n }.interval(ClopperPearson, 0.95).unwrap();
            let chance = |share: f64| Binomial::new(share, n).unwrap();
            prop_assert!((chance(interval.low).sf(count - 1) - 0.025).abs() < 1e-9);
            prop_assert!((chance(interval.high).cdf(count) - 0.025).abs() < 1e-9);
        }
    }
}
