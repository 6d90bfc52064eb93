//! The count cube: how many gave each value, by wave and group. Every figure but a few is worked out of it.
//!
//! Answers are bytes, so that counting is a walk over two or three columns. Large columns are counted in pieces, side by side.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::data::{Absent, Column, Dataset, Grouping, Variable};

/// The counts of one variable by wave and by group.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    waves: usize,
    groups: usize,
    levels: usize,
    counts: Vec<u32>,
    /// The sums of weights and of their squares, where answers are weighted.
    weights: Option<(Vec<f64>, Vec<f64>)>,
}

/// The counts of one wave and group.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// How many gave each level, in the variable's order.
    pub levels: Vec<u64>,
    /// How many gave none, by kind, in the order of [`Absent::all`].
    pub absent: Vec<u64>,
    /// The sum of the weights of those who gave each level, and of their squares; `None` where each answer counts as one.
    pub weights: Option<(Vec<f64>, Vec<f64>)>,
}

/// Kinds of absence.
const ABSENT: usize = 7;

/// Columns shorter than this are counted in one go.
const PIECE: usize = 1 << 18;

impl Cube {
    /// Counts the levels of a variable by wave, and by group where there is a grouping; of numbers, how many were given.
    ///
    /// Those in no group of the grouping stand in one more, the last.
    pub fn of(dataset: &Dataset, variable: &Variable, grouping: Option<&Grouping>) -> Self {
        let (waves, groups) = (dataset.waves.len(), grouping.map_or(0, |grouping| grouping.levels.len()) + 1);
        // Of numbers, those given are counted as if they were one level.
        let levels = variable.levels.len().max(1);
        let empty = Self { waves, groups, levels, counts: vec![0; waves * groups * (levels + ABSENT)], weights: None };
        let (Column::Levels(codes) | Column::Numbers(_, codes)) = &variable.column;
        let count = |rows: Range<usize>| {
            let mut cube = empty.clone();
            cube.add(&codes[rows.clone()], &dataset.wave_of[rows.clone()], grouping.map(|grouping| &grouping.column[rows]));
            cube
        };
        let pieces = thread::available_parallelism().map_or(1, usize::from).min(codes.len() / PIECE + 1);
        let each = codes.len().div_ceil(pieces).max(1);
        let rows = |piece: usize| (piece * each).min(codes.len())..((piece + 1) * each).min(codes.len());
        thread::scope(|scope| {
            let others: Vec<_> = (1..pieces).map(|piece| scope.spawn(move || count(rows(piece)))).collect();
            let mut cube = count(rows(0));
            for other in others {
                let other: Self = other.join().unwrap_or_else(|panic| resume_unwind(panic));
                cube.counts.iter_mut().zip(other.counts).for_each(|(sum, count)| *sum += count);
            }
            cube.weights = dataset.weights.as_ref().map(|weights| cube.weigh((codes, weights), dataset, grouping));
            cube
        })
    }

    /// Gives the sums of weights and of their squares, in the places of the counts.
    fn weigh(&self, (codes, weights): (&[u8], &[f64]), dataset: &Dataset, grouping: Option<&Grouping>) -> (Vec<f64>, Vec<f64>) {
        let (mut sums, mut squares) = (vec![0.0; self.counts.len()], vec![0.0; self.counts.len()]);
        let slots = self.slots();
        for (row, weight) in weights.iter().enumerate() {
            let group = grouping.map_or(0, |grouping| usize::from(grouping.column[row]).min(self.groups - 1));
            let at = self.place(usize::from(dataset.wave_of[row]), group) + slots[usize::from(codes[row])];
            sums[at] += weight;
            squares[at] += weight * weight;
        }
        (sums, squares)
    }

    /// Gives the counts of a wave and a group, by their places.
    pub fn cell(&self, wave: usize, group: usize) -> Counts {
        let from = self.place(wave, group);
        let (levels, all) = (from..from + self.levels, &self.counts);
        let count = |range: Range<usize>| all[range].iter().map(|count| u64::from(*count)).collect();
        let weights =
            self.weights.as_ref().map(|(sums, squares)| (sums[levels.clone()].to_vec(), squares[levels.clone()].to_vec()));
        Counts { absent: count(levels.end..levels.end + ABSENT), levels: count(levels), weights }
    }

    /// Gives the counts of a wave over all groups.
    pub fn wave(&self, wave: usize) -> Counts {
        (0..self.groups).map(|group| self.cell(wave, group)).reduce(|sum, counts| sum.with(&counts)).unwrap_or_else(|| Counts {
            levels: vec![0; self.levels],
            absent: vec![0; ABSENT],
            weights: None,
        })
    }

    /// Gives how many groups there are, those in none counted as one.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Gives where the counts of a wave and a group begin.
    fn place(&self, wave: usize, group: usize) -> usize {
        (wave * self.groups + group) * (self.levels + ABSENT)
    }

    /// Gives the place of each code among the counts of a wave and a group.
    fn slots(&self) -> [usize; 256] {
        let first = usize::from(Absent::NotAsked.code()) + 1 - ABSENT;
        std::array::from_fn(|code| if code >= first { self.levels + code - first } else { code.min(self.levels - 1) })
    }

    fn add(&mut self, codes: &[u8], waves: &[u16], groups: Option<&[u16]>) {
        let (slots, width) = (self.slots(), self.levels + ABSENT);
        match groups {
            None => {
                for (code, wave) in codes.iter().zip(waves) {
                    self.counts[usize::from(*wave) * width + slots[usize::from(*code)]] += 1;
                }
            }
            Some(groups) => {
                let last = self.groups - 1;
                for ((code, wave), group) in codes.iter().zip(waves).zip(groups) {
                    // Those in no group have the greatest number of all.
                    let at = self.place(usize::from(*wave), usize::from(*group).min(last)) + slots[usize::from(*code)];
                    self.counts[at] += 1;
                }
            }
        }
    }
}

impl Counts {
    /// Gives how many answered.
    pub fn n(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// Gives how many responses there are, whether they were asked or not.
    pub fn all(&self) -> u64 {
        self.n() + self.absent.iter().sum::<u64>()
    }

    /// Gives how many were asked, whether they answered or not.
    pub fn shown(&self) -> u64 {
        let asked = Absent::all().zip(&self.absent).filter(|(kind, _)| kind.was_shown());
        self.n() + asked.map(|(_, count)| count).sum::<u64>()
    }

    /// Gives how many gave no answer of a kind.
    pub fn absent(&self, kind: Absent) -> u64 {
        Absent::all().zip(&self.absent).find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count)
    }

    /// Gives what those who gave each level count together.
    pub fn sums(&self) -> Vec<f64> {
        let counts = || self.levels.iter().map(|count| *count as f64).collect();
        self.weights.as_ref().map_or_else(counts, |(sums, _)| sums.clone())
    }

    /// Gives the sum of the squares of the weights of all who answered.
    pub fn squares(&self) -> f64 {
        self.weights.as_ref().map_or_else(|| self.n() as f64, |(_, squares)| squares.iter().sum())
    }

    fn with(mut self, other: &Self) -> Self {
        if let (Some((sums, squares)), Some((others, their))) = (&mut self.weights, &other.weights) {
            sums.iter_mut().zip(others).for_each(|(sum, weight)| *sum += weight);
            squares.iter_mut().zip(their).for_each(|(sum, square)| *sum += square);
        }
        self.levels.iter_mut().zip(&other.levels).for_each(|(sum, count)| *sum += count);
        self.absent.iter_mut().zip(&other.absent).for_each(|(sum, count)| *sum += count);
        self
    }
}
