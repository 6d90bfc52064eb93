//! Segment classes: the partition of the invited in which every class has at least ten people, as it is sent.
//!
//! A class is one node per segment: a value, a coarser value above it, or any value. Generalising a small cell to its parent
//! alone would make the parent's row exactly that cell, so a small class takes in everything under the coarser value, and
//! whatever that overlaps with, until no two classes share a combination and none is small.

mod partition;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::survey::{Question, Segment, Survey};

pub use partition::{overlapping, partition};

/// The most characters of a value of a segment.
pub const LONGEST_VALUE: usize = 64;

/// The fewest invited that a class may have, unless fewer are invited in all.
pub const SMALLEST: u32 = 10;

/// The values of one person by segment, each the finest there is.
pub type Values = BTreeMap<String, String>;

/// A group of the invited, as submissions name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// The node of each segment; a segment that is left out has any value.
    #[serde(rename = "where")]
    pub nodes: Values,
    /// How many were invited when the wave was prepared.
    pub invited: u32,
}

/// What is above each value of each segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hierarchy {
    parents: BTreeMap<String, BTreeMap<String, String>>,
}

impl Hierarchy {
    /// Reads the segments of a survey, and its demographic questions as segments without parents.
    pub fn of(survey: &Survey) -> Self {
        let parents = |segment: &Segment| {
            let above = segment.values.iter().filter_map(|v| Some((v.code.to_string(), v.parent.as_ref()?.to_string())));
            (segment.id.to_string(), without_circles(above))
        };
        let allowed = |segment: &&Segment| survey.privacy.segments.contains(&segment.id);
        let segments = survey.segments.iter().filter(allowed).map(parents);
        let from_roster = survey.privacy.segments.iter().map(|id| (id.to_string(), BTreeMap::new()));
        let asked = survey.asked().filter(|question| question.demographic).map(|question| (name(question), BTreeMap::new()));
        Self { parents: from_roster.chain(asked).chain(segments).collect() }
    }

    /// Gives the segments, in alphabetical order.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.parents.keys().map(String::as_str)
    }

    /// Gives a value and what is above it, the finest first.
    fn ancestors<'a>(&'a self, segment: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
        let above = self.parents.get(segment);
        std::iter::successors(Some(value), move |at| above?.get(*at).map(String::as_str))
    }

    /// Says whether a value is a node or under it.
    fn is_under(&self, segment: &str, value: &str, node: &str) -> bool {
        self.ancestors(segment, value).any(|above| above == node)
    }

    /// Says whether a person has a value for each segment.
    pub fn is_whole(&self, person: &Values) -> bool {
        self.segments().all(|segment| person.contains_key(segment))
    }

    /// Says whether some combination of values belongs to both.
    pub fn overlap(&self, one: &Values, other: &Values) -> bool {
        self.segments().all(|segment| match (one.get(segment), other.get(segment)) {
            (Some(a), Some(b)) => self.is_under(segment, a, b) || self.is_under(segment, b, a),
            _ => true,
        })
    }

    /// Finds the class of a person; `None` where a value is missing, or nobody had the combination when the wave was prepared.
    ///
    /// Where there is but one class, everyone is in it.
    pub fn place<'c>(&self, classes: &'c [Class], person: &Values) -> Option<&'c Class> {
        if let [everyone] = classes
            && everyone.nodes.is_empty()
        {
            return Some(everyone);
        }
        let is_in = |class: &&Class| {
            class.nodes.iter().all(|(segment, node)| person.get(segment).is_some_and(|value| self.is_under(segment, value, node)))
        };
        // A missing value belongs to no class that tells the segment, and being in one that doesn't would tell that it is missing
        // from the others: whoever leaves one out is in no class at all.
        classes.iter().find(is_in).filter(|_| self.is_whole(person))
    }

    /// Finds the class that a person is most like, for those of whom nobody's combination was known when the wave was prepared: alone
    /// in no class, they would be told from everyone else.
    ///
    /// The class that agrees in the most segments, a value above both counting half; of several the largest, then the first.
    pub fn nearest<'c>(&self, classes: &'c [Class], person: &Values) -> Option<&'c Class> {
        let halves = |class: &Class| -> usize {
            self.segments().map(|segment| self.agreement(segment, person.get(segment), class.nodes.get(segment))).sum()
        };
        classes.iter().rev().max_by_key(|class| (halves(class), class.invited))
    }

    /// Says how far a value is what a class says: 2 wholly, 1 where something is above both, 0 not at all.
    fn agreement(&self, segment: &str, value: Option<&String>, node: Option<&String>) -> usize {
        let (Some(value), Some(node)) = (value, node) else { return if node.is_none() { 2 } else { 0 } };
        if self.is_under(segment, value, node) {
            return 2;
        }
        usize::from(self.ancestors(segment, node).any(|above| self.is_under(segment, value, above)))
    }
}

/// Gives the parents without those that would close a circle, which only a survey with problems has.
fn without_circles(parents: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for (code, parent) in parents {
        let closes = std::iter::successors(Some(&parent), |at| kept.get(*at)).any(|above| *above == code);
        if !closes {
            kept.insert(code, parent);
        }
    }
    kept
}

fn name(question: &Question) -> String {
    question.id.to_string()
}

impl std::fmt::Display for Class {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.nodes.is_empty() {
            return formatter.write_str("everyone");
        }
        let nodes: Vec<_> = self.nodes.iter().map(|(segment, node)| format!("{segment}={node}")).collect();
        formatter.write_str(&nodes.join(" "))
    }
}
