//! Integrals of functions that may be steep at the ends.

use std::f64::consts::FRAC_PI_2;

/// How finely the range is cut: halving it changes nothing a double can tell for the densities here.
const STEP: f64 = 1.0 / 128.0;

/// Past this many steps the weights are smaller than a double can add.
const STEPS: i32 = 640;

/// Gives the integral of a function over a range by the tanh-sinh rule, which bears algebraic singularities at either end. The function
/// is given the distance from the lower end, and never an end itself.
///
/// Takahasi and Mori (1974), Double exponential formulas for numerical integration. Publications of RIMS 9.
pub(super) fn tanh_sinh(function: impl Fn(f64) -> f64, length: f64) -> f64 {
    let part = |step: i32| {
        let at = f64::from(step) * STEP;
        let inner = FRAC_PI_2 * at.sinh();
        let distance = length / (1.0 + (-2.0 * inner).exp());
        let weight = FRAC_PI_2 * at.cosh() / inner.cosh().powi(2);
        if distance > 0.0 && distance < length { weight * function(distance) } else { 0.0 }
    };
    length / 2.0 * STEP * (-STEPS..=STEPS).map(part).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_come_out_with_steep_ends_and_narrow_peaks() {
        let is_near = |value: f64, expected: f64| (value - expected).abs() < 1e-12 * expected.abs().max(1.0);
        assert!(is_near(tanh_sinh(|x| x * x, 3.0), 9.0));
        assert!(is_near(tanh_sinh(|x| 1.0 / x.sqrt(), 4.0), 4.0));
        assert!(is_near(tanh_sinh(f64::ln, 1.0), -1.0));
        let peak = |x: f64| (-0.5 * ((x - 0.4) * 100.0).powi(2)).exp();
        assert!(is_near(tanh_sinh(peak, 1.0), 0.025_066_282_746_310_002));
    }
}
