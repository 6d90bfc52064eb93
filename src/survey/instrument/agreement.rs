//! The scale of agreement that SUS and UMUX share: words at the ends only, as published.

use super::{AnsweredWith, Statement, Words};
use crate::survey::{Direction, Measure};

const LOW: Words = ["Strongly disagree", "Stimme überhaupt nicht zu", "まったくそう思わない"];
const HIGH: Words = ["Strongly agree", "Stimme voll und ganz zu", "非常にそう思う"];

/// Makes a statement that speaks for the system, agreed to on a scale from 1 to `last`.
pub(super) const fn positive(last: u8, text: Words) -> Statement {
    statement(last, text, Direction::HigherIsBetter)
}

/// Makes a statement that speaks against the system, agreed to on a scale from 1 to `last`.
pub(super) const fn negative(last: u8, text: Words) -> Statement {
    statement(last, text, Direction::LowerIsBetter)
}

const fn statement(last: u8, text: Words, direction: Direction) -> Statement {
    let answered_with = AnsweredWith::Scale { measure: Measure::Likert, last, low: LOW, high: HIGH, direction };
    Statement { name: "", text, answered_with }
}
