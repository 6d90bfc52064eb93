//! Conditions that come to the same whatever is answered: found by trying every answer that could make a difference.
//!
//! For each question a condition depends on, also through the conditions of other questions, a few answers stand for all: every
//! point of a scale, every code that is named and one that isn't, every number beside those it is compared with. Where that
//! would be too many to try, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{Expr, LiteralValue, operators};
use cel::parser::Expression;
use chrono::NaiveDate;

use super::super::findings::Findings;
use super::names::{Names, conditional_options};
use super::sites::{Role, Site};
use crate::survey::condition::{Facts, Value, walk};
use crate::survey::{Condition, Kind, Question, Scale};

/// The most combinations of answers that are tried for one condition.
const MOST: usize = 4_096;
/// The most that is read of conditions in all trials of a survey, in bytes: beyond it nothing is decided.
const MOST_READ: usize = 2_000_000;
/// The most codes of a list of which every combination is tried.
const MOST_CODES: usize = 6;

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

/// Gives the rows of a matrix that conditions name.
fn named_rows<'q>(question: &'q Question, literals: &Literals<'_>) -> impl Iterator<Item = &'q str> {
    question.kind.rows().iter().map(|row| row.code.as_str()).filter(|code| literals.texts.contains(code))
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
            Value::Points(points) => Some(Value::Points(points.clone().into_iter().filter(|(code, _)| offered(code)).collect())),
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

/// Gives the answers that stand for all of a question's, the missing one first; `None` where too much would have to be tried.
fn domain(names: &Names<'_>, name: &str, literals: &Literals<'_>) -> Option<Vec<Option<Value>>> {
    if name == "variant" {
        return arms(names);
    }
    let question = names.known[names.position(name)?].answered()?;
    let values: Vec<Value> = match &question.kind {
        Kind::Scale { scale, .. } => scale.points().map(|point| Value::Int(i64::from(point))).collect(),
        Kind::Boolean => vec![Value::Bool(false), Value::Bool(true)],
        Kind::Single { choices } if literals.compares > 0 => {
            choices.iter().map(|choice| Value::String(choice.code.to_string())).collect()
        }
        Kind::Single { choices } => {
            let named = |choice: &&crate::survey::Choice| literals.texts.contains(choice.code.as_str());
            let (named, others): (Vec<_>, Vec<_>) = choices.iter().partition(named);
            named.into_iter().chain(others.into_iter().take(1)).map(|choice| Value::String(choice.code.to_string())).collect()
        }
        Kind::Multi { .. } => lists(question, literals)?,
        Kind::Number { decimals: 0, min, max, .. } if !literals.relates() => whole_numbers(*min, *max, literals),
        Kind::Number { min, max, decimals, .. } if !literals.relates() => decimal_numbers(*min, *max, *decimals, literals),
        Kind::Date { min, max } if literals.compares == 0 => days(*min, *max, literals),
        Kind::Matrix { scale, .. } => points(question, scale, literals)?,
        Kind::Text { .. } if !literals.looks_into => {
            // Texts that are named nowhere stand for all others: as many as can all differ in the comparisons that are made.
            let others = (0..=literals.compares.max(1)).map(|number| format!("\u{1}{number}"));
            literals.texts.iter().map(|text| (*text).to_owned()).chain(others).map(Value::String).collect()
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
    // What is counted must be able to reach every count, and what is compared every answer.
    let needs_all = literals.counts || literals.compares > 0;
    codes.extend(if needs_all { others.as_slice() } else { &others[..others.len().min(1)] });
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

fn decimal_numbers(min: Option<f64>, max: Option<f64>, decimals: u8, literals: &Literals<'_>) -> Vec<Value> {
    let places = 10_f64.powi(i32::from(decimals));
    // Only what can be answered: 1.55 can't with one decimal.
    let near = |number: &f64| [-1.0, 0.0, 1.0].map(|step| ((number * places).round() + step) / places);
    let all = literals.decimal.iter().flat_map(near).chain(min).chain(max).chain([0.0]);
    let inside = |number: &f64| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
    all.filter(inside).map(Value::Double).collect()
}

/// Gives the days beside those a date is compared with, and the ends of what it may be.
fn days(min: Option<NaiveDate>, max: Option<NaiveDate>, literals: &Literals<'_>) -> Vec<Value> {
    let named = literals.texts.iter().filter_map(|text| text.parse::<NaiveDate>().ok());
    let near = named.flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten());
    let some = min.or(max).or(NaiveDate::from_ymd_opt(2026, 1, 1));
    let all: BTreeSet<NaiveDate> = near.chain(min).chain(max).chain(some).collect();
    let inside = |day: &NaiveDate| min.is_none_or(|min| *day >= min) && max.is_none_or(|max| *day <= max);
    all.into_iter().filter(inside).map(|day| Value::String(day.to_string())).collect()
}

/// Gives every way to answer the rows of a matrix that are named, each row also with nothing.
fn points(question: &Question, scale: &Scale, literals: &Literals<'_>) -> Option<Vec<Value>> {
    let mut all: Vec<BTreeMap<String, i64>> = vec![BTreeMap::new()];
    for row in named_rows(question, literals) {
        let with = |points: &BTreeMap<String, i64>| {
            let given = scale.points().map(|point| {
                let mut points = points.clone();
                points.insert(row.to_owned(), i64::from(point));
                points
            });
            std::iter::once(points.clone()).chain(given).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
        if all.len() > MOST {
            return None;
        }
    }
    Some(all.into_iter().map(Value::Points).collect())
}

/// Says whether a part is written out rather than answered: lists hold nothing but literals.
fn is_written(part: &Expression) -> bool {
    matches!(part.expr, Expr::Literal(_) | Expr::List(_))
}

/// What is written in conditions, and what is done with it.
#[derive(Default)]
struct Literals<'c> {
    texts: BTreeSet<&'c str>,
    whole: Vec<i64>,
    decimal: Vec<f64>,
    /// Whether numbers are calculated with, so that those beside the literals don't stand for all.
    calculates: bool,
    /// How often one answer is compared with another.
    compares: usize,
    /// Whether texts are looked into.
    looks_into: bool,
    /// Whether choices are counted.
    counts: bool,
}

impl<'c> Literals<'c> {
    /// Says whether numbers stand in relation to other things than the literals.
    fn relates(&self) -> bool {
        self.calculates || self.compares > 0
    }

    fn of(conditions: &[&'c Condition]) -> Self {
        let mut found = Self::default();
        for condition in conditions {
            walk(condition.tree(), &mut |expr| match expr {
                Expr::Literal(LiteralValue::String(text)) => drop(found.texts.insert(text.inner())),
                Expr::Select(select) => drop(found.texts.insert(&select.field)),
                Expr::Literal(LiteralValue::Int(number)) => found.whole.push(*number.inner()),
                Expr::Literal(LiteralValue::Double(number)) => found.decimal.push(*number.inner()),
                Expr::Call(call) => match call.func_name.as_str() {
                    operators::ADD
                    | operators::SUBSTRACT
                    | operators::MULTIPLY
                    | operators::DIVIDE
                    | operators::MODULO
                    | operators::NEGATE => found.calculates = true,
                    operators::EQUALS
                    | operators::NOT_EQUALS
                    | operators::LESS
                    | operators::LESS_EQUALS
                    | operators::GREATER
                    | operators::GREATER_EQUALS
                    | operators::IN
                    | operators::CONDITIONAL => found.compares += usize::from(!call.args.iter().any(is_written)),
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
