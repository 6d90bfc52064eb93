//! The scores of one response, by the names its survey gives to its instruments.

use std::array::from_fn;

use serde_json::{Map, Value};

use super::{raw_tlx, seq, sus, umux, umux_lite};
use crate::response::{Answer, Replies, Reply, Response, json};
use crate::survey::{Instrument, Item, Question, QuestionId, Survey};

/// Gives the score of each of the survey's instruments in a response, by the name the survey gives it, in its order; `None` where it is missing.
pub fn scores<'s>(survey: &'s Survey, replies: &Replies) -> Vec<(&'s QuestionId, Option<f64>)> {
    let mut wholes: Vec<&Item> = Vec::new();
    for item in survey.questions.iter().filter_map(|question| question.item.as_ref()) {
        if wholes.iter().all(|known| known.of != item.of) {
            wholes.push(item);
        }
    }
    wholes.into_iter().map(|whole| (&whole.of, score(survey, replies, whole))).collect()
}

/// Adds `scores` to the JSON of a response, by the names of the instruments; nothing where the survey has none.
///
/// Scores aren't stored with a response: they are worked out from its answers whenever they are shown.
pub fn with_scores(stored: Value, survey: &Survey, response: &Response) -> Value {
    let value = |score: Option<f64>| score.map_or(Value::Null, json::number_to_value);
    let scores: Map<_, _> =
        scores(survey, &response.replies).into_iter().map(|(of, score)| (of.to_string(), value(score))).collect();
    let mut scored = stored;
    if let Some(object) = scored.as_object_mut().filter(|_| !scores.is_empty()) {
        object.insert("scores".to_owned(), scores.into());
    }
    scored
}

fn score(survey: &Survey, replies: &Replies, whole: &Item) -> Option<f64> {
    let items: Vec<(&Question, u8)> = survey.questions.iter().filter_map(|question| numbered(question, whole)).collect();
    let answer = |question: &Question| match replies.get(&question.id) {
        Some(Reply::Given(answer)) => Some(answer),
        _ => None,
    };
    let point = |at: usize| {
        let (question, _) = items.iter().find(|(_, number)| usize::from(*number) == at + 1)?;
        if let Answer::Scale(point) = answer(question)? { Some(*point) } else { None }
    };
    match whole.instrument {
        Instrument::Sus => sus(&from_fn(point)),
        Instrument::Umux => umux(&from_fn(point)),
        Instrument::UmuxLite => umux_lite(&from_fn(point)),
        Instrument::Seq => seq(&[point(0)]),
        Instrument::Tlx => {
            let number = |question: &Question| if let Answer::Number(number) = answer(question)? { Some(*number) } else { None };
            raw_tlx(&items.iter().map(|(question, _)| number(question)).collect::<Vec<_>>())
        }
    }
}

fn numbered<'a>(question: &'a Question, whole: &Item) -> Option<(&'a Question, u8)> {
    let item = question.item.as_ref().filter(|item| item.of == whole.of)?;
    Some((question, item.number))
}
