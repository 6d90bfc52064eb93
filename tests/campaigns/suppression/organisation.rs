//! Organisations made by chance: people in teams, sites and grades, who answer waves, come late, change their team and leave.

use std::collections::BTreeMap;

use dxpulse::research::suppression::{Cell, Class, Table, WAVE};

use crate::support::Random;

/// What people are grouped by, besides waves; the group is a part of the organisation that the team lies in.
const GROUPINGS: [&str; 4] = ["team", "group", "site", "grade"];

/// Everyone who answered.
pub(crate) struct Organisation {
    pub(crate) groupings: Vec<String>,
    pub(crate) people: Vec<Person>,
    levels: usize,
}

/// One response.
#[derive(Clone)]
pub(crate) struct Person {
    /// The wave, and the group of each grouping.
    pub(crate) groups: Vec<String>,
    /// The answer.
    pub(crate) answer: usize,
    /// From which edition of the answers on it is there.
    pub(crate) arrival: usize,
}

impl Organisation {
    /// Makes one that was asked in so many waves, whose answers come in so many editions.
    pub(crate) fn new(random: &mut Random, waves: u64, editions: u64) -> Self {
        let levels = random.pick(&[2, 3, 5, 11]);
        let groupings = 2 + random.within(0..3) as usize;
        let sizes: Vec<u64> = GROUPINGS.iter().map(|_| 2 + random.within(0..5)).collect();
        let mut staff: Vec<Vec<u64>> = (0..12 + random.within(0..90)).map(|_| hired(random, &sizes)).collect();
        let mut people = Vec::new();
        for wave in 0..waves {
            for groups in &staff {
                if random.within(0..5) > 0 {
                    let named = GROUPINGS.iter().zip(groups).take(groupings).map(|(name, at)| format!("{name}{at}"));
                    let groups = [format!("w{wave}")].into_iter().chain(named).collect();
                    // Teams differ, and most people think as their team does.
                    let common = people.len() as u64 % 3 + staff.len() as u64;
                    let answer = if random.within(0..2) == 0 { common } else { random.within(0..levels) } % levels;
                    people.push(Person { groups, answer: answer as usize, arrival: random.within(0..editions) as usize });
                }
            }
            // Between waves some leave, some come, and some change their team.
            staff.retain(|_| random.within(0..12) > 0);
            staff.extend((0..random.within(0..6)).map(|_| hired(random, &sizes)));
            for groups in staff.iter_mut().filter(|_| random.within(0..10) == 0).collect::<Vec<_>>() {
                *groups = hired(random, &sizes);
            }
        }
        let groupings = [WAVE].iter().chain(GROUPINGS.iter().take(groupings)).map(|name| (*name).to_owned()).collect();
        Self { groupings, people, levels: levels as usize }
    }

    /// Gives the answers that are there in an edition.
    pub(crate) fn table(&self, edition: usize) -> Table {
        let mut classes = BTreeMap::<&Vec<String>, Vec<u64>>::new();
        for person in self.people.iter().filter(|person| person.arrival <= edition) {
            classes.entry(&person.groups).or_insert_with(|| vec![0; self.levels])[person.answer] += 1;
        }
        let classes = classes.into_iter().map(|(groups, counts)| Class { groups: groups.clone(), counts }).collect();
        Table { survey: "pulse".into(), question: "nps".into(), groupings: self.groupings.clone(), classes }
    }

    /// Gives what somebody looks for: a wave or all of them, by up to three groupings at once.
    pub(crate) fn question(&self, random: &mut Random) -> Vec<Cell> {
        let asked: Vec<usize> = (0..self.groupings.len())
            .filter(|at| if *at == 0 { random.within(0..8) > 0 } else { random.within(0..2) == 0 })
            .take(4)
            .collect();
        let mut cells: Vec<Cell> = self.people.iter().map(|person| self.cell(person, &asked)).collect();
        cells.sort();
        cells.dedup();
        cells
    }

    /// Gives what a whole report has: everything by one grouping, and by two of them.
    pub(crate) fn report(&self) -> Vec<Cell> {
        let places = 1..self.groupings.len();
        let pairs = places.clone().flat_map(|one| places.clone().map(move |other| vec![0, one, other]));
        let asked = [vec![], vec![0]].into_iter().chain(pairs);
        let mut cells: Vec<Cell> =
            asked.flat_map(|asked| self.people.iter().map(move |person| self.cell(person, &asked)).collect::<Vec<_>>()).collect();
        cells.sort();
        cells.dedup();
        cells
    }

    fn cell(&self, person: &Person, asked: &[usize]) -> Cell {
        Cell::of(asked.iter().map(|at| (self.groupings[*at].as_str(), person.groups[*at].as_str())))
    }
}

/// Gives the groups of somebody new; teams lie within groups, and small teams are as usual as large ones.
fn hired(random: &mut Random, sizes: &[u64]) -> Vec<u64> {
    let mut groups: Vec<u64> = sizes.iter().map(|size| random.within(0..*size).min(random.within(0..*size))).collect();
    groups[1] = groups[0] / 2;
    groups
}
