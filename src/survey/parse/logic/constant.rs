//! Conditions that come to the same whatever is answered: found by trying every answer that could make a difference.
//!
//! For each question a condition depends on, also through the conditions of other questions, a few answers stand for all: every
//! point of a scale, every code that is named and one that isn't, every number beside those it is compared with. Where that
//! would be too many to try, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{Expr, LiteralValue};

use super::super::findings::Findings;
use super::names::Names;
use super::sites::{Role, Site};
use crate::survey::condition::{Facts, Value, walk};
use crate::survey::{Condition, Kind, Question};

/// The most combinations of answers that are tried for one condition.
const MOST: usize = 4_096;
/// The most codes of a list of which every combination is tried.
const MOST_CODES: usize = 6;

/// What the trials of a condition came to.
#[derive(Default)]
struct Outcome {
    /// Whether it ever held.
    holds: bool,
    /// Whether it ever failed to hold.
    fails: bool,
    /// Whether it ever failed to hold although nothing it looks at was missing.
    fails_answered: bool,
}

/// Reports conditions that always or never hold.
pub(super) fn report(names: &Names<'_>, sites: &[Site<'_>], findings: &mut Findings<'_>) {
    for site in sites {
        let Some(outcome) = outcome(names, site) else { continue };
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
            findings.report("constant-condition", place, "the condition always holds", help);
        } else if !outcome.fails_answered && site.role != Role::Constraint && !asks_answered_only(site.condition) {
            let message = "the condition holds for every answer, and says only that there is one";
            let question = site.condition.names().first().map_or(String::new(), ToString::to_string);
            findings.report(
                "constant-condition",
                place,
                message,
                format!("write answered({question}), or change the comparison"),
            );
        } else if !outcome.fails_answered && site.role == Role::Constraint {
            findings.report("constant-condition", place, "the constraint holds for every answer", "take the constraint out");
        }
    }
}

/// Says whether the condition is about nothing but being answered.
fn asks_answered_only(condition: &Condition) -> bool {
    let mut others = false;
    walk(condition.tree(), &mut |expr| {
        others |= matches!(expr, Expr::Ident(name) if crate::survey::condition::asks_answered(name).is_none());
    });
    !others
}

/// Tries a condition; `None` where too much would have to be tried.
fn outcome(names: &Names<'_>, site: &Site<'_>) -> Option<Outcome> {
    let order = depends_on(names, site)?;
    let conditions = related(names, site, &order);
    let mut domains = Vec::new();
    for name in &order {
        domains.push(domain(names, name, &conditions)?);
    }
    let combinations = domains.iter().try_fold(1_usize, |product, domain| product.checked_mul(domain.len()))?;
    if combinations > MOST {
        return None;
    }
    let mut outcome = Outcome::default();
    let looked_at = site.condition.names();
    for mut number in 0..combinations {
        let mut facts = Facts::default();
        for (name, domain) in order.iter().zip(&domains) {
            let value = &domain[number % domain.len()];
            number /= domain.len();
            put(&mut facts, names, name, value);
        }
        let holds = site.condition.ask(&facts);
        // A constraint is only asked of an answer that is there, and only a definite no counts.
        let owner = names.known[site.owner].id;
        if site.role == Role::Constraint && facts.get(owner).is_none() {
            continue;
        }
        let holds = if site.role == Role::Constraint { holds != Some(false) } else { holds == Some(true) };
        let answered = looked_at.iter().all(|name| facts.get(name).is_some());
        outcome.holds |= holds;
        outcome.fails |= !holds;
        outcome.fails_answered |= !holds && answered;
    }
    Some(outcome)
}

/// Makes an answer known, unless its question isn't asked with the answers before it.
fn put(facts: &mut Facts, names: &Names<'_>, name: &str, value: &Option<Value>) {
    let question = names.position(name).and_then(|at| names.known[at].question);
    let is_asked =
        question.is_none_or(|question| names.conditions_of(question).into_iter().all(|condition| condition.holds(facts)));
    match value {
        Some(value) if is_asked => facts.insert(name, value.clone()),
        _ => facts.remove(name),
    }
}

/// Gives the names a condition depends on, also through the conditions of the questions it looks at, in the survey's order.
fn depends_on<'s>(names: &Names<'s>, site: &Site<'s>) -> Option<Vec<&'s str>> {
    let mut found: BTreeSet<usize> = BTreeSet::new();
    let mut variants = false;
    let mut waiting: Vec<&Condition> = vec![site.condition];
    while let Some(condition) = waiting.pop() {
        for name in condition.names() {
            match names.position(name) {
                Some(at) if found.insert(at) => waiting.extend(names.conditions_of(names.known[at].question?)),
                Some(_) => {}
                None => variants |= name == "variant",
            }
        }
    }
    let questions = found.into_iter().map(|at| names.known[at].id);
    Some(variants.then_some("variant").into_iter().chain(questions).collect())
}

/// Gives every condition that the trial asks.
fn related<'s>(names: &Names<'s>, site: &Site<'s>, order: &[&str]) -> Vec<&'s Condition> {
    let questions = order.iter().filter_map(|name| names.known[names.position(name)?].question);
    std::iter::once(site.condition).chain(questions.flat_map(|question| names.conditions_of(question))).collect()
}

/// Gives the answers that stand for all of a question's, the missing one first; `None` where too much would have to be tried.
fn domain(names: &Names<'_>, name: &str, conditions: &[&Condition]) -> Option<Vec<Option<Value>>> {
    if name == "variant" {
        return arms(names);
    }
    let question = names.known[names.position(name)?].question?;
    let literals = Literals::of(conditions);
    let values: Vec<Value> = match &question.kind {
        Kind::Scale { scale, .. } => scale.points().map(|point| Value::Int(i64::from(point))).collect(),
        Kind::Boolean => vec![Value::Bool(false), Value::Bool(true)],
        Kind::Single { choices } => {
            let named = |choice: &&crate::survey::Choice| literals.texts.contains(choice.code.as_str());
            let (named, others): (Vec<_>, Vec<_>) = choices.iter().partition(named);
            named.into_iter().chain(others.into_iter().take(1)).map(|choice| Value::String(choice.code.to_string())).collect()
        }
        Kind::Multi { .. } => lists(question, &literals)?,
        Kind::Number { decimals: 0, min, max, .. } if !literals.calculates => whole_numbers(*min, *max, &literals),
        Kind::Number { min, max, .. } if !literals.calculates => decimals(*min, *max, &literals),
        Kind::Text { .. } if !literals.looks_into => {
            literals.texts.iter().map(|text| Value::String((*text).to_owned())).chain([Value::String("x".to_owned())]).collect()
        }
        _ => return None,
    };
    Some(std::iter::once(None).chain(values.into_iter().map(Some)).collect())
}

fn arms(names: &Names<'_>) -> Option<Vec<Option<Value>>> {
    let mut all: Vec<BTreeMap<String, String>> = vec![BTreeMap::new()];
    for variant in names.variants {
        let with = |arms: &BTreeMap<String, String>| {
            let one = |arm: &crate::survey::Name| {
                let mut arms = arms.clone();
                arms.insert(variant.id.to_string(), arm.to_string());
                arms
            };
            variant.arms.iter().map(one).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
        if all.len() > MOST {
            return None;
        }
    }
    Some(all.into_iter().map(|arms| Some(Value::Arms(arms))).collect())
}

/// Gives every combination of the codes that are named, each with and without one that isn't.
fn lists(question: &Question, literals: &Literals<'_>) -> Option<Vec<Value>> {
    let choices = question.kind.choices();
    let (mut codes, others): (Vec<&str>, Vec<&str>) =
        choices.iter().map(|choice| choice.code.as_str()).partition(|code| literals.texts.contains(code));
    // What is counted must be able to reach every count.
    codes.extend(if literals.counts { others.as_slice() } else { &others[..others.len().min(1)] });
    if codes.len() > MOST_CODES {
        return None;
    }
    let list = |chosen: usize| {
        let taken = codes.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        taken.map(|(_, code)| (*code).to_owned()).collect::<Vec<_>>()
    };
    let lists = (1..1_usize << codes.len()).map(list);
    let exclusive = |code: &String| choices.iter().any(|choice| choice.exclusive && choice.code.as_str() == code);
    Some(lists.filter(|list| list.len() == 1 || !list.iter().any(exclusive)).map(Value::List).collect())
}

#[expect(clippy::cast_possible_truncation, reason = "bounds of a survey's numbers, and only for trials")]
fn whole_numbers(min: Option<f64>, max: Option<f64>, literals: &Literals<'_>) -> Vec<Value> {
    let (least, most) = (min.map_or(i64::MIN, |min| min.ceil() as i64), max.map_or(i64::MAX, |max| max.floor() as i64));
    let near = |number: &i64| [number.saturating_sub(1), *number, number.saturating_add(1)];
    let all: BTreeSet<i64> =
        literals.whole.iter().flat_map(near).chain(min.map(|_| least)).chain(max.map(|_| most)).chain([0]).collect();
    let inside: Vec<Value> = all.into_iter().filter(|number| (least..=most).contains(number)).map(Value::Int).collect();
    if inside.is_empty() { vec![Value::Int(least.clamp(-1_000_000_000, 1_000_000_000))] } else { inside }
}

fn decimals(min: Option<f64>, max: Option<f64>, literals: &Literals<'_>) -> Vec<Value> {
    let near = |number: &f64| [number - 1e-6, *number, number + 1e-6];
    let all = literals.decimal.iter().flat_map(near).chain(min).chain(max).chain([0.0]);
    let inside = |number: &f64| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
    all.filter(inside).map(Value::Double).collect()
}

/// What is written in conditions, and what is done with it.
#[derive(Default)]
struct Literals<'c> {
    texts: BTreeSet<&'c str>,
    whole: Vec<i64>,
    decimal: Vec<f64>,
    /// Whether numbers are calculated with, so that those beside the literals don't stand for all.
    calculates: bool,
    /// Whether texts are looked into.
    looks_into: bool,
    /// Whether choices are counted.
    counts: bool,
}

impl<'c> Literals<'c> {
    fn of(conditions: &[&'c Condition]) -> Self {
        let mut found = Self::default();
        for condition in conditions {
            walk(condition.tree(), &mut |expr| match expr {
                Expr::Literal(LiteralValue::String(text)) => drop(found.texts.insert(text.inner())),
                Expr::Literal(LiteralValue::Int(number)) => found.whole.push(*number.inner()),
                Expr::Literal(LiteralValue::Double(number)) => found.decimal.push(*number.inner()),
                Expr::Call(call) => match call.func_name.as_str() {
                    "_+_" | "_-_" | "_*_" | "_/_" | "_%_" => found.calculates = true,
                    "contains" | "startsWith" | "endsWith" => found.looks_into = true,
                    "size" => (found.counts, found.looks_into) = (true, true),
                    _ => {}
                },
                _ => {}
            });
        }
        found
    }
}
