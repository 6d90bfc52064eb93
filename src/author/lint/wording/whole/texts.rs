//! Runs the rules for single texts over a survey, with what the survey around a text makes of them.
//!
//! A period named in an earlier note holds for the questions after it; a question that is only asked after another takes nothing
//! for granted; an acronym is spelt out once.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{About, Finding, english};
use crate::author::lint::wording::Rule;
use crate::author::lint::wording::sentences::{self, Hit, Role};
use crate::survey::{Kind, Measure, Part, Question, Survey, Text};

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    let mut walk = Walk { survey, findings: Vec::new(), expanded: BTreeSet::new(), has_period: false };
    walk.head();
    for question in &survey.questions {
        walk.question(question);
    }
    walk.findings
}

/// The way through a survey, and what its texts have said so far.
struct Walk<'s> {
    survey: &'s Survey,
    findings: Vec<Finding>,
    /// The acronyms that were spelt out or reported.
    expanded: BTreeSet<String>,
    /// Whether a text before the questions has said which time they are about.
    has_period: bool,
}

/// A text at its place in the survey.
#[derive(Clone, Copy)]
struct Place<'s> {
    question: Option<&'s Question>,
    key: &'static str,
    role: Role,
}

impl<'s> Walk<'s> {
    fn head(&mut self) {
        let survey = self.survey;
        self.read(&survey.title, Place { question: None, key: "title", role: Role::Help });
        if let Some(introduction) = &survey.introduction {
            self.read(introduction, Place { question: None, key: "introduction", role: Role::Help });
            self.learn_period(introduction);
        }
        for segment in survey.segments.iter().filter(|segment| survey.privacy.segments.contains(&segment.id)) {
            let labels = segment.label.iter().chain(segment.values.iter().map(|value| &value.label));
            labels.for_each(|label| self.read(label, Place { question: None, key: "segment", role: Role::Label }));
        }
    }

    fn question(&mut self, question: &'s Question) {
        if question.item.is_some() {
            return;
        }
        for (part, text) in question.texts() {
            if let Some(role) = role(self.survey, question, part) {
                self.read(text, Place { question: Some(question), key: part.key(), role });
            }
        }
        if question.kind == Kind::Note {
            self.learn_period(&question.text);
        }
    }

    /// Reads the English versions of a text.
    fn read(&mut self, text: &'s Text, place: Place<'s>) {
        for (english, span) in english::versions(self.survey, text) {
            self.expanded.extend(sentences::expanded(english));
            for hit in sentences::sentence(english, place.role) {
                if !self.is_answered(&hit, english, place) {
                    self.report(hit, &span, place);
                }
            }
        }
    }

    fn report(&mut self, hit: Hit, span: &Range<usize>, place: Place<'s>) {
        let question = place.question.map(|question| question.id.clone());
        let about = About::Rule(hit.rule);
        // One finding for all labels of a scale: its remedy is the same.
        let listed = matches!(place.key, "labels" | "anchors" | "choices") && hit.rule == Rule::VagueQuantifier;
        let last = self.findings.last().map(|last| (last.about, last.key, &last.question));
        if listed && last == Some((about, place.key, &question)) {
            return;
        }
        let Hit { place: part, message, help, .. } = hit;
        self.findings.push(Finding { about, question, key: place.key, span: span.clone(), part: Some(part), message, help });
    }

    /// Says whether the survey around a text makes up for what it lacks.
    fn is_answered(&mut self, hit: &Hit, text: &str, place: Place<'s>) -> bool {
        match hit.rule {
            Rule::UnexpandedAcronym => !self.expanded.insert(text[hit.place.clone()].to_owned()),
            Rule::NoReferencePeriod => self.has_period || place.question.is_some_and(|question| self.names_period(question)),
            Rule::Presupposition => place.question.is_some_and(|question| self.asks_first(question)),
            _ => false,
        }
    }

    /// Says whether a question's help, choices, scale or unit names the time to count in.
    fn names_period(&self, question: &Question) -> bool {
        let is_beside = |part| {
            matches!(part, Part::Help | Part::Unit | Part::Choice(_) | Part::Point(_) | Part::Low | Part::Mid | Part::High)
        };
        let mut texts = question.texts().filter(|(part, _)| is_beside(*part));
        texts.any(|(_, text)| english::text(self.survey, text).is_some_and(sentences::names_period))
    }

    /// Says whether not everyone is asked, or there is a choice for those whom nothing fits.
    fn asks_first(&self, question: &Question) -> bool {
        self.survey.is_conditional(question) || question.kind.choices().iter().any(|choice| choice.exclusive)
    }

    fn learn_period(&mut self, text: &Text) {
        self.has_period |= english::text(self.survey, text).is_some_and(sentences::sets_period);
    }
}

/// Tells what a text of a question is for; `None` for what is no sentence and no label.
fn role(survey: &Survey, question: &Question, part: Part<'_>) -> Option<Role> {
    match part {
        Part::Text | Part::TextFor { .. } => Some(of_question(survey, question)),
        Part::Help | Part::HelpFor { .. } | Part::Message => Some(Role::Help),
        Part::Row(_) => Some(Role::Statement),
        Part::Choice(_) | Part::Point(_) | Part::Low | Part::Mid | Part::High => Some(Role::Label),
        Part::Unit => None,
    }
}

/// Tells what the text of a question itself is for.
fn of_question(survey: &Survey, question: &Question) -> Role {
    let asks = english::text(survey, &question.text).is_some_and(|text| text.contains('?'));
    match &question.kind {
        Kind::Note => Role::Help,
        Kind::Scale { measure: Measure::Likert | Measure::Ces, .. } | Kind::Matrix { .. } if !asks => Role::Statement,
        _ => Role::Question,
    }
}
