//! The count cube: how many gave each value, by wave and group. Every figure but a few is worked out of it.
//!
//! Answers are bytes, so that counting is a walk over two or three columns. Large columns are counted in pieces, side by side.

use std::ops::Range;
use std::thread;

use super::data::{Absent, Column, Dataset, Grouping, NONE, Variable};

/// The counts of one variable by wave and by group.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    waves: usize,
    groups: usize,
    levels: usize,
    counts: Vec<u32>,
}

/// The counts of one wave and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// How many gave each level, in the variable's order.
    pub levels: Vec<u64>,
    /// How many gave none, by kind, in the order of [`Absent::all`].
    pub absent: Vec<u64>,
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
        let empty = Self { waves, groups, levels, counts: vec![0; waves * groups * (levels + ABSENT)] };
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
                let counts = other.join().map_or_else(|_| count(0..0).counts, |other| other.counts);
                cube.counts.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
            cube
        })
    }

    /// Gives the counts of a wave and a group, by their places.
    pub fn cell(&self, wave: usize, group: usize) -> Counts {
        let from = (wave * self.groups + group) * (self.levels + ABSENT);
        let all: Vec<u64> = self.counts[from..from + self.levels + ABSENT].iter().map(|count| u64::from(*count)).collect();
        let (levels, absent) = all.split_at(self.levels);
        Counts { levels: levels.to_vec(), absent: absent.to_vec() }
    }

    /// Gives the counts of a wave over all groups.
    pub fn wave(&self, wave: usize) -> Counts {
        (0..self.groups)
            .map(|group| self.cell(wave, group))
            .reduce(|sum, counts| sum.with(&counts))
            .unwrap_or_else(|| Counts { levels: vec![0; self.levels], absent: vec![0; ABSENT] })
    }

    /// Gives how many groups there are, those in none counted as one.
    pub fn groups(&self) -> usize {
        self.groups
    }

    fn add(&mut self, codes: &[u8], waves: &[u16], groups: Option<&[u16]>) {
        let width = self.levels + ABSENT;
        let mut slots = [0_usize; 256];
        let first = Absent::NotAsked.code() as usize + 1 - ABSENT;
        for (code, slot) in slots.iter_mut().enumerate() {
            *slot = if code >= first { self.levels + code - first } else { code.min(self.levels - 1) };
        }
        match groups {
            None => {
                for (code, wave) in codes.iter().zip(waves) {
                    self.counts[usize::from(*wave) * width + slots[usize::from(*code)]] += 1;
                }
            }
            Some(groups) => {
                let last = self.groups - 1;
                for ((code, wave), group) in codes.iter().zip(waves).zip(groups) {
                    let group = if *group == NONE { last } else { usize::from(*group) };
                    self.counts[(usize::from(*wave) * self.groups + group) * width + slots[usize::from(*code)]] += 1;
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

    /// Gives how many were asked, whether they answered or not.
    pub fn shown(&self) -> u64 {
        let asked = Absent::all().zip(&self.absent).filter(|(kind, _)| kind.was_shown());
        self.n() + asked.map(|(_, count)| count).sum::<u64>()
    }

    /// Gives how many gave no answer of a kind.
    pub fn absent(&self, kind: Absent) -> u64 {
        Absent::all().zip(&self.absent).find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count)
    }

    fn with(mut self, other: &Self) -> Self {
        self.levels.iter_mut().zip(&other.levels).for_each(|(sum, count)| *sum += count);
        self.absent.iter_mut().zip(&other.absent).for_each(|(sum, count)| *sum += count);
        self
    }
}
