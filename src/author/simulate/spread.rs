//! How figures of many respondents are spread.

/// The same figure of every respondent, least first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread(Vec<u32>);

impl Spread {
    /// Takes the figures of at least one respondent.
    pub(super) fn new(mut figures: Vec<u32>) -> Self {
        figures.sort_unstable();
        Self(figures)
    }

    /// Gives the least figure.
    pub fn least(&self) -> u32 {
        self.0.first().copied().unwrap_or_default()
    }

    /// Gives the greatest figure.
    pub fn most(&self) -> u32 {
        self.0.last().copied().unwrap_or_default()
    }

    /// Gives the least figure that this share of the respondents, in percent, doesn't exceed: the percentile by nearest rank.
    pub fn at(&self, percent: usize) -> u32 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }

    /// Counts the respondents whose figure is above a bound.
    pub fn above(&self, bound: u32) -> usize {
        self.0.len() - self.0.partition_point(|figure| *figure <= bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_figures_that_occur() {
        let spread = Spread::new(vec![50, 15, 40, 20, 35]);
        let found = [0, 5, 20, 30, 40, 50, 90, 100].map(|percent| spread.at(percent));
        assert_eq!(found, [15, 15, 15, 20, 20, 35, 50, 50]);
        assert_eq!((spread.least(), spread.most()), (15, 50));
        assert_eq!([14, 15, 34, 35, 50].map(|bound| spread.above(bound)), [5, 4, 3, 2, 0]);
        assert_eq!(Spread::new(vec![7]).at(90), 7);
    }
}
