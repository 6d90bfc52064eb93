//! Counting what respondents met.

use std::collections::{BTreeMap, HashMap};

use super::reach::{self, ConditionReach, JumpReach, QuestionReach, VariantReach};
use super::{Simulation, Spread};
use crate::response::Flow;
use crate::response::flow::Decision;
use crate::survey::presentation::Arms;
use crate::survey::{Code, Kind, QuestionId, Survey};

/// What was counted so far.
pub(super) struct Tally<'s> {
    survey: &'s Survey,
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

impl<'s> Tally<'s> {
    pub(super) fn new(survey: &'s Survey) -> Self {
        Self {
            survey,
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
            let offers = |code: &Code| {
                question.kind.choices().iter().any(|choice| choice.code == *code)
                    || question.kind.rows().iter().any(|row| row.code == *code)
            };
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

    /// Gives all that was counted.
    pub(super) fn finish(self, language: &str, seed: u64) -> Simulation {
        let with_counts = |condition: ConditionReach| {
            let [held, failed] = self.conditions.get(&condition.place.start).copied().unwrap_or_default();
            ConditionReach { held, failed, ..condition }
        };
        let jumps = self.survey.questions.iter().flat_map(|question| {
            question.jumps.iter().map(|jump| JumpReach {
                from: question.id.clone(),
                to: jump.to.clone(),
                place: jump.place.clone(),
                taken: self.jumps.get(&jump.place.start).copied().unwrap_or_default(),
            })
        });
        let variants = self.survey.variants.iter().map(|variant| {
            let count = |arm: &crate::survey::Name| self.arms.get(&format!("{} {arm}", variant.id)).copied().unwrap_or_default();
            VariantReach { id: variant.id.clone(), arms: variant.arms.iter().map(|arm| (arm.clone(), count(arm))).collect() }
        });
        Simulation {
            respondents: self.lengths.len(),
            seed,
            language: language.to_owned(),
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
