//! Finding the ways: what follows on what, and which conditions stand between.

use std::collections::BTreeSet;

use super::{Edge, Graph, Group, Node, Shape, label};
use crate::survey::{self, Kind, Name, Survey, Target};

/// Where every way begins.
const START: &str = "start";
/// Where every way ends.
const END: &str = "finish";

/// Draws the ways through a survey, with its texts in a language.
pub fn graph(survey: &Survey, language: &str) -> Graph {
    let groups = ordered(survey);
    let chains = chains(survey, &groups);
    let mut ways = Ways { survey, groups, chains, guards: BTreeSet::new(), waiting: Vec::new(), edges: Vec::new() };
    let first = ways.entry(0, 0);
    ways.lead(START.to_owned(), first, Vec::new(), false);
    (0..survey.questions.len()).for_each(|at| ways.leave_question(at));
    while let Some((at, depth)) = ways.waiting.pop() {
        ways.leave_guard(at, depth);
    }
    ways.finish(language)
}

/// Gives the groups of a survey, each behind the one around it.
fn ordered(survey: &Survey) -> Vec<&survey::Group> {
    let mut groups: Vec<_> = survey.groups.iter().collect();
    groups.sort_by_key(|group| survey.groups_around(Some(&group.id)).len());
    groups
}

/// Gives the groups around each question by their places, the outermost first.
fn chains(survey: &Survey, groups: &[&survey::Group]) -> Vec<Vec<usize>> {
    let chain = |question: &survey::Question| {
        let around = survey.groups_around(question.group.as_ref());
        let mut chain: Vec<usize> = around.iter().filter_map(|group| place(groups, &group.id)).collect();
        chain.reverse();
        chain
    };
    survey.questions.iter().map(chain).collect()
}

fn place(groups: &[&survey::Group], name: &Name) -> Option<usize> {
    groups.iter().position(|group| group.id == *name)
}

struct Ways<'s> {
    survey: &'s Survey,
    /// The groups, each behind the one around it.
    groups: Vec<&'s survey::Group>,
    /// The groups around each question by their places, the outermost first.
    chains: Vec<Vec<usize>>,
    /// The guards that some way comes to: the question they stand before, and which of its groups they ask, or beyond all its own
    /// condition.
    guards: BTreeSet<(usize, usize)>,
    /// Those whose own ways are still to be found.
    waiting: Vec<(usize, usize)>,
    edges: Vec<Edge>,
}

impl Ways<'_> {
    /// Gives the node at which a way into a question begins when the groups around it up to a depth are open, and beyond all of them
    /// its own condition holds.
    fn entry(&mut self, at: usize, depth: usize) -> String {
        if at >= self.chains.len() {
            return END.to_owned();
        }
        let guarded = (depth..=self.chains[at].len()).find(|depth| self.condition(at, *depth).is_some());
        match guarded {
            None => self.question_id(at),
            Some(depth) => {
                if self.guards.insert((at, depth)) {
                    self.waiting.push((at, depth));
                }
                self.guard_id(at, depth)
            }
        }
    }

    /// Gives the node at which a way begins that leads to a later question when the groups around one up to a depth are open.
    fn onward(&mut self, from: usize, depth: usize, to: usize) -> String {
        let shared = self.shared(from, depth, to);
        self.entry(to, shared)
    }

    /// Counts the groups around one question, up to a depth, that are around another as well.
    fn shared(&self, from: usize, depth: usize, to: usize) -> usize {
        let both = self.chains[from].iter().take(depth).zip(self.chains.get(to).into_iter().flatten());
        both.take_while(|(here, there)| here == there).count()
    }

    fn leave_question(&mut self, at: usize) {
        let (question, depth) = (&self.survey.questions[at], self.chains[at].len());
        for jump in &question.jumps {
            let to = match &jump.to {
                Target::End => self.chains.len(),
                Target::Question(id) => self.survey.questions.iter().position(|question| question.id == *id).unwrap_or(at + 1),
            };
            let to = self.onward(at, depth, to);
            let lines = jump.condition.as_ref().map(|condition| label::on_edge(condition.source())).unwrap_or_default();
            self.lead(self.question_id(at), to, lines, false);
            if jump.condition.is_none() {
                return;
            }
        }
        let next = self.onward(at, depth, at + 1);
        let lines = if question.jumps.is_empty() { Vec::new() } else { vec!["else".to_owned()] };
        self.lead(self.question_id(at), next, lines, false);
    }

    fn leave_guard(&mut self, at: usize, depth: usize) {
        let guard = self.guard_id(at, depth);
        let inside = self.entry(at, depth + 1);
        // What stands behind the group, or behind the question.
        let is_inside = |to: usize| self.shared(at, depth + 1, to) > depth;
        let behind = (at + 1..self.chains.len()).find(|to| !is_inside(*to)).unwrap_or(self.chains.len());
        let past = self.onward(at, depth, behind);
        self.lead(guard.clone(), inside, vec!["yes".to_owned()], false);
        self.lead(guard, past, vec!["no".to_owned()], true);
    }

    fn lead(&mut self, from: String, to: String, lines: Vec<String>, passes: bool) {
        self.edges.push(Edge { from, to, lines, passes });
    }

    /// Gives the condition that is asked at a depth: a group's, or beyond all groups the question's own.
    fn condition(&self, at: usize, depth: usize) -> Option<&survey::Condition> {
        match self.chains[at].get(depth) {
            Some(group) => self.groups[*group].show_if.as_ref(),
            None => self.survey.questions[at].show_if.as_ref(),
        }
    }

    fn question_id(&self, at: usize) -> String {
        format!("q_{}", self.survey.questions[at].id)
    }

    fn guard_id(&self, at: usize, depth: usize) -> String {
        let question = &self.survey.questions[at].id;
        self.chains[at].get(depth).map_or_else(|| format!("if_{question}"), |group| format!("group_{group}_{question}"))
    }

    fn finish(mut self, language: &str) -> Graph {
        let mut nodes = vec![terminal(START, label::title(self.survey.title.get(language)))];
        for at in 0..self.survey.questions.len() {
            nodes.extend(
                (0..=self.chains[at].len()).filter(|depth| self.guards.contains(&(at, *depth))).map(|it| self.guard(at, it)),
            );
            nodes.push(self.question(at, language));
        }
        nodes.push(terminal(END, vec!["End".to_owned()]));
        let order = |edge: &Edge| nodes.iter().position(|node| node.id == edge.from);
        self.edges.sort_by_cached_key(order);
        let around = |group: &survey::Group| group.group.as_ref().and_then(|name| place(&self.groups, name));
        let groups = self.groups.iter().map(|group| Group { label: label::group(group), around: around(group) });
        Graph { id: self.survey.id.to_string(), groups: groups.collect(), nodes, edges: self.edges }
    }

    fn question(&self, at: usize, language: &str) -> Node {
        let question = &self.survey.questions[at];
        let shape = if question.kind == Kind::Note { Shape::Note } else { Shape::Question };
        Node {
            id: self.question_id(at),
            shape,
            lines: label::question(question, language),
            group: self.chains[at].last().copied(),
        }
    }

    fn guard(&self, at: usize, depth: usize) -> Node {
        let source = self.condition(at, depth).map_or("", |condition| condition.source());
        let lines = label::condition(source);
        let group = depth.checked_sub(1).and_then(|around| self.chains[at].get(around)).copied();
        Node { id: self.guard_id(at, depth), shape: Shape::Guard, lines, group }
    }
}

fn terminal(id: &str, lines: Vec<String>) -> Node {
    Node { id: id.to_owned(), shape: Shape::Terminal, lines, group: None }
}
