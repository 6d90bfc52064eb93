//! Segment classes: the partition of the invited in which every class has at least ten people, as it is sent.
//!
//! A class is one node per segment: a value, a coarser value above it, or any value. Generalising a small cell to its parent
//! alone would make the parent's row exactly that cell, so a small class takes in everything under the coarser value, and
//! whatever that overlaps with, until no two classes share a combination and none is small.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::survey::{Question, Segment, Survey};

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
            (segment.id.to_string(), above.collect())
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

    /// Gives a value and what is above it, the finest first. A circle ends where it closes.
    fn ancestors<'a>(&'a self, segment: &str, value: &'a str) -> Vec<&'a str> {
        let above = self.parents.get(segment);
        let mut seen = BTreeSet::from([value]);
        let next = |at: &&'a str| above?.get(*at).map(String::as_str);
        let mut found = vec![value];
        while let Some(parent) = found.last().and_then(next).filter(|parent| seen.insert(parent)) {
            found.push(parent);
        }
        found
    }

    /// Gives the finest node above both, or `None` where only "any" is.
    fn join(&self, segment: &str, one: &str, other: &str) -> Option<String> {
        let others = self.ancestors(segment, other);
        self.ancestors(segment, one).into_iter().find(|node| others.contains(node)).map(str::to_owned)
    }

    fn above(&self, segment: &str, node: &str) -> Option<&str> {
        self.parents.get(segment)?.get(node).map(String::as_str)
    }

    /// Says whether a value is a node or under it.
    fn is_under(&self, segment: &str, value: &str, node: &str) -> bool {
        self.ancestors(segment, value).contains(&node)
    }

    /// Says whether some combination of values belongs to both.
    fn overlap(&self, one: &Values, other: &Values) -> bool {
        self.segments().all(|segment| match (one.get(segment), other.get(segment)) {
            (Some(a), Some(b)) => self.is_under(segment, a, b) || self.is_under(segment, b, a),
            _ => true,
        })
    }

    /// Finds the class of a person; `None` where a value is missing or was unknown when the wave was prepared.
    pub fn place<'c>(&self, classes: &'c [Class], person: &Values) -> Option<&'c Class> {
        let is_in = |class: &&Class| {
            class.nodes.iter().all(|(segment, node)| person.get(segment).is_some_and(|value| self.is_under(segment, value, node)))
        };
        // A missing value belongs to no class that tells the segment, and being in one that doesn't would tell that it is missing
        // from the others: whoever leaves one out is in no class at all.
        let is_whole = self.segments().all(|segment| person.contains_key(segment));
        classes.iter().find(is_in).filter(|_| is_whole)
    }
}

/// Computes the classes of the invited: disjoint, each with at least `smallest` people unless there are fewer in all.
///
/// Every person needs a value for each segment of the hierarchy.
pub fn partition(hierarchy: &Hierarchy, people: &[Values], smallest: u32) -> Vec<Class> {
    let segments: BTreeSet<&str> = hierarchy.segments().collect();
    let mut classes: BTreeMap<Values, u32> = BTreeMap::new();
    for person in people {
        let told = person.iter().filter(|(segment, _)| segments.contains(segment.as_str()));
        *classes.entry(told.map(|(segment, value)| (segment.clone(), value.clone())).collect()).or_default() += 1;
    }
    // A value may be above another that somebody has.
    let overlapping = |classes: &BTreeMap<Values, u32>| {
        let mut all = classes.keys();
        all.find(|one| classes.keys().any(|other| one != &other && hierarchy.overlap(one, other))).cloned()
    };
    while let Some(nodes) = overlapping(&classes) {
        classes = merged(hierarchy, &classes, nodes);
    }
    let small = |classes: &BTreeMap<Values, u32>| {
        let small = classes.iter().filter(|(nodes, invited)| **invited < smallest && !nodes.is_empty());
        small.min_by_key(|(_, invited)| **invited).map(|(nodes, _)| nodes.clone())
    };
    while let Some(nodes) = small(&classes) {
        classes = generalised(hierarchy, &classes, &nodes);
    }
    classes.into_iter().map(|(nodes, invited)| Class { nodes, invited }).collect()
}

/// Generalises a class by one step in the segment that takes in the fewest others.
fn generalised(hierarchy: &Hierarchy, classes: &BTreeMap<Values, u32>, nodes: &Values) -> BTreeMap<Values, u32> {
    let steps = nodes.iter().map(|(segment, node)| {
        let mut coarser = nodes.clone();
        match hierarchy.above(segment, node) {
            Some(parent) => coarser.insert(segment.clone(), parent.to_owned()),
            None => coarser.remove(segment),
        };
        merged(hierarchy, classes, coarser)
    });
    // The more classes are left, the more is told; among as many, the smallest class counts.
    steps.max_by_key(|classes| (classes.len(), classes.values().min().copied())).unwrap_or_default()
}

/// Puts a class in, and all it overlaps with into it.
fn merged(hierarchy: &Hierarchy, classes: &BTreeMap<Values, u32>, mut nodes: Values) -> BTreeMap<Values, u32> {
    let mut rest = classes.clone();
    let mut invited = 0;
    while let Some((taken, count)) = rest.iter().find(|(other, _)| hierarchy.overlap(&nodes, other)).map(|(k, v)| (k.clone(), *v))
    {
        rest.remove(&taken);
        invited += count;
        nodes.retain(|segment, _| taken.contains_key(segment));
        for (segment, node) in &taken {
            if let Some(own) = nodes.get(segment) {
                match hierarchy.join(segment, own, node) {
                    Some(joined) => nodes.insert(segment.clone(), joined),
                    None => nodes.remove(segment),
                };
            }
        }
    }
    rest.insert(nodes, invited);
    rest
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
