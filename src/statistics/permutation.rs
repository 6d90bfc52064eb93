//! Whether a small group differs from another, without any approximation.

/// The largest group it is worked out for: beyond, intervals and their p are near enough.
pub const MOST: u64 = 30;

/// The farthest that two values may lie apart.
const WIDEST: u64 = 20;

/// Gives how likely the sum of the smaller of two groups is at least as far from what is expected, where chance alone decides who of both
/// is in which: the exact two-sided p.
///
/// Each value, a whole number, comes with how often each group gave it. `None` where a group is empty, none is small ([`MOST`]), or values lie
/// too far apart. Fisher (1935), The Design of Experiments, section 21; of a share it is Fisher's exact test.
pub fn permutation(given: &[(i64, [u64; 2])]) -> Option<f64> {
    let sizes = [0, 1].map(|group| given.iter().map(|(_, counts)| counts[group]).sum::<u64>());
    let group = usize::from(sizes[1] < sizes[0]);
    let least = given.iter().map(|(value, _)| *value).min()?;
    let above = |value: i64| usize::try_from(value - least).ok().filter(|above| *above as u64 <= WIDEST);
    let levels: Vec<(usize, u64, u64)> = given
        .iter()
        .map(|(value, counts)| Some((above(*value)?, counts[group], counts[0] + counts[1])))
        .collect::<Option<_>>()?;
    let (n, all) = (sizes[group], sizes[0] + sizes[1]);
    let size = usize::try_from(n).ok().filter(|_| n > 0 && n <= MOST)?;
    let ways = ways(&levels, size);
    let total: u64 = levels.iter().map(|(above, _, count)| *above as u64 * count).sum();
    let observed: u64 = levels.iter().map(|(above, count, _)| *above as u64 * count).sum();
    let distance = |sum: u64| (i128::from(sum) * i128::from(all) - i128::from(n) * i128::from(total)).abs();
    let as_far = (0..).zip(&ways).filter(|(sum, _)| distance(*sum) >= distance(observed));
    Some((as_far.map(|(_, ways)| ways).sum::<f64>() / ways.iter().sum::<f64>()).min(1.0))
}

/// Gives in how many ways so many can be chosen with each sum of values.
fn ways(levels: &[(usize, u64, u64)], size: usize) -> Vec<f64> {
    let highest = levels.iter().map(|(above, ..)| *above).max().unwrap_or(0);
    let widest = highest * size;
    let mut ways = vec![vec![0.0; widest + 1]; size + 1];
    ways[0][0] = 1.0;
    for (above, _, count) in levels {
        let mut next = vec![vec![0.0; widest + 1]; size + 1];
        for taken in 0..=size {
            let mut choices = 1.0;
            for more in 0..=(size - taken) {
                if more as u64 > *count {
                    break;
                }
                let added = above * more;
                for sum in 0..=(highest * taken) {
                    next[taken + more][sum + added] += ways[taken][sum] * choices;
                }
                choices *= (count - more as u64) as f64 / (more + 1) as f64;
            }
        }
        ways = next;
    }
    ways.swap_remove(size)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_a_share_it_is_fishers_exact_test() {
        // The lady tasting tea: 3 of 4 cups are right as often as 17 times in 35 or better, both ways together 34 in 70.
        let p = permutation(&[(0, [1, 3]), (1, [3, 1])]).unwrap();
        assert!((p - 34.0 / 70.0).abs() < 1e-12, "{p}");
    }

    #[test]
    fn a_small_group_that_agrees_is_no_proof() {
        // Five who all gave a 3, beside many whose mean is 3.6.
        let p = permutation(&[(1, [0, 12]), (2, [0, 30]), (3, [5, 55]), (4, [0, 78]), (5, [0, 50])]).unwrap();
        assert!((0.2..0.5).contains(&p), "{p}");
    }

    #[test]
    fn what_cannot_be_told_is_not() {
        assert_eq!((permutation(&[]), permutation(&[(1, [0, 4])])), (None, None));
        assert_eq!((permutation(&[(1, [40, 40])]), permutation(&[(1, [2, 2]), (50, [1, 1])])), (None, None));
        assert_eq!(permutation(&[(3, [4, 9])]), Some(1.0));
    }

    proptest! {
        #[test]
        fn it_is_a_share_that_knows_no_order_of_groups_and_no_zero_of_the_scale(
            counts in prop::collection::vec(prop::array::uniform2(0_u64..6), 5), shift in -9_i64..9,
        ) {
            let given: Vec<(i64, [u64; 2])> = (0..).zip(counts.iter().copied()).collect();
            let turned: Vec<(i64, [u64; 2])> = given.iter().map(|(value, [one, other])| (-value + shift, [*other, *one])).collect();
            match (permutation(&given), permutation(&turned)) {
                (Some(p), Some(q)) => prop_assert!((p - q).abs() < 1e-9 && p > 0.0 && p <= 1.0, "{} {}", p, q),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
