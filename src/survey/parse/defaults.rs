//! What a survey doesn't have to say: the shapes of the scales, and the words at their ends.

use crate::survey::{Anchors, Measure};

/// A scale before the author has said anything about it.
pub(super) struct Shape {
    /// The lowest point.
    pub(super) first: u8,
    /// The highest point, unless the author says otherwise.
    pub(super) last: u8,
    /// What low, middle and high mean.
    words: Option<[&'static str; 3]>,
}

const AGREEMENT: [&str; 3] = ["Strongly disagree", "Neither agree nor disagree", "Strongly agree"];
const SATISFACTION: [&str; 3] = ["Very dissatisfied", "Neither satisfied nor dissatisfied", "Very satisfied"];
const LIKELIHOOD: [&str; 3] = ["Not at all likely", "", "Extremely likely"];

/// Gives the shape of a measure's scale; a matrix has that of rating.
pub(super) fn shape(measure: Measure) -> Shape {
    let (first, last, words) = match measure {
        Measure::Nps => (0, 10, Some(LIKELIHOOD)),
        Measure::Rating => (1, 5, None),
        Measure::Likert => (1, 5, Some(AGREEMENT)),
        Measure::Csat => (1, 5, Some(SATISFACTION)),
        Measure::Ces => (1, 7, Some(AGREEMENT)),
    };
    Shape { first, last, words }
}

impl Shape {
    /// Gives the anchors of a scale that ends at `last`; the middle one only where there is a middle.
    pub(super) fn anchors(&self, last: u8) -> Anchors {
        let Some([low, mid, high]) = self.words else { return Anchors::default() };
        let mid = (has_middle(self.first, last) && !mid.is_empty()).then(|| mid.to_owned());
        Anchors { low: Some(low.to_owned()), mid, high: Some(high.to_owned()) }
    }
}

/// Says whether a scale has a middle point.
pub(super) fn has_middle(first: u8, last: u8) -> bool {
    (last - first).is_multiple_of(2)
}
