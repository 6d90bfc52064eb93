//! Numbers, texts and dates to answer with: those that conditions compare with are drawn as often as all the others.
//!
//! Without them no answer by chance would meet `version == "2.1"` or `hours == 40`, and what stands behind would seem dead.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::reach;
use crate::survey::chance::Chance;
use crate::survey::condition::Value;
use crate::survey::{Kind, Question, QuestionId, Survey};

/// How far a number goes that has no bound, from the other bound or the number it is compared with.
const FAR: f64 = 100.0;
/// How far a date goes that has no bound.
const FAR_DAYS: u64 = 5 * 365;
/// Where dates start that have no bound and are compared with nothing.
const FIRST_DAY: &str = "2020-01-01";
/// The greatest step of a number that is told from the next.
const MOST_STEPS: f64 = 9e15;
/// What people write, where nothing looks at it.
const TEXTS: [&str; 3] = ["Nothing comes to mind.", "Builds", "I waited for a review on most days."];

/// What the questions of a survey can be answered with.
#[derive(Debug)]
pub struct Pools(HashMap<QuestionId, Pool>);

/// What a question can be answered with.
#[derive(Debug)]
pub(super) enum Pool {
    Numbers(Numbers),
    Texts(Vec<String>),
    Dates(Dates),
}

/// Numbers as whole steps: with one decimal, 1.5 is step 15.
#[derive(Debug)]
pub(super) struct Numbers {
    least: i64,
    most: i64,
    compared: Vec<i64>,
    steps_in_one: f64,
}

#[derive(Debug)]
pub(super) struct Dates {
    first: NaiveDate,
    last: NaiveDate,
    compared: Vec<NaiveDate>,
}

impl Pools {
    /// Looks through the conditions of a survey.
    pub fn new(survey: &Survey) -> Self {
        let of_groups = survey.groups.iter().filter_map(|group| group.show_if.as_ref());
        let of_questions = survey.questions.iter().flat_map(reach::of_question).map(|(_, condition)| condition);
        let conditions: Vec<_> = of_groups.chain(of_questions).map(|it| (it.names(), it.literals())).collect();
        let pool = |question: &Question| {
            let looks = conditions.iter().filter(|(names, _)| names.contains(&question.id.as_str()));
            let literals: Vec<&Value> = looks.flat_map(|(_, literals)| literals).collect();
            Some((question.id.clone(), Pool::new(&question.kind, &literals)?))
        };
        Self(survey.questions.iter().filter_map(pool).collect())
    }

    pub(super) fn of(&self, question: &QuestionId) -> Option<&Pool> {
        self.0.get(question)
    }
}

impl Pool {
    fn new(kind: &Kind, literals: &[&Value]) -> Option<Self> {
        match kind {
            Kind::Number { min, max, decimals, .. } => Some(Self::Numbers(Numbers::new(*min, *max, *decimals, literals))),
            Kind::Text { max_length, .. } => Some(Self::Texts(texts(*max_length, literals))),
            Kind::Date { min, max } => Some(Self::Dates(Dates::new(*min, *max, literals))),
            _ => None,
        }
    }
}

impl Numbers {
    fn new(min: Option<f64>, max: Option<f64>, decimals: u8, literals: &[&Value]) -> Self {
        let steps_in_one = 10_f64.powi(i32::from(decimals));
        let written: Vec<f64> = literals.iter().copied().filter_map(number).collect();
        let lowest = written.iter().copied().fold(max.map_or(0.0, |max| (max - FAR).min(0.0)), f64::min);
        let least = min.unwrap_or(lowest);
        let most = max.unwrap_or_else(|| written.iter().copied().fold(least, f64::max) + FAR);
        let (first, last) = (step(least * steps_in_one), step(most * steps_in_one));
        let near = written.iter().map(|number| step(number * steps_in_one)).flat_map(|at| [at - 1, at, at + 1]);
        let compared = near.filter(|at| (first..=last).contains(at)).collect();
        Self { least: first, most: last.max(first), compared, steps_in_one }
    }

    /// Draws a number.
    #[expect(clippy::cast_precision_loss, reason = "no more steps than a number of this kind tells apart")]
    pub(super) fn draw(&self, chance: &mut Chance) -> f64 {
        let drawn = one_of(&self.compared, chance).copied().unwrap_or_else(|| {
            let many = usize::try_from(self.most - self.least).unwrap_or_default() + 1;
            self.least + i64::try_from(chance.below(many)).unwrap_or_default()
        });
        drawn as f64 / self.steps_in_one
    }
}

impl Dates {
    fn new(min: Option<NaiveDate>, max: Option<NaiveDate>, literals: &[&Value]) -> Self {
        let written: Vec<NaiveDate> = literals.iter().copied().filter_map(date).collect();
        let earliest = written.iter().chain(&max).min().map(|day| *day - Days::new(FAR_DAYS));
        let first = min.or(earliest).or_else(|| FIRST_DAY.parse().ok()).unwrap_or_default();
        let last = max.unwrap_or_else(|| written.iter().copied().fold(first, NaiveDate::max) + Days::new(FAR_DAYS));
        let near = written.iter().flat_map(|day| [day.pred_opt(), Some(*day), day.succ_opt()]).flatten();
        let compared = near.filter(|day| (first..=last).contains(day)).collect();
        Self { first, last, compared }
    }

    /// Draws a date.
    pub(super) fn draw(&self, chance: &mut Chance) -> NaiveDate {
        one_of(&self.compared, chance).copied().unwrap_or_else(|| {
            let days = usize::try_from((self.last - self.first).num_days()).unwrap_or_default();
            self.first + Days::new(chance.below(days + 1) as u64)
        })
    }
}

/// Draws one of the texts.
pub(super) fn draw_text<'p>(texts: &'p [String], chance: &mut Chance) -> &'p str {
    one_of(texts, chance).map_or_else(|| TEXTS[chance.below(TEXTS.len())], String::as_str)
}

/// Draws one of those that conditions compare with, half of the time, if there are any.
fn one_of<'p, T>(compared: &'p [T], chance: &mut Chance) -> Option<&'p T> {
    (!compared.is_empty() && chance.below(2) == 0).then(|| &compared[chance.below(compared.len())])
}

/// Gives texts that conditions look for, alone and among others, and some as long as they ask for.
fn texts(max_length: usize, literals: &[&Value]) -> Vec<String> {
    let mut texts = Vec::new();
    for literal in literals {
        match literal {
            Value::String(text) => texts.extend([text.clone(), format!("{text} again"), format!("Mostly {text}")]),
            Value::Int(length) => {
                let length = usize::try_from(*length).unwrap_or(usize::MAX);
                let lengths = length.saturating_sub(1)..=length.saturating_add(1).min(max_length);
                texts.extend(lengths.map(|length| "x".repeat(length)));
            }
            _ => {}
        }
    }
    let fits = |text: &String| !text.trim().is_empty() && text.chars().count() <= max_length;
    texts.into_iter().map(|text| text.trim().to_owned()).filter(fits).collect()
}

#[expect(clippy::cast_precision_loss, reason = "written by a person")]
fn number(literal: &Value) -> Option<f64> {
    match literal {
        Value::Int(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    }
}

fn date(literal: &Value) -> Option<NaiveDate> {
    let Value::String(text) = literal else { return None };
    text.parse().ok()
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what is told apart")]
fn step(step: f64) -> i64 {
    step.round().clamp(-MOST_STEPS, MOST_STEPS) as i64
}
