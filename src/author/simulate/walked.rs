//! Counting what respondents met; what some of them did is put together with what the others did.

use std::collections::{BTreeMap, HashMap};

use super::reach::{self, ConditionReach, JumpReach, QuestionReach, VariantReach};
use super::{Simulation, Spread};
use crate::response::Flow;
use crate::response::flow::Decision;
use crate::survey::presentation::Arms;
use crate::survey::{Code, Kind, QuestionId, Survey};

/// What some of the respondents met.
#[derive(Debug)]
pub struct Walked<'s> {
    survey: &'s Survey,
    language: String,
    seed: u64,
    /// The places of the questions in the file, by id: chance may put them in another order.
    places: HashMap<&'s QuestionId, usize>,
    questions: Vec<QuestionReach>,
    /// How often each condition held and failed, by its place.
    conditions: HashMap<usize, [usize; 2]>,
    /// How often each jump was taken, by its place.
    jumps: HashMap<usize, usize>,
    arms: BTreeMap<String, usize>,
    lengths: Vec<u32>,
    seconds: Vec<u32>,
}

impl<'s> Walked<'s> {
    pub(super) fn new(survey: &'s Survey, language: &str, seed: u64) -> Self {
        Self {
            survey,
            language: language.to_owned(),
            seed,
            places: survey.questions.iter().enumerate().map(|(place, question)| (&question.id, place)).collect(),
            questions: survey.questions.iter().map(reach::question).collect(),
            conditions: HashMap::new(),
            jumps: HashMap::new(),
            arms: BTreeMap::new(),
            lengths: Vec::new(),
            seconds: Vec::new(),
        }
    }

    /// Counts the way of one respondent.
    pub(super) fn add(&mut self, presented: &Survey, flow: &Flow, decisions: &[Decision<'_>], arms: &Arms) {
        let (mut length, mut seconds) = (0, 0);
        for question in flow.questions(presented) {
            length += u32::from(question.kind != Kind::Note);
            seconds += question.seconds();
            let reach = &mut self.questions[self.places[&question.id]];
            reach.asked += 1;
            let offers = |code: &Code| question.kind.options().any(|option| option.code == code);
            for option in reach.options.iter_mut().filter(|option| !option.is_conditional || offers(&option.code)) {
                option.offered += 1;
            }
        }
        self.lengths.push(length);
        self.seconds.push(seconds);
        for decision in decisions {
            match decision {
                Decision::Asked { condition, holds } => {
                    self.conditions.entry(condition.place().start).or_default()[usize::from(!holds)] += 1;
                }
                Decision::Jumped(jump) => *self.jumps.entry(jump.place.start).or_default() += 1,
            }
        }
        for (variant, arm) in arms {
            *self.arms.entry(format!("{variant} {arm}")).or_default() += 1;
        }
    }

    /// Puts together what two parts of the respondents to the same survey met.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for (question, other) in self.questions.iter_mut().zip(others.questions) {
            question.asked += other.asked;
            question.options.iter_mut().zip(other.options).for_each(|(option, other)| option.offered += other.offered);
        }
        for (place, [held, failed]) in others.conditions {
            let counts = self.conditions.entry(place).or_default();
            *counts = [counts[0] + held, counts[1] + failed];
        }
        others.jumps.into_iter().for_each(|(place, taken)| *self.jumps.entry(place).or_default() += taken);
        others.arms.into_iter().for_each(|(arm, drawn)| *self.arms.entry(arm).or_default() += drawn);
        self.lengths.extend(others.lengths);
        self.seconds.extend(others.seconds);
        self
    }

    /// Gives all that was counted.
    pub fn finish(self) -> Simulation {
        let with_counts = |condition: ConditionReach| {
            let [held, failed] = self.conditions.get(&condition.place.start).copied().unwrap_or_default();
            ConditionReach { held, failed, ..condition }
        };
        let jumps = self.survey.questions.iter().flat_map(|question| {
            question.jumps.iter().map(|jump| JumpReach {
                from: question.id.clone(),
                to: jump.to.clone(),
                place: jump.place.range(),
                taken: self.jumps.get(&jump.place.start).copied().unwrap_or_default(),
            })
        });
        let variants = self.survey.variants.iter().map(|variant| {
            let count = |arm: &crate::survey::Name| self.arms.get(&format!("{} {arm}", variant.id)).copied().unwrap_or_default();
            VariantReach { id: variant.id.clone(), arms: variant.arms.iter().map(|arm| (arm.clone(), count(arm))).collect() }
        });
        Simulation {
            respondents: self.lengths.len(),
            seed: self.seed,
            language: self.language,
            budget_minutes: self.survey.minutes,
            conditions: reach::conditions(self.survey).into_iter().map(with_counts).collect(),
            jumps: jumps.collect(),
            variants: variants.collect(),
            questions: self.questions,
            lengths: Spread::new(self.lengths),
            seconds: Spread::new(self.seconds),
        }
    }
}
