//! The rules that look at a whole survey: its texts in their places, its scales, its order, its length and its privacy.
//!
//! Questions of a named instrument are left alone: their words are fixed and were tested by others.

mod about;
mod asking;
mod english;
mod families;
mod limits;
mod person;
mod poles;
mod ranges;
mod scales;
mod texts;
mod waivers;
mod ways_out;

pub use about::About;

use std::ops::Range;

use super::Rule;
use crate::survey::{Question, QuestionId, Survey};

/// What an author should look at again in a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub about: About,
    /// The question; `None` for the survey as a whole.
    pub question: Option<QuestionId>,
    /// The key of the survey's file it stands at, such as `text`, `choices` or `labels`.
    pub key: &'static str,
    /// Where its text stands in the survey's file, in bytes; empty where it is about no text, or the file doesn't have it.
    pub span: Range<usize>,
    /// The part of that text, in bytes of the text; `None` for all of it.
    pub part: Option<Range<usize>>,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
}

/// Finds what a survey says or asks in a way that spoils its answers, in the order of the survey; what is waived is left out.
pub fn survey(survey: &Survey) -> Vec<Finding> {
    let mut findings = texts::find(survey);
    findings.extend(scales::find(survey));
    findings.extend(families::find(survey));
    findings.extend(ranges::find(survey));
    findings.extend(asking::find(survey));
    findings.extend(limits::find(survey));
    let mut findings = waivers::apply(survey, findings);
    let place = |finding: &Finding| {
        let id = finding.question.as_ref();
        id.and_then(|id| survey.questions.iter().position(|question| question.id == *id)).map_or(0, |position| position + 1)
    };
    findings.sort_by_cached_key(|finding| (place(finding), finding.span.start, finding.part.as_ref().map(|part| part.start)));
    findings
}

/// Gives the questions whose words are the author's own, notes included.
fn own_questions(survey: &Survey) -> impl Iterator<Item = &Question> {
    survey.questions.iter().filter(|question| question.item.is_none())
}

/// Gives the place in the survey's file that a key of a question has, as far as its texts tell; else that of the question's text.
fn place(question: &Question, key: &str) -> Range<usize> {
    let texts = question.texts().filter(|(part, _)| part.key() == key);
    let places: Vec<Range<usize>> = texts.map(|(_, text)| text.place()).filter(|place| !place.is_empty()).collect();
    let start = places.iter().map(|place| place.start).min();
    let end = places.iter().map(|place| place.end).max();
    start.zip(end).map_or(question.text.place(), |(start, end)| start..end)
}

impl Finding {
    /// Makes a finding about something that is no text.
    fn new(rule: Rule, question: Option<&Question>, key: &'static str, message: impl Into<String>, help: &str) -> Self {
        let span = question.map_or(0..0, |question| place(question, key));
        let question = question.map(|question| question.id.clone());
        Self { about: About::Rule(rule), question, key, span, part: None, message: message.into(), help: help.to_owned() }
    }
}
