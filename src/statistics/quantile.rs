//! Quantiles of answers on a scale.

use super::scale::Scale;

/// What is taken between two answers: the nine sample quantiles of Hyndman and Fan (1996), Sample quantiles in statistical packages. The
/// American Statistician 50.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantileType {
    /// 1: the least answer that so large a share doesn't exceed.
    InverseDistribution,
    /// 2: the same, but the middle of two answers where the share ends between them.
    Averaged,
    /// 3: the nearest answer, an even one where two are as near.
    Nearest,
    /// 4: in between, along the empirical distribution.
    Interpolated,
    /// 5: in between, each answer standing for the middle of its step (Hazen).
    Hazen,
    /// 6: in between, as SPSS does (Weibull).
    Weibull,
    /// 7: in between, from the first answer to the last, as R, NumPy and Excel do.
    Linear,
    /// 8: in between, about without bias of the median; the authors' choice.
    MedianUnbiased,
    /// 9: in between, about without bias where answers are normal.
    NormalUnbiased,
}

impl QuantileType {
    /// Every type, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::InverseDistribution,
        Self::Averaged,
        Self::Nearest,
        Self::Interpolated,
        Self::Hazen,
        Self::Weibull,
        Self::Linear,
        Self::MedianUnbiased,
        Self::NormalUnbiased,
    ];

    /// Gives the number it has in the article and in R.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Gives what is added to n times the share.
    fn offset(self, share: f64) -> f64 {
        match self {
            Self::InverseDistribution | Self::Averaged | Self::Interpolated => 0.0,
            Self::Nearest => -0.5,
            Self::Hazen => 0.5,
            Self::Weibull => share,
            Self::Linear => 1.0 - share,
            Self::MedianUnbiased => (share + 1.0) / 3.0,
            Self::NormalUnbiased => share / 4.0 + 0.375,
        }
    }

    /// Gives how much of the way to the next answer is gone, where `rest` of a place is left over after `place`.
    fn way(self, rest: f64, place: f64) -> f64 {
        match self {
            Self::InverseDistribution => f64::from(u8::from(rest > 0.0)),
            Self::Averaged => {
                if rest > 0.0 {
                    1.0
                } else {
                    0.5
                }
            }
            Self::Nearest => f64::from(u8::from(rest > 0.0 || place % 2.0 != 0.0)),
            _ => rest,
        }
    }
}

impl Scale {
    /// Gives the value that a share of answers doesn't exceed, from 0 to 1.
    pub fn quantile(&self, share: f64, of: QuantileType) -> Option<f64> {
        let n = self.n() as f64;
        let at = n * share + of.offset(share);
        // What rounding puts a hair beside a whole number is one.
        let at = if (at - at.round()).abs() < 4.0 * f64::EPSILON * n.max(1.0) { at.round() } else { at };
        let (place, rest) = (at.floor(), at - at.floor());
        let (here, next) = (self.answer(place)?, self.answer(place + 1.0)?);
        Some(here + of.way(rest, place) * (next - here))
    }

    /// Gives the median of a scale whose points stand for the steps around them, `step` wide: answers of one point are spread evenly over
    /// its step, so that the median tells apart what the middle answer doesn't.
    ///
    /// Croxton and Cowden (1939), Applied General Statistics: the median of grouped data.
    pub fn interpolated_median(&self, step: f64) -> Option<f64> {
        let middle = self.answer(((self.n() / 2) + 1) as f64)?;
        let count = |is_meant: &dyn Fn(f64) -> bool| -> f64 {
            self.counts().iter().filter(|(value, _)| is_meant(*value)).map(|(_, count)| *count as f64).sum()
        };
        let (below, there) = (count(&|value| value < middle), count(&|value| value == middle));
        Some(middle - step / 2.0 + step * (self.n() as f64 / 2.0 - below) / there)
    }

    /// Gives the answer at a place from 1 in order of size, the nearest where there is none.
    fn answer(&self, place: f64) -> Option<f64> {
        let mut passed = 0;
        let reaches = |(_, count): &&(f64, u64)| {
            passed += count;
            passed as f64 >= place
        };
        self.counts().iter().find(reaches).or(self.counts().last()).map(|(value, _)| *value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_nine_agree_with_r() {
        let scale = Scale::of([1.0, 2.0, 2.0, 4.0, 7.0, 11.0, 12.5, 20.0].map(|value| (value, 1)));
        let expected = [
            (0.0, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
            (0.1, [1.0, 1.0, 1.0, 1.0, 1.3, 1.0, 1.7, 1.166_666_666_666_666_7, 1.2]),
            (0.25, [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]),
            (0.3125, [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.375, 2.0, 2.0]),
            (0.4375, [4.0, 4.0, 4.0, 3.0, 4.0, 3.875, 4.1875, 3.958_333_333_333_333, 3.96875]),
            (0.5625, [7.0, 7.0, 4.0, 5.5, 7.0, 7.25, 6.8125, 7.083_333_333_333_333, 7.0625]),
            (0.5, [4.0, 5.5, 4.0, 4.0, 5.5, 5.5, 5.5, 5.5, 5.5]),
            (0.9, [20.0, 20.0, 12.5, 14.0, 17.75, 20.0, 14.75, 18.75, 18.5]),
            (1.0, [20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0]),
        ];
        for (share, row) in expected {
            for (of, value) in QuantileType::ALL.into_iter().zip(row) {
                let found = scale.quantile(share, of).unwrap();
                assert!((found - value).abs() < 1e-12, "type {} at {share}: {found}, expected {value}", of.number());
            }
        }
        assert_eq!(Scale::of([]).quantile(0.5, QuantileType::Linear), None);
    }

    #[test]
    fn medians_of_scales_agree_with_median_grouped_of_python() {
        let median = |counts: &[u64]| Scale::of((1..).map(f64::from).zip(counts.iter().copied())).interpolated_median(1.0);
        assert_eq!(median(&[3, 5, 12, 20, 10]), Some(3.75));
        assert_eq!((median(&[2, 2, 2]), median(&[2, 0, 2]), median(&[0, 9])), (Some(2.0), Some(2.5), Some(2.0)));
        assert_eq!(median(&[]), None);
    }

    proptest! {
        #[test]
        fn quantiles_rise_stay_in_range_and_turn_around(counts in prop::collection::vec(0_u64..6, 5), one in 0.0..1.0_f64, two in 0.0..1.0_f64) {
            let scale = Scale::of((1..).map(f64::from).zip(counts.iter().copied()));
            let turned = Scale::of((1..).map(|at| -f64::from(at)).zip(counts.iter().copied()));
            prop_assume!(scale.n() > 0);
            for of in QuantileType::ALL {
                let (low, high) = (scale.quantile(one.min(two), of).unwrap(), scale.quantile(one.max(two), of).unwrap());
                prop_assert!(1.0 <= low && low <= high && high <= 5.0, "{:?}: {} {}", of, low, high);
            }
            for of in [QuantileType::Hazen, QuantileType::Weibull, QuantileType::Linear, QuantileType::MedianUnbiased] {
                let (there, back) = (scale.quantile(one, of).unwrap(), turned.quantile(1.0 - one, of).unwrap());
                prop_assert!((there + back).abs() < 1e-9, "{:?}: {} {}", of, there, back);
            }
        }
    }
}
