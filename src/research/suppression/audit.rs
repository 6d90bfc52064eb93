//! What anybody can work out from all that is published.
//!
//! An attacker knows how many of each published cell gave each answer, and who is in which cell: for every answer a system of sums over
//! counts that are not below 0. A group is safe while another world agrees with all of it in which the group has more or fewer
//! answers, and in which not all that it could have answered is one and the same. A group is everyone of a group of some groupings, or of
//! several such together.

use std::collections::HashMap;

use super::rays::open;
use super::span::{direction, independent, moved, plus, shared};
use super::table::{Members, Table};
use super::unions::{self, Part};

/// So many patterns at most are looked at for counts of 0 that might not be; above, they are taken for known.
const MOST_PATTERNS: usize = 400;

/// The groups of a table that nobody must work out.
pub(super) struct Audit<'t> {
    table: &'t Table,
    threshold: u64,
    hidden: Vec<Members>,
    /// A number for each class: those of classes that were given away together before add up to 0.
    before: Vec<u64>,
}

/// Classes that the same published cells hold: nothing published tells them apart.
struct Patterns {
    /// The patterns in each published cell, but for cells that follow from others.
    sums: Vec<Vec<u32>>,
    /// The pattern of each class.
    of: Vec<u32>,
    /// How many classes are of each.
    sizes: Vec<u32>,
}

/// A hidden group as patterns: those it is all of, and those it is a part of.
struct Group {
    whole: Vec<u32>,
    part: Vec<u32>,
}

impl<'t> Audit<'t> {
    /// Begins with the groups to hide: everyone of some classes in the same groups of some of the groupings, where they are fewer than the
    /// threshold; but for those that sums already published give away for certain.
    pub(super) fn new(table: &'t Table, classes: &[u32], threshold: u64, published: &[&Members]) -> Self {
        let mut hidden = Vec::new();
        for chosen in 0_u32..1 << table.groupings.len().min(16) {
            let mut groups = HashMap::<Vec<&str>, Members>::new();
            for at in classes {
                let all = table.classes[*at as usize].groups.iter().enumerate();
                let key = all.filter(|(grouping, _)| chosen >> grouping & 1 == 1).map(|(_, group)| group.as_str()).collect();
                groups.entry(key).or_default().push(*at);
            }
            hidden.extend(groups.into_values().filter(|members| (1..threshold).contains(&table.n(members))));
        }
        hidden.sort();
        hidden.dedup();
        let patterns = Patterns::of(table.classes.len(), published);
        let all = vec![true; patterns.sizes.len()];
        let moves = direction(patterns.sums.iter().map(Vec::as_slice), &all);
        hidden.retain(|members| patterns.group(members).moves(&all, &moves));
        let before = shared(&moves, &patterns.of);
        Self { table, threshold, hidden, before }
    }

    /// Says whether a hidden group can be worked out from these cells.
    pub(super) fn leaks(&self, published: &[&Members]) -> bool {
        let patterns = Patterns::of(self.table.classes.len(), published);
        let groups: Vec<Group> = self.hidden.iter().map(|members| patterns.group(members)).collect();
        let mut answers: Vec<Vec<u64>> = (0..self.table.levels()).map(|level| self.counts(&patterns, level)).collect();
        answers.retain(|counts| counts.iter().any(|count| *count > 0));
        let given = |counts: &Vec<u64>| counts.iter().map(|count| *count > 0).collect();
        let all_given: Vec<Vec<bool>> = answers.iter().map(given).collect();
        // Taking every 0 for known may only find too much, and is cheaper.
        let found = known(&patterns, &all_given, (0..groups.len()).collect(), &groups);
        let is_exact = patterns.sizes.len() <= MOST_PATTERNS;
        let open = || answers.iter().map(|counts| open(&patterns.sums, counts)).collect::<Vec<Vec<bool>>>();
        if !found.is_empty() && (!is_exact || !known(&patterns, &open(), found, &groups).is_empty()) {
            return true;
        }
        let parts = self.parts(&patterns);
        let tells = |answers: &[Vec<bool>]| unions::is_any_known(&patterns.sums, answers, &parts, self.threshold);
        tells(&all_given) && (!is_exact || tells(&open()))
    }

    /// Says whether counts of 0 that might not be are looked for beside these cells.
    pub(super) fn weighs_zeros(&self, published: &[&Members]) -> bool {
        Patterns::of(self.table.classes.len(), published).sizes.len() <= MOST_PATTERNS
    }

    /// Gives what says of people whether sums and differences of these cells tell how many of them gave each answer, whatever was answered.
    pub(super) fn follows(&self, published: &[&Members]) -> impl Fn(&Members) -> bool + use<> {
        let patterns = Patterns::of(self.table.classes.len(), published);
        let all = vec![true; patterns.sizes.len()];
        let moves = direction(patterns.sums.iter().map(Vec::as_slice), &all);
        move |members| !patterns.group(members).moves(&all, &moves)
    }

    /// Gives the patterns that have fewer answers than the threshold.
    fn parts(&self, patterns: &Patterns) -> Vec<Part> {
        let mut parts: Vec<Part> = (0..patterns.sizes.len()).map(|at| Part { pattern: at as u32, n: 0, before: 0 }).collect();
        for (at, pattern) in (0_u32..).zip(&patterns.of) {
            let part = &mut parts[*pattern as usize];
            part.n += self.table.n(&[at]);
            part.before = plus(part.before, self.before[at as usize]);
        }
        parts.retain(|part| (1..self.threshold).contains(&part.n));
        parts
    }

    /// Gives how many of each pattern gave an answer.
    fn counts(&self, patterns: &Patterns, level: usize) -> Vec<u64> {
        let mut counts = vec![0; patterns.sizes.len()];
        for (class, pattern) in self.table.classes.iter().zip(&patterns.of) {
            counts[*pattern as usize] += class.counts.get(level).copied().unwrap_or(0);
        }
        counts
    }
}

/// Gives those of some groups that can be worked out, where only the patterns said to be given can have an answer.
fn known(patterns: &Patterns, answers: &[Vec<bool>], groups: Vec<usize>, all: &[Group]) -> Vec<usize> {
    let mut fixed = groups.clone();
    for given in answers {
        if fixed.is_empty() {
            break;
        }
        let moves = direction(patterns.sums.iter().map(Vec::as_slice), given);
        fixed.retain(|at| !all[*at].moves(given, &moves));
    }
    let is_known = |at: &usize| fixed.binary_search(at).is_ok() || all[*at].has_one_answer(answers);
    groups.into_iter().filter(is_known).collect()
}

impl Group {
    /// Says whether it may have more or fewer of an answer.
    fn moves(&self, given: &[bool], moves: &[u64]) -> bool {
        self.part.iter().any(|pattern| given[*pattern as usize]) || moved(self.whole.iter(), moves) != 0
    }

    /// Says whether it has answers for certain, and all of them are the same. Nothing says that a part of a pattern has any.
    fn has_one_answer(&self, answers: &[Vec<bool>]) -> bool {
        let could = |given: &&Vec<bool>| self.whole.iter().chain(&self.part).any(|pattern| given[*pattern as usize]);
        let is_there = self.whole.iter().any(|pattern| answers.iter().any(|given| given[*pattern as usize]));
        answers.len() > 1 && is_there && answers.iter().filter(could).count() < 2
    }
}

impl Patterns {
    fn of(classes: usize, published: &[&Members]) -> Self {
        let mut cells = vec![Vec::new(); classes];
        for (cell, members) in (0_u32..).zip(published) {
            members.iter().for_each(|class| cells[*class as usize].push(cell));
        }
        let mut known = HashMap::<Vec<u32>, u32>::new();
        let (mut sums, mut sizes) = (vec![Vec::new(); published.len()], Vec::new());
        let mut pattern = |cells: Vec<u32>| {
            let new = sizes.len() as u32;
            let at = *known.entry(cells).or_insert_with_key(|cells| {
                cells.iter().for_each(|cell| sums[*cell as usize].push(new));
                sizes.push(0);
                new
            });
            sizes[at as usize] += 1;
            at
        };
        let of = cells.into_iter().map(&mut pattern).collect();
        Self { sums: independent(sums), of, sizes }
    }

    fn group(&self, members: &Members) -> Group {
        let mut inside = HashMap::<u32, u32>::new();
        members.iter().for_each(|class| *inside.entry(self.of[*class as usize]).or_default() += 1);
        let (whole, part) = inside.into_iter().partition::<Vec<_>, _>(|(at, count)| self.sizes[*at as usize] == *count);
        let [whole, part] = [whole, part].map(|all| all.into_iter().map(|(at, _)| at).collect());
        Group { whole, part }
    }
}
