//! Small groups that nothing names: people of several small groups, such as those of a site who are in none of its larger teams. What is
//! published tells of them where it tells how many of all of them together gave each answer.

use std::collections::HashMap;

use super::span::{combined, direction, minus, plus};

/// So many small parts at most are looked at in threes, and in fours.
const MOST: [usize; 2] = [2000, 500];

/// A part that nothing published divides, of fewer people than the threshold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The pattern it is.
    pub(super) pattern: u32,
    /// How many are in it.
    pub(super) n: u64,
    /// Parts whose sum of these is 0 were given away by what was published before.
    pub(super) before: u64,
}

/// Says whether up to four parts that are fewer than the threshold together are known by what is published, where only the patterns said to
/// be given can have an answer.
///
/// A direction in which the counts of an answer may move without changing any sum moves parts that are known by 0 in all; of all answers
/// together, directions are taken so many times by chance that what adds up to 0 does so for each answer.
pub(super) fn is_any_known(sums: &[Vec<u32>], answers: &[Vec<bool>], parts: &[Part], threshold: u64) -> bool {
    let Some(width) = answers.first().map(Vec::len) else { return false };
    let directions = answers.iter().map(|given| direction(sums.iter().map(Vec::as_slice), given));
    let moves = combined(directions, width);
    let known = Known::of(parts.iter().map(|part| (moves[part.pattern as usize], *part)).collect(), threshold);
    known.ones_and_twos() || known.threes() || known.fours()
}

/// Parts with by how much each moves.
struct Known {
    parts: Vec<(u64, Part)>,
    /// The places of parts by what moves as much the other way.
    opposite: HashMap<u64, Vec<usize>>,
    threshold: u64,
}

impl Known {
    fn of(parts: Vec<(u64, Part)>, threshold: u64) -> Self {
        let mut opposite = HashMap::<u64, Vec<usize>>::new();
        for (at, (moves, _)) in parts.iter().enumerate() {
            opposite.entry(minus(0, *moves)).or_default().push(at);
        }
        Self { parts, opposite, threshold }
    }

    /// Says whether parts are few together, and were not given away before.
    fn tells(&self, places: &[usize]) -> bool {
        let n: u64 = places.iter().map(|at| self.parts[*at].1.n).sum();
        let before = places.iter().fold(0, |sum, at| plus(sum, self.parts[*at].1.before));
        let is_apart = (1..places.len()).all(|at| !places[..at].contains(&places[at]));
        n < self.threshold && before != 0 && is_apart
    }

    /// Says whether these parts and one more are known.
    fn is_completed(&self, moves: u64, places: &[usize]) -> bool {
        let others = self.opposite.get(&moves).into_iter().flatten();
        others.into_iter().any(|other| self.tells(&[places, &[*other]].concat()))
    }

    fn ones_and_twos(&self) -> bool {
        let is_known =
            |(at, (moves, _)): (usize, &(u64, Part))| *moves == 0 && self.tells(&[at]) || self.is_completed(*moves, &[at]);
        self.parts.iter().enumerate().any(is_known)
    }

    /// Says whether something holds for a pair that leaves room for so many more people, of by how much the pair moves and its places.
    fn any_pair(&self, more: u64, mut holds: impl FnMut(u64, [usize; 2]) -> bool) -> bool {
        let room = self.threshold.saturating_sub(1 + more);
        let fits: Vec<usize> = (0..self.parts.len()).filter(|at| self.parts[*at].1.n < room).collect();
        fits.iter().enumerate().any(|(before, one)| {
            let (moves, part) = self.parts[*one];
            let others = fits[..before].iter().filter(|other| part.n + self.parts[**other].1.n <= room);
            others.into_iter().any(|other| holds(plus(moves, self.parts[*other].0), [*other, *one]))
        })
    }

    fn threes(&self) -> bool {
        self.parts.len() <= MOST[0] && self.any_pair(1, |moves, places| self.is_completed(moves, &places))
    }

    fn fours(&self) -> bool {
        let mut pairs = HashMap::<u64, Vec<[usize; 2]>>::new();
        let mut is_known = |moves: u64, places: [usize; 2]| {
            let mut opposite = pairs.get(&minus(0, moves)).into_iter().flatten();
            let is_known = opposite.any(|other| self.tells(&[places, *other].concat()));
            pairs.entry(moves).or_default().push(places);
            is_known
        };
        self.parts.len() <= MOST[1] && self.any_pair(2, &mut is_known)
    }
}
