//! How many answers a sample is worth: those of a simple random sample from an endless population that would tell as much.

/// How near to all invited the worth of answers is that differs from them by rounding alone.
const NEAR: f64 = 1e-12;

/// Gives what `n` answers are worth where `invited` people could answer: n(N − 1)/(N − n). Endless where everyone answered: a census has
/// intervals without width. Of weighted answers `n` is what they are worth ([`of_weights`]).
///
/// Cochran (1977), Sampling Techniques, 3rd edition, section 2.8.
pub fn of_population(n: f64, invited: u64) -> f64 {
    let invited = invited as f64;
    if n < invited * (1.0 - NEAR) { n * (invited - 1.0) / (invited - n) } else { f64::INFINITY }
}

/// Gives what weighted answers are worth: the square of the sum of weights over the sum of their squares; `None` without any weight.
///
/// Kish (1965), Survey Sampling, section 11.7.
pub fn of_weights(weights: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, squares) = weights.into_iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    (squares > 0.0).then(|| sum * sum / squares)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_census_is_endless_and_one_of_many_is_itself() {
        assert_eq!((of_population(20.0, 20), of_population(21.0, 20)), (f64::INFINITY, f64::INFINITY));
        assert_eq!((of_population(1.0, 50), of_population(0.0, 50)), (1.0, 0.0));
        assert!((of_population(50.0, 101) - 50.0 * 100.0 / 51.0).abs() < 1e-12);
        let alike = of_weights([0.7; 30]).unwrap();
        assert_eq!(of_population(alike, 30), f64::INFINITY, "weights that are all the same change nothing: {alike}");
    }

    #[test]
    fn without_weights_nothing_is_worth_anything() {
        assert_eq!((of_weights([]), of_weights([0.0])), (None, None));
        assert!((of_weights([1.0, 1.0, 2.0]).unwrap() - 16.0 / 6.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn weights_cost_answers_unless_they_are_equal(weights in prop::collection::vec(0.1_f64..10.0, 1..50), scale in 0.1_f64..9.0) {
            let worth = of_weights(weights.iter().copied()).unwrap();
            prop_assert!(worth >= 1.0 - 1e-9 && worth <= weights.len() as f64 + 1e-9);
            let scaled = of_weights(weights.iter().map(|weight| weight * scale)).unwrap();
            prop_assert!((scaled - worth).abs() < 1e-9);
            let equal = of_weights(weights.iter().map(|_| scale)).unwrap();
            prop_assert!((equal - weights.len() as f64).abs() < 1e-9);
        }
    }
}
