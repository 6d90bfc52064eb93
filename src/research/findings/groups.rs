//! The figure of an item in each group: segments, arms of variants, pilots. Small groups are not shown.

use serde::Serialize;

use super::gate::Shown;
use super::sample::{Difference, Estimate, Sample};
use crate::research::cube::Cube;
use crate::research::data::{Dataset, Grouping, Source, Variable};
use crate::statistics::benjamini_hochberg;

const ARM: &str = "arm";

/// An item by group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByGroup {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// What it is grouped by.
    pub grouping: String,
    /// Where the groups come from: `segment`, `arm` or `answering`.
    pub source: &'static str,
    /// How many comparisons the corrected p answers for: those of other items and groupings are among them.
    pub family: usize,
    /// The groups that are shown.
    pub groups: Vec<Group>,
    /// How many others there are that are too small to be shown, or would give such a one away.
    pub hidden: usize,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its words, or its code where it has none.
    pub label: String,
    /// The figure.
    pub figure: Option<Estimate>,
    /// How it differs from all others; of two arms the second from the first.
    pub difference: Option<Difference>,
    /// The p corrected for the family (Benjamini and Hochberg 1995).
    pub corrected_p: Option<f64>,
}

impl Group {
    /// Says whether its difference counts as one.
    pub fn differs(&self) -> bool {
        self.corrected_p.is_some_and(|p| p < 0.05) && self.difference.is_some_and(|it| it.low > 0.0 || it.high < 0.0)
    }
}

/// Gives items by every grouping of a wave that has groups to show, with p corrected over a family of comparisons.
///
/// All segments and all items are one family: whoever looks through a report takes what stands out anywhere in it, and with a family for
/// each table most of that would be chance. A variant is an experiment that was planned, so that its items are a family of their own.
pub(super) fn by_groups<'v>(
    dataset: &Dataset,
    (wave, by): (usize, &[&Grouping]),
    items: impl Iterator<Item = &'v (&'v Variable, Shown)>,
) -> Vec<ByGroup> {
    let of_item = |(variable, shown): &(&Variable, Shown)| {
        by.iter().filter_map(|grouping| by_group(dataset, (variable, grouping), (wave, shown))).collect::<Vec<_>>()
    };
    let mut all: Vec<ByGroup> = items.flat_map(of_item).collect();
    let mut families: Vec<Option<String>> = all.iter().map(ByGroup::experiment).collect();
    families.sort_unstable();
    families.dedup();
    for family in families {
        correct(all.iter_mut().filter(|by| by.experiment() == family).collect());
    }
    all
}

/// Corrects p over the comparisons of several tables.
fn correct(mut tables: Vec<&mut ByGroup>) {
    let compared = |by: &ByGroup| by.groups.iter().filter_map(|group| Some(group.difference?.judged_p())).collect::<Vec<f64>>();
    let p: Vec<f64> = tables.iter().flat_map(|by| compared(by)).collect();
    tables.iter_mut().for_each(|by| by.family = p.len());
    let groups = tables.iter_mut().flat_map(|by| &mut by.groups).filter(|group| group.difference.is_some());
    groups.zip(benjamini_hochberg(&p)).for_each(|(group, p)| group.corrected_p = Some(p));
}

impl ByGroup {
    /// Gives the variant it is grouped by, if it is.
    fn experiment(&self) -> Option<String> {
        (self.source == ARM).then(|| self.grouping.clone())
    }
}

fn by_group(dataset: &Dataset, (variable, grouping): (&Variable, &Grouping), (wave, shown): (usize, &Shown)) -> Option<ByGroup> {
    let samples = samples(dataset, (variable, grouping), wave);
    let n: Vec<u64> = samples.iter().map(|sample| sample.as_ref().map_or(0, Sample::n)).collect();
    let is_shown = shown.groups(grouping);
    if is_shown.iter().filter(|shown| **shown).count() < 2 {
        return None;
    }
    let named = grouping.levels.iter().zip(samples.iter().zip(&is_shown));
    let group = |(level, (sample, _)): (&crate::research::data::Level, (&Option<Sample>, &bool))| Group {
        code: level.code.clone(),
        label: level.words().to_owned(),
        figure: sample.as_ref().and_then(|sample| sample.estimate(None)),
        difference: None,
        corrected_p: None,
    };
    let mut groups: Vec<Group> = named.filter(|(_, (_, is_shown))| **is_shown).map(group).collect();
    let hidden = n.iter().zip(&is_shown).filter(|(n, is_shown)| **n > 0 && !**is_shown).count();
    compare(&mut groups, (grouping, &samples, &is_shown));
    let source = match grouping.source {
        Source::Segment => "segment",
        Source::Arm => ARM,
        Source::Answering => "answering",
    };
    Some(ByGroup {
        item: variable.name.clone(),
        text: variable.title(),
        grouping: grouping.name.clone(),
        source,
        family: 0,
        groups,
        hidden,
    })
}

/// Gives what each group answered in a wave; those in no group come last.
fn samples(dataset: &Dataset, (variable, grouping): (&Variable, &Grouping), wave: usize) -> Vec<Option<Sample>> {
    let cube = Cube::of(dataset, variable, Some(grouping));
    let of = |group: usize| {
        let is_in = |row: usize| {
            let at = usize::from(grouping.column[row]).min(grouping.levels.len());
            usize::from(dataset.wave_of[row]) == wave && at == group
        };
        Sample::of(variable, &cube.cell(wave, group)).or_else(|| Sample::of_numbers(dataset, variable, &is_in))
    };
    (0..cube.groups()).map(of).collect()
}

/// Compares each shown group with all others that are shown; of two arms the second with the first.
fn compare(groups: &mut [Group], (grouping, samples, is_shown): (&Grouping, &[Option<Sample>], &[bool])) {
    let of = |code: &str| grouping.levels.iter().position(|level| level.code == code);
    let shown_at: Vec<usize> = (0..grouping.levels.len()).filter(|at| is_shown[*at]).collect();
    let is_pair = grouping.source == Source::Arm && shown_at.len() == 2;
    for group in groups.iter_mut().filter(|group| group.figure.is_some()) {
        let Some(at) = of(&group.code) else { continue };
        let rest = shown_at.iter().filter(|other| **other != at).filter_map(|other| samples[*other].clone());
        let Some(rest) = rest.reduce(Sample::with) else { continue };
        if is_pair && at == shown_at[0] {
            continue;
        }
        group.difference = samples[at].as_ref().and_then(|sample| rest.difference_to(sample));
    }
}
