//! Known margins: how many people there are of each group, so that answers can be weighted to be made up as the organisation is.
//!
//! ```csv
//! wave,segment,group,people
//! 2026-Q4,team,payments,40
//! 2026-Q4,team,web,120
//! ,role,engineer,140
//! ```
//!
//! A row without a wave is of every wave that has none of its own for that segment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde::Deserialize;

use super::SourceError;
use super::place::{Problems, open, wrong};
use crate::research::data::{Dataset, Grouping};
use crate::statistics::Raking;

/// How many people there are of each group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margins {
    /// By the wave, where they are of one, and the segment.
    known: BTreeMap<(Option<String>, String), People>,
}

/// How many people each group of a segment has.
type People = BTreeMap<String, f64>;

#[derive(Debug, Deserialize)]
struct Row {
    wave: Option<String>,
    segment: String,
    group: String,
    people: f64,
}

const HINT: &str = "the columns are wave, segment, group and people; wave may be left out, and people be a count or a share";

impl Margins {
    /// Reads the margins of a file.
    ///
    /// # Errors
    /// It can't be read, or a row says what can't be.
    pub fn read(file: &Path) -> Result<Self, SourceError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(file)?);
        let (mut margins, mut problems) = (Self::default(), Problems::of(file));
        for (at, row) in reader.deserialize::<Row>().enumerate() {
            let row = row.map_err(|error| wrong(file, error.to_string(), HINT))?;
            if !row.people.is_finite() || row.people < 0.0 {
                problems.tell(|| format!("row {}: people is no number from 0 up", at + 2));
            }
            let margin = margins.known.entry((row.wave.filter(|wave| !wave.is_empty()), row.segment)).or_default();
            if margin.insert(row.group, row.people).is_some() {
                problems.tell(|| format!("row {}: this group was told before", at + 2));
            }
        }
        problems.or_none(HINT)?;
        if margins.known.is_empty() {
            return Err(wrong(file, "it has no margins", HINT));
        }
        Ok(margins)
    }

    /// Weights the answers of each wave so that it has these margins.
    ///
    /// # Errors
    /// The answers are weighted already, a segment or a wave isn't among them, a group of the file has too few answers or one of the
    /// answers isn't in the file, or the margins can't be had together.
    pub fn weigh(&self, dataset: &mut Dataset, file: &Path) -> Result<(), SourceError> {
        let mut problems = Problems::of(file);
        for (wave, segment) in self.known.keys() {
            if dataset.grouping(segment).is_none() {
                problems.tell(|| format!("there is no segment {segment:?}"));
            }
            if let Some(wave) = wave.as_ref().filter(|wave| dataset.wave(wave).is_none()) {
                problems.tell(|| format!("there is no wave {wave:?}"));
            }
        }
        problems.or_none("`dxpulse-research show` lists the waves, and the segments with their groups")?;
        if dataset.weights.is_some() {
            let hint = "leave `weight` out of the mapping, or the margins: one would undo the other";
            return Err(wrong(file, "the answers are weighted already", hint));
        }
        let (mut weights, mut problems) = (vec![1.0; dataset.len()], Problems::of(file));
        for (wave, about) in dataset.waves.iter().enumerate() {
            let margins = self.of_wave(&about.name, dataset);
            let rows: Vec<usize> = dataset.rows_of(wave).collect();
            if rows.is_empty() {
                continue;
            }
            if margins.is_empty() {
                problems.tell(|| format!("{}: there are no margins of this wave", about.name));
                continue;
            }
            let is_told = tell_unplaced(&rows, &margins, (&about.name, dataset.smallest_group as usize), &mut problems);
            match rake(&rows, &margins) {
                Some(of_rows) => rows.iter().zip(of_rows).for_each(|(row, weight)| weights[*row] = weight),
                None if is_told => {}
                None => problems.tell(|| format!("{}: no weights give the answers all of these margins", about.name)),
            }
        }
        problems.or_none(
            "give every group of a segment that has answers, and put those that too few answered together with others",
        )?;
        dataset.weights = Some(weights);
        dataset.weighted_by = self.known.keys().map(|(_, segment)| segment.clone()).collect();
        Ok(())
    }

    /// Gives the margins of a wave: of each segment its own, or else those of every wave.
    fn of_wave<'a>(&'a self, wave: &str, dataset: &'a Dataset) -> Vec<Margin<'a>> {
        let segments: BTreeSet<&String> = self.known.keys().map(|(_, segment)| segment).collect();
        let margin = |segment: &String| {
            let of = |wave: Option<&str>| self.known.get(&(wave.map(str::to_owned), segment.clone()));
            Some(Margin { grouping: dataset.grouping(segment)?, people: of(Some(wave)).or_else(|| of(None))? })
        };
        segments.into_iter().filter_map(margin).collect()
    }
}

/// How many people there are of each group of a grouping.
struct Margin<'a> {
    grouping: &'a Grouping,
    people: &'a People,
}

impl Margin<'_> {
    /// Gives how many people there are of each group of the answers, in their order.
    fn sizes(&self) -> Vec<f64> {
        self.grouping.levels.iter().map(|level| self.people.get(&level.code).copied().unwrap_or(0.0)).collect()
    }
}

/// Tells of groups that too few answered, and of answers in no group that has people; says whether there are any.
fn tell_unplaced(rows: &[usize], margins: &[Margin<'_>], (wave, smallest): (&str, usize), problems: &mut Problems<'_>) -> bool {
    let mut is_any = false;
    let mut tell = |problem: String| {
        is_any = true;
        problems.tell(|| format!("{wave}: {problem}"));
    };
    for Margin { grouping, people } in margins {
        let mut answered = BTreeMap::<Option<&str>, usize>::new();
        for row in rows {
            let level = grouping.levels.get(usize::from(grouping.column[*row]));
            *answered.entry(level.map(|level| level.code.as_str())).or_default() += 1;
        }
        let has_people = |group: &str| people.get(group).is_some_and(|people| *people > 0.0);
        let count = |group: &str| answered.get(&Some(group)).copied().unwrap_or_default();
        for group in people.keys().filter(|group| has_people(group) && count(group) < smallest) {
            tell(format!("too few of {} {group} answered to stand for it", grouping.name));
        }
        for group in answered.keys() {
            match group {
                None => tell(format!("some who answered are in no {}", grouping.name)),
                Some(group) if !has_people(group) => {
                    tell(format!("there are answers of {} {group}, which has no people", grouping.name));
                }
                Some(_) => {}
            }
        }
    }
    is_any
}

/// Gives the weight of each row.
fn rake(rows: &[usize], margins: &[Margin<'_>]) -> Option<Vec<f64>> {
    let (mut places, mut cells) = (HashMap::new(), Vec::<(Vec<usize>, u64)>::new());
    let cell_of: Vec<usize> = rows
        .iter()
        .map(|row| {
            let levels: Vec<usize> = margins.iter().map(|margin| usize::from(margin.grouping.column[*row])).collect();
            let place = *places.entry(levels.clone()).or_insert(cells.len());
            if place == cells.len() {
                cells.push((levels, 0));
            }
            cells[place].1 += 1;
            place
        })
        .collect();
    let raking = Raking::of(&cells, &margins.iter().map(Margin::sizes).collect::<Vec<_>>())?;
    Some(cell_of.into_iter().map(|cell| raking.weights[cell]).collect())
}
