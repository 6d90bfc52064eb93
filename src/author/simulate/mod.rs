//! What becomes of a survey when thousands answer it by chance: who is asked what, how long it takes, what nobody ever reaches.
//!
//! Every respondent meets the survey as a real one would, in an order and with arms of their own, and goes the way their answers
//! open. Pure: the same survey, number of respondents and seed give the same figures. Nothing is rounded, drawn or judged here.
//!
//! ```text
//!  seed ── respondent ──┬── Survey::present ──┐
//!                       └── draw: a reply ────┴── Flow::walk ── Walked ── Simulation ── dead()
//!                             ▲
//!  conditions of the survey ── pool: numbers, texts and dates that they compare with
//! ```
//!
//! Whoever wants to know nothing but the time that respondents need, as the lint does, asks [`seconds`] for it.

mod dead;
mod draw;
mod pool;
mod reach;
mod spread;
#[cfg(test)]
mod tests;
mod time;
mod walked;

pub use dead::{Dead, What};
pub use draw::{DECLINED, Respondent, SKIPPED, UNANSWERED};
pub use pool::Pools;
pub use reach::{ConditionReach, Decides, JumpReach, OptionReach, QuestionReach, VariantReach};
pub use spread::Spread;
pub use time::{longest, seconds};
pub use walked::Walked;

use std::ops::Range;

use crate::response::Flow;
use crate::survey::Survey;
use crate::survey::chance::Chance;

/// How many respondents there are where nobody asks for another number: enough for a share of nine in ten.
pub const RESPONDENTS: usize = 2_000;

/// What respondents are drawn from where nobody asks for something else.
pub const SEED: u64 = 1;

/// What became of a survey; counts are of respondents unless said.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// How many respondents there were, at least 1.
    pub respondents: usize,
    /// What all of them were drawn from.
    pub seed: u64,
    /// The language the texts were read in.
    pub language: String,
    /// The author's budget in minutes.
    pub budget_minutes: Option<f64>,
    /// Every question and note, in the order of the file.
    pub questions: Vec<QuestionReach>,
    /// Every condition, in the order of the file; constraints are among them.
    pub conditions: Vec<ConditionReach>,
    /// Every jump, in the order of the file.
    pub jumps: Vec<JumpReach>,
    /// The arms that were drawn.
    pub variants: Vec<VariantReach>,
    /// How many questions a respondent was asked, notes not counted.
    pub lengths: Spread,
    /// How many seconds a respondent needed, by [`crate::survey::Question::seconds`].
    pub seconds: Spread,
}

/// Lets respondents answer a survey that was read from a file, with its texts in a language.
///
/// Conditions and jumps are told apart by their places in that file.
pub fn simulate(survey: &Survey, language: &str, respondents: usize, seed: u64) -> Simulation {
    walk(survey, language, seed, 0..respondents.max(1)).finish()
}

/// Lets some of the respondents answer, by their numbers: what they met can be put together with what the others did.
pub fn walk<'s>(survey: &'s Survey, language: &str, seed: u64, numbers: Range<usize>) -> Walked<'s> {
    let language = survey.language_for(language);
    let pools = Pools::new(survey);
    let mut walked = Walked::new(survey, language, seed);
    for number in numbers {
        let own = own_seed(seed, number);
        let (presented, arms) = (survey.present(language, own), survey.arms(own));
        let respondent = Respondent::new(&pools, own);
        let (flow, decisions) = Flow::walk(&presented, &arms, |question| respondent.reply(question));
        walked.add(&presented, &flow, &decisions, &arms);
    }
    walked
}

/// Gives what decides about one of the respondents: their orders, arms and replies.
fn own_seed(seed: u64, number: usize) -> u64 {
    Chance::new(seed, &format!("respondent {number}")).bits()
}

impl Simulation {
    /// Gives the budget in whole seconds.
    pub fn budget_seconds(&self) -> Option<u32> {
        self.budget_minutes.map(crate::survey::seconds)
    }

    /// Counts the respondents who needed longer than the budget; `None` without one.
    pub fn over_budget(&self) -> Option<usize> {
        self.budget_seconds().map(|budget| self.seconds.above(budget))
    }

    /// Says whether nine in ten respondents need no longer than the budget; `None` without one.
    pub fn is_within_budget(&self) -> Option<bool> {
        self.budget_seconds().map(|budget| self.seconds.at(90) <= budget)
    }

    /// Says whether some question was never asked, or more than one in ten respondents need longer than the budget.
    pub fn fails(&self) -> bool {
        self.is_within_budget() == Some(false) || self.questions.iter().any(|question| question.asked == 0)
    }

    /// Counts the answers that a constraint looked at, and those of them that break it.
    pub fn constrained(&self) -> (usize, usize) {
        let constraints = self.conditions.iter().filter(|condition| condition.decides.is_constraint());
        constraints.fold((0, 0), |(answers, broken), it| (answers + it.held + it.failed, broken + it.failed))
    }
}
