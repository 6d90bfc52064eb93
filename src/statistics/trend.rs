//! A share over several waves.

use super::interval::two_sided;
use super::share::Share;

/// Whether a share rises or falls over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// How much the share rises in one unit of time, by least squares with the samples' sizes as weights.
    pub slope: f64,
    /// How many standard errors the slope lies from none.
    pub z: f64,
    /// How likely a slope at least as steep is where there is none, two-sided.
    pub p: f64,
}

impl Trend {
    /// Gives the trend of shares at points in time, in any order; `None` with fewer than two points in time, or where a share is 0 or 1
    /// everywhere.
    ///
    /// Armitage (1955), Tests for linear trends in proportions and frequencies. Biometrics 11.
    pub fn of(waves: &[(f64, Share)]) -> Option<Self> {
        let total = |of: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
            waves.iter().map(|(time, share)| of(*time, share.count as f64, share.n as f64)).sum()
        };
        let n = total(&|_, _, n| n);
        let (middle, share) = (total(&|time, _, n| time * n) / n, total(&|_, count, _| count) / n);
        let spread = total(&|time, _, n| (time - middle).powi(2) * n);
        let together = total(&|time, count, n| (time - middle) * (count - share * n));
        let variance = share * (1.0 - share) * spread;
        let z = together / variance.sqrt();
        (n > 0.0 && variance > 0.0).then(|| Self { slope: together / spread, z, p: two_sided(z) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAVES: [(f64, Share); 4] = [
        (0.0, Share { count: 12, n: 60 }),
        (1.0, Share { count: 18, n: 62 }),
        (2.0, Share { count: 30, n: 70 }),
        (3.0, Share { count: 41, n: 66 }),
    ];

    #[test]
    fn it_agrees_with_the_formula_reckoned_in_numpy_and_its_unit_of_time_is_free() {
        let trend = Trend::of(&WAVES).unwrap();
        assert!((trend.z - 5.119_898_229_342_673).abs() < 1e-9, "{trend:?}");
        assert!((trend.p - 3.057_005_833_615_585e-7).abs() < 1e-15, "{trend:?}");
        let yearly = Trend::of(&WAVES.map(|(quarter, share)| (2026.0 + quarter / 4.0, share))).unwrap();
        assert!((yearly.slope - 4.0 * trend.slope).abs() < 1e-9 && (yearly.z - trend.z).abs() < 1e-9);
        let mut turned = WAVES;
        turned.reverse();
        assert!((Trend::of(&turned).unwrap().z - trend.z).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_changes_or_nothing_is_there_no_trend_is_told() {
        assert_eq!(Trend::of(&[]), None);
        assert_eq!(Trend::of(&WAVES[..1]), None);
        assert_eq!(Trend::of(&[(0.0, Share { count: 0, n: 9 }), (1.0, Share { count: 0, n: 5 })]), None);
        assert_eq!(Trend::of(&[(0.0, Share { count: 0, n: 0 }), (1.0, Share { count: 0, n: 0 })]), None);
        let level = Trend::of(&[(0.0, Share { count: 3, n: 9 }), (1.0, Share { count: 3, n: 9 })]).unwrap();
        assert_eq!((level.slope, level.p), (0.0, 1.0));
    }
}
