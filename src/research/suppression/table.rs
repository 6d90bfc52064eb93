//! Who answered one question how: groups of respondents, and the cells made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::research::data::{Column, Dataset, Variable};

/// The grouping that tells the wave of a response.
pub const WAVE: &str = "wave";

/// The answers to one question of a survey, by everything respondents are grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The survey's id.
    pub survey: String,
    /// The variable's name.
    pub question: String,
    /// What respondents are grouped by; waves are a grouping too.
    pub groupings: Vec<String>,
    /// Respondents who are in the same group of every grouping.
    pub classes: Vec<Class>,
}

/// Which respondents of a dataset are in the same group of every grouping: worked out once for all its variables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Everyone {
    /// The names of the groupings, that of the wave first.
    groupings: Vec<String>,
    /// The groups of each class, one of each grouping; empty where a response is in none.
    groups: Vec<Vec<String>>,
    /// The class of each response.
    class_of: Vec<u32>,
}

impl Everyone {
    /// Parts the responses of a dataset by wave and by the groupings named; `None` where there is no such grouping.
    pub fn of(dataset: &Dataset, groupings: &[&str]) -> Option<Self> {
        let columns: Option<Vec<_>> = groupings.iter().map(|name| dataset.grouping(name)).collect();
        let waves: Vec<String> = dataset.waves.iter().map(|wave| wave.name.clone()).collect();
        let names = [WAVE].iter().chain(groupings).map(|name| (*name).to_owned()).collect();
        let mut everyone = Self { groupings: names, groups: vec![Vec::new()], class_of: vec![0; dataset.len()] };
        everyone.part(&dataset.wave_of, &waves);
        for column in columns? {
            let codes: Vec<String> = column.levels.iter().map(|level| level.code.clone()).collect();
            everyone.part(&column.column, &codes);
        }
        Some(everyone)
    }

    /// Gives the groups of each class, that of the wave first; empty where it is in none of a grouping.
    pub(super) fn groups(&self) -> &[Vec<String>] {
        &self.groups
    }

    /// Gives the class of each response.
    pub(super) fn class_of(&self) -> &[u32] {
        &self.class_of
    }

    /// Gives how many responses are in each class.
    pub(super) fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.groups.len()];
        self.class_of.iter().for_each(|class| sizes[*class as usize] += 1);
        sizes
    }

    /// Parts every class by one more grouping.
    fn part(&mut self, column: &[u16], codes: &[String]) {
        const NEW: u32 = u32::MAX;
        let wide = codes.len() + 1;
        let mut known = vec![NEW; self.groups.len() * wide];
        let mut groups = Vec::new();
        for (class, group) in self.class_of.iter_mut().zip(column) {
            let group = usize::from(*group).min(codes.len());
            let place = &mut known[*class as usize * wide + group];
            if *place == NEW {
                *place = u32::try_from(groups.len()).unwrap_or(NEW);
                let mut all = self.groups[*class as usize].clone();
                all.push(codes.get(group).cloned().unwrap_or_default());
                groups.push(all);
            }
            *class = *place;
        }
        self.groups = groups;
    }
}

/// Respondents who are in the same group of every grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Their group in each grouping.
    pub groups: Vec<String>,
    /// How many gave each answer.
    pub counts: Vec<u64>,
}

/// Everyone who is in these groups, one of a grouping; without any, everyone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cell(pub BTreeMap<String, String>);

/// The places of classes, in order: the respondents of a cell.
pub(super) type Members = Vec<u32>;

impl Cell {
    /// Gives the cell of these groups.
    pub fn of<'w>(groups: impl IntoIterator<Item = (&'w str, &'w str)>) -> Self {
        Self(groups.into_iter().map(|(grouping, group)| (grouping.to_owned(), group.to_owned())).collect())
    }

    /// Gives the cells that this one is a part of by one grouping, each with that. Waves are never put together.
    pub(super) fn totals(&self) -> impl Iterator<Item = (Self, &str)> {
        self.0.keys().filter(|grouping| *grouping != WAVE).map(|grouping| {
            let mut total = self.clone();
            total.0.remove(grouping);
            (total, grouping.as_str())
        })
    }
}

impl Table {
    /// Gives the answers to a variable by wave and groupings; of numbers, how many were given.
    pub fn of(dataset: &Dataset, variable: &Variable, everyone: &Everyone) -> Self {
        let levels = variable.levels.len().max(1);
        let mut counts = vec![vec![0; levels]; everyone.groups.len()];
        let (Column::Levels(codes) | Column::Numbers(_, codes)) = &variable.column;
        for (code, class) in codes.iter().zip(&everyone.class_of) {
            if let Some(count) = counts[*class as usize].get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
        Self::counted((dataset, variable), everyone, counts)
    }

    /// Gives the numbers given to a variable by wave and groupings: those that are the same are counted together, and with some others, so that
    /// a change of one nearly always shows.
    pub fn of_numbers(dataset: &Dataset, variable: &Variable, numbers: &[f64], everyone: &Everyone) -> Self {
        const PLACES: u64 = 61;
        // By the digits of its fraction and exponent, of which at least one is another.
        let place = |number: f64| (number.to_bits() % PLACES) as usize;
        let mut counts = vec![vec![0; PLACES as usize]; everyone.groups.len()];
        let given = numbers.iter().zip(&everyone.class_of).filter(|(number, _)| !number.is_nan());
        given.for_each(|(number, class)| counts[*class as usize][place(*number)] += 1);
        Self::counted((dataset, variable), everyone, counts)
    }

    fn counted((dataset, variable): (&Dataset, &Variable), everyone: &Everyone, counts: Vec<Vec<u64>>) -> Self {
        let answered = everyone.groups.iter().zip(counts).filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        let classes = answered.map(|(groups, counts)| Class { groups: groups.clone(), counts }).collect();
        Self { survey: dataset.survey.clone(), question: variable.name.clone(), groupings: everyone.groupings.clone(), classes }
    }

    /// Names it as what is shown value by value, beside what is shown of the same question more coarsely.
    #[must_use]
    pub fn by_value(self) -> Self {
        Self { question: format!("{} by value", self.question), ..self }
    }

    /// Takes answers together that are shown together: each level by the place it has then.
    #[must_use]
    pub fn coarsened(mut self, places: &[usize]) -> Self {
        let most = places.iter().max().map_or(0, |most| most + 1);
        for class in &mut self.classes {
            let mut counts = vec![0; most];
            places.iter().zip(&class.counts).for_each(|(place, count)| counts[*place] += count);
            class.counts = counts;
        }
        self
    }

    /// Gives how many in a cell gave each answer; `None` where it is of a grouping that isn't there.
    pub fn counts(&self, cell: &Cell) -> Option<Vec<u64>> {
        Some(self.sum(&self.members(cell)?))
    }

    pub(super) fn members(&self, cell: &Cell) -> Option<Members> {
        let place = |(grouping, group)| self.groupings.iter().position(|name| name == grouping).map(|at| (at, group));
        let conditions: Option<Vec<(usize, &String)>> = cell.0.iter().map(place).collect();
        let conditions = conditions?;
        let is_in = |class: &Class| conditions.iter().all(|(at, group)| class.groups[*at] == **group);
        Some((0..).zip(&self.classes).filter(|(_, class)| is_in(class)).map(|(at, _)| at).collect())
    }

    pub(super) fn sum(&self, members: &[u32]) -> Vec<u64> {
        let mut sums = vec![0; self.levels()];
        for at in members {
            sums.iter_mut().zip(&self.classes[*at as usize].counts).for_each(|(sum, count)| *sum += count);
        }
        sums
    }

    pub(super) fn n(&self, members: &[u32]) -> u64 {
        members.iter().flat_map(|at| &self.classes[*at as usize].counts).sum()
    }

    pub(super) fn levels(&self) -> usize {
        self.classes.iter().map(|class| class.counts.len()).max().unwrap_or(0)
    }
}
