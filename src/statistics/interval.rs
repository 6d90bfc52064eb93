//! An interval, and what the normal distribution says of it and of a test.

use statrs::distribution::{ContinuousCDF, Normal};

/// An interval of estimates, its ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end, not below the lower one.
    pub high: f64,
}

impl Interval {
    /// Says whether a value lies in it.
    pub fn holds(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Gives how likely a standard normal number at least this far from 0 is, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}

/// Gives the quantile of the normal distribution that a two-sided interval of this confidence reaches to on either side.
pub(super) fn reach(confidence: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + confidence / 2.0)
}

/// Gives how likely a standard normal number at least this far above 0 is: what an interval that reaches so far leaves on either side.
pub(super) fn beyond(z: f64) -> f64 {
    Normal::standard().sf(z)
}
