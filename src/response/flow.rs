//! The way through a survey: which questions are asked with the replies so far, as they stand with what is hidden left out.
//!
//! It is walked from the start, so that a question looks only at what was asked before it. The reply to a question that isn't on
//! the way counts as missing and is kept in the draft: going back brings it up again. The same replies give the same way.
//!
//! ```text
//!  survey (presented), replies ── one question after the other ──▶ questions on the way, as they are asked
//!                                   │  show_if, groups, jumps      replies that count
//!                                   └─ facts grow as it goes       constraints that are broken
//! ```

use std::collections::{BTreeMap, BTreeSet};

mod counting;
mod hidden;

pub use counting::with_hidden;
pub use hidden::Hidden;

use counting::{counting, hide, with_hidden_rows};

use super::check::{Problem, problem};
use super::facts::{label, value};
use super::{Missing, Replies, Reply};
use crate::survey::condition::{Facts, Value};
use crate::survey::piping::fill;
use crate::survey::presentation::Arms;
use crate::survey::{Code, Condition, Jump, Kind, Name, Question, QuestionId, Survey, Target, Text};

/// The way through a survey with the replies so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    asked: Vec<Asked>,
    replies: Replies,
    broken: BTreeMap<QuestionId, String>,
}

/// A question on the way.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    /// As it is written, by its place in the survey.
    AsWritten(usize),
    /// With an answer in its text, or without what is hidden.
    Changed(usize, Box<Question>),
}

/// How far someone has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Questions on the way with an answer.
    pub answered: usize,
    /// Questions on the way that take one.
    pub asked: usize,
}

/// What was decided on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision<'s> {
    /// A condition was asked; for a constraint, it held unless the answer breaks it.
    Asked {
        /// The condition.
        condition: &'s Condition,
        /// Whether it held.
        holds: bool,
    },
    /// A jump was taken.
    Jumped(&'s Jump),
}

impl Flow {
    /// Walks through a presented survey.
    pub fn new(survey: &Survey, arms: &Arms, replies: &Replies) -> Self {
        Self::exposing(survey, arms, replies, None)
    }

    /// Walks through a presented survey, and asks one question of it whatever hides it.
    pub fn exposing(survey: &Survey, arms: &Arms, replies: &Replies, exposed: Option<&QuestionId>) -> Self {
        if !survey.has_logic() {
            let asked = (0..survey.questions.len()).map(Asked::AsWritten).collect();
            return Self { asked, replies: replies.clone(), broken: BTreeMap::new() };
        }
        Walk::through(survey, arms, exposed, |question| replies.get(&question.id).cloned()).flow
    }

    /// Gives the questions and notes that aren't on the way, by their place in the survey, each with what hides it.
    pub fn hidden<'s>(survey: &'s Survey, arms: &Arms, replies: &Replies) -> BTreeMap<usize, Hidden<'s>> {
        Walk::through(survey, arms, None, |question| replies.get(&question.id).cloned()).hidden
    }

    /// Walks through a presented survey with someone who replies to each question as it is asked; tells what was decided on the way.
    pub fn walk<'s>(survey: &'s Survey, arms: &Arms, reply: impl FnMut(&Question) -> Option<Reply>) -> (Self, Vec<Decision<'s>>) {
        let walk = Walk::through(survey, arms, None, reply);
        (walk.flow, walk.decisions)
    }

    /// Gives how many questions and notes are on the way.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Says whether nothing is asked at all.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Gives the question at a place of the way, from 0, as it is asked.
    pub fn question<'a>(&'a self, survey: &'a Survey, at: usize) -> Option<&'a Question> {
        self.asked.get(at).map(|asked| asked.question(survey))
    }

    /// Gives the questions and notes on the way, as they are asked.
    pub fn questions<'a>(&'a self, survey: &'a Survey) -> impl Iterator<Item = &'a Question> {
        self.asked.iter().map(|asked| asked.question(survey))
    }

    /// Gives the place on the way of a question; `None` where it isn't asked.
    pub fn position(&self, survey: &Survey, id: &QuestionId) -> Option<usize> {
        self.questions(survey).position(|question| question.id == *id)
    }

    /// Gives the place in the survey of each question on the way.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.asked.iter().map(|asked| match asked {
            Asked::AsWritten(at) | Asked::Changed(at, _) => *at,
        })
    }

    /// Gives the replies that count: those to questions on the way, without what is hidden.
    pub fn replies(&self) -> &Replies {
        &self.replies
    }

    /// Gives how many of the questions on the way have an answer.
    pub fn progress(&self, survey: &Survey) -> Progress {
        let has_answer = |question: &&Question| matches!(self.replies.get(&question.id), Some(Reply::Given(_)));
        let asked = || self.questions(survey).filter(|question| question.kind != Kind::Note);
        Progress { answered: asked().filter(has_answer).count(), asked: asked().count() }
    }

    /// Gives what the author says of an answer that breaks its constraint.
    pub fn broken(&self, id: &QuestionId) -> Option<&str> {
        self.broken.get(id).map(String::as_str)
    }

    /// Gives what keeps the reply to a question on the way from being part of a response.
    pub fn problem(&self, question: &Question) -> Option<Problem> {
        let broken = || self.broken(&question.id).map(|message| Problem::Broken(message.to_owned()));
        problem(question, self.replies.get(&question.id)).or_else(broken)
    }

    /// Gives every question on the way whose reply keeps the whole from being a response, in the order they are asked.
    pub fn problems(&self, survey: &Survey) -> Vec<(QuestionId, Problem)> {
        let found = |question: &Question| self.problem(question).map(|problem| (question.id.clone(), problem));
        self.questions(survey).filter_map(found).collect()
    }

    /// Gives a reply for every question of the survey but notes: not shown where it wasn't, unanswered where nothing was said.
    pub fn finished(&self, survey: &Survey) -> Replies {
        let shown: BTreeMap<&QuestionId, &Question> = self.questions(survey).map(|question| (&question.id, question)).collect();
        let reply = |question: &Question| match shown.get(&question.id) {
            None => Reply::Missing(Missing::NotShown),
            Some(shown) => match self.replies.get(&question.id) {
                None => Reply::Missing(Missing::Unanswered),
                Some(reply) => with_hidden_rows(question, shown, reply.clone()),
            },
        };
        survey.asked().map(|question| (question.id.clone(), reply(question))).collect()
    }
}

impl Asked {
    fn question<'a>(&'a self, survey: &'a Survey) -> &'a Question {
        match self {
            Self::AsWritten(at) => &survey.questions[*at],
            Self::Changed(_, question) => question,
        }
    }
}

struct Walk<'s> {
    survey: &'s Survey,
    facts: Facts,
    groups: BTreeMap<&'s Name, Option<Hidden<'s>>>,
    /// The place of the question that is asked whatever hides it.
    exposed: Option<usize>,
    hidden: BTreeMap<usize, Hidden<'s>>,
    flow: Flow,
    decisions: Vec<Decision<'s>>,
}

impl<'s> Walk<'s> {
    fn through(
        survey: &'s Survey,
        arms: &Arms,
        exposed: Option<&QuestionId>,
        mut reply: impl FnMut(&Question) -> Option<Reply>,
    ) -> Self {
        let exposed = exposed.and_then(|id| survey.questions.iter().position(|question| question.id == *id));
        let (facts, groups, hidden) = (Facts::default(), BTreeMap::new(), BTreeMap::new());
        let mut walk = Self { survey, facts, groups, exposed, hidden, flow: Flow::default(), decisions: Vec::new() };
        let arms = arms.iter().map(|(variant, arm)| (variant.to_string(), arm.to_string())).collect();
        walk.facts.insert("variant", Value::Arms(arms));
        let mut at = 0;
        while let Some(question) = survey.questions.get(at) {
            let next = walk.pass(at, question, &mut reply);
            for passed in at + 1..next {
                walk.hidden.insert(passed, Hidden::PassedOver(&question.id));
                if exposed == Some(passed) {
                    walk.pass(passed, &survey.questions[passed], &mut reply);
                }
            }
            at = next;
        }
        walk
    }

    /// Asks or passes by the question at a place; gives the place that follows.
    fn pass(&mut self, at: usize, question: &'s Question, reply: &mut impl FnMut(&Question) -> Option<Reply>) -> usize {
        let asked = match self.hides(question) {
            Some(hidden) if self.exposed != Some(at) => Err(hidden),
            _ => self.as_asked(at, question).ok_or(Hidden::NothingToAnswerWith),
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(hidden) => {
                self.hidden.insert(at, hidden);
                return at + 1;
            }
        };
        let shown = asked.question(self.survey);
        let counts = reply(shown).and_then(|reply| counting(shown, &reply));
        if let Some(value) = value(shown, counts.as_ref()) {
            self.facts.insert(question.id.as_str(), value);
        }
        if let (Some(constraint), Some(Reply::Given(_))) = (&question.constraint, &counts) {
            let holds = constraint.must.ask(&self.facts) != Some(false);
            self.decisions.push(Decision::Asked { condition: &constraint.must, holds });
            if !holds {
                self.flow.broken.insert(question.id.clone(), constraint.message.to_string());
            }
        }
        self.flow.replies.extend(counts.map(|reply| (question.id.clone(), reply)));
        self.flow.asked.push(asked);
        self.next(at, question)
    }

    fn next(&mut self, at: usize, question: &'s Question) -> usize {
        let Some(jump) = question.jumps.iter().find(|jump| self.holds(jump.condition.as_ref())) else { return at + 1 };
        self.decisions.push(Decision::Jumped(jump));
        match &jump.to {
            Target::End => self.survey.questions.len(),
            Target::Question(id) => {
                let target = self.survey.questions.iter().position(|question| question.id == *id);
                // Chance may have put the target's group in another order, but never before this question.
                target.filter(|target| *target > at).unwrap_or(at + 1)
            }
        }
    }

    /// Gives what hides a question: its group, or its own condition.
    fn hides(&mut self, question: &'s Question) -> Option<Hidden<'s>> {
        let around = question.group.as_ref().and_then(|group| self.hides_group(group));
        around.or_else(|| question.show_if.as_ref().filter(|condition| !self.holds(Some(condition))).map(Hidden::Condition))
    }

    /// Says whether a condition holds, or that there is none.
    fn holds(&mut self, condition: Option<&'s Condition>) -> bool {
        condition.is_none_or(|condition| {
            let holds = condition.holds(&self.facts);
            self.decisions.push(Decision::Asked { condition, holds });
            holds
        })
    }

    /// Gives what hides a group, with those around it: decided once, when its first question is come to.
    fn hides_group(&mut self, name: &'s Name) -> Option<Hidden<'s>> {
        if let Some(known) = self.groups.get(name) {
            return *known;
        }
        let group = self.survey.groups.iter().find(|group| group.id == *name);
        let hidden = group.and_then(|group| {
            let around = group.group.as_ref().and_then(|around| self.hides_group(around));
            let own = group.show_if.as_ref().filter(|condition| around.is_none() && !self.holds(Some(condition)));
            around.or(own.map(|condition| Hidden::Group(&group.id, condition)))
        });
        self.groups.insert(name, hidden);
        hidden
    }

    /// Gives a question as it is asked; `None` where everything it could be answered with is hidden.
    fn as_asked(&mut self, at: usize, question: &'s Question) -> Option<Asked> {
        let hidden = if question.hides_options() { self.hidden_codes(&question.kind) } else { BTreeSet::new() };
        if hidden.is_empty() && !question.has_pipes() {
            return Some(Asked::AsWritten(at));
        }
        let mut changed = question.clone();
        if hide(&mut changed.kind, &hidden).is_none() {
            (self.exposed == Some(at)).then_some(())?;
            changed.kind = question.kind.clone();
        }
        let mut piped = false;
        changed.piped_mut(&mut |text| piped |= self.pipe(text));
        Some(if piped || !hidden.is_empty() { Asked::Changed(at, Box::new(changed)) } else { Asked::AsWritten(at) })
    }

    /// Gives the codes of the choices or rows that are hidden.
    fn hidden_codes(&mut self, kind: &'s Kind) -> BTreeSet<&'s Code> {
        kind.options().filter(|option| !self.holds(option.show_if)).map(|option| option.code).collect()
    }

    /// Fills a text in with earlier answers; says whether that changed it.
    fn pipe(&self, text: &mut Text) -> bool {
        let answer = |id: &str| {
            let question = self.flow.questions(self.survey).find(|question| question.id.as_str() == id)?;
            label(question, self.flow.replies.get(&question.id))
        };
        let filled = match fill(text, answer) {
            std::borrow::Cow::Borrowed(_) => return false,
            std::borrow::Cow::Owned(filled) => filled,
        };
        text.show(filled);
        true
    }
}

#[cfg(test)]
mod tests;
