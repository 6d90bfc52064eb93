//! Conditions that come to the same whatever is answered: found by trying every answer that could make a difference.
//!
//! A condition is tried with the answers to each question it depends on, also through the conditions of other questions. Where
//! that would be too many to try, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::Expr;

use super::super::findings::Findings;
use super::domain::{Literals, MOST, domain, named_rows};
use super::names::{Names, conditional_options};
use super::sites::{Role, Site};
use crate::survey::Condition;
use crate::survey::condition::{Facts, Value, walk};

/// The most that is read of conditions in all trials of a survey, in bytes: beyond it nothing is decided.
const MOST_READ: usize = 2_000_000;

/// What the trials of a condition came to.
#[derive(Default)]
struct Outcome {
    /// Whether it ever held.
    holds: bool,
    /// Whether it ever failed to hold.
    fails: bool,
    /// Whether everything it looks at was ever there at once.
    answered: bool,
    /// Whether it ever failed to hold although nothing it looks at was missing.
    fails_answered: bool,
}

/// Reports conditions that always or never hold.
pub(super) fn report(names: &Names<'_>, sites: &[Site<'_>], findings: &mut Findings<'_>) {
    let mut budget = MOST_READ;
    for site in sites {
        let Some(outcome) = outcome(names, site, &mut budget) else { continue };
        let place = site.condition.place();
        let owner = names.known[site.owner].id;
        if !outcome.holds {
            let (code, what) = match site.role {
                Role::Question | Role::Group => ("unreachable-question", format!("`{owner}` is never asked")),
                Role::Option => ("unreachable-option", "this is never offered".to_owned()),
                Role::Jump => ("unreachable-jump", "this jump is never taken".to_owned()),
                Role::Constraint => ("constant-condition", "no answer can meet this".to_owned()),
            };
            let message = format!("{what}: the condition holds for no answers");
            findings.report(code, place, message, "change the condition, or take out what depends on it");
        } else if !outcome.fails {
            let help = "take the condition out";
            findings.report("constant-condition", place, "the condition always holds where it is asked", help);
        } else if outcome.answered && !outcome.fails_answered && site.role != Role::Constraint {
            let Some(simpler) = being_there(site.condition) else { continue };
            let message = "the condition holds for every answer, and says only that there is one";
            findings.report("constant-condition", place, message, format!("write {simpler}, or change the comparison"));
        }
    }
}

/// Gives the condition that says only that the one answer is there which a condition is about, or the one row.
///
/// `None` where it is about several, or about being there: of several, one may be missing because it isn't asked, and the condition
/// then tells who was.
fn being_there(condition: &Condition) -> Option<String> {
    let (mut asks, mut rows) = (false, BTreeSet::new());
    walk(condition.tree(), &mut |expr| match expr {
        Expr::Ident(name) => asks |= crate::survey::condition::asks_answered(name).is_some(),
        Expr::Select(select) => {
            asks |= select.test;
            rows.insert(select.field.as_str());
        }
        _ => {}
    });
    let names = condition.names();
    let [name] = names.as_slice() else { return None };
    let mut rows = rows.into_iter();
    match (rows.next(), rows.next()) {
        _ if asks => None,
        (None, _) => Some(format!("answered({name})")),
        (Some(row), None) => Some(format!("has({name}.{row})")),
        _ => None,
    }
}

/// Tries a condition; `None` where too much would have to be tried.
fn outcome(names: &Names<'_>, site: &Site<'_>, budget: &mut usize) -> Option<Outcome> {
    let around = around(names, site);
    let order = depends_on(names, site, &around)?;
    let conditions = related(names, site, &around, &order);
    let literals = Literals::of(&conditions);
    let trials: Option<Vec<Trial<'_>>> = order.iter().map(|name| trial(names, name, &literals)).collect();
    let trials = trials?;
    let combinations = trials.iter().try_fold(1_usize, |product, trial| product.checked_mul(trial.domain.len()))?;
    let length: usize = conditions.iter().map(|condition| condition.source().len()).sum();
    if combinations > MOST {
        return None;
    }
    let mut outcome = Outcome::default();
    let looked_at = site.condition.names();
    for mut number in 0..combinations {
        if outcome.is_settled() {
            break;
        }
        *budget = budget.checked_sub(length)?;
        let mut facts = Facts::default();
        for trial in &trials {
            let value = &trial.domain[number % trial.domain.len()];
            number /= trial.domain.len();
            trial.put(&mut facts, value.as_ref());
        }
        let holds = site.condition.ask(&facts);
        // A constraint is only asked of an answer that is there, and only a definite no counts.
        let owner = names.known[site.owner].id;
        if site.role == Role::Constraint && order.contains(&owner) && facts.get(owner).is_none() {
            continue;
        }
        let holds = if site.role == Role::Constraint { holds != Some(false) } else { holds == Some(true) };
        let answered = looked_at.iter().all(|name| is_there(names, name, &facts, &literals));
        let is_asked = around.iter().all(|condition| condition.holds(&facts)) && !site.is_forestalled(&facts);
        outcome.holds |= holds && is_asked;
        outcome.fails |= !holds && is_asked;
        outcome.answered |= answered;
        outcome.fails_answered |= !holds && answered;
    }
    Some(outcome)
}

/// Gives the conditions under which a condition is asked at all.
fn around<'s>(names: &Names<'s>, site: &Site<'s>) -> Vec<&'s Condition> {
    let Some(question) = names.known[site.owner].question else { return Vec::new() };
    let all = names.conditions_of(question).into_iter();
    // A question's own condition stands within those of its groups; those of a group within those around it.
    let own = all.clone().position(|condition| std::ptr::eq(condition, site.condition));
    all.skip(own.map_or(0, |own| own + 1)).collect()
}

/// Says whether an answer is there, and of a matrix every row that is named.
fn is_there(names: &Names<'_>, name: &str, facts: &Facts, literals: &Literals<'_>) -> bool {
    let question = || names.position(name).and_then(|at| names.known[at].question);
    match facts.get(name) {
        Some(Value::Points(points)) => question().is_none_or(|of| named_rows(of, literals).all(|row| points.contains_key(row))),
        value => value.is_some(),
    }
}

/// What is tried for one name.
struct Trial<'s> {
    name: &'s str,
    /// The conditions under which its question is asked.
    conditions: Vec<&'s Condition>,
    /// The choices or rows that are offered under conditions.
    options: Vec<(&'s str, &'s Condition)>,
    /// The answers that stand for all, the missing one among them.
    domain: Vec<Option<Value>>,
}

fn trial<'s>(names: &Names<'s>, name: &'s str, literals: &Literals<'_>) -> Option<Trial<'s>> {
    let question = names.position(name).and_then(|at| names.known[at].question);
    let conditions = question.map(|question| names.conditions_of(question)).unwrap_or_default();
    let options = question.map(|question| conditional_options(question).collect()).unwrap_or_default();
    Some(Trial { name, conditions, options, domain: domain(names, name, literals)? })
}

impl Trial<'_> {
    /// Makes an answer known, unless its question isn't asked with the answers before it, and without what isn't offered.
    fn put(&self, facts: &mut Facts, value: Option<&Value>) {
        let Some(value) = value.filter(|_| self.conditions.iter().all(|condition| condition.holds(facts))) else { return };
        let hidden: Vec<&str> =
            self.options.iter().filter(|(_, condition)| !condition.holds(facts)).map(|(code, _)| *code).collect();
        let offered = |code: &String| !hidden.contains(&code.as_str());
        let left = match value {
            Value::String(code) => offered(code).then(|| value.clone()),
            Value::List(codes) => {
                let codes: Vec<String> = codes.iter().filter(|code| offered(code)).cloned().collect();
                (!codes.is_empty()).then_some(Value::List(codes))
            }
            Value::Points(points) => {
                let left: BTreeMap<String, i64> = points.clone().into_iter().filter(|(code, _)| offered(code)).collect();
                // Where all that was answered is hidden there is no answer.
                (left.len() == points.len() || !left.is_empty()).then_some(Value::Points(left))
            }
            other => Some(other.clone()),
        };
        if let Some(left) = left {
            facts.insert(self.name, left);
        }
    }
}

impl Outcome {
    /// Says whether no further trial can change what is told.
    fn is_settled(&self) -> bool {
        self.holds && self.fails && self.fails_answered
    }
}

/// Gives the names a condition depends on, also through the conditions of the questions it looks at, in the survey's order.
fn depends_on<'s>(names: &Names<'s>, site: &Site<'s>, around: &[&'s Condition]) -> Option<Vec<&'s str>> {
    let mut found: BTreeSet<usize> = BTreeSet::new();
    let mut variants = false;
    let mut waiting: Vec<&Condition> = site.earlier.iter().chain(around).chain([&site.condition]).copied().collect();
    while let Some(condition) = waiting.pop() {
        for name in condition.names() {
            match names.position(name) {
                Some(at) if found.insert(at) => waiting.extend(names.deciding(names.known[at].question?)),
                Some(_) => {}
                None => variants |= name == "variant",
            }
        }
    }
    let questions = found.into_iter().map(|at| names.known[at].id);
    Some(variants.then_some("variant").into_iter().chain(questions).collect())
}

/// Gives every condition that the trial asks.
fn related<'s>(names: &Names<'s>, site: &Site<'s>, around: &[&'s Condition], order: &[&str]) -> Vec<&'s Condition> {
    let questions = order.iter().filter_map(|name| names.known[names.position(name)?].question);
    let own = site.earlier.iter().chain(around).chain([&site.condition]).copied();
    own.chain(questions.flat_map(|question| names.deciding(question))).collect()
}
