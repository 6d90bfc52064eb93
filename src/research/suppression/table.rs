//! Who answered one question how: groups of respondents, and the cells made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::research::data::{Column, Dataset, NONE, Value, Variable};

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

    /// Gives the cells that this one is a part of by one grouping, each with that.
    pub(super) fn totals(&self) -> impl Iterator<Item = (Self, &str)> {
        self.0.keys().map(|grouping| {
            let mut total = self.clone();
            total.0.remove(grouping);
            (total, grouping.as_str())
        })
    }
}

impl Table {
    /// Gives the answers to a variable by wave and by the groupings named; `None` where there is no such grouping.
    pub fn of(dataset: &Dataset, variable: &Variable, groupings: &[&str]) -> Option<Self> {
        let columns: Option<Vec<_>> = groupings.iter().map(|name| dataset.grouping(name)).collect();
        let (columns, values) = (columns?, values(variable));
        let mut classes = BTreeMap::<Vec<String>, Vec<u64>>::new();
        for row in 0..dataset.len() {
            let Some(level) = level(&variable.column, row, &values) else { continue };
            let group = |at: u16, names: &[crate::research::data::Level]| {
                if at == NONE { String::new() } else { names[usize::from(at)].code.clone() }
            };
            let wave = dataset.waves[usize::from(dataset.wave_of[row])].name.clone();
            let groups = columns.iter().map(|grouping| group(grouping.column[row], &grouping.levels));
            let counts = classes.entry([wave].into_iter().chain(groups).collect()).or_insert_with(|| vec![0; values.len()]);
            counts[level] += 1;
        }
        let names = [WAVE].iter().chain(groupings).map(|name| (*name).to_owned()).collect();
        let classes = classes.into_iter().map(|(groups, counts)| Class { groups, counts }).collect();
        Some(Self { survey: dataset.survey.clone(), question: variable.name.clone(), groupings: names, classes })
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

/// Gives the different numbers of a variable that has no levels, in order.
fn values(variable: &Variable) -> Vec<f64> {
    match &variable.column {
        Column::Levels(_) => (0..variable.levels.len()).map(|at| at as f64).collect(),
        Column::Numbers(numbers, _) => {
            let mut values: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            values
        }
    }
}

fn level(column: &Column, row: usize, values: &[f64]) -> Option<usize> {
    match column.value(row) {
        Value::Level(level) => Some(usize::from(level)),
        Value::Number(number) => values.iter().position(|value| *value == number),
        Value::Absent(_) => None,
    }
}
