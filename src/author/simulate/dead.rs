//! What no respondent ever met: questions, choices, rows and jumps nobody reached, conditions that always came to the same.

use std::ops::Range;

use super::{Decides, Simulation};
use crate::survey::{Code, QuestionId, Target};

/// Something that no respondent ever met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Where it stands in the file, in bytes, if it does.
    pub place: Option<Range<usize>>,
    /// What it is.
    pub what: What,
}

/// What no respondent ever met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A question that was never asked.
    Question(QuestionId),
    /// A choice or a row that was never offered, of a question that was asked.
    Option(QuestionId, Code),
    /// A jump that was never taken, from a question that was asked.
    Jump {
        /// The question it starts from.
        from: QuestionId,
        /// Where it leads.
        to: Target,
    },
    /// A condition that came to the same whenever it was asked.
    Condition {
        /// What it decides about.
        decides: Decides,
        /// The condition as its author wrote it.
        source: String,
        /// Whether it always held, or never did.
        held: bool,
        /// How many times it was asked.
        times: usize,
    },
}

impl Simulation {
    /// Gives all that no respondent ever met, in the order of the file.
    ///
    /// What follows from something else isn't told again: nothing of a question that was never asked, and no condition that never
    /// held beside the question, option or jump that it kept from being met.
    pub fn dead(&self) -> Vec<Dead> {
        let mut dead = self.unasked();
        dead.extend(self.unoffered());
        dead.extend(self.untaken());
        dead.extend(self.constant());
        dead.sort_by_key(|dead| dead.place.as_ref().map_or(usize::MAX, |place| place.start));
        dead
    }

    fn unasked(&self) -> Vec<Dead> {
        let unasked = self.questions.iter().filter(|question| question.asked == 0);
        unasked.map(|question| Dead { place: question.place.clone(), what: What::Question(question.id.clone()) }).collect()
    }

    fn unoffered(&self) -> impl Iterator<Item = Dead> {
        self.questions.iter().filter(|question| question.asked > 0).flat_map(|question| {
            question
                .options
                .iter()
                .filter(|option| option.offered == 0)
                .map(|option| Dead { place: option.place.clone(), what: What::Option(question.id.clone(), option.code.clone()) })
        })
    }

    fn untaken(&self) -> impl Iterator<Item = Dead> {
        let was_asked = |id: &QuestionId| self.questions.iter().any(|question| question.id == *id && question.asked > 0);
        self.jumps.iter().filter(move |jump| jump.taken == 0 && was_asked(&jump.from)).map(|jump| Dead {
            place: Some(jump.place.clone()),
            what: What::Jump { from: jump.from.clone(), to: jump.to.clone() },
        })
    }

    fn constant(&self) -> impl Iterator<Item = Dead> {
        let is_told = |decides: &Decides| matches!(decides, Decides::Question(_) | Decides::Option(..) | Decides::Jump(_));
        let same = self.conditions.iter().filter(|it| it.held + it.failed > 0 && (it.held == 0 || it.failed == 0));
        same.filter(move |it| it.held > 0 || !is_told(&it.decides)).map(|it| Dead {
            place: Some(it.place.clone()),
            what: What::Condition {
                decides: it.decides.clone(),
                source: it.source.clone(),
                held: it.held > 0,
                times: it.held + it.failed,
            },
        })
    }
}
