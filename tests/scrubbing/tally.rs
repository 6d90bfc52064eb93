//! Counts how often what was found was right, and holds it to a floor.

use std::collections::BTreeMap;
use std::fmt;

use dxpulse::developer::scrubbing::find;

use crate::corpus::{Case, name};

/// How often what was found was right: the same words, and of the same kind.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    found: u32,
    missed: u32,
    wrong: u32,
}

impl Tally {
    /// Gives the share of what was found that is right.
    pub(crate) fn precision(self) -> f64 {
        share(self.found, self.found + self.wrong)
    }

    /// Gives the share of what was to be found that was.
    pub(crate) fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    fn plus(self, other: Self) -> Self {
        Self { found: self.found + other.found, missed: self.missed + other.missed, wrong: self.wrong + other.wrong }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, missed, wrong } = self;
        let (precision, recall) = (self.precision(), self.recall());
        write!(formatter, "precision {precision:.3}  recall {recall:.3}  {found} found, {missed} missed, {wrong} wrong")
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// What was measured, and the sentences in which something was missed or wrong.
pub(crate) struct Measured {
    pub(crate) all: Tally,
    /// The share of the sentences without anything to find in which nothing was found.
    pub(crate) left_alone: f64,
    pub(crate) lines: Vec<String>,
}

/// Measures by kind, by language and as a whole.
pub(crate) fn measure(cases: &[Case]) -> Measured {
    let (mut kinds, mut languages) = (BTreeMap::<&str, Tally>::new(), BTreeMap::<&str, Tally>::new());
    let (mut all, mut faults, mut clean, mut disturbed) = (Tally::default(), Vec::new(), 0, 0);
    for case in cases {
        let found = find(&case.text);
        let words = |range: &std::ops::Range<usize>| case.text[range.clone()].replace('\n', "⏎");
        let mut add = |kind, tally: Tally| {
            for entry in [kinds.entry(name(kind)).or_default(), languages.entry(&case.language).or_default(), &mut all] {
                *entry = entry.plus(tally);
            }
        };
        for finding in &case.wanted {
            let is_found = found.contains(finding);
            add(finding.kind, Tally { found: is_found.into(), missed: (!is_found).into(), wrong: 0 });
            if !is_found {
                faults.push(format!("missed {} {:?}: {}", name(finding.kind), words(&finding.range), case.text));
            }
        }
        for finding in found.iter().filter(|finding| !case.wanted.contains(finding)) {
            add(finding.kind, Tally { wrong: 1, ..Tally::default() });
            faults.push(format!("wrongly found {} {:?}: {}", name(finding.kind), words(&finding.range), case.text));
        }
        clean += u32::from(case.wanted.is_empty());
        disturbed += u32::from(case.wanted.is_empty() && !found.is_empty());
    }
    let left_alone = share(clean - disturbed, clean);
    let mut lines: Vec<String> = kinds.iter().chain(&languages).map(|(name, tally)| format!("{name:10} {tally}")).collect();
    lines.push(format!("{:10} {all}", "all"));
    lines.push(format!(
        "{} sentences, {clean} of them with nothing to find, {:.1}% of those left alone",
        cases.len(),
        100.0 * left_alone
    ));
    lines.extend(faults);
    Measured { all, left_alone, lines }
}
