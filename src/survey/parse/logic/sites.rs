//! Where conditions stand: every one of a survey, with what it decides about and what it may look at.

use std::ops::Range;

use super::super::findings::Findings;
use super::names::{Names, conditional_options, places_of};
use crate::survey::condition::Facts;
use crate::survey::{Condition, Group, Question};

/// A condition, where it stands and what it may look at.
pub(super) struct Site<'s> {
    pub(super) condition: &'s Condition,
    /// What it decides about.
    pub(super) role: Role,
    /// The place among all questions of the one it belongs to; for a group, of its first question.
    pub(super) owner: usize,
    /// Questions from this place on can't be looked at yet.
    pub(super) before: usize,
    /// For a jump, the conditions of those before it: where one holds, this one isn't come to.
    pub(super) earlier: Vec<&'s Condition>,
}

/// What a condition decides about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Whether a question is asked.
    Question,
    /// Whether a group is.
    Group,
    /// Whether a choice or a row is offered.
    Option,
    /// Whether an answer may be so.
    Constraint,
    /// Whether a jump is taken.
    Jump,
}

/// Gives every condition of a survey, in the order of the questions; groups come with their first question.
pub(super) fn sites<'s>(names: &Names<'s>) -> Vec<Site<'s>> {
    let mut sites = Vec::new();
    let mut told: Vec<&Group> = Vec::new();
    let leading = names.known.iter().enumerate().filter(|(_, known)| known.leads);
    for (owner, question) in leading.filter_map(|(at, known)| Some((at, known.question?))) {
        for group in names.groups_around(question.group.as_ref()) {
            if told.iter().all(|known| known.id != group.id) {
                told.push(group);
                sites.extend(group.show_if.iter().map(|condition| Site {
                    condition,
                    role: Role::Group,
                    owner,
                    before: owner,
                    earlier: Vec::new(),
                }));
            }
        }
        sites.extend(of_question(question, owner));
    }
    sites
}

fn of_question(question: &Question, owner: usize) -> Vec<Site<'_>> {
    let site = |role, before| move |condition| Site { condition, role, owner, before, earlier: Vec::new() };
    let asked = question.show_if.iter().map(site(Role::Question, owner));
    let options = conditional_options(question).map(|(_, condition)| condition).map(site(Role::Option, owner));
    let constraint = question.constraint.iter().map(|constraint| &constraint.must).map(site(Role::Constraint, owner + 1));
    let conditions: Vec<&Condition> = question.jumps.iter().filter_map(|jump| jump.condition.as_ref()).collect();
    let jumps = (0..conditions.len()).map(|at| {
        let earlier = conditions[..at].to_vec();
        Site { condition: conditions[at], role: Role::Jump, owner, before: owner + 1, earlier }
    });
    asked.chain(options).chain(constraint).chain(jumps).collect()
}

impl Site<'_> {
    /// Says whether an earlier jump is taken instead.
    pub(super) fn is_forestalled(&self, facts: &Facts) -> bool {
        self.earlier.iter().any(|condition| condition.holds(facts))
    }

    /// Finds the place of a name in the condition: where it first stands by itself, else the whole condition.
    pub(super) fn place_of(&self, name: &str, findings: &Findings<'_>) -> Range<usize> {
        places_of(self.condition, name, findings).into_iter().next().unwrap_or_else(|| self.condition.place())
    }
}
