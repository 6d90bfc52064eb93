//! The answers to one variable: counted once, with what may be shown of them.

use super::gate::Shown;
use super::sample::Sample;
use crate::research::cube::{Counts, Cube};
use crate::research::data::{Dataset, Grouping, Variable};
use crate::statistics::Methods;

/// What was answered to one variable, as far as findings need it.
#[derive(Debug)]
pub(super) struct Answers<'d> {
    pub(super) dataset: &'d Dataset,
    pub(super) variable: &'d Variable,
    /// By which methods its intervals are worked out.
    pub(super) methods: Methods,
    shown: Shown,
    /// The counts by wave, and by some grouping where there is one.
    cube: Cube,
    /// The counts by each grouping of the report.
    by: Vec<Grouped<'d>>,
}

/// The answers to one variable by a grouping.
#[derive(Debug)]
pub(super) struct Grouped<'d> {
    pub(super) grouping: &'d Grouping,
    /// Of each group, whether it may be shown in the wave that is told of.
    pub(super) is_shown: Vec<bool>,
    cube: Cube,
}

impl<'d> Answers<'d> {
    /// Counts the answers to a variable by wave and by each grouping.
    pub(super) fn of(
        (dataset, variable): (&'d Dataset, &'d Variable),
        shown: Shown,
        (by, methods): (&[&'d Grouping], Methods),
    ) -> Self {
        let grouped = |grouping: &&'d Grouping| Grouped {
            grouping,
            is_shown: shown.groups(grouping),
            cube: Cube::of(dataset, variable, Some(grouping)),
        };
        let by: Vec<Grouped<'_>> = by.iter().map(grouped).collect();
        let cube = by.first().map_or_else(|| Cube::of(dataset, variable, None), |grouped| grouped.cube.clone());
        Self { dataset, variable, methods, shown, cube, by }
    }

    /// Says whether a wave as a whole may be shown.
    pub(super) fn is_shown(&self, wave: usize) -> bool {
        self.shown.wave(wave)
    }

    /// Says whether answers to the wave that is told of came or went since it was published.
    pub(super) fn is_changed(&self) -> bool {
        self.shown.is_changed()
    }

    /// Gives the counts of a wave, whether they may be shown or not.
    pub(super) fn counts(&self, wave: usize) -> Counts {
        self.cube.wave(wave)
    }

    /// Gives what is known of a wave, whether it may be shown or not.
    pub(super) fn sample(&self, wave: usize) -> Option<Sample> {
        let numbers = || Sample::of_numbers(self.dataset, self.variable, &|row| usize::from(self.dataset.wave_of[row]) == wave);
        Sample::of(self.variable, &self.counts(wave)).or_else(numbers)
    }

    /// Gives how many its figure in a wave is about, where the number of invited is known and can be: all of them but those to whom it
    /// wasn't shown, who neither answered nor left an answer open.
    pub(super) fn population(&self, wave: usize) -> Option<u64> {
        let counts = self.counts(wave);
        Some(u64::from(self.dataset.invited(wave)?) - (counts.all() - counts.shown()))
    }

    /// Gives the answers by each grouping.
    pub(super) fn by(&self) -> &[Grouped<'d>] {
        &self.by
    }

    /// Gives what each group answered in a wave; those in no group come last.
    pub(super) fn samples(&self, by: &Grouped<'_>, wave: usize) -> Vec<Option<Sample>> {
        let of = |group: usize| {
            let is_in = |row: usize| {
                let at = usize::from(by.grouping.column[row]).min(by.grouping.levels.len());
                usize::from(self.dataset.wave_of[row]) == wave && at == group
            };
            let numbers = || Sample::of_numbers(self.dataset, self.variable, &is_in);
            Sample::of(self.variable, &by.counts(wave, group)).or_else(numbers)
        };
        (0..by.cube.groups()).map(of).collect()
    }
}

impl Grouped<'_> {
    /// Gives the counts of a group in a wave.
    pub(super) fn counts(&self, wave: usize, group: usize) -> Counts {
        self.cube.cell(wave, group)
    }

    /// Gives the places of the groups that may be shown.
    pub(super) fn shown(&self) -> Vec<usize> {
        (0..self.grouping.levels.len()).filter(|group| self.is_shown[*group]).collect()
    }
}
