//! Looks at all of a survey's logic together, and tells what can't be: unknown names, wrong types, circles, ways that lead nowhere.

use std::ops::Range;

use super::super::findings::Findings;
use super::names::{Names, Whole, place_of};
use super::types::Checker;
use super::{constant, flowing, pipes};
use crate::survey::condition::Condition;
use crate::survey::{Group, Question};

/// A condition, where it stands and what it may look at.
pub(super) struct Site<'s> {
    pub(super) condition: &'s Condition,
    /// What it decides about.
    pub(super) role: Role,
    /// The place among all questions of the one it belongs to; for a group, of its first question.
    pub(super) owner: usize,
    /// Questions from this place on can't be looked at yet.
    pub(super) before: usize,
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

/// Reports all that is wrong with the logic of a survey.
pub(in crate::survey::parse) fn report(whole: &Whole<'_, '_>, findings: &mut Findings<'_>) {
    let names = Names::new(whole);
    flowing::report_groups(&names, findings);
    flowing::report_jumps(&names, findings);
    report_wordings(&names, findings);
    pipes::report(&names, findings);
    let sites = sites(&names);
    let before = findings.len();
    flowing::report_order(&names, &sites, findings);
    let sound = findings.len() == before;
    let types: Vec<bool> = sites.iter().map(|site| is_sound(site, &names, findings)).collect();
    if sound && types.iter().all(|sound| *sound) {
        constant::report(&names, &sites, findings);
        flowing::report_unreachable(&names, findings);
    }
}

fn is_sound(site: &Site<'_>, names: &Names<'_>, findings: &mut Findings<'_>) -> bool {
    Checker { names, condition: site.condition, findings }.is_sound()
}

/// Gives every condition of a survey, in the order of the questions; groups come with their first question.
fn sites<'s>(names: &Names<'s>) -> Vec<Site<'s>> {
    let mut sites = Vec::new();
    let mut told: Vec<&Group> = Vec::new();
    let leading = names.known.iter().enumerate().filter(|(_, known)| known.leads);
    for (owner, question) in leading.filter_map(|(at, known)| Some((at, known.question?))) {
        for group in names.groups_around(question.group.as_ref()) {
            if told.iter().all(|known| known.id != group.id) {
                told.push(group);
                sites.extend(group.show_if.iter().map(|condition| Site { condition, role: Role::Group, owner, before: owner }));
            }
        }
        sites.extend(of_question(question, owner));
    }
    sites
}

fn of_question(question: &Question, owner: usize) -> Vec<Site<'_>> {
    let site = |role, before| move |condition| Site { condition, role, owner, before };
    let asked = question.show_if.iter().map(site(Role::Question, owner));
    let choices = question.kind.choices().iter().filter_map(|choice| choice.show_if.as_ref());
    let options =
        choices.chain(question.kind.rows().iter().filter_map(|row| row.show_if.as_ref())).map(site(Role::Option, owner));
    let constraint = question.constraint.iter().map(|constraint| &constraint.must).map(site(Role::Constraint, owner + 1));
    let jumps = question.jumps.iter().filter_map(|jump| jump.condition.as_ref()).map(site(Role::Jump, owner + 1));
    asked.chain(options).chain(constraint).chain(jumps).collect()
}

/// Reports words for arms that aren't there, or that stand twice.
fn report_wordings(names: &Names<'_>, findings: &mut Findings<'_>) {
    for question in names.known.iter().filter_map(|known| known.question) {
        for (at, wording) in question.wordings.iter().enumerate() {
            let place = wording.text.as_ref().or(wording.help.as_ref()).map_or(0..0, |text| text.place());
            let Some(variant) = names.variant(wording.variant.as_str()) else {
                let message = format!("there is no variant `{}`", wording.variant);
                findings.report("unknown-variant", place, message, "add a [[variant]] of this id, or take these words out");
                continue;
            };
            if !variant.arms.contains(&wording.arm) {
                let arms: Vec<&str> = variant.arms.iter().map(|arm| arm.as_str()).collect();
                let message = format!("`{}` has no arm `{}`", variant.id, wording.arm);
                findings.report("unknown-variant", place, message, format!("its arms are {}", arms.join(", ")));
            } else if question.wordings[..at].iter().any(|other| (&other.variant, &other.arm) == (&wording.variant, &wording.arm))
            {
                let message = format!("the words for arm `{}` of `{}` stand here twice", wording.arm, variant.id);
                findings.report("duplicate-value", place, message, "keep one of them");
            }
        }
    }
}

/// Gives the place of a name in a condition.
pub(super) fn place_in(site: &Site<'_>, name: &str, findings: &Findings<'_>) -> Range<usize> {
    place_of(site.condition, name, findings)
}
