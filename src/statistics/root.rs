//! Where a function crosses zero.

/// How often the bracket is halved at most: past what a double can tell apart.
const HALVINGS: u32 = 200;

/// Gives where a function that doesn't rise from `low` to `high` crosses zero; an end of the bracket where it never does.
///
/// Halving keeps the bracket whatever the function's shape, and ends where no number lies between its ends.
pub(super) fn falling(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if function(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

/// Gives the same of a continuous function that takes long to work out, in a fifth of the steps: the bracket is halved only where the
/// last three points don't lie as on a parabola.
///
/// Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives.
/// Advances in Engineering Software 28.
pub(super) fn falling_smoothly(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let at = |place: f64| (place, function(place));
    let (mut newest, mut other) = (at(high), at(low));
    if other.1 <= 0.0 || newest.1 >= 0.0 {
        return if other.1 <= 0.0 { low } else { high };
    }
    let mut share = 0.5;
    for _ in 0..HALVINGS {
        let next = at(newest.0 + share * (other.0 - newest.0));
        let former;
        if (next.1 > 0.0) == (newest.1 > 0.0) {
            former = newest;
        } else {
            former = other;
            other = newest;
        }
        newest = next;
        let best = if newest.1.abs() < other.1.abs() { newest } else { other };
        let least = f64::EPSILON * best.0.abs().max(f64::EPSILON) / (other.0 - newest.0).abs();
        if best.1 == 0.0 || least > 0.5 {
            return best.0;
        }
        share = interpolated(newest, other, former).unwrap_or(0.5).clamp(least, 1.0 - least);
    }
    newest.0
}

/// Gives where between the first point and the second a parabola through all three, on its side, crosses zero; `None` where it may leave
/// them.
fn interpolated(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> Option<f64> {
    let (place, value) = ((a.0 - b.0) / (c.0 - b.0), (a.1 - b.1) / (c.1 - b.1));
    let is_within = value * value < place && (1.0 - value) * (1.0 - value) < 1.0 - place;
    is_within.then(|| {
        let ahead = a.1 / (b.1 - a.1) * c.1 / (b.1 - c.1);
        ahead + (c.0 - a.0) / (b.0 - a.0) * a.1 / (c.1 - a.1) * b.1 / (c.1 - b.1)
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn where_nothing_crosses_zero_an_end_is_given() {
        for (value, end) in [(1.0, 2.0), (-1.0, 0.0)] {
            let (slowly, smoothly) = (falling(|_| value, 0.0, 2.0), falling_smoothly(|_| value, 0.0, 2.0));
            assert!((slowly - end).abs() < 1e-15 && smoothly == end, "{slowly} {smoothly}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_lead_to_the_same_place_one_of_them_sooner(root in -0.99..0.99_f64, steep in 0.1..200.0_f64, odd in any::<bool>()) {
            let steps = Cell::new(0);
            let function = |x: f64| {
                steps.set(steps.get() + 1);
                if odd { (root - x).powi(3) * steep } else { ((root - x) * steep).tanh() + (root - x) * 1e-3 }
            };
            let slowly = falling(function, -1.0, 1.0);
            let slow = steps.replace(0);
            let smoothly = falling_smoothly(function, -1.0, 1.0);
            // Within its rounding, a cube is nothing far around its root.
            let near = if odd { 1e-4 } else { 1e-14 };
            prop_assert!((slowly - smoothly).abs() < near && (smoothly - root).abs() < near, "{} {} {}", slowly, smoothly, root);
            prop_assert!(odd || steps.get() * 2 < slow, "{} of {}", steps.get(), slow);
        }
    }
}
