//! What follows from published sums: exact linear algebra in a prime field.
//!
//! Whole-numbered rows that depend on one another over fractions do so here; that rows which don't would seem to needs the prime to divide
//! a determinant of zeros and ones, and that chance hides a direction is as unlikely as hitting a number of 61 bits.

use std::collections::HashMap;

use crate::survey::chance::Chance;

/// The Mersenne prime 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// A row without its zeros, in order of columns.
type Row = Vec<(u32, u64)>;

/// Leaves out the sums that follow from those before them.
pub(super) fn independent(mut sums: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let mut rows = HashMap::<u32, Row>::new();
    sums.retain(|sum| {
        let row = reduced(sum.iter().map(|column| (*column, 1)).collect(), &rows);
        let is_new = row.is_some();
        rows.extend(row.map(|row| (row[0].0, row)));
        is_new
    });
    sums
}

/// Gives a direction in which the unknowns of some columns may move without changing any of the sums: drawn evenly among all there are, so
/// that it moves everything that can be moved. Other columns stay at 0.
pub(super) fn direction<'r>(sums: impl Iterator<Item = &'r [u32]>, is_free: &[bool]) -> Vec<u64> {
    let mut rows = HashMap::<u32, Row>::new();
    for sum in sums {
        let row = sum.iter().filter(|column| is_free[**column as usize]).map(|column| (*column, 1)).collect();
        if let Some(row) = reduced(row, &rows) {
            rows.insert(row[0].0, row);
        }
    }
    let mut chance = Chance::new(0, "direction");
    let mut moves = vec![0; is_free.len()];
    for column in (0..is_free.len()).rev().filter(|column| is_free[*column]) {
        moves[column] = match rows.get(&(column as u32)) {
            // The row begins here, with 1, and all that follows is known.
            Some(row) => minus(0, row[1..].iter().fold(0, |sum, (at, by)| plus(sum, times(*by, moves[*at as usize])))),
            None => chance.bits() % PRIME,
        };
    }
    moves
}

/// Gives a sum of directions, each taken so many times by chance: columns that it moves by 0 in all are moved so by each.
pub(super) fn combined(directions: impl Iterator<Item = Vec<u64>>, width: usize) -> Vec<u64> {
    let mut chance = Chance::new(0, "combined");
    directions.fold(vec![0; width], |mut sum, direction| {
        let by = chance.bits() % PRIME;
        sum.iter_mut().zip(direction).for_each(|(sum, moves)| *sum = plus(*sum, times(by, moves)));
        sum
    })
}

/// Parts numbers by chance into so many each, which give the number only all together.
pub(super) fn shared(numbers: &[u64], into: &[u32]) -> Vec<u64> {
    let mut chance = Chance::new(0, "shared");
    let (mut left, mut last) = (numbers.to_vec(), vec![0; numbers.len()]);
    into.iter().enumerate().for_each(|(at, number)| last[*number as usize] = at);
    let mut share = |(at, number): (usize, &u32)| {
        let place = *number as usize;
        let share = if last[place] == at { left[place] } else { chance.bits() % PRIME };
        left[place] = minus(left[place], share);
        share
    };
    into.iter().enumerate().map(&mut share).collect()
}

/// Gives the sum of how some columns move.
pub(super) fn moved<'c>(columns: impl Iterator<Item = &'c u32>, moves: &[u64]) -> u64 {
    columns.fold(0, |sum, column| plus(sum, moves[*column as usize]))
}

/// Takes other rows out of a row, and makes it begin with 1; `None` where nothing is left.
fn reduced(mut row: Row, rows: &HashMap<u32, Row>) -> Option<Row> {
    while let Some((first, by)) = row.first().copied() {
        let Some(known) = rows.get(&first) else {
            let inverse = power(by, PRIME - 2);
            row.iter_mut().for_each(|(_, value)| *value = times(*value, inverse));
            return Some(row);
        };
        row = less(&row, known, by);
    }
    None
}

/// Gives a row less so many times another.
fn less(row: &[(u32, u64)], other: &[(u32, u64)], by: u64) -> Row {
    let mut left = Row::with_capacity(row.len() + other.len());
    let (mut ours, mut theirs) = (row, other);
    while let Some(at) = ours.first().into_iter().chain(theirs.first()).map(|(at, _)| *at).min() {
        let value = minus(taken(&mut ours, at), times(by, taken(&mut theirs, at)));
        if value != 0 {
            left.push((at, value));
        }
    }
    left
}

/// Takes the value of a column off the beginning of a row, 0 where it begins later.
fn taken(row: &mut &[(u32, u64)], at: u32) -> u64 {
    match row.split_first() {
        Some(((first, value), rest)) if *first == at => {
            *row = rest;
            *value
        }
        _ => 0,
    }
}

pub(super) fn plus(a: u64, b: u64) -> u64 {
    within(a + b)
}

pub(super) fn minus(a: u64, b: u64) -> u64 {
    within(a + PRIME - b)
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let folded = (product & u128::from(PRIME)) as u64 + (product >> 61) as u64;
    within(folded)
}

/// Gives the number that one below twice the prime stands for.
fn within(number: u64) -> u64 {
    if number < PRIME { number } else { number - PRIME }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent /= 2;
    }
    result
}
