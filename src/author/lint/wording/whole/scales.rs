//! Scales: equal poles, a middle between them, and one direction in the whole survey.

use super::poles::{Pole, pole};
use super::{Finding, Rule, english, own_questions};
use crate::survey::{Kind, Measure, Question, Survey};

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    let questions = || own_questions(survey);
    let unbalanced = questions().filter_map(|question| unbalanced(survey, question));
    let middle = questions().filter_map(|question| no_midpoint(survey, question));
    unbalanced.chain(middle).chain(mixed_direction(survey)).collect()
}

/// How many labels of a scale stand on each side.
#[derive(Debug, Default)]
struct Sides {
    negative: usize,
    zero: usize,
    middle: usize,
    positive: usize,
    unknown: usize,
    /// The different words that say so.
    words: Vec<String>,
}

impl Sides {
    fn of(labels: &[&str]) -> Self {
        let mut sides = Self::default();
        for label in labels {
            let Some((pole, word)) = pole(label) else {
                sides.unknown += 1;
                continue;
            };
            match pole {
                Pole::Negative => sides.negative += 1,
                Pole::Zero => sides.zero += 1,
                Pole::Middle => sides.middle += 1,
                Pole::Positive => sides.positive += 1,
            }
            if matches!(pole, Pole::Negative | Pole::Positive) && !sides.words.contains(&word) {
                sides.words.push(word);
            }
        }
        sides
    }

    fn is_bipolar(&self) -> bool {
        self.negative > 0 && self.positive > 0 && self.unknown == 0 && self.zero == 0
    }

    /// Several words for one side and none for the other: good, great, excellent.
    fn is_one_sided(&self) -> bool {
        let one = self.negative == 0 || self.positive == 0;
        one && self.unknown == 0 && self.zero == 0 && self.words.len() > 1 && self.negative + self.positive > 2
    }
}

fn key(question: &Question) -> &'static str {
    if matches!(question.kind, Kind::Single { .. }) { "choices" } else { "labels" }
}

fn unbalanced(survey: &Survey, question: &Question) -> Option<Finding> {
    let labels = english::points(survey, question);
    let sides = Sides::of(&labels);
    let uneven = sides.is_bipolar() && labels.len() > 2 && sides.negative != sides.positive;
    let help = "give both sides the same number of points: “Very poor, Poor, Neither, Good, Very good”";
    if uneven || sides.is_one_sided() {
        let message = format!("{} points on the good side and {} on the bad", sides.positive, sides.negative);
        return Some(Finding::new(Rule::UnbalancedScale, Some(question), key(question), message, help));
    }
    let (low, high) = english::ends(survey, question).filter(|_| labels.is_empty())?;
    let (low, high) = (pole(low)?, pole(high)?);
    let same = low.0 == high.0 && matches!(low.0, Pole::Positive | Pole::Negative) && low.1 != high.1;
    let message = format!("“{}” and “{}” stand on the same side", low.1, high.1);
    same.then(|| Finding::new(Rule::UnbalancedScale, Some(question), "anchors", message, help))
}

fn no_midpoint(survey: &Survey, question: &Question) -> Option<Finding> {
    let labels = english::points(survey, question);
    let sides = Sides::of(&labels);
    let help = "add a point in the middle, such as “Neither”: 5 or 7 points instead of 4 or 6";
    let report = |count: usize, key| {
        let message = format!("{count} points between two poles, and none in the middle");
        Finding::new(Rule::NoMidpoint, Some(question), key, message, help)
    };
    if !labels.is_empty() {
        let even = labels.len() > 2 && labels.len().is_multiple_of(2);
        let balanced = sides.is_bipolar() && sides.middle == 0 && sides.negative == sides.positive;
        return (even && balanced).then(|| report(labels.len(), key(question)));
    }
    let scale = question.kind.scale()?;
    let count = usize::from(scale.last - scale.first) + 1;
    let agreement = matches!(question.kind, Kind::Scale { measure: Measure::Likert | Measure::Csat | Measure::Ces, .. });
    let poles = english::ends(survey, question).and_then(|(low, high)| Some((pole(low)?.0, pole(high)?.0)));
    let bipolar = matches!(poles, Some((Pole::Negative, Pole::Positive) | (Pole::Positive, Pole::Negative)));
    let unnamed = agreement && scale.labels.is_empty() && poles.is_none();
    (count > 2 && count.is_multiple_of(2) && (bipolar || unnamed)).then(|| report(count, "points"))
}

/// Says whether a scale runs from bad to good; `None` where its words don't tell.
fn rises(survey: &Survey, question: &Question) -> Option<bool> {
    let (low, high) = english::ends(survey, question)?;
    match (pole(low)?.0, pole(high)?.0) {
        (Pole::Negative | Pole::Zero, Pole::Positive) => Some(true),
        (Pole::Positive, Pole::Negative | Pole::Zero) => Some(false),
        _ => None,
    }
}

fn mixed_direction(survey: &Survey) -> Vec<Finding> {
    let all: Vec<(&Question, bool)> =
        own_questions(survey).filter_map(|question| Some((question, rises(survey, question)?))).collect();
    let rising = all.iter().filter(|(_, rises)| *rises).count();
    let falling = all.len() - rising;
    // Where both are as frequent, the first scale is the one that respondents learn.
    let usual = if rising == falling { all.first().is_some_and(|(_, rises)| *rises) } else { rising > falling };
    let others = all.iter().filter(|(_, rises)| *rises != usual);
    let (ways, help) = match usual {
        true => (
            "good end first, the other scales the bad one",
            "turn the scale round, so that the bad end comes first in the whole survey",
        ),
        false => (
            "bad end first, the other scales the good one",
            "turn the scale round, so that the good end comes first in the whole survey",
        ),
    };
    let report = |question: &Question| {
        let key = match key(question) {
            "labels" if english::points(survey, question).is_empty() => "anchors",
            key => key,
        };
        Finding::new(Rule::MixedDirection, Some(question), key, format!("this scale has the {ways}"), help)
    };
    others.map(|(question, _)| report(question)).collect()
}
