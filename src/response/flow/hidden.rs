//! What hides a question from a respondent at the moment, as the way through the survey has it.

use crate::survey::{Condition, Name, QuestionId};

/// What hides a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden<'s> {
    /// Its own condition doesn't hold.
    Condition(&'s Condition),
    /// The condition of its group, or of one around that, doesn't hold.
    Group(&'s Name, &'s Condition),
    /// A jump from this question passes over it.
    PassedOver(&'s QuestionId),
    /// All of its choices or rows are hidden.
    NothingToAnswerWith,
}
