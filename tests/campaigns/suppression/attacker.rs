//! An attacker who has everything that was ever published, knows who is in which group, and works out what the hidden ones answered: by
//! eliminating unknowns, and by bounds, since no count is below 0. Nothing here is shared with what decides on publishing.

use std::collections::{BTreeMap, BTreeSet};

use dxpulse::research::suppression::Cell;

use super::organisation::Organisation;

/// Groups with fewer answers than this must stay unknown.
const THRESHOLD: f64 = 5.0;

/// What is nothing beside counts.
const NOTHING: f64 = 1e-6;

/// How often bounds and elimination are gone through at most, one helping the other.
const ROUNDS: usize = 12;

/// One published cell, and the edition of the answers it is of.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) cell: Cell,
    pub(crate) counts: Vec<u64>,
    pub(crate) edition: usize,
}

/// People of the same groups who came in the same edition: an unknown of every answer.
struct Unknown {
    groups: Vec<String>,
    arrival: usize,
}

/// A sum of unknowns, each so many times.
#[derive(Clone)]
struct Sum {
    parts: Vec<f64>,
    value: f64,
}

/// What is known of the counts of one answer.
struct Known {
    low: Vec<f64>,
    high: Vec<f64>,
    /// Sums over the unknowns that are still open, each solved for one that no other has.
    solved: Vec<(usize, Sum)>,
    published: Vec<Sum>,
}

/// Gives how many small groups were worked out.
pub(crate) fn recovered(organisation: &Organisation, told: &[Told]) -> Result<BTreeSet<String>, String> {
    let unknowns = unknowns(organisation, told);
    let answers = told.iter().map(|one| one.counts.len()).max().unwrap_or(0);
    let known: Vec<Known> = (0..answers).map(|answer| Known::of(organisation, &unknowns, told, answer)).collect();
    let mut found = BTreeSet::new();
    for (name, members, n) in targets(organisation, &unknowns) {
        let bounds: Vec<(f64, f64)> = known.iter().map(|known| known.bounds(&members)).collect();
        let (low, high) = bounds.iter().fold((0.0, 0.0), |(low, high), bounds| (low + bounds.0, high + bounds.1));
        if n + NOTHING < low || n - NOTHING > high {
            return Err(format!("the attacker is wrong: {name} has {n}, said to be {low} to {high}"));
        }
        let is_exact = high - low < NOTHING;
        let has_one_answer = answers > 1 && bounds.iter().filter(|(_, high)| *high > NOTHING).count() == 1;
        if low > 1.0 - NOTHING && high < THRESHOLD - NOTHING && (is_exact || has_one_answer) {
            found.insert(name);
        }
    }
    Ok(found)
}

fn unknowns(organisation: &Organisation, told: &[Told]) -> Vec<Unknown> {
    let last = told.iter().map(|one| one.edition).max().unwrap_or(0);
    let first = told.iter().map(|one| one.edition).min().unwrap_or(0);
    let there = organisation.people.iter().filter(|person| person.arrival <= last);
    let groups: BTreeSet<&Vec<String>> = there.map(|person| &person.groups).collect();
    // Who came before the first publication came together.
    groups.into_iter().flat_map(|groups| (first..=last).map(|arrival| Unknown { groups: groups.clone(), arrival })).collect()
}

/// Gives every group with few answers: its name, its unknowns, and how many answers it has.
fn targets(organisation: &Organisation, unknowns: &[Unknown]) -> Vec<(String, Vec<usize>, f64)> {
    let (first, last) = (unknowns.first().map_or(0, |one| one.arrival), unknowns.last().map_or(0, |one| one.arrival));
    let mut all = BTreeMap::<String, (Vec<usize>, f64)>::new();
    // The last of these bits stands for when somebody came.
    for chosen in 0_usize..2 << organisation.groupings.len() {
        let name = |groups: &[String], arrival: usize| {
            let is_chosen = |at: usize| chosen >> at & 1 == 1;
            let named = groups.iter().enumerate().filter(|(at, _)| is_chosen(*at)).map(|(_, group)| group.clone());
            let came = is_chosen(organisation.groupings.len()).then(|| format!("came {arrival}"));
            format!("{chosen}: {}", named.chain(came).collect::<Vec<_>>().join(" "))
        };
        for (at, unknown) in unknowns.iter().enumerate() {
            all.entry(name(&unknown.groups, unknown.arrival)).or_default().0.push(at);
        }
        for person in organisation.people.iter().filter(|person| person.arrival <= last) {
            all.entry(name(&person.groups, person.arrival.max(first))).or_default().1 += 1.0;
        }
    }
    let few = all.into_iter().filter(|(_, (_, n))| *n > 0.0 && *n < THRESHOLD);
    few.map(|(name, (members, n))| (name, members, n)).collect()
}

impl Known {
    fn of(organisation: &Organisation, unknowns: &[Unknown], told: &[Told], answer: usize) -> Self {
        let is_in = |unknown: &Unknown, one: &Told| {
            let names = organisation.groupings.iter().zip(&unknown.groups);
            unknown.arrival <= one.edition
                && names.into_iter().all(|(name, group)| one.cell.0.get(name).is_none_or(|it| it == group))
        };
        let sum = |one: &Told| Sum {
            parts: unknowns.iter().map(|unknown| f64::from(u8::from(is_in(unknown, one)))).collect(),
            value: one.counts[answer] as f64,
        };
        let (low, high) = (vec![0.0; unknowns.len()], vec![f64::INFINITY; unknowns.len()]);
        let mut known = Self { low, high, solved: Vec::new(), published: told.iter().map(sum).collect() };
        for _ in 0..ROUNDS {
            let before = known.open();
            known.narrow();
            known.solve();
            if known.open() == before {
                break;
            }
        }
        known
    }

    fn open(&self) -> f64 {
        self.low.iter().zip(&self.high).map(|(low, high)| (high - low).min(1e6)).sum()
    }

    /// Narrows bounds by every sum: an unknown is what the others leave.
    fn narrow(&mut self) {
        for sum in self.published.iter().chain(self.solved.iter().map(|(_, sum)| sum)) {
            let end =
                |at: usize, part: f64, is_low: bool| part * if (part > 0.0) == is_low { self.low[at] } else { self.high[at] };
            let parts: Vec<(usize, f64)> =
                sum.parts.iter().copied().enumerate().filter(|(_, part)| part.abs() > NOTHING).collect();
            let ends: Vec<(f64, f64)> = parts.iter().map(|(at, part)| (end(*at, *part, true), end(*at, *part, false))).collect();
            for (place, (at, part)) in parts.iter().enumerate() {
                let others = || ends.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, ends)| ends);
                let (least, most) = (others().map(|ends| ends.0).sum::<f64>(), others().map(|ends| ends.1).sum::<f64>());
                let (one, other) = ((sum.value - most) / part, (sum.value - least) / part);
                // Counts are whole.
                self.low[*at] = self.low[*at].max((one.min(other) - NOTHING).ceil());
                self.high[*at] = self.high[*at].min((one.max(other) + NOTHING).floor());
            }
        }
    }

    /// Eliminates: solves the published sums for unknowns that are still open.
    fn solve(&mut self) {
        let mut left = self.published.clone();
        for sum in &mut left {
            for (at, part) in sum.parts.iter_mut().enumerate() {
                if self.high[at] - self.low[at] < NOTHING {
                    sum.value -= *part * self.low[at];
                    *part = 0.0;
                }
            }
        }
        self.solved.clear();
        for column in 0..self.low.len() {
            let largest = (0..left.len()).max_by(|a, b| left[*a].parts[column].abs().total_cmp(&left[*b].parts[column].abs()));
            let Some(largest) = largest.filter(|at| left[*at].parts[column].abs() > NOTHING) else { continue };
            let mut pivot = left.swap_remove(largest);
            let by = pivot.parts[column];
            pivot.parts.iter_mut().for_each(|part| *part /= by);
            pivot.value /= by;
            left.iter_mut().chain(self.solved.iter_mut().map(|(_, sum)| sum)).for_each(|sum| sum.take(&pivot, column));
            self.solved.push((column, pivot));
        }
    }

    /// Gives between what the count of a group lies.
    fn bounds(&self, members: &[usize]) -> (f64, f64) {
        let mut wanted = Sum { parts: vec![0.0; self.low.len()], value: 0.0 };
        members.iter().for_each(|at| wanted.parts[*at] = 1.0);
        let fixed: f64 = members.iter().filter(|at| self.high[**at] - self.low[**at] < NOTHING).map(|at| self.low[*at]).sum();
        let mut left = wanted.clone();
        (0..self.low.len()).filter(|at| self.high[*at] - self.low[*at] < NOTHING).for_each(|at| left.parts[at] = 0.0);
        self.solved.iter().for_each(|(column, sum)| left.take(sum, *column));
        if left.parts.iter().all(|part| part.abs() < NOTHING) {
            return (fixed - left.value, fixed - left.value);
        }
        let (mut low, mut high) = self.range(&wanted.parts);
        for sum in &self.published {
            let rest: Vec<f64> = wanted.parts.iter().zip(&sum.parts).map(|(wanted, part)| wanted - part).collect();
            let (least, most) = self.range(&rest);
            (low, high) = (low.max(sum.value + least), high.min(sum.value + most));
        }
        (low, high)
    }

    fn range(&self, parts: &[f64]) -> (f64, f64) {
        let places = parts.iter().enumerate().filter(|(_, part)| **part != 0.0);
        let ends = places.map(|(at, part)| (part * self.low[at], part * self.high[at]));
        ends.fold((0.0, 0.0), |(low, high), (one, other)| (low + one.min(other), high + one.max(other)))
    }
}

impl Sum {
    /// Takes another sum out, so that nothing of a column is left.
    fn take(&mut self, other: &Self, column: usize) {
        let by = self.parts[column];
        if by != 0.0 {
            self.parts.iter_mut().zip(&other.parts).for_each(|(part, other)| *part -= by * other);
            self.value -= by * other.value;
            self.parts[column] = 0.0;
        }
    }
}
