//! Which cells of a question may be shown, so that no group under the threshold can be worked out: not from these, and not together with
//! anything published before.
//!
//! Cells are taken from the largest down. One is hidden where
//!
//! 1. it has too few answers itself (primary);
//! 2. what remains of a total without it, or without it and its shown neighbours, has too few (remainder);
//! 3. answers came or went since another cell with some of the same people was published, or fewer than the threshold came to it
//!    itself (changed): whoever shows a wave before it closes can show the same cells again, and no others;
//! 4. with everything shown so far, in this publication and all earlier ones, an attacker could work out a group under the threshold
//!    (complementary): so of several cells of which one must go, the smallest does.
//!
//! ```text
//! team       A   B   C   D   all       D has too few; then C goes, since all − A − B − C = D;
//! answers   20  10   7   3    40       what remains of all, C and D together, has enough.
//! ```
//!
//! The attacker of rule 4 knows every published count of every answer, and who is in which group ([`audit`]). What is published of a cell
//! is how many gave each answer; figures made of these tell less. Each question stands for itself: no rule weighs two questions together,
//! and answers that the same people give in two waves are different answers.

mod audit;
mod ledger;
mod rays;
mod rows;
mod span;
mod table;
#[cfg(test)]
mod tests;
mod unions;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use thiserror::Error;

use crate::survey::privacy::SMALLEST_GROUP_FLOOR;

use audit::Audit;
pub use ledger::{Comments, Ledger, Published};
pub use rows::{coarsened, weights_tell_few};
use table::Members;
pub use table::{Cell, Class, Everyone, Table, WAVE};

/// What becomes of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It may be shown: how many gave each answer.
    Shown(Vec<u64>),
    /// It must not be shown.
    Hidden(Reason),
}

/// Why a cell is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Too few answered.
    TooFew,
    /// Too few remain of a total without it.
    Remainder,
    /// Answers came or went since a cell with some of the same people was published.
    Changed,
    /// A group with too few could be worked out.
    Complementary,
}

/// A cell is of a grouping that the table hasn't.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the table has not all groupings of {0:?}")]
pub struct Unknown(pub Cell);

/// Decides on cells of one question, in the order given; the ledger must have all that was ever published, and the table every grouping of
/// it. A threshold below the floor of [`crate::survey::privacy`] is that floor.
///
/// # Errors
/// A cell wanted or published is of a grouping that the table hasn't.
pub fn decide(table: &Table, wanted: &[Cell], ledger: &Ledger, threshold: u64) -> Result<Vec<Decision>, Unknown> {
    let mut deciding = Deciding::new(table, ledger, threshold.max(u64::from(SMALLEST_GROUP_FLOOR)))?;
    let members = |cell: &Cell| table.members(cell).ok_or_else(|| Unknown(cell.clone()));
    let wanted: Result<Vec<(&Cell, Members)>, Unknown> = wanted.iter().map(|cell| Ok((cell, members(cell)?))).collect();
    let wanted = wanted?;
    let mut order: Vec<&(&Cell, Members)> = wanted.iter().collect();
    order.sort_by_cached_key(|(cell, members)| (Reverse(table.n(members)), cell.0.len(), (*cell).clone()));
    let mut reasons = HashMap::<&Cell, Reason>::new();
    let mut candidates = Vec::new();
    for (cell, members) in order {
        match deciding.obstacle(cell, members) {
            Some(reason) => _ = reasons.insert(cell, reason),
            None => candidates.push((*cell, members)),
        }
    }
    reasons.extend(deciding.leaking(&candidates).into_iter().map(|cell| (cell, Reason::Complementary)));
    let decision = |(cell, members): &(&Cell, Members)| {
        reasons.get(cell).map_or_else(|| Decision::Shown(table.sum(members)), |reason| Decision::Hidden(*reason))
    };
    Ok(wanted.iter().map(decision).collect())
}

/// Says of each cell whether rule 3 alone lets it be shown: for what is shown more finely than rule 4 can weigh, such as the values behind a
/// mean.
///
/// # Errors
/// As [`decide`].
pub fn settled(table: &Table, wanted: &[Cell], ledger: &Ledger, threshold: u64) -> Result<Vec<bool>, Unknown> {
    let deciding = Deciding::new(table, ledger, threshold.max(u64::from(SMALLEST_GROUP_FLOOR)))?;
    let is_settled = |cell: &Cell| {
        let members = table.members(cell).ok_or_else(|| Unknown(cell.clone()))?;
        Ok(deciding.seen.contains(cell) || deciding.is_settled(cell, &members))
    };
    wanted.iter().map(is_settled).collect()
}

/// Gives what a table says of cells that are shown, for the ledger.
pub fn published(table: &Table, cells: &[Cell], decisions: &[Decision]) -> Vec<Published> {
    let shown = |(cell, decision): (&Cell, &Decision)| match decision {
        Decision::Shown(_) => {
            let (survey, question) = (table.survey.clone(), table.question.clone());
            Some(Published { survey, question, cell: cell.clone(), counts: table.counts(cell)? })
        }
        Decision::Hidden(_) => None,
    };
    cells.iter().zip(decisions).filter_map(shown).collect()
}

/// What is shown so far, and was before.
struct Deciding<'t> {
    table: &'t Table,
    threshold: u64,
    /// Who is in each cell that was published before or is shown, unless it changed meanwhile.
    shown: Vec<Members>,
    /// The same and what nothing stands against by itself.
    considered: Vec<Members>,
    /// How many are shown of a total by each grouping.
    told: HashMap<(Cell, String), u64>,
    seen: HashSet<Cell>,
    /// What was published before and is not so any more.
    changed: Vec<(&'t Published, Members)>,
}

impl<'t> Deciding<'t> {
    fn new(table: &'t Table, ledger: &'t Ledger, threshold: u64) -> Result<Self, Unknown> {
        let (shown, considered, changed) = (Vec::new(), Vec::new(), Vec::new());
        let mut new = Self { table, threshold, shown, considered, told: HashMap::new(), seen: HashSet::new(), changed };
        for earlier in ledger.of(&table.survey, &table.question) {
            let members = table.members(&earlier.cell).ok_or_else(|| Unknown(earlier.cell.clone()))?;
            if is_same(&table.sum(&members), &earlier.counts) {
                new.tell(&earlier.cell);
                new.considered.push(members.clone());
                new.shown.push(members);
            } else {
                new.changed.push((earlier, members));
            }
        }
        Ok(new)
    }

    /// Gives what stands against a cell by itself; where nothing does, it counts as told.
    fn obstacle(&mut self, cell: &Cell, members: &Members) -> Option<Reason> {
        if self.table.n(members) < self.threshold {
            return Some(Reason::TooFew);
        }
        // What was published before as it is now tells nothing new.
        if self.seen.contains(cell) {
            return None;
        }
        if !self.is_settled(cell, members) {
            return Some(Reason::Changed);
        }
        if self.leaves_few(cell, members) {
            return Some(Reason::Remainder);
        }
        self.tell(cell);
        self.considered.push(members.clone());
        None
    }

    /// Says whether nothing was published before of these people and is not so any more; or only this cell, and enough came since.
    ///
    /// A part of a cell that grew stays hidden: nobody keeps who came when, so it might be just those who were there before, or came since.
    fn is_settled(&self, cell: &Cell, members: &Members) -> bool {
        let now = self.table.sum(members);
        let grew = |before: &[u64]| {
            let came = now.iter().sum::<u64>().saturating_sub(before.iter().sum());
            came >= self.threshold && (0..before.len()).all(|at| now.get(at).is_some_and(|now| *now >= before[at]))
        };
        let mut overlapping = self.changed.iter().filter(|(_, others)| overlaps(members, others));
        overlapping.all(|(earlier, _)| earlier.cell == *cell && grew(&earlier.counts))
    }

    /// Says whether too few remain of a total without this cell and its neighbours, or between this cell and one that is shown.
    fn leaves_few(&self, cell: &Cell, members: &Members) -> bool {
        let n = self.table.n(members);
        let is_few = |n: u64| (1..self.threshold).contains(&n);
        let of_total = cell.totals().any(|(total, grouping)| {
            let all = self.table.counts(&total).unwrap_or_default().iter().sum::<u64>();
            let told = self.told.get(&(total, grouping.to_owned())).copied().unwrap_or(0);
            is_few(all.saturating_sub(told + n))
        });
        let between =
            |other: &Members| is_few(self.table.n(other).abs_diff(n)) && (is_part(members, other) || is_part(other, members));
        of_total || self.considered.iter().any(between)
    }

    fn tell(&mut self, cell: &Cell) {
        if !self.seen.insert(cell.clone()) {
            return;
        }
        let n = self.table.counts(cell).unwrap_or_default().iter().sum::<u64>();
        for (total, grouping) in cell.totals() {
            *self.told.entry((total, grouping.to_owned())).or_default() += n;
        }
    }

    /// Gives those of some cells with which a hidden group could be worked out. What no cell links is looked at apart.
    fn leaking<'c>(mut self, candidates: &[(&'c Cell, &Members)]) -> Vec<&'c Cell> {
        self.shown.extend(self.changed.drain(..).map(|(_, members)| members));
        let linked = linked(self.table.classes.len(), self.shown.iter().chain(candidates.iter().map(|(_, members)| *members)));
        let mut apart = BTreeMap::<u32, (Vec<u32>, Vec<&Members>, Vec<(&Cell, &Members)>)>::new();
        for (class, part) in (0..).zip(&linked) {
            apart.entry(*part).or_default().0.push(class);
        }
        let part = |members: &Members| members.first().map_or(0, |class| linked[*class as usize]);
        for members in &self.shown {
            apart.entry(part(members)).or_default().1.push(members);
        }
        for (cell, members) in candidates {
            apart.entry(part(members)).or_default().2.push((cell, members));
        }
        let of_part = |(classes, shown, candidates): (Vec<u32>, Vec<&Members>, Vec<_>)| {
            let audit = Audit::new(self.table, &classes, self.threshold, &shown);
            leaking(&audit, shown, &candidates)
        };
        apart.into_values().flat_map(of_part).collect()
    }
}

/// Gives those of some cells, the largest first, with which a hidden group could be worked out. Where all together tell nothing, none does;
/// else the larger half is decided on first, and the other half after what is shown of that.
fn leaking<'c, 'm>(audit: &Audit, mut shown: Vec<&'m Members>, candidates: &[(&'c Cell, &'m Members)]) -> Vec<&'c Cell> {
    let (mut leaking, mut waiting) = (Vec::new(), vec![candidates]);
    while let Some(next) = waiting.pop() {
        let before = shown.len();
        shown.extend(next.iter().map(|(_, members)| *members));
        if next.is_empty() || !audit.leaks(&shown) {
            continue;
        }
        shown.truncate(before);
        if let [(cell, members)] = next {
            leaking.push((*cell, *members));
        } else {
            let (larger, smaller) = next.split_at(next.len() / 2);
            waiting.extend([smaller, larger]);
        }
    }
    // One may have been hidden that follows from others which were shown after it, or that tells nothing beside them: hiding it is of no use,
    // and the next report would show it.
    let follows = audit.follows(&shown);
    leaking.retain(|(_, members)| !follows(members));
    let mut before = leaking.len() + 1;
    while leaking.len() < before && audit.weighs_zeros(&shown) {
        before = leaking.len();
        leaking.retain(|(_, members)| {
            shown.push(members);
            let still = audit.leaks(&shown);
            if still {
                shown.pop();
            }
            still
        });
    }
    leaking.into_iter().map(|(cell, _)| cell).collect()
}

/// Gives of each class the first one that cells link it with.
fn linked<'m>(classes: usize, cells: impl Iterator<Item = &'m Members>) -> Vec<u32> {
    let mut links: Vec<u32> = (0..classes as u32).collect();
    let end = |links: &[u32], mut at: u32| {
        while links[at as usize] != at {
            at = links[at as usize];
        }
        at
    };
    for members in cells {
        for pair in members.windows(2) {
            let (one, other) = (end(&links, pair[0]), end(&links, pair[1]));
            links[one.max(other) as usize] = one.min(other);
        }
    }
    (0..classes as u32).map(|at| end(&links, at)).collect()
}

/// Says whether counts are the same, answers that nobody gave apart.
fn is_same(one: &[u64], other: &[u64]) -> bool {
    let at = |counts: &[u64], place: usize| counts.get(place).copied().unwrap_or(0);
    (0..one.len().max(other.len())).all(|place| at(one, place) == at(other, place))
}

/// Says whether all of some members are among others.
fn is_part(some: &Members, others: &Members) -> bool {
    some.iter().all(|at| others.binary_search(at).is_ok())
}

fn overlaps(some: &Members, others: &Members) -> bool {
    some.iter().any(|at| others.binary_search(at).is_ok())
}
