//! Weights that give a sample the known make-up of those it was drawn from.

use super::effective;

/// How often all margins are gone through at most, and how near each must come.
const ROUNDS: usize = 1000;
const NEAR: f64 = 1e-12;

/// Weights of the cells of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Raking {
    /// How much an answer in each cell counts; 1 on average over all answers.
    pub weights: Vec<f64>,
    /// How many answers counting alike would tell as much ([`effective::of_weights`]).
    pub effective_n: f64,
    /// By how many times the weights inflate a variance: n over the effective n (Kish 1965).
    pub design_effect: f64,
}

impl Raking {
    /// Gives the weights with which a sample has the margins given: iterative proportional fitting, also called raking.
    ///
    /// A cell is the level it has in each grouping, and how many answers are in it; a margin is how many there are of each level of a
    /// grouping, in any unit. `None` where a level that exists has no answers, an answer has a level that doesn't exist, or the margins
    /// contradict one another given the empty cells.
    ///
    /// Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table when the expected marginal totals are known.
    /// Annals of Mathematical Statistics 11.
    pub fn of(cells: &[(Vec<usize>, u64)], margins: &[Vec<f64>]) -> Option<Self> {
        let n: f64 = cells.iter().map(|(_, count)| *count as f64).sum();
        let is_placed = |(levels, count): &(Vec<usize>, u64)| {
            let exists = |(level, margin): (&usize, &Vec<f64>)| margin.get(*level).is_some_and(|size| *size > 0.0);
            *count == 0 || levels.len() == margins.len() && levels.iter().zip(margins).all(exists)
        };
        if n <= 0.0 || !cells.iter().all(is_placed) {
            return None;
        }
        let mut weights = vec![1.0; cells.len()];
        for _ in 0..ROUNDS {
            let mut farthest = 0.0_f64;
            for (grouping, margin) in margins.iter().enumerate() {
                farthest = farthest.max(fit(cells, &mut weights, (grouping, margin), n)?);
            }
            if farthest <= NEAR {
                return Self::with(cells, weights, n);
            }
        }
        None
    }

    fn with(cells: &[(Vec<usize>, u64)], weights: Vec<f64>, n: f64) -> Option<Self> {
        let all = cells.iter().zip(&weights).flat_map(|((_, count), weight)| (0..*count).map(|_| *weight));
        let effective_n = effective::of_weights(all)?;
        Some(Self { weights, effective_n, design_effect: n / effective_n })
    }
}

/// Multiplies weights so that one margin is right, and gives by how much the farthest level was off.
fn fit(cells: &[(Vec<usize>, u64)], weights: &mut [f64], (grouping, margin): (usize, &[f64]), n: f64) -> Option<f64> {
    let all: f64 = margin.iter().sum();
    let mut sums = vec![0.0; margin.len()];
    for ((levels, count), weight) in cells.iter().zip(&*weights).filter(|((_, count), _)| *count > 0) {
        sums[levels[grouping]] += *count as f64 * weight;
    }
    let is_empty = |(size, sum): (&f64, &f64)| *size > 0.0 && *sum <= 0.0;
    if margin.iter().zip(&sums).any(is_empty) {
        return None;
    }
    let mut farthest = 0.0_f64;
    for ((levels, _), weight) in cells.iter().zip(weights).filter(|((_, count), _)| *count > 0) {
        let factor = margin[levels[grouping]] / all * n / sums[levels[grouping]];
        farthest = farthest.max((factor - 1.0).abs());
        *weight *= factor;
    }
    Some(farthest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::*;

    fn crossed(counts: [[u64; 3]; 2]) -> Vec<(Vec<usize>, u64)> {
        let cell = |row: usize, column: usize| (vec![row, column], counts[row][column]);
        (0..2).flat_map(|row| (0..3).map(move |column| cell(row, column))).collect()
    }

    #[test]
    fn it_agrees_with_fitting_in_numpy() {
        let margins = [vec![50.0, 50.0], vec![0.3, 0.4, 0.3]];
        let raking = Raking::of(&crossed([[20, 10, 5], [8, 30, 7]]), &margins).unwrap();
        let expected = [
            0.922_889_610_116_746,
            0.984_016_226_308_07,
            2.340_409_106_916_87,
            0.692_775_974_708_134,
            0.738_661_257_897_31,
            1.756_850_637_916_52,
        ];
        for (weight, expected) in raking.weights.iter().zip(expected) {
            assert!(is_near(*weight, expected), "{weight}, expected {expected}");
        }
        assert!(is_near(raking.effective_n, 66.723_138_699_654_7), "{raking:?}");
        assert!(is_near(raking.design_effect, 80.0 / 66.723_138_699_654_7), "{raking:?}");
    }

    #[test]
    fn what_no_weights_can_mend_is_none() {
        let margins = [vec![0.5, 0.5], vec![0.3, 0.4, 0.3]];
        assert_eq!(Raking::of(&[], &margins), None);
        assert_eq!(Raking::of(&crossed([[0; 3]; 2]), &margins), None);
        assert_eq!(Raking::of(&crossed([[4, 5, 6], [0, 0, 0]]), &margins), None);
        assert_eq!(Raking::of(&crossed([[4, 5, 6], [3, 2, 1]]), &[vec![1.0, 0.0], vec![1.0; 3]]), None);
        // All of the first row are in the first column, which is smaller than that row.
        assert_eq!(Raking::of(&crossed([[9, 0, 0], [0, 5, 4]]), &margins), None);
    }

    proptest! {
        #[test]
        fn the_margins_come_out_and_a_sample_that_has_them_is_left_alone(
            counts in prop::array::uniform2(prop::array::uniform3(1_u64..40)), rows in prop::array::uniform2(0.1_f64..1.0),
            columns in prop::array::uniform3(0.1_f64..1.0),
        ) {
            let cells = crossed(counts);
            let n = cells.iter().map(|(_, count)| *count as f64).sum::<f64>();
            let margins = [rows.to_vec(), columns.to_vec()];
            let raking = Raking::of(&cells, &margins).unwrap();
            for (grouping, margin) in margins.iter().enumerate() {
                for (level, size) in margin.iter().enumerate() {
                    let inside = cells.iter().zip(&raking.weights).filter(|((levels, _), _)| levels[grouping] == level);
                    let sum: f64 = inside.map(|((_, count), weight)| *count as f64 * weight).sum();
                    prop_assert!((sum / n - size / margin.iter().sum::<f64>()).abs() < 1e-9);
                }
            }
            prop_assert!(raking.effective_n <= n + 1e-9 && raking.design_effect >= 1.0 - 1e-12);
            let own = |grouping: usize, level: usize| {
                cells.iter().filter(|(levels, _)| levels[grouping] == level).map(|(_, count)| *count as f64).sum()
            };
            let itself = [(0..2).map(|level| own(0, level)).collect(), (0..3).map(|level| own(1, level)).collect()];
            prop_assert!(Raking::of(&cells, &itself).unwrap().weights.iter().all(|weight| (weight - 1.0).abs() < 1e-9));
        }
    }
}
