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
    /// The same by their last bits: most sums are known to be none of them by one look.
    maybe: Maybe,
    threshold: u64,
}

/// Numbers drawn evenly, by their last bits.
struct Maybe(Vec<u64>);

impl Maybe {
    /// Gives one with room for so many numbers that most others are known not to be among them.
    fn with_room(numbers: usize) -> Self {
        Self(vec![0; numbers.next_power_of_two().max(64)])
    }

    fn place(&self, number: u64) -> (usize, u64) {
        ((number >> 6) as usize & (self.0.len() - 1), 1 << (number & 63))
    }

    fn add(&mut self, number: u64) {
        let (at, bit) = self.place(number);
        self.0[at] |= bit;
    }

    fn has(&self, number: u64) -> bool {
        let (at, bit) = self.place(number);
        self.0[at] & bit != 0
    }
}

impl Known {
    fn of(parts: Vec<(u64, Part)>, threshold: u64) -> Self {
        let mut opposite = HashMap::<u64, Vec<usize>>::new();
        let mut maybe = Maybe::with_room(parts.len());
        for (at, (moves, _)) in parts.iter().enumerate() {
            let other = minus(0, *moves);
            maybe.add(other);
            opposite.entry(other).or_default().push(at);
        }
        Self { parts, opposite, maybe, threshold }
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
        let mut others = self.opposite.get(&moves).into_iter().flatten();
        others.any(|other| self.tells(&[places, &[*other]].concat()))
    }

    fn ones_and_twos(&self) -> bool {
        let is_known =
            |(at, (moves, _)): (usize, &(u64, Part))| *moves == 0 && self.tells(&[at]) || self.is_completed(*moves, &[at]);
        self.parts.iter().enumerate().any(is_known)
    }

    /// Goes through the pairs that leave room for so many more people, with by how much each moves, until something holds for one.
    fn pairs(&self, more: u64, mut each: impl FnMut(u64, [usize; 2]) -> bool) -> bool {
        let room = self.threshold.saturating_sub(1 + more);
        let fits: Vec<usize> = (0..self.parts.len()).filter(|at| self.parts[*at].1.n < room).collect();
        for (before, one) in fits.iter().enumerate() {
            let (moves, part) = self.parts[*one];
            for other in &fits[..before] {
                let (others, beside) = self.parts[*other];
                if part.n + beside.n <= room && each(plus(moves, others), [*other, *one]) {
                    return true;
                }
            }
        }
        false
    }

    fn threes(&self) -> bool {
        let is_known = |moves, places: [usize; 2]| self.maybe.has(moves) && self.is_completed(moves, &places);
        self.parts.len() <= MOST[0] && self.pairs(1, is_known)
    }

    fn fours(&self) -> bool {
        if self.parts.len() > MOST[1] {
            return false;
        }
        let mut maybe = Maybe::with_room(self.parts.len() * self.parts.len());
        self.pairs(2, |moves, _| {
            maybe.add(moves);
            false
        });
        let mut pairs = HashMap::<u64, Vec<[usize; 2]>>::new();
        self.pairs(2, |moves, places| {
            let opposite = minus(0, moves);
            if !maybe.has(opposite) {
                return false;
            }
            let mut others = pairs.get(&opposite).into_iter().flatten();
            let is_known = others.any(|other| self.tells(&[places, *other].concat()));
            pairs.entry(moves).or_default().push(places);
            is_known
        })
    }
}
