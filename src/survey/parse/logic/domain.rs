//! The few answers to a question that stand for all of them in a condition: every point of a scale, every code that is named and one
//! that isn't, every number beside those it is compared with.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{Expr, LiteralValue, operators};
use cel::parser::Expression;
use chrono::NaiveDate;

use super::names::{Names, conditional_options};
use crate::survey::condition::{Value, walk};
use crate::survey::{Allow, Choice, Condition, Kind, Question, Scale};

/// The most combinations of answers that are tried for one condition.
pub(super) const MOST: usize = 4_096;
/// The most codes of a list of which every combination is tried.
const MOST_CODES: usize = 6;
/// How far the bounds of a number may be apart for each number between them to be tried.
const MOST_APART: f64 = 12.0;

/// Gives the answers that stand for all of a question's, the missing one first where it may be missing although it is asked; `None`
/// where too much would have to be tried.
pub(super) fn domain(names: &Names<'_>, name: &str, literals: &Literals<'_>) -> Option<Vec<Option<Value>>> {
    if name == "variant" {
        return arms(names);
    }
    let place = names.position(name)?;
    let question = names.known[place].answered()?;
    let must_be_there = question.required
        && question.allow == Allow::default()
        && !names.may_be_passed_over(place)
        && !may_be_left_without_options(question);
    let values: Vec<Value> = match &question.kind {
        Kind::Scale { scale, .. } => scale.points().map(|point| Value::Int(i64::from(point))).collect(),
        Kind::Boolean => vec![Value::Bool(false), Value::Bool(true)],
        Kind::Single { choices } => codes(choices, literals).into_iter().map(|code| Value::String(code.to_owned())).collect(),
        Kind::Multi { .. } => lists(question, literals)?,
        Kind::Number { decimals: 0, min: Some(min), max: Some(max), .. } if max - min < MOST_APART => every_number(*min, *max),
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
    let missing = (!must_be_there).then_some(None);
    Some(missing.into_iter().chain(values.into_iter().map(Some)).collect())
}

/// Says whether all rows or choices of a question may be hidden at once, so that there is nothing to answer.
fn may_be_left_without_options(question: &Question) -> bool {
    let (all, conditional) = (question.kind.options().count(), conditional_options(question).count());
    all > 0 && all == conditional
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

/// Gives the codes that can make a difference: those that are named or may be hidden, and one that stands for all the others.
///
/// What is counted must be able to reach every count, and what is compared with another answer every answer.
fn codes<'c>(choices: &'c [Choice], literals: &Literals<'_>) -> Vec<&'c str> {
    let needs_all = literals.counts || literals.compares > 0;
    let tells = |choice: &Choice| needs_all || choice.show_if.is_some() || literals.texts.contains(choice.code.as_str());
    let other = choices.iter().position(|choice| !tells(choice));
    let kept = choices.iter().enumerate().filter(|(at, choice)| tells(choice) || other == Some(*at));
    kept.map(|(_, choice)| choice.code.as_str()).collect()
}

/// Gives every combination of the codes that are named, each with and without one that isn't.
fn lists(question: &Question, literals: &Literals<'_>) -> Option<Vec<Value>> {
    let choices = question.kind.choices();
    let codes = codes(choices, literals);
    if codes.len() > MOST_CODES {
        return None;
    }
    let list = |chosen: usize| {
        let taken = codes.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let mut taken: Vec<String> = taken.map(|(_, code)| (*code).to_owned()).collect();
        taken.sort_unstable();
        taken
    };
    let lists = (1..1_usize << codes.len()).map(list);
    let exclusive = |code: &String| choices.iter().any(|choice| choice.exclusive && choice.code.as_str() == code);
    // Bounds tell something only where all choices are there and none is hidden.
    let (least, most) = match &question.kind {
        Kind::Multi { min, max, .. } if codes.len() == choices.len() && !question.hides_options() => (*min, *max),
        _ => (1, choices.len()),
    };
    let may_be = |list: &Vec<String>| match list.iter().any(exclusive) {
        true => list.len() == 1,
        false => (least..=most).contains(&list.len()),
    };
    Some(lists.filter(may_be).map(Value::List).collect())
}

#[expect(clippy::cast_possible_truncation, reason = "bounds of a survey's numbers, and only for trials")]
fn every_number(min: f64, max: f64) -> Vec<Value> {
    (min.ceil() as i64..=max.floor() as i64).map(Value::Int).collect()
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
    // An answer without any of the rows that are named has one of the others.
    let are_all_named = named_rows(question, literals).count() == question.kind.rows().len();
    Some(all.into_iter().filter(|points| !points.is_empty() || !are_all_named).map(Value::Points).collect())
}

/// Says whether a part is written out rather than answered: lists hold nothing but literals.
fn is_written(part: &Expression) -> bool {
    matches!(part.expr, Expr::Literal(_) | Expr::List(_))
}

/// What is written in conditions, and what is done with it.
#[derive(Default)]
pub(super) struct Literals<'c> {
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

    pub(super) fn of(conditions: &[&'c Condition]) -> Self {
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

/// Gives the rows of a matrix that conditions name.
pub(super) fn named_rows<'q>(question: &'q Question, literals: &Literals<'_>) -> impl Iterator<Item = &'q str> {
    question.kind.rows().iter().map(|row| row.code.as_str()).filter(|code| literals.texts.contains(code))
}
