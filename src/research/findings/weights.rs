//! What weights would give away: whoever knows them can tell from a weighted figure and the counts beside it how those answered who weigh the
//! same, as if these were a group that is shown.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use crate::research::cube::Cube;
use crate::research::data::{Dataset, Grouping, Level, NONE, Source, Variable};

/// Who weighs the same.
#[derive(Debug)]
pub(super) struct Weights<'d> {
    dataset: &'d Dataset,
    threshold: u64,
    /// Those of a wave who weigh the same; `None` where nobody need be hidden.
    alike: Option<Grouping>,
    /// The same by each grouping of the report; `None` where there are too many to tell apart.
    crossed: BTreeMap<&'d str, Option<Grouping>>,
}

impl<'d> Weights<'d> {
    /// Puts those together who weigh the same.
    pub(super) fn of(dataset: &'d Dataset, by: &[&'d Grouping], threshold: u64) -> Self {
        // What differs in the last digits alone was worked out in another order.
        let of_row = |(weight, wave): (&f64, &u16)| (*wave, (weight.ln() * 1e9).round().to_bits());
        let alike = dataset.weights.as_ref().and_then(|weights| numbered(weights.iter().zip(&dataset.wave_of).map(of_row)));
        let cross = |alike: &Grouping, grouping: &Grouping| numbered(alike.column.iter().zip(&grouping.column));
        let crossed = alike.iter().flat_map(|alike| by.iter().map(move |by| (by.name.as_str(), cross(alike, by)))).collect();
        Self { dataset, threshold, alike, crossed }
    }

    /// Says of each wave whether weights would give a few away.
    pub(super) fn tell_waves(&self, variable: &Variable) -> Vec<bool> {
        let waves = 0..self.dataset.waves.len();
        let Some(alike) = &self.alike else { return waves.map(|_| false).collect() };
        let cube = Cube::of(self.dataset, variable, Some(alike));
        waves.map(|wave| self.has_few(&cube, wave)).collect()
    }

    /// Says whether weights would give a few away in any group of a wave. Then all of its grouping are hidden, since that one is what the
    /// others leave of the whole.
    pub(super) fn tell_groups(&self, variable: &Variable, wave: usize, grouping: &Grouping) -> bool {
        self.crossed.get(grouping.name.as_str()).is_some_and(|crossed| match crossed {
            Some(crossed) => self.has_few(&Cube::of(self.dataset, variable, Some(crossed)), wave),
            None => true,
        })
    }

    fn has_few(&self, cube: &Cube, wave: usize) -> bool {
        (0..cube.groups()).any(|group| (1..self.threshold).contains(&cube.cell(wave, group).n()))
    }
}

/// Groups responses by keys; `None` where there are too many.
fn numbered<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> Option<Grouping> {
    let mut known = HashMap::new();
    let mut place = |key| {
        let next = u16::try_from(known.len()).ok().filter(|next| *next < NONE)?;
        Some(*known.entry(key).or_insert(next))
    };
    let column: Vec<u16> = keys.map(&mut place).collect::<Option<_>>()?;
    let levels = (0..known.len()).map(|at| Level { code: at.to_string(), label: String::new(), point: None }).collect();
    Some(Grouping { name: String::new(), source: Source::Answering, levels, column })
}
