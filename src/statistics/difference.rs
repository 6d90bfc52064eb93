//! The difference of two estimates, each with an interval of its own.

use super::interval::{Interval, reach, two_sided};
use super::root::falling_smoothly;

/// Past this many standard errors a p is no double any more.
const FARTHEST: f64 = 39.0;

/// How much a figure of a later sample is above that of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The difference.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
    /// How many standard errors the interval must reach to hold no difference, with the sign of the difference.
    pub z: f64,
    /// How likely a difference at least as large is where there is none, two-sided; below 1 − confidence where the interval holds no 0.
    pub p: f64,
}

impl Change {
    /// Makes one of a difference and the interval it has when that reaches so many standard errors: the widest that holds no 0 gives z,
    /// and z gives p, so that p and the interval never disagree.
    pub(super) fn of(difference: f64, confidence: f64, interval: impl Fn(f64) -> Interval) -> Self {
        // How far the interval is from 0, where it lies on the side of the difference.
        let distance = |z: f64| if difference > 0.0 { interval(z).low } else { -interval(z).high };
        let z = if difference == 0.0 { 0.0 } else { falling_smoothly(distance, 0.0, FARTHEST).copysign(difference) };
        Self { difference, interval: interval(reach(confidence)), z, p: two_sided(z) }
    }
}

/// Gives the interval of `second - first` from each estimate and its interval: the method of variance estimates recovery.
///
/// Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach. Statistics in Medicine 27.
pub fn mover(first: (f64, Interval), second: (f64, Interval)) -> Interval {
    let ((one, one_in), (two, two_in)) = (first, second);
    let difference = two - one;
    Interval {
        low: difference - (two - two_in.low).hypot(one_in.high - one),
        high: difference + (two_in.high - two).hypot(one - one_in.low),
    }
}
