//! A share of a sample, from 0 to 1.

use statrs::distribution::{Beta, ContinuousCDF};

use super::difference::mover;
use super::interval::{Interval, reach};

/// How many of a sample it is true of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of how many it is true, at most all of them.
    pub count: u64,
    /// How many there are.
    pub n: u64,
}

impl Share {
    /// Gives the share.
    pub fn estimate(self) -> Option<f64> {
        (self.n > 0).then(|| self.count as f64 / self.n as f64)
    }

    /// Gives Wilson's score interval.
    ///
    /// Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22.
    pub fn interval(self, confidence: f64) -> Option<Interval> {
        let (share, n, z) = (self.estimate()?, self.n as f64, reach(confidence));
        let (shrink, middle) = (1.0 + z * z / n, share + z * z / (2.0 * n));
        let margin = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        // At the ends, rounding must not keep out what is there.
        let low = if self.count == 0 { 0.0 } else { (middle - margin) / shrink };
        let high = if self.count == self.n { 1.0 } else { (middle + margin) / shrink };
        Some(Interval { low, high })
    }

    /// Gives the interval of Clopper and Pearson, which is at least as sure as asked for.
    ///
    /// Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 26.
    pub fn exact_interval(self, confidence: f64) -> Option<Interval> {
        self.estimate()?;
        let (tail, count, n) = ((1.0 - confidence) / 2.0, self.count as f64, self.n as f64);
        let quantile = |a: f64, b: f64, at: f64| Beta::new(a, b).ok().map(|beta| beta.inverse_cdf(at));
        let low = if self.count == 0 { 0.0 } else { quantile(count, n - count + 1.0, tail)? };
        let high = if self.count == self.n { 1.0 } else { quantile(count + 1.0, n - count, 1.0 - tail)? };
        Some(Interval { low, high })
    }

    /// Gives how much this share is above another, with Newcombe's hybrid score interval: [`mover`] of both Wilson intervals.
    ///
    /// Newcombe (1998), Interval estimation for the difference between independent proportions. Statistics in Medicine 17, method 10.
    pub fn above(self, other: Self, confidence: f64) -> Option<(f64, Interval)> {
        let (first, second) = (other.estimate()?, self.estimate()?);
        Some((second - first, mover((first, other.interval(confidence)?), (second, self.interval(confidence)?))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    use super::super::is_near;
    use super::*;

    #[test]
    fn published_values_come_out() {
        let interval = Share { count: 81, n: 263 }.interval(0.95).unwrap();
        assert!(is_near(interval.low, 0.255_288_519_9) && is_near(interval.high, 0.366_209_577), "{interval:?}");
        let (_, interval) = Share { count: 56, n: 70 }.above(Share { count: 48, n: 80 }, 0.95).unwrap();
        assert!(is_near(interval.low, 0.052_431_472_4) && is_near(interval.high, 0.333_872_654), "{interval:?}");
        // With nothing found in ten, the exact upper end solves (1 - p)^10 = 0.025.
        let interval = Share { count: 0, n: 10 }.exact_interval(0.95).unwrap();
        assert!(interval.low == 0.0 && is_near(interval.high, 1.0 - 0.025_f64.powf(0.1)), "{interval:?}");
    }

    #[test]
    fn of_nobody_there_is_no_share() {
        let none = Share { count: 0, n: 0 };
        assert_eq!((none.estimate(), none.interval(0.95), none.exact_interval(0.95)), (None, None, None));
        assert_eq!(none.above(Share { count: 1, n: 2 }, 0.95), None);
    }

    proptest! {
        #[test]
        fn intervals_hold_the_share_stay_in_bounds_and_mirror(count in 0_u64..400, others in 0_u64..400) {
            let n = count + others;
            prop_assume!(n > 0);
            let (share, mirrored) = (Share { count, n }, Share { count: others, n });
            for interval in [Share::interval, Share::exact_interval] {
                let (one, other) = (interval(share, 0.95).unwrap(), interval(mirrored, 0.95).unwrap());
                prop_assert!(one.holds(share.estimate().unwrap()) && one.low >= 0.0 && one.high <= 1.0, "{:?}", one);
                prop_assert!((one.low + other.high - 1.0).abs() < 1e-9 && (one.high + other.low - 1.0).abs() < 1e-9);
            }
        }

        #[test]
        fn beyond_an_end_of_the_exact_interval_the_sample_is_as_rare_as_allowed(count in 1_u64..200, others in 1_u64..200) {
            let n = count + others;
            let interval = Share { count, n }.exact_interval(0.95).unwrap();
            let chance = |share: f64| Binomial::new(share, n).unwrap();
            prop_assert!((chance(interval.low).sf(count - 1) - 0.025).abs() < 1e-9);
            prop_assert!((chance(interval.high).cdf(count) - 0.025).abs() < 1e-9);
        }
    }
}
