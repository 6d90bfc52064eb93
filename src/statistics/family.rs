//! Several comparisons at once.

/// Gives the p of each of a family of comparisons, corrected for how many there are, in the order given: the share of false findings
/// among those called findings, where everything up to this p is called one.
///
/// Benjamini and Hochberg (1995), Controlling the false discovery rate: a practical and powerful approach to multiple testing. Journal
/// of the Royal Statistical Society B 57.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|one, other| p[*other].total_cmp(&p[*one]));
    let (mut corrected, mut least) = (vec![1.0; p.len()], 1.0_f64);
    for (passed, at) in order.into_iter().enumerate() {
        least = least.min(p[at] * p.len() as f64 / (p.len() - passed) as f64);
        corrected[at] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_scipy_and_a_family_of_one_is_left_as_it_is() {
        let corrected = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.04]);
        for (value, expected) in corrected.into_iter().zip([0.03, 0.048, 0.048, 0.03, 0.2, 0.048]) {
            assert!((value - expected).abs() < 1e-12, "{value} {expected}");
        }
        assert_eq!(
            (benjamini_hochberg(&[]), benjamini_hochberg(&[0.7]), benjamini_hochberg(&[0.9, 1.0])),
            (vec![], vec![0.7], vec![1.0; 2])
        );
    }
}
