//! The difference of two estimates, each with an interval of its own.

use super::interval::Interval;

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
