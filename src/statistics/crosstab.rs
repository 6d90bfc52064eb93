//! Two questions of the same respondents, crossed.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The expected count below which the chi-squared distribution is a poor guide.
const FEW: f64 = 5.0;

/// How often each answer to one question came with each answer to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosstab {
    /// Rows of equal length, at least two of two columns; each row and each column has a respondent.
    rows: Vec<Vec<u64>>,
}

/// Whether two questions hang together, and how closely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Pearson's chi-squared, without a correction for continuity.
    pub chi_squared: f64,
    /// (rows − 1) × (columns − 1).
    pub degrees_of_freedom: u64,
    /// How likely a chi-squared at least as large is where they don't hang together.
    pub p: f64,
    /// Cramér's V from 0 to 1, without the bias of small samples.
    pub cramers_v: f64,
    /// Whether an expected count is below 5, so that p is not to be relied on.
    pub has_few: bool,
}

impl Crosstab {
    /// Takes rows of counts, and leaves out rows and columns without a respondent; `None` where fewer than two of either are left, or rows
    /// differ in length.
    pub fn of(rows: &[Vec<u64>]) -> Option<Self> {
        let width = rows.first()?.len();
        let is_even = rows.iter().all(|row| row.len() == width);
        let is_used = |column: &usize| rows.iter().any(|row| row.get(*column).is_some_and(|count| *count > 0));
        let used: Vec<usize> = (0..width).filter(is_used).collect();
        let filled = rows.iter().filter(|row| row.iter().any(|count| *count > 0));
        let rows: Vec<Vec<u64>> =
            filled.map(|row| used.iter().filter_map(|column| row.get(*column).copied()).collect()).collect();
        (is_even && rows.len() > 1 && used.len() > 1).then_some(Self { rows })
    }

    /// Gives whether both questions hang together.
    ///
    /// Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T. Journal of the Korean Statistical Society 42.
    pub fn association(&self) -> Option<Association> {
        let (n, expected) = (self.n(), self.expected());
        let cells = || self.rows.iter().flatten().zip(expected.iter().flatten());
        let chi_squared: f64 = cells().map(|(count, expected)| (*count as f64 - expected).powi(2) / expected).sum();
        let [r, k] = [self.rows.len(), self.rows[0].len()].map(|length| length as f64);
        let degrees = (r - 1.0) * (k - 1.0);
        let phi = (chi_squared / n - degrees / (n - 1.0)).max(0.0);
        let smaller = |length: f64| length - (length - 1.0).powi(2) / (n - 1.0);
        let least = (smaller(r) - 1.0).min(smaller(k) - 1.0);
        let cramers_v = if least > 0.0 { (phi / least).sqrt().min(1.0) } else { 0.0 };
        let p = ChiSquared::new(degrees).ok()?.sf(chi_squared);
        let has_few = expected.iter().flatten().any(|expected| *expected < FEW);
        Some(Association { chi_squared, degrees_of_freedom: degrees as u64, p, cramers_v, has_few })
    }

    /// Gives how many standard errors each count lies from what is expected where the questions don't hang together.
    ///
    /// Haberman (1973), The analysis of residuals in cross-classified tables. Biometrics 29.
    pub fn adjusted_residuals(&self) -> Vec<Vec<f64>> {
        let (n, expected, columns) = (self.n(), self.expected(), self.columns());
        let residual = |row: &Vec<u64>, expected: &Vec<f64>| {
            let rest = 1.0 - row.iter().sum::<u64>() as f64 / n;
            let cells = row.iter().zip(expected).zip(&columns);
            cells.map(|((count, e), column)| (*count as f64 - e) / (e * rest * (1.0 - column / n)).sqrt()).collect()
        };
        self.rows.iter().zip(&expected).map(|(row, expected)| residual(row, expected)).collect()
    }

    fn n(&self) -> f64 {
        self.rows.iter().flatten().sum::<u64>() as f64
    }

    fn columns(&self) -> Vec<f64> {
        (0..self.rows[0].len()).map(|column| self.rows.iter().map(|row| row[column]).sum::<u64>() as f64).collect()
    }

    fn expected(&self) -> Vec<Vec<f64>> {
        let (n, columns) = (self.n(), self.columns());
        let row = |row: &Vec<u64>| {
            let sum = row.iter().sum::<u64>() as f64;
            columns.iter().map(|column| sum * column / n).collect()
        };
        self.rows.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn crosstab<const N: usize>(rows: [[u64; N]; 3]) -> Option<Crosstab> {
        Crosstab::of(&rows.map(|row| row.to_vec()))
    }

    #[test]
    fn it_agrees_with_scipy_and_empty_rows_and_columns_change_nothing() {
        let table = crosstab([[10, 20, 30], [15, 15, 10], [5, 5, 25]]).unwrap();
        let association = table.association().unwrap();
        assert!((association.chi_squared - 18.355_940_934_065_938).abs() < 1e-12, "{association:?}");
        assert_eq!((association.degrees_of_freedom, association.has_few), (4, false));
        assert!((association.p - 0.001_051_282_070_089_022_6).abs() < 1e-12, "{association:?}");
        assert!((association.cramers_v - 0.232_085_170_831_263).abs() < 1e-12, "{association:?}");
        let expected = [
            [-1.388_730_149_658_827_4, 0.842_927_230_423_524_2, 0.385_164_443_259_821_47],
            [2.770_599_538_820_303, 1.299_487_833_266_962_4, -3.492_845_699_648_071_5],
            [-1.312_226_647_919_559_7, -2.309_824_961_633_123_2, 3.202_726_468_008_999_7],
        ];
        for (residual, expected) in table.adjusted_residuals().iter().flatten().zip(expected.iter().flatten()) {
            assert!((residual - expected).abs() < 1e-12, "{residual} {expected}");
        }
        let gaps = [vec![10, 0, 20, 30], vec![0; 4], vec![15, 0, 15, 10], vec![5, 0, 5, 25]];
        assert_eq!(Crosstab::of(&gaps), Some(table));
    }

    #[test]
    fn what_is_no_table_is_none() {
        assert_eq!(Crosstab::of(&[]), None);
        assert_eq!(Crosstab::of(&[vec![1, 2]]), None);
        assert_eq!(Crosstab::of(&[vec![1, 2], vec![3]]), None);
        assert_eq!(crosstab([[1, 0], [2, 0], [3, 0]]), None);
        let few = crosstab([[1, 2], [2, 1], [1, 1]]).unwrap().association().unwrap();
        assert!(few.has_few);
    }

    proptest! {
        #[test]
        fn a_turned_table_says_the_same(rows in prop::collection::vec(prop::collection::vec(0_u64..40, 4), 3)) {
            let turned: Vec<Vec<u64>> = (0..4).map(|column| rows.iter().map(|row| row[column]).collect()).collect();
            if let (Some(one), Some(other)) = (Crosstab::of(&rows), Crosstab::of(&turned)) {
                let (one, other) = (one.association().unwrap(), other.association().unwrap());
                prop_assert!((one.chi_squared - other.chi_squared).abs() < 1e-9 && (one.p - other.p).abs() < 1e-9);
                prop_assert!((one.cramers_v - other.cramers_v).abs() < 1e-9 && (0.0..=1.0).contains(&one.cramers_v));
            }
        }
    }
}
