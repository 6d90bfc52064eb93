//! Means of answers, which may count alike or be weighted, and what tells two of them apart.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::gamma::ln_gamma;

use super::interval::{Interval, two_sided};

/// From so many degrees of freedom on, Student's distribution is worked out of the normal one: its quantiles, and what lies beyond.
const MANY: [f64; 2] = [1e4, 1e6];

/// The mean of some answers, and how they spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// The variance, with n − 1.
    pub variance: f64,
    /// How many answers there are; of weighted ones, how many that count alike they are worth ([`super::effective::of_weights`]).
    pub n: f64,
}

/// How much the mean of a later sample is above that of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChange {
    /// The difference of the means.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
    /// Welch's degrees of freedom; where no answers spread, those of both samples.
    pub degrees_of_freedom: f64,
    /// How likely a difference at least as large is where there is none, two-sided; below 1 − confidence where the interval holds no 0.
    pub p: f64,
    /// The difference in standard deviations, corrected for small samples; `None` where no answers spread.
    pub hedges_g: Option<f64>,
}

impl Mean {
    /// Gives the mean of values with weights, which are worth so many answers that count alike; `None` where that is no more than one.
    pub fn of_weighted(values: &[(f64, f64)], worth: f64) -> Option<Self> {
        let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mean = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / sum;
        let squares = values.iter().map(|(value, weight)| (value - mean).powi(2) * weight);
        (worth > 1.0).then(|| Self { mean, variance: squares.sum::<f64>() / sum * worth / (worth - 1.0), n: worth })
    }

    /// Gives the interval by Student's t.
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        self.interval_worth(self.n, confidence)
    }

    /// Gives the same where the answers are worth more than their number ([`super::effective::of_population`]).
    pub fn interval_worth(&self, effective_n: f64, confidence: f64) -> Option<Interval> {
        let margin = quantile(self.n - 1.0, 0.5 + confidence / 2.0)? * (self.variance / effective_n).sqrt();
        Some(Interval { low: self.mean - margin, high: self.mean + margin })
    }

    /// Gives how much the mean of a later sample is above this one. Where nobody of either differs from the others of their own, nothing
    /// is left to chance: the interval is the difference alone, and p 0 or 1.
    ///
    /// Welch (1947), The generalization of "Student's" problem when several different population variances are involved. Biometrika 34.
    pub fn change_to(&self, later: &Self, confidence: f64) -> Option<MeanChange> {
        let (one, two) = (self.variance / self.n, later.variance / later.n);
        let (difference, spread) = (later.mean - self.mean, one + two);
        if spread == 0.0 {
            return Some(MeanChange {
                difference,
                interval: Interval { low: difference, high: difference },
                degrees_of_freedom: self.n + later.n - 2.0,
                p: if difference == 0.0 { 1.0 } else { 0.0 },
                hedges_g: None,
            });
        }
        let degrees = spread * spread / (one * one / (self.n - 1.0) + two * two / (later.n - 1.0));
        let margin = quantile(degrees, 0.5 + confidence / 2.0)? * spread.sqrt();
        Some(MeanChange {
            difference,
            interval: Interval { low: difference - margin, high: difference + margin },
            degrees_of_freedom: degrees,
            p: beyond(degrees, difference.abs() / spread.sqrt())?,
            hedges_g: self.hedges_g(later),
        })
    }

    /// Gives the difference of the means in pooled standard deviations, without the bias of small samples.
    ///
    /// Hedges (1981), Distribution theory for Glass's estimator of effect size. Journal of Educational Statistics 6; the exact factor.
    fn hedges_g(&self, later: &Self) -> Option<f64> {
        let (one, two) = (self.n - 1.0, later.n - 1.0);
        let pooled = (one * self.variance + two * later.variance) / (one + two);
        let half = (one + two) / 2.0;
        let unbiased = (ln_gamma(half) - ln_gamma(half - 0.5)).exp() / half.sqrt();
        (pooled > 0.0).then_some((later.mean - self.mean) / pooled.sqrt() * unbiased)
    }
}

/// Gives a quantile of Student's distribution: of many degrees of freedom by the first terms of its expansion (Abramowitz and Stegun
/// 26.7.5), of which the next is below 1e-12. `None` of no degrees.
fn quantile(degrees: f64, at: f64) -> Option<f64> {
    if degrees < MANY[0] {
        return Some(StudentsT::new(0.0, 1.0, degrees).ok()?.inverse_cdf(at));
    }
    let z = Normal::standard().inverse_cdf(at);
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    degrees.is_finite().then(|| z + (first + (second + third / degrees) / degrees) / degrees)
}

/// Gives how likely a number of Student's distribution at least this far from 0 is, on either side; of many degrees of freedom by the
/// normal number that is as likely (Abramowitz and Stegun 26.7.8).
fn beyond(degrees: f64, t: f64) -> Option<f64> {
    if degrees < MANY[1] {
        return Some(2.0 * StudentsT::new(0.0, 1.0, degrees).ok()?.sf(t));
    }
    Some(two_sided(t * (1.0 - 1.0 / (4.0 * degrees)) / (1.0 + t * t / (2.0 * degrees)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::super::is_near;
    use super::*;

    #[test]
    fn students_distribution_agrees_with_scipy_for_few_and_many_degrees_of_freedom() {
        let expected = [
            (5.0, 2.570_581_835_636_314_6, 0.115_863_304_101_328_22),
            (999.0, 1.962_341_461_133_449_3, 0.057_720_846_506_914_25),
            (9_999.0, 1.960_201_263_621_357, 0.057_461_859_701_467_86),
            (99_999.0, 1.959_987_707_771_844_2, 0.057_435_993_312_844_73),
            (39_999_999.0, 1.959964043846838, 0.05743312681611534),
        ];
        for (degrees, at, far) in expected {
            let (found, p) = (quantile(degrees, 0.975).unwrap(), beyond(degrees, 1.9).unwrap());
            assert!((found / at - 1.0).abs() < 1e-11 && (p / far - 1.0).abs() < 1e-9, "{degrees}: {found} {p}");
        }
    }

    #[test]
    fn weights_that_are_alike_change_nothing_and_others_agree_with_r() {
        let alike: Vec<(f64, f64)> = [1.0, 2.0, 4.0, 4.0].map(|value| (value, 3.0)).to_vec();
        let mean = Mean::of_weighted(&alike, 4.0).unwrap();
        assert!(is_near(mean.mean, 2.75) && is_near(mean.variance, 2.25), "{mean:?}");
        assert_eq!(Mean::of_weighted(&alike, 1.0), None);
        // weighted.mean, and cov.wt(method = "ML") times worth / (worth - 1), of R.
        let values = [(1.0, 0.5), (2.0, 1.0), (3.0, 2.0), (5.0, 1.5)];
        let worth = 25.0 / 7.5;
        let mean = Mean::of_weighted(&values, worth).unwrap();
        assert!(is_near(mean.mean, 3.2) && is_near(mean.variance, 1.76 * worth / (worth - 1.0)), "{mean:?}");
    }
}
