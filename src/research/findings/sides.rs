//! Two groups side by side over all items: producers and consumers, a pilot and the rest, both arms of an experiment.

use serde::Serialize;

use super::groups::ByGroup;
use super::sample::{Difference, Estimate};

/// Two groups side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sides {
    /// What parts them.
    pub grouping: String,
    /// Where the groups come from: `segment`, `arm` or `answering`.
    pub source: &'static str,
    /// What both are called.
    pub names: [String; 2],
    /// Each item, the widest apart first.
    pub rows: Vec<Side>,
}

/// One item of two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// The figure of each.
    pub figures: [Estimate; 2],
    /// How the second differs from the first.
    pub difference: Difference,
    /// The p corrected over the family of the groups' differences.
    pub corrected_p: f64,
    /// Whether it counts as a difference: the corrected p is below .05, and the interval holds no 0.
    pub is_different: bool,
}

/// Gives every grouping whose items have two groups to show.
pub(super) fn sides(by_group: &[ByGroup]) -> Vec<Sides> {
    let mut all: Vec<Sides> = Vec::new();
    for by in by_group.iter().filter(|by| by.source != "answering") {
        let [first, second] = by.groups.as_slice() else { continue };
        let (Some(one), Some(two), Some(difference)) = (first.figure, second.figure, second.difference) else { continue };
        let names = [first.label.clone(), second.label.clone()];
        let row = Side {
            item: by.item.clone(),
            text: by.text.clone(),
            figures: [one, two],
            difference,
            corrected_p: second.corrected_p.unwrap_or(1.0),
            is_different: second.differs(),
        };
        match all.iter_mut().find(|sides| sides.grouping == by.grouping && sides.names == names) {
            Some(sides) => sides.rows.push(row),
            None => all.push(Sides { grouping: by.grouping.clone(), source: by.source, names, rows: vec![row] }),
        }
    }
    for sides in &mut all {
        sides.rows.sort_by(|a, b| a.difference.p.total_cmp(&b.difference.p).then_with(|| a.item.cmp(&b.item)));
    }
    all
}
