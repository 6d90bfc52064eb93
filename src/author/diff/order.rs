//! What stands in another order, and which questions moved past which.

use super::What;
use crate::survey::{Question, QuestionId, Survey};

/// Gives the fewest questions of both surveys that explain the new order, each with the nearest of the others it passed.
pub(super) fn moved(old: &Survey, new: &Survey) -> Vec<(QuestionId, What)> {
    let place = |question: &Question| old.questions.iter().position(|before| before.id == question.id);
    let both: Vec<(&QuestionId, usize)> =
        new.questions.iter().filter_map(|question| Some((&question.id, place(question)?))).collect();
    let stays = longest_rising(&both.iter().map(|(_, before)| *before).collect::<Vec<_>>());
    let moved = |(at, (id, before)): (usize, &(&QuestionId, usize))| {
        // Whoever didn't stay passed one of those that did, or it could have stayed as well.
        let passed = stays.iter().filter(|other| (**other < at) != (both[**other].1 < *before));
        let other = passed.min_by_key(|other| other.abs_diff(at))?;
        Some(((*id).clone(), What::Moved { past: both[*other].0.clone(), is_earlier: at < *other }))
    };
    both.iter().enumerate().filter_map(moved).collect()
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
    use crate::survey::{Kind, SurveyId};

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

    fn survey(order: &[&str]) -> Survey {
        let question = |id: &&str| Question::new(QuestionId::new(id).unwrap(), "What?", Kind::Boolean);
        Survey::new(SurveyId::new("pulse").unwrap(), "Pulse", "en", order.iter().map(question).collect())
    }

    #[test]
    fn whoever_moved_stands_on_the_other_side_of_whom_it_passed() {
        let cases: [(&[&str], &str); 8] = [
            (&["a", "b", "c", "d"], ""),
            (&["new", "a", "c", "d"], ""),
            (&["d", "a", "b", "c"], "d moved before a"),
            (&["b", "c", "d", "a"], "a moved behind d"),
            (&["a", "c", "b", "d"], "c moved before b"),
            (&["d", "new", "a"], "d moved before a"),
            (&["c", "b", "a"], "c moved before a, b moved before a"),
            (&["c", "d", "a", "b"], "c moved before a, d moved before a"),
        ];
        for (order, expected) in cases {
            let told = moved(&survey(&["a", "b", "c", "d"]), &survey(order));
            let told: Vec<String> = told.iter().map(|(id, what)| format!("{id} {what}")).collect();
            assert_eq!(told.join(", "), expected, "{order:?}");
        }
    }
}
