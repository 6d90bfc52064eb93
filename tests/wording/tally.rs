//! Counts how often a rule was right, and holds it to a floor.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dxpulse::author::lint::wording::Rule;

/// The least share of findings that are right, and of faults that are found.
const FLOOR: f64 = 0.95;

/// What was measured: the rules something breaks, and those that were found.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What it was, for the list of faults.
    pub(crate) subject: String,
    /// The rules it breaks.
    pub(crate) breaks: BTreeSet<Rule>,
    /// The rules that were found.
    pub(crate) found: BTreeSet<Rule>,
}

/// How often a rule was right.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    found: u32,
    missed: u32,
    wrong: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.found, self.found + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    fn add(&mut self, found: bool, broken: bool) {
        match (found, broken) {
            (true, true) => self.found += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
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

/// Prints precision and recall of each of these rules and of all, and fails where one is below the floor.
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
pub(crate) fn assert_floor(rules: &[Rule], outcomes: &[Outcome]) {
    let (mut tallies, mut all, mut faults) = (BTreeMap::<Rule, Tally>::new(), Tally::default(), Vec::new());
    for outcome in outcomes {
        for rule in outcome.found.union(&outcome.breaks) {
            let (found, broken) = (outcome.found.contains(rule), outcome.breaks.contains(rule));
            tallies.entry(*rule).or_default().add(found, broken);
            all.add(found, broken);
            if found != broken {
                faults.push(format!("{} {}: {}", if found { "wrongly found" } else { "missed" }, rule.name(), outcome.subject));
            }
        }
    }
    let mut lines: Vec<String> = tallies.iter().map(|(rule, tally)| format!("{:34} {tally}", rule.name())).collect();
    lines.push(format!("{:34} {all}", "all"));
    lines.extend(faults);
    println!("{}", lines.join("\n"));
    let is_right = |tally: &Tally| tally.precision() >= FLOOR && tally.recall() >= FLOOR;
    let measured = |rule: &Rule| tallies.get(rule).is_some_and(is_right);
    assert!(rules.iter().all(measured) && is_right(&all), "below {FLOOR}:\n{}", lines.join("\n"));
}
