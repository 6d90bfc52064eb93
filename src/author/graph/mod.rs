//! The ways through a survey as a graph: questions, what decides about them, and where each leads.
//!
//! Pure: a survey becomes nodes and edges, and those become text for Mermaid or Graphviz. It says nothing of how often a way is
//! taken, and shows shuffled questions in the order of the file.
//!
//! ```text
//!                 no
//!  start ──▶ <if> ──────────▶ question ──▶ end       a guard before what has a condition: yes leads in, no leads past
//!             │ yes               ▲
//!             └──▶ question ──────┘                  a jump leads to its target, and stands beside "else"
//! ```

mod dot;
mod label;
mod mermaid;
#[cfg(test)]
mod tests;
mod ways;

pub use dot::dot;
pub use mermaid::mermaid;
pub use ways::graph;

/// The ways through a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The survey's id.
    pub id: String,
    /// What respondents meet and what decides about it, in the order of the file; the start first, the end last.
    pub nodes: Vec<Node>,
    /// What leads where, in the order of the nodes they start from.
    pub edges: Vec<Edge>,
    /// The groups, each behind the one around it.
    pub groups: Vec<Group>,
}

/// What respondents meet, or what decides about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A name of letters, digits and `_` that no other node has.
    pub id: String,
    /// What it is.
    pub shape: Shape,
    /// What is written in it.
    pub lines: Vec<String>,
    /// The group it stands in, by its place among the groups.
    pub group: Option<usize>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The beginning or the end.
    Terminal,
    /// A question.
    Question,
    /// A note.
    Note,
    /// A condition that leads in or past.
    Guard,
}

/// A way from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The node it starts from.
    pub from: String,
    /// The node it leads to.
    pub to: String,
    /// When it is taken; always without a line.
    pub lines: Vec<String>,
    /// Whether it leads past something.
    pub passes: bool,
}

/// Questions that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What is written above them.
    pub label: String,
    /// The group around it, by its place.
    pub around: Option<usize>,
}

/// What stands in a group, or outside of all.
enum Part<'g> {
    /// A node that stands in no smaller group.
    Node(&'g Node),
    /// A smaller group begins, by its place.
    Begins(usize),
    /// It ends.
    Ends,
}

impl Graph {
    /// Gives what stands in a group, or outside of all, each with its depth; a smaller group stands where the first of its nodes does.
    fn parts(&self, inside: Option<usize>, depth: usize) -> Vec<(usize, Part<'_>)> {
        let (mut parts, mut told) = (Vec::new(), Vec::new());
        for node in &self.nodes {
            let mut around = node.group;
            let mut smaller = None;
            while around != inside && around.is_some() {
                smaller = around;
                around = around.and_then(|at| self.groups[at].around);
            }
            match smaller {
                _ if around != inside => {}
                None => parts.push((depth, Part::Node(node))),
                Some(group) if told.contains(&group) => {}
                Some(group) => {
                    told.push(group);
                    parts.push((depth, Part::Begins(group)));
                    parts.extend(self.parts(Some(group), depth + 1));
                    parts.push((depth, Part::Ends));
                }
            }
        }
        parts
    }
}
