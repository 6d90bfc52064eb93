//! Rows as they may be handed on: so coarse that nobody stands out by the groups they are in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::table::Everyone;
use crate::research::data::{Dataset, NONE, Source};

/// What a response is in no group of.
const NO_GROUP: &str = "";

/// Leaves groups out of responses until as many as the smallest group, or more, of a wave are in the same groups of everything they are
/// grouped by; gives how many responses lost one. The arms of variants, which chance drew, and the time it took stay.
///
/// A wave must have as many responses as that itself.
pub fn coarsened(mut dataset: Dataset) -> (Dataset, usize) {
    let (names, everyone) = telling(&dataset);
    let sizes = everyone.sizes();
    let combinations: Vec<Vec<&str>> =
        everyone.groups().iter().map(|groups| groups.iter().map(String::as_str).collect()).collect();
    let told = coarse(combinations.clone(), &sizes, dataset.smallest_group.into());
    let is_coarser: Vec<bool> = combinations.iter().zip(&told).map(|(before, after)| before != after).collect();
    let changed = sizes.iter().zip(&is_coarser).filter(|(_, is_coarser)| **is_coarser).map(|(size, _)| *size).sum::<u64>();
    if changed > 0 {
        for (at, name) in (1..).zip(&names) {
            let Some(grouping) = dataset.groupings.iter_mut().find(|grouping| grouping.name == *name) else { continue };
            for (group, class) in grouping.column.iter_mut().zip(everyone.class_of()) {
                if told[*class as usize][at] == NO_GROUP {
                    *group = NONE;
                }
            }
        }
    }
    (dataset, usize::try_from(changed).unwrap_or(usize::MAX))
}

/// Says whether weights tell fewer than the smallest group apart: of a wave, in the same groups of everything responses are grouped by.
pub fn weights_tell_few(dataset: &Dataset) -> bool {
    let Some(weights) = &dataset.weights else { return false };
    let (_, everyone) = telling(dataset);
    let mut counts = HashMap::<(u32, u64), u32>::new();
    let of_row = everyone.class_of().iter().zip(weights);
    of_row.for_each(|(class, weight)| *counts.entry((*class, weight.to_bits())).or_default() += 1);
    counts.values().any(|count| *count < dataset.smallest_group)
}

/// Gives the names of the groupings that tell who somebody is, and everyone by them.
fn telling(dataset: &Dataset) -> (Vec<String>, Everyone) {
    let tells = |name: &str, source: Source| source == Source::Segment || source == Source::Answering && name != "duration";
    let telling = dataset.groupings.iter().filter(|grouping| tells(&grouping.name, grouping.source));
    let names: Vec<String> = telling.map(|grouping| grouping.name.clone()).collect();
    let everyone = Everyone::of(dataset, &names.iter().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
    (names, everyone)
}

/// Gives combinations of a wave and groups, each as what may be told of it.
///
/// As long as few have the same, these lose what parts them most; where few have nothing left, the smallest of the others joins them.
fn coarse<'g>(mut told: Vec<Vec<&'g str>>, sizes: &[u64], smallest: u64) -> Vec<Vec<&'g str>> {
    let waves: BTreeSet<&str> = told.iter().filter_map(|groups| groups.first().copied()).collect();
    for wave in waves {
        let of_wave: Vec<usize> = (0..told.len()).filter(|at| told[*at][0] == wave).collect();
        loop {
            let mut counts = BTreeMap::<&[&str], u64>::new();
            of_wave.iter().for_each(|at| *counts.entry(&told[*at]).or_default() += sizes[*at]);
            let few: Vec<usize> = of_wave.iter().copied().filter(|at| counts[told[*at].as_slice()] < smallest).collect();
            let Some(first) = few.first() else { break };
            let parts = |column: &usize| {
                let groups: BTreeSet<&str> = few.iter().map(|at| told[*at][*column]).filter(|group| *group != NO_GROUP).collect();
                groups.len()
            };
            // Of those that part as much, the first.
            let most = (1..told[*first].len()).rev().max_by_key(parts).filter(|column| parts(column) > 0);
            if let Some(column) = most {
                few.into_iter().for_each(|at| told[at][column] = NO_GROUP);
                continue;
            }
            let others = counts.iter().filter(|(_, count)| **count >= smallest);
            let Some(other) = others.min_by_key(|(_, count)| **count).map(|(groups, _)| groups.to_vec()) else { break };
            let joined: Vec<usize> = of_wave.iter().copied().filter(|at| told[*at] == other).collect();
            joined.into_iter().for_each(|at| told[at][1..].fill(NO_GROUP));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_few_have_together_is_left_out_and_no_more() {
        let combinations = [["1", "a", "x"], ["1", "a", "y"], ["1", "b", "x"], ["1", "b", "y"], ["2", "b", "y"]];
        let cases = [
            ([5, 5, 5, 5, 5], combinations),
            ([9, 3, 9, 3, 5], [["1", "a", "x"], ["1", "", "y"], ["1", "b", "x"], ["1", "", "y"], ["2", "b", "y"]]),
            ([9, 9, 7, 1, 7], [["1", "a", "x"], ["1", "a", "y"], ["1", "", ""], ["1", "", ""], ["2", "b", "y"]]),
            ([2, 2, 2, 2, 4], [["1", "", ""], ["1", "", ""], ["1", "", ""], ["1", "", ""], ["2", "", ""]]),
        ];
        for (sizes, expected) in cases {
            let told = coarse(combinations.map(|groups| groups.to_vec()).to_vec(), &sizes, 5);
            assert_eq!(told, expected.map(|groups| groups.to_vec()), "{sizes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_combination_is_rarer_than_the_smallest_group(sizes in prop::collection::vec(0_u64..9, 27)) {
            let groups = ["a", "b", ""];
            let all: Vec<Vec<&str>> =
                (0..27).map(|at| vec!["w", groups[at % 3], groups[at / 3 % 3], groups[at / 9]]).collect();
            prop_assume!(sizes.iter().sum::<u64>() >= 5);
            let told = coarse(all.clone(), &sizes, 5);
            let mut counts = BTreeMap::new();
            told.iter().zip(&sizes).for_each(|(groups, size)| *counts.entry(groups.clone()).or_insert(0) += size);
            prop_assert!(counts.values().all(|count| *count == 0 || *count >= 5), "{:?}", counts);
            let is_coarser = |(before, after): (&Vec<&str>, &Vec<&str>)| before.iter().zip(after).all(|(b, a)| a == b || a.is_empty());
            prop_assert!(all.iter().zip(&told).all(is_coarser));
        }
    }
}
