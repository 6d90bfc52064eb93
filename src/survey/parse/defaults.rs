//! What a survey doesn't have to say: the shapes of the scales, and the words at their ends.

use super::languages::Languages;
use crate::survey::instrument::Words;
use crate::survey::{Anchors, Measure};

/// A scale before the author has said anything about it.
pub(super) struct Shape {
    /// The lowest point.
    pub(super) first: u8,
    /// The highest point, unless the author says otherwise.
    pub(super) last: u8,
    /// Whether the author may say otherwise.
    pub(super) has_points: bool,
    /// What low, middle and high mean.
    words: Option<Ends>,
}

/// What low, middle and high mean; some scales have no word for the middle.
struct Ends {
    low: Words,
    mid: Option<Words>,
    high: Words,
}

const AGREEMENT: Ends = Ends {
    low: ["Strongly disagree", "Stimme überhaupt nicht zu", "まったくそう思わない"],
    mid: Some(["Neither agree nor disagree", "Weder noch", "どちらともいえない"]),
    high: ["Strongly agree", "Stimme voll und ganz zu", "非常にそう思う"],
};
const SATISFACTION: Ends = Ends {
    low: ["Very dissatisfied", "Sehr unzufrieden", "非常に不満"],
    mid: Some(["Neither satisfied nor dissatisfied", "Weder zufrieden noch unzufrieden", "どちらともいえない"]),
    high: ["Very satisfied", "Sehr zufrieden", "非常に満足"],
};
const LIKELIHOOD: Ends = Ends {
    low: ["Not at all likely", "Sehr unwahrscheinlich", "まったく勧めたくない"],
    mid: None,
    high: ["Extremely likely", "Sehr wahrscheinlich", "非常に勧めたい"],
};

/// How long a short text may be, unless its author says otherwise, in characters.
pub(super) const SHORT: i64 = 240;

/// Gives the measure that a type of scale is.
pub(super) fn measure(name: &str) -> Option<Measure> {
    let all = [Measure::Nps, Measure::Rating, Measure::Likert, Measure::Csat, Measure::Ces];
    all.into_iter().find(|measure| measure.name() == name)
}

/// Gives the shape of a measure's scale; a matrix has that of rating.
pub(super) fn shape(measure: Measure) -> Shape {
    let (first, last, words) = match measure {
        Measure::Nps => (0, 10, Some(LIKELIHOOD)),
        Measure::Rating => (1, 5, None),
        Measure::Likert => (1, 5, Some(AGREEMENT)),
        Measure::Csat => (1, 5, Some(SATISFACTION)),
        Measure::Ces => (1, 7, Some(AGREEMENT)),
    };
    Shape { first, last, has_points: matches!(measure, Measure::Rating | Measure::Likert), words }
}

impl Shape {
    /// Says whether the ends mean something where the author doesn't say what.
    pub(super) fn has_words(&self) -> bool {
        self.words.is_some()
    }

    /// Gives the anchors of a scale that ends at `last`; the middle one only where there is a middle.
    pub(super) fn anchors(&self, last: u8, languages: &Languages) -> Anchors {
        let Some(Ends { low, mid, high }) = &self.words else { return Anchors::default() };
        let worded = |words: &Words| languages.worded(words, None, &(0..0));
        let mid = mid.as_ref().filter(|_| has_middle(self.first, last));
        Anchors { low: Some(worded(low)), mid: mid.map(worded), high: Some(worded(high)) }
    }
}

/// Says whether a scale has a middle point.
pub(super) fn has_middle(first: u8, last: u8) -> bool {
    (last - first).is_multiple_of(2)
}
