//! Whether items that are meant to measure one thing do.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::interval::Interval;

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
    fn without_people_items_or_differences_there_is_none() {
        assert_eq!(Alpha::of(&[], 0.95), None);
        assert_eq!(Alpha::of(&rows()[..1], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0], vec![2.0]], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0, 2.0], vec![2.0]], 0.95), None);
        assert_eq!(Alpha::of(&[vec![1.0, 2.0], vec![2.0, 1.0]], 0.95), None);
    }
}
