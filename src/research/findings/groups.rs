//! The figure of an item in each group: segments, arms of variants, pilots. Small groups are not shown.

use serde::Serialize;

use super::answers::{Answers, Grouped};
use super::sample::{Difference, Estimate, Sample};
use crate::research::data::Source;
use crate::statistics::{Methods, benjamini_hochberg};

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
    /// How it differs from all other groups shown, taken together; of two arms the second from the first.
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
pub(super) fn by_groups<'a, 'd: 'a>(items: impl Iterator<Item = &'a Answers<'d>>, wave: usize) -> Vec<ByGroup> {
    let of_item = |answers: &'a Answers<'d>| answers.by().iter().filter_map(move |by| by_group(answers, by, wave));
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

/// Gives the groupings of which two groups may be shown of no item: those asked for by name, and others that have several groups.
pub(super) fn hidden(asked: &[Answers<'_>], (wave, names): (usize, &[String])) -> Vec<String> {
    let all = asked.first().map_or(&[][..], Answers::by);
    let of_every_item = |at: usize| asked.iter().map(move |answers| &answers.by()[at]);
    let has_several = |by: &Grouped<'_>| {
        let groups = 0..by.grouping.levels.len();
        groups.filter(|group| by.counts(wave, *group).n() > 0).nth(1).is_some()
    };
    let is_hidden = |(at, by): &(usize, &Grouped<'_>)| {
        let is_meant = names.contains(&by.grouping.name) || of_every_item(*at).any(has_several);
        is_meant && of_every_item(*at).all(|by| by.shown().len() < 2)
    };
    all.iter().enumerate().filter(is_hidden).map(|(_, by)| by.grouping.name.clone()).collect()
}

fn by_group(answers: &Answers<'_>, by: &Grouped<'_>, wave: usize) -> Option<ByGroup> {
    let (grouping, is_shown) = (by.grouping, &by.is_shown);
    if by.shown().len() < 2 {
        return None;
    }
    let samples = answers.samples(by, wave);
    let n: Vec<u64> = samples.iter().map(|sample| sample.as_ref().map_or(0, Sample::n)).collect();
    let named = grouping.levels.iter().zip(samples.iter().zip(is_shown));
    let group = |(level, (sample, _)): (&crate::research::data::Level, (&Option<Sample>, &bool))| Group {
        code: level.code.clone(),
        label: level.words().to_owned(),
        figure: sample.as_ref().and_then(|sample| sample.estimate(answers.methods, None)),
        difference: None,
        corrected_p: None,
    };
    let mut groups: Vec<Group> = named.filter(|(_, (_, is_shown))| **is_shown).map(group).collect();
    let hidden = n.iter().zip(is_shown).filter(|(n, is_shown)| **n > 0 && !**is_shown).count();
    compare(&mut groups, (by, &samples), answers.methods);
    let source = match grouping.source {
        Source::Segment => "segment",
        Source::Arm => ARM,
        Source::Answering => "answering",
    };
    Some(ByGroup {
        item: answers.variable.name.clone(),
        text: answers.variable.title(),
        grouping: grouping.name.clone(),
        source,
        family: 0,
        groups,
        hidden,
    })
}

/// Compares each shown group with all others that are shown, taken together; of two arms the second with the first.
fn compare(groups: &mut [Group], (by, samples): (&Grouped<'_>, &[Option<Sample>]), methods: Methods) {
    let of = |code: &str| by.grouping.levels.iter().position(|level| level.code == code);
    let shown_at = by.shown();
    let is_pair = by.grouping.source == Source::Arm && shown_at.len() == 2;
    for group in groups.iter_mut().filter(|group| group.figure.is_some()) {
        let Some(at) = of(&group.code) else { continue };
        let rest = shown_at.iter().filter(|other| **other != at).filter_map(|other| samples[*other].clone());
        let Some(rest) = rest.reduce(Sample::with) else { continue };
        if is_pair && at == shown_at[0] {
            continue;
        }
        group.difference = samples[at].as_ref().and_then(|sample| rest.difference_to(sample, methods));
    }
}
