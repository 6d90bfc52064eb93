//! Whether items that are meant to measure one thing do.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::interval::Interval;
use super::linear::{Matrix, Moments, correlations, eigen};

/// How often loadings are worked out again at most, and from what change on they stand.
const ROUNDS: usize = 100_000;
const STILL: f64 = 1e-15;

/// The share of the variance of a sum of items that they have in common, as far as they are equally good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// Cronbach's alpha, at most 1; below 0 where items run against each other.
    pub alpha: f64,
    /// Feldt's interval of it.
    pub interval: Interval,
    /// How many respondents answered every item.
    pub n: usize,
}

impl Alpha {
    /// Gives the alpha of complete answers, one row for each respondent and one column for each item; `None` with fewer than two of either,
    /// rows of different lengths, or where all sums are the same.
    ///
    /// Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16; Feldt (1965), The approximate sampling
    /// distribution of Kuder-Richardson reliability coefficient twenty, Psychometrika 30.
    pub fn of(rows: &[Vec<f64>], confidence: f64) -> Option<Self> {
        let (n, items) = (rows.len(), rows.first()?.len());
        if n < 2 || items < 2 || rows.iter().any(|row| row.len() != items) {
            return None;
        }
        let column = |item: usize| rows.iter().map(move |row| row[item]);
        let alone: f64 = (0..items).map(|item| variance(column(item))).sum();
        let of_sums = variance(rows.iter().map(|row| row.iter().sum()));
        if of_sums <= 0.0 {
            return None;
        }
        let many = items as f64;
        let alpha = many / (many - 1.0) * (1.0 - alone / of_sums);
        let people = (n - 1) as f64;
        let spread = FisherSnedecor::new(people, people * (many - 1.0)).ok()?;
        let end = |at: f64| 1.0 - (1.0 - alpha) * spread.inverse_cdf(at);
        let interval = Interval { low: end(0.5 + confidence / 2.0), high: end(0.5 - confidence / 2.0) };
        Some(Self { alpha, interval, n })
    }
}

/// Gives McDonald's omega of complete answers, one row for each respondent and one column for each item: the share of the variance of
/// their sum that one factor explains, where items may be unequally good; `None` with fewer than three items or two respondents, rows of
/// different lengths, or an item that never varies.
///
/// The loadings leave the least squares beside the diagonal of the correlations (minres), none of them above 1. McDonald (1999), Test
/// Theory, chapter 6; Harman and Jones (1966), Factor analysis by minimizing residuals (minres), Psychometrika 31.
pub fn omega(rows: &[Vec<f64>]) -> Option<f64> {
    let items = rows.first()?.len();
    if rows.len() < 2 || items < 3 || rows.iter().any(|row| row.len() != items) {
        return None;
    }
    let covariances = Moments::of(rows).covariances();
    let loadings = loadings(&correlations(&covariances)?);
    let variances = || covariances.iter().enumerate().map(|(at, row)| row[at]);
    let common = loadings.iter().zip(variances()).map(|(loading, variance)| loading * variance.sqrt()).sum::<f64>().powi(2);
    let own: f64 = loadings.iter().zip(variances()).map(|(loading, variance)| variance * (1.0 - loading * loading)).sum();
    (common + own > 0.0).then(|| common / (common + own))
}

/// Gives the loadings of one factor: each in turn is the best where the others stand, until none changes.
fn loadings(correlations: &Matrix) -> Vec<f64> {
    let (values, axes) = eigen(correlations);
    let largest = (0..values.len()).max_by(|one, other| values[*one].total_cmp(&values[*other])).unwrap_or(0);
    let mut loadings: Vec<f64> = axes.iter().map(|row| row[largest] * values[largest].sqrt()).collect();
    for _ in 0..ROUNDS {
        let mut moved = 0.0_f64;
        for item in 0..loadings.len() {
            let others = || (0..loadings.len()).filter(|other| *other != item);
            let together: f64 = others().map(|other| correlations[item][other] * loadings[other]).sum();
            let squares: f64 = others().map(|other| loadings[other] * loadings[other]).sum();
            let best = if squares > 0.0 { (together / squares).clamp(-1.0, 1.0) } else { 0.0 };
            moved = moved.max((best - loadings[item]).abs());
            loadings[item] = best;
        }
        if moved < STILL {
            break;
        }
    }
    loadings
}

/// Gives the variance of values with n − 1, at least two of them.
fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    values.map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWERS: [[f64; 4]; 10] = [
        [4.0, 5.0, 4.0, 3.0],
        [2.0, 3.0, 2.0, 2.0],
        [5.0, 5.0, 4.0, 5.0],
        [3.0, 3.0, 4.0, 3.0],
        [1.0, 2.0, 2.0, 1.0],
        [4.0, 4.0, 5.0, 4.0],
        [3.0, 4.0, 3.0, 3.0],
        [5.0, 4.0, 5.0, 5.0],
        [2.0, 2.0, 3.0, 2.0],
        [4.0, 5.0, 4.0, 4.0],
    ];

    fn rows() -> Vec<Vec<f64>> {
        ANSWERS.map(Vec::from).to_vec()
    }

    #[test]
    fn it_agrees_with_the_formulas_reckoned_in_scipy() {
        let alpha = Alpha::of(&rows(), 0.95).unwrap();
        assert!((alpha.alpha - 0.948_116_560_056_858_6).abs() < 1e-12, "{alpha:?}");
        assert!((alpha.interval.low - 0.863_502_162_104_929_1).abs() < 1e-9, "{alpha:?}");
        assert!((alpha.interval.high - 0.985_525_420_368_793_2).abs() < 1e-9, "{alpha:?}");
        // Neither the order of items nor where a scale begins changes anything.
        let moved: Vec<Vec<f64>> =
            rows().into_iter().map(|row| row.into_iter().rev().map(|value| value - 3.0).collect()).collect();
        assert!((Alpha::of(&moved, 0.95).unwrap().alpha - alpha.alpha).abs() < 1e-12);
    }

    #[test]
    fn omega_agrees_with_a_minimum_found_in_scipy_and_bears_a_loading_of_one() {
        let cases: [(&[&str], f64); 2] = [
            (
                &[
                    "3332", "2232", "4433", "1232", "1112", "1123", "1111", "2232", "4323", "4321", "4344", "4345", "3332",
                    "4442", "4233", "5333", "2233", "3223", "4434", "1242",
                ],
                0.819_547_210_752_332_7,
            ),
            (&["4543", "2322", "5545", "3343", "1221", "4454", "3433", "5455", "2232", "4544"], 0.956_806_947_538_114_5),
        ];
        for (rows, expected) in cases {
            let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.bytes().map(|digit| f64::from(digit - b'0')).collect()).collect();
            let found = omega(&rows).unwrap();
            assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
            let moved: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().rev().map(|value| 2.0 * value - 3.0).collect()).collect();
            assert!((omega(&moved).unwrap() - found).abs() < 1e-9);
        }
        let same = |items: usize| omega(&(0..9).map(|at| vec![f64::from(at); items]).collect::<Vec<_>>());
        assert_eq!((same(2), same(1), omega(&[]), omega(&[vec![1.0; 3], vec![1.0; 3]])), (None, None, None, None));
        assert!((same(3).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn without_people_items_or_differences_there_is_none() {
        assert_eq!(Alpha::of(&[], 0.95), None);
        assert_eq!(Alpha::of(&rows()[..1], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0], vec![2.0]], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0, 2.0], vec![2.0]], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0, 2.0], vec![2.0, 1.0]], 0.95), None);
    }
}
