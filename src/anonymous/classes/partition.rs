//! How the classes are found: what is too small is generalised by one step, and takes in everything that it then overlaps with.
//!
//! The smallest goes first, and how it goes on doesn't depend on how many people a class needs: who asks for more gets a coarsening
//! of what who asks for fewer gets.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Hierarchy, Values};

/// The node above all others, which is any value.
const ANY: usize = 0;

/// The nodes of one segment, numbered in alphabetical order from 1.
struct Tree {
    names: Vec<String>,
    above: Vec<usize>,
    depths: Vec<usize>,
}

/// A class while it is being found.
struct Cell {
    /// One node for each segment.
    nodes: Vec<usize>,
    invited: u32,
}

/// What a class becomes: its nodes, and the cells that it takes in.
struct Step {
    nodes: Vec<usize>,
    taken: Vec<usize>,
}

/// Computes the classes of the invited: disjoint, each with at least `smallest` people unless there is but one.
///
/// Who lacks a value for a segment is in none, unless there is but one: it holds everyone.
pub fn partition(hierarchy: &Hierarchy, people: &[Values], smallest: u32) -> Vec<Class> {
    let whole: Vec<&Values> = people.iter().filter(|person| hierarchy.is_whole(person)).collect();
    let segments: Vec<&str> = hierarchy.segments().collect();
    let trees = Tree::all(hierarchy, &whole);
    let mut counted: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    for person in whole {
        *counted
            .entry(segments.iter().zip(&trees).map(|(segment, tree)| tree.number(&person[*segment])).collect())
            .or_default() += 1;
    }
    // A value may be above another that somebody has.
    let mut cells: Vec<Cell> = Vec::new();
    for (nodes, invited) in counted {
        let step = merged(&trees, &cells, nodes);
        apply(&mut cells, step, invited);
    }
    while let Some(at) = small(&cells, smallest) {
        let step = generalised(&trees, &cells, at);
        apply(&mut cells, step, 0);
    }
    classes(&segments, &trees, &cells, people.len())
}

/// Finds two classes that share a combination of values.
pub fn overlapping<'c>(hierarchy: &Hierarchy, classes: &'c [Class]) -> Option<(&'c Class, &'c Class)> {
    let nodes: Vec<&Values> = classes.iter().map(|class| &class.nodes).collect();
    let trees = Tree::all(hierarchy, &nodes);
    let number = |(segment, tree): (&str, &Tree), class: &Class| class.nodes.get(segment).map_or(ANY, |node| tree.number(node));
    let numbers = |class| hierarchy.segments().zip(&trees).map(|segment| number(segment, class)).collect::<Vec<_>>();
    let numbered: Vec<Vec<usize>> = classes.iter().map(numbers).collect();
    let earlier = |at: usize| numbered[..at].iter().position(|other| overlap(&trees, other, &numbered[at]));
    (0..classes.len()).find_map(|at| Some((&classes[earlier(at)?], &classes[at])))
}

impl Tree {
    /// Gives the trees of all segments, with the nodes that these values have and those above them.
    fn all(hierarchy: &Hierarchy, values: &[&Values]) -> Vec<Self> {
        hierarchy.segments().map(|segment| Self::of(hierarchy, segment, values)).collect()
    }

    fn of(hierarchy: &Hierarchy, segment: &str, values: &[&Values]) -> Self {
        let nodes = values.iter().filter_map(|values| values.get(segment));
        let known: BTreeSet<&str> = nodes.flat_map(|node| hierarchy.ancestors(segment, node)).collect();
        let names: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let mut tree = Self { names, above: vec![ANY], depths: vec![0] };
        for name in &tree.names {
            let mut way = hierarchy.ancestors(segment, name);
            tree.above.push(way.nth(1).map_or(ANY, |parent| tree.number(parent)));
            tree.depths.push(hierarchy.ancestors(segment, name).count());
        }
        tree
    }

    /// Gives the number of a node, which is in the tree.
    fn number(&self, name: &str) -> usize {
        self.names.binary_search_by(|known| known.as_str().cmp(name)).map_or(ANY, |at| at + 1)
    }

    /// Goes up from a node until it is no deeper than another.
    fn raised(&self, mut node: usize, depth: usize) -> usize {
        while self.depths[node] > depth {
            node = self.above[node];
        }
        node
    }

    /// Says whether one is the other or above it.
    fn overlap(&self, one: usize, other: usize) -> bool {
        let depth = self.depths[one].min(self.depths[other]);
        self.raised(one, depth) == self.raised(other, depth)
    }

    /// Gives the finest node above both.
    fn join(&self, one: usize, other: usize) -> usize {
        let depth = self.depths[one].min(self.depths[other]);
        let (mut one, mut other) = (self.raised(one, depth), self.raised(other, depth));
        while one != other {
            (one, other) = (self.above[one], self.above[other]);
        }
        one
    }
}

/// Gives the smallest class, if it is too small and can become larger.
fn small(cells: &[Cell], smallest: u32) -> Option<usize> {
    let (at, cell) = cells.iter().enumerate().min_by_key(|(_, cell)| cell.invited)?;
    (cell.invited < smallest && cell.nodes.iter().any(|node| *node != ANY)).then_some(at)
}

/// Generalises a class by one step in the segment that takes in the fewest others.
fn generalised(trees: &[Tree], cells: &[Cell], at: usize) -> Step {
    let nodes = &cells[at].nodes;
    let steps = (0..trees.len()).filter(|segment| nodes[*segment] != ANY).map(|segment| {
        let mut coarser = nodes.clone();
        coarser[segment] = trees[segment].above[coarser[segment]];
        merged(trees, cells, coarser)
    });
    // The fewer are taken in, the more is told; among as many, the smallest class that is left counts.
    let best = steps.max_by_key(|step| (Reverse(step.taken.len()), smallest_after(cells, step)));
    best.expect("a class that can become larger has a node below any")
}

fn smallest_after(cells: &[Cell], step: &Step) -> Option<u32> {
    let invited = step.taken.iter().map(|at| cells[*at].invited).sum();
    let others = cells.iter().enumerate().filter(|(at, _)| step.taken.binary_search(at).is_err());
    others.map(|(_, cell)| cell.invited).chain([invited]).min()
}

/// Says whether some combination of values belongs to both.
fn overlap(trees: &[Tree], one: &[usize], other: &[usize]) -> bool {
    trees.iter().zip(one.iter().zip(other)).all(|(tree, (one, other))| tree.overlap(*one, *other))
}

/// Joins nodes with every cell that they overlap with, until there is no further one.
fn merged(trees: &[Tree], cells: &[Cell], mut nodes: Vec<usize>) -> Step {
    let mut is_taken = vec![false; cells.len()];
    let mut has_grown = true;
    while std::mem::take(&mut has_grown) {
        for (at, cell) in cells.iter().enumerate() {
            if !is_taken[at] && overlap(trees, &nodes, &cell.nodes) {
                is_taken[at] = true;
                let joined: Vec<usize> =
                    trees.iter().zip(nodes.iter().zip(&cell.nodes)).map(|(tree, (one, other))| tree.join(*one, *other)).collect();
                has_grown |= joined != nodes;
                nodes = joined;
            }
        }
    }
    Step { nodes, taken: (0..cells.len()).filter(|at| is_taken[*at]).collect() }
}

/// Puts one cell in the place of those that a step takes in.
fn apply(cells: &mut Vec<Cell>, step: Step, newcomers: u32) {
    let invited = step.taken.iter().map(|at| cells[*at].invited).sum::<u32>() + newcomers;
    for at in step.taken.iter().rev() {
        cells.remove(*at);
    }
    cells.push(Cell { nodes: step.nodes, invited });
}

/// Gives the classes in the order of their nodes.
fn classes(segments: &[&str], trees: &[Tree], cells: &[Cell], people: usize) -> Vec<Class> {
    let nodes = |cell: &Cell| {
        let told = segments.iter().zip(trees).zip(&cell.nodes).filter(|(_, node)| **node != ANY);
        told.map(|((segment, tree), node)| ((*segment).to_owned(), tree.names[node - 1].clone())).collect()
    };
    let mut classes: Vec<Class> = cells.iter().map(|cell| Class { nodes: nodes(cell), invited: cell.invited }).collect();
    classes.sort_unstable();
    if classes.iter().all(|class| class.nodes.is_empty()) {
        let invited = u32::try_from(people).unwrap_or(u32::MAX);
        classes = (invited > 0).then(|| Class { nodes: Values::new(), invited }).into_iter().collect();
    }
    classes
}
