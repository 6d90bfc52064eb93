//! What stands in another order, and which questions moved: the fewest that explain the new order.

use super::What;
use crate::survey::{QuestionId, Survey};

/// Gives the questions of both surveys that stand elsewhere, with their places among all questions, from 1.
pub(super) fn moved(old: &Survey, new: &Survey) -> Vec<(QuestionId, What)> {
    let place = |survey: &Survey, id: &QuestionId| survey.questions.iter().position(|question| question.id == *id);
    let both: Vec<(usize, usize)> =
        new.questions.iter().enumerate().filter_map(|(to, question)| Some((place(old, &question.id)?, to))).collect();
    let stays = longest_rising(&both.iter().map(|(from, _)| *from).collect::<Vec<_>>());
    let moved = both.iter().enumerate().filter(|(at, _)| !stays.contains(at));
    moved.map(|(_, (from, to))| (new.questions[*to].id.clone(), What::Moved { from: from + 1, to: to + 1 })).collect()
}

/// Says whether what both lists have stands in another order.
pub(super) fn is_reordered<T: PartialEq>(old: &[T], new: &[T]) -> bool {
    let kept = old.iter().filter(|thing| new.contains(thing));
    kept.ne(new.iter().filter(|thing| old.contains(thing)))
}

/// Gives the places of a longest run of numbers that rise, not necessarily side by side.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // For each place, how long a run that ends there is, and the place before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|before| numbers[*before] < *number).max_by_key(|before| (runs[*before].0, *before));
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
    }
    let mut at = (0..runs.len()).max_by_key(|at| (runs[*at].0, *at));
    let mut places = Vec::new();
    while let Some(place) = at {
        places.push(place);
        at = runs[place].1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_explains_an_order_with_the_fewest_moves() {
        let cases: [(&[usize], usize); 5] =
            [(&[], 0), (&[0, 1, 2, 3], 4), (&[3, 0, 1, 2], 3), (&[1, 2, 3, 0], 3), (&[3, 2, 1, 0], 1)];
        for (numbers, length) in cases {
            let places = longest_rising(numbers);
            assert_eq!(places.len(), length, "{numbers:?}");
            assert!(places.is_sorted_by(|one, other| one > other && numbers[*one] > numbers[*other]), "{numbers:?}");
        }
    }
}
