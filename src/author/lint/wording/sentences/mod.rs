//! The rules that look at one text alone, without the survey around it.
//!
//! A text is read once into words with their classes; every rule is one pass over those.

mod absolute;
mod acronym;
mod classes;
mod double_barrelled;
mod leading;
mod length;
mod loaded;
mod negation;
mod period;
mod phrases;
mod presupposition;
mod text;
mod vague;
mod vocabulary;
mod words;
mod zones;

use std::ops::Range;

use super::Rule;
use text::Text;

/// What a text is for, which decides the rules that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A question.
    Question,
    /// A statement to agree with, or a row to rate.
    Statement,
    /// The line of explanation under a question.
    Help,
    /// A choice, or a point of a scale.
    Label,
}

/// A place of a text that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The rule.
    pub rule: Rule,
    /// The place in bytes of the text.
    pub place: Range<usize>,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
}

/// Finds what an English text says in a way that spoils its answers, in the order of the text.
pub fn sentence(text: &str, role: Role) -> Vec<Hit> {
    let mut text = Text::read(text);
    zones::mark(&mut text);
    let mut hits = Hits { text: &text, role, found: Vec::new() };
    if matches!(role, Role::Question | Role::Statement) {
        double_barrelled::find(&mut hits);
        absolute::find(&mut hits);
        negation::find(&mut hits);
    }
    if role == Role::Question {
        presupposition::find(&mut hits);
        period::find(&mut hits);
    }
    if role != Role::Label {
        leading::find(&mut hits);
    }
    if role != Role::Help {
        vague::find(&mut hits);
    }
    loaded::find(&mut hits);
    acronym::find(&mut hits);
    length::find(&mut hits);
    let mut found = hits.found;
    found.sort_by_key(|hit| (hit.place.start, hit.rule));
    found
}

/// Says whether an English text names a period or an occasion that amounts can be counted in.
pub(super) fn names_period(text: &str) -> bool {
    period::is_named(&Text::read(text))
}

/// Says whether an English text, such as a note, names the period that the questions after it are about.
pub(super) fn sets_period(text: &str) -> bool {
    period::is_set(&Text::read(text))
}

/// Gives the acronyms that an English text spells out.
pub(super) fn expanded(text: &str) -> impl Iterator<Item = String> {
    acronym::expanded(&Text::read(text)).into_iter().map(str::to_owned)
}

/// What the rules have found in one text.
struct Hits<'h> {
    text: &'h Text<'h>,
    role: Role,
    found: Vec<Hit>,
}

impl Hits<'_> {
    /// Adds what a rule found at some tokens; the message quotes them after its words.
    fn quote(&mut self, rule: Rule, tokens: Range<usize>, message: &str, help: &str) {
        let message = format!("{message} “{}”", self.text.written(tokens.clone()));
        self.add(rule, tokens, message, help);
    }

    /// Adds what a rule found at some tokens.
    fn add(&mut self, rule: Rule, tokens: Range<usize>, message: impl Into<String>, help: &str) {
        self.add_at(rule, self.text.place(tokens), message, help);
    }

    /// Adds what a rule found at some bytes.
    fn add_at(&mut self, rule: Rule, place: Range<usize>, message: impl Into<String>, help: &str) {
        self.found.push(Hit { rule, place, message: message.into(), help: help.to_owned() });
    }
}
