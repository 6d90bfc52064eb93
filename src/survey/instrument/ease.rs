//! The Single Ease Question: how hard a task was, right after it.
//!
//! The English words are those in which MeasuringU publishes the question of Sauro and Dumas (2009). The German and
//! Japanese words are dxpulse's own translations and have not been validated.

use super::{AnsweredWith, Statement};
use crate::survey::{Direction, Measure};

/// The one item, on seven points.
pub(super) const SEQ: &[Statement] = &[Statement {
    name: "",
    text: [
        "Overall, how difficult or easy was the task to complete?",
        "Wie schwierig oder einfach war die Aufgabe insgesamt zu erledigen?",
        "全体として、この作業をやり終えるのは難しかったですか、簡単でしたか。",
    ],
    answered_with: AnsweredWith::Scale {
        measure: Measure::Rating,
        last: 7,
        low: ["Very difficult", "Sehr schwierig", "非常に難しい"],
        high: ["Very easy", "Sehr einfach", "非常に簡単"],
        direction: Direction::HigherIsBetter,
    },
}];
