//! Replies by chance: each question's own, so that another question changes nothing about it.
//!
//! Of the questions that may be left open, 5 in 100 are skipped and 5 are passed over without a reply. Of those that allow a kind
//! of missing, 5 in 100 are declined, each kind as often as the others. The same shares hold for a row of a matrix, which can't be
//! skipped. All other replies are answers: every point, choice and order is as likely as any other; of several choices, the first is
//! drawn among all, and their number among those allowed.

use std::collections::BTreeMap;

use super::pool::{Pool, Pools, draw_text};
use crate::response::{Answer, Cell, Missing, Pick, Reply};
use crate::survey::chance::Chance;
use crate::survey::{Allow, Choice, Kind, Question, Scale};

/// How many in 100 questions that need no answer are skipped.
pub const SKIPPED: usize = 5;
/// How many in 100 questions, or rows of a matrix, that need no answer get no reply.
pub const UNANSWERED: usize = 5;
/// How many in 100 questions, or rows of a matrix, that allow a kind of missing get one.
pub const DECLINED: usize = 5;

/// What a respondent writes for a choice that asks for their own words.
const OWN_WORDS: &str = "Something else";

/// Someone who replies by chance.
#[derive(Debug)]
pub struct Respondent<'p> {
    pools: &'p Pools,
    seed: u64,
}

impl<'p> Respondent<'p> {
    /// Takes what decides about all replies.
    pub fn new(pools: &'p Pools, seed: u64) -> Self {
        Self { pools, seed }
    }

    /// Replies to a question as it is asked; the same question gets the same reply.
    pub fn reply(&self, question: &Question) -> Option<Reply> {
        let mut chance = Chance::new(self.seed, question.id.as_str());
        let drawn = chance.below(100);
        if !question.required && drawn < SKIPPED {
            return Some(Reply::Missing(Missing::Skipped));
        }
        if !question.required && drawn < SKIPPED + UNANSWERED {
            return None;
        }
        match declined(question.allow, &mut chance) {
            Some(missing) => Some(Reply::Missing(missing)),
            None => self.answer(question, &mut chance).map(Reply::Given),
        }
    }

    fn answer(&self, question: &Question, chance: &mut Chance) -> Option<Answer> {
        Some(match &question.kind {
            Kind::Scale { scale, .. } => Answer::Scale(point(scale, chance)),
            Kind::Boolean => Answer::Boolean(chance.below(2) == 1),
            Kind::Single { choices } => Answer::Single(pick(&choices[chance.below(choices.len())])),
            Kind::Multi { choices, min, max } => Answer::Multi(several(choices, *min, *max, chance)),
            Kind::Ranking { choices } => {
                let mut codes: Vec<_> = choices.iter().map(|choice| choice.code.clone()).collect();
                chance.shuffle(&mut codes, |_| false);
                Answer::Ranking(codes)
            }
            Kind::Matrix { rows, scale } => {
                let cells: BTreeMap<_, _> =
                    rows.iter().filter_map(|row| Some((row.code.clone(), cell(question, scale, chance)?))).collect();
                (!cells.is_empty()).then_some(Answer::Matrix(cells))?
            }
            Kind::Number { .. } | Kind::Text { .. } | Kind::Date { .. } => match self.pools.of(&question.id)? {
                Pool::Numbers(numbers) => Answer::Number(numbers.draw(chance)),
                Pool::Texts(texts) => Answer::Text(draw_text(texts, chance).to_owned()),
                Pool::Dates(dates) => Answer::Date(dates.draw(chance)),
            },
            Kind::Note => return None,
        })
    }
}

/// Draws an allowed kind of missing, a few times in 100.
fn declined(allow: Allow, chance: &mut Chance) -> Option<Missing> {
    if allow == Allow::default() {
        return None;
    }
    let kinds = [
        (allow.not_applicable, Missing::NotApplicable),
        (allow.prefer_not_to_say, Missing::PreferNotToSay),
        (allow.dont_know, Missing::DontKnow),
    ];
    let allowed: Vec<Missing> = kinds.into_iter().filter(|(allowed, _)| *allowed).map(|(_, kind)| kind).collect();
    (chance.below(100) < DECLINED).then(|| allowed[chance.below(allowed.len())])
}

fn point(scale: &Scale, chance: &mut Chance) -> u8 {
    let points = usize::from(scale.last - scale.first) + 1;
    scale.first + u8::try_from(chance.below(points)).unwrap_or_default()
}

fn cell(question: &Question, scale: &Scale, chance: &mut Chance) -> Option<Cell> {
    if !question.required && chance.below(100) < UNANSWERED {
        return None;
    }
    Some(match declined(question.allow, chance) {
        Some(missing) => Cell::Missing(missing),
        None => Cell::Given(point(scale, chance)),
    })
}

fn pick(choice: &Choice) -> Pick {
    if choice.other { Pick::Other(OWN_WORDS.to_owned()) } else { Pick::Code(choice.code.clone()) }
}

/// Draws choices that may stand together: an exclusive one alone, or others within the bounds, in the order they are shown.
fn several(choices: &[Choice], min: usize, max: usize, chance: &mut Chance) -> Vec<Pick> {
    let first = chance.below(choices.len());
    if choices[first].exclusive {
        return vec![pick(&choices[first])];
    }
    let mut others: Vec<usize> = (0..choices.len()).filter(|at| *at != first && !choices[*at].exclusive).collect();
    let most = max.min(others.len() + 1).max(1);
    let least = min.clamp(1, most);
    let many = least + chance.below(most - least + 1);
    chance.shuffle(&mut others, |_| false);
    let mut chosen: Vec<usize> = std::iter::once(first).chain(others).take(many).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| pick(&choices[at])).collect()
}
