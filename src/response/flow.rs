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

use super::answer::holds;
use super::check::{Problem, problem};
use super::facts::{label, value};
use super::{Answer, Cell, Missing, Pick, Replies, Reply};
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
        if !survey.has_logic() {
            let asked = (0..survey.questions.len()).map(Asked::AsWritten).collect();
            return Self { asked, replies: replies.clone(), broken: BTreeMap::new() };
        }
        Self::walk(survey, arms, |question| replies.get(&question.id).cloned()).0
    }

    /// Walks through a presented survey with someone who replies to each question as it is asked; tells what was decided on the way.
    pub fn walk<'s>(
        survey: &'s Survey,
        arms: &Arms,
        mut reply: impl FnMut(&Question) -> Option<Reply>,
    ) -> (Self, Vec<Decision<'s>>) {
        let mut walk =
            Walk { survey, facts: Facts::default(), groups: BTreeMap::new(), flow: Self::default(), decisions: Vec::new() };
        let arms = arms.iter().map(|(variant, arm)| (variant.to_string(), arm.to_string())).collect();
        walk.facts.insert("variant", Value::Arms(arms));
        let mut at = 0;
        while let Some(question) = survey.questions.get(at) {
            at = walk.pass(at, question, &mut reply);
        }
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
    groups: BTreeMap<&'s Name, bool>,
    flow: Flow,
    decisions: Vec<Decision<'s>>,
}

impl<'s> Walk<'s> {
    /// Asks or passes by the question at a place; gives the place that follows.
    fn pass(&mut self, at: usize, question: &'s Question, reply: &mut impl FnMut(&Question) -> Option<Reply>) -> usize {
        if !self.is_asked(question) {
            return at + 1;
        }
        let Some(asked) = self.as_asked(at, question) else { return at + 1 };
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

    fn is_asked(&mut self, question: &'s Question) -> bool {
        question.group.as_ref().is_none_or(|group| self.is_open(group)) && self.holds(question.show_if.as_ref())
    }

    /// Says whether a condition holds, or that there is none.
    fn holds(&mut self, condition: Option<&'s Condition>) -> bool {
        condition.is_none_or(|condition| {
            let holds = condition.holds(&self.facts);
            self.decisions.push(Decision::Asked { condition, holds });
            holds
        })
    }

    /// Says whether a group is asked, with those around it: decided once, when its first question is come to.
    fn is_open(&mut self, name: &'s Name) -> bool {
        if let Some(open) = self.groups.get(name) {
            return *open;
        }
        let group = self.survey.groups.iter().find(|group| group.id == *name);
        let open = group.is_none_or(|group| {
            group.group.as_ref().is_none_or(|around| self.is_open(around)) && self.holds(group.show_if.as_ref())
        });
        self.groups.insert(name, open);
        open
    }

    /// Gives a question as it is asked; `None` where everything it could be answered with is hidden.
    fn as_asked(&mut self, at: usize, question: &'s Question) -> Option<Asked> {
        let hidden = if question.hides_options() { self.hidden(&question.kind) } else { BTreeSet::new() };
        if hidden.is_empty() && !question.has_pipes() {
            return Some(Asked::AsWritten(at));
        }
        let mut changed = question.clone();
        hide(&mut changed.kind, &hidden)?;
        let mut piped = false;
        changed.piped_mut(&mut |text| piped |= self.pipe(text));
        Some(if piped || !hidden.is_empty() { Asked::Changed(at, Box::new(changed)) } else { Asked::AsWritten(at) })
    }

    /// Gives the codes of the choices or rows that are hidden.
    fn hidden(&mut self, kind: &'s Kind) -> BTreeSet<&'s Code> {
        let choices = kind.choices().iter().map(|choice| (&choice.code, choice.show_if.as_ref()));
        let rows = kind.rows().iter().map(|row| (&row.code, row.show_if.as_ref()));
        choices.chain(rows).filter(|(_, condition)| !self.holds(*condition)).map(|(code, _)| code).collect()
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

/// Leaves out the choices or rows that are hidden; `None` where nothing is left.
fn hide(kind: &mut Kind, hidden: &BTreeSet<&Code>) -> Option<()> {
    match kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices } => {
            choices.retain(|choice| !hidden.contains(&choice.code));
            (!choices.is_empty()).then_some(())?;
        }
        Kind::Matrix { rows, .. } => {
            rows.retain(|row| !hidden.contains(&row.code));
            (!rows.is_empty()).then_some(())?;
        }
        _ => {}
    }
    if let Kind::Multi { choices, min, max } = kind {
        let together = choices.iter().filter(|choice| !choice.exclusive).count().max(1);
        (*min, *max) = ((*min).min(together), (*max).min(choices.len()));
    }
    Some(())
}

/// Gives the part of a reply that counts for a question as it is asked; `None` where nothing of it does.
fn counting(question: &Question, reply: &Reply) -> Option<Reply> {
    let has = |code: &Code| question.kind.choices().iter().any(|choice| choice.code == *code);
    let has_pick = |pick: &Pick| match pick {
        Pick::Code(code) => has(code),
        Pick::Other(_) => question.kind.choices().iter().any(|choice| choice.other),
    };
    let answer = match reply {
        Reply::Missing(_) => return Some(reply.clone()),
        Reply::Given(Answer::Single(pick)) => Answer::Single(Some(pick.clone()).filter(has_pick)?),
        Reply::Given(Answer::Multi(picks)) => {
            let picks: Vec<Pick> = picks.iter().filter(|pick| has_pick(pick)).cloned().collect();
            if picks.is_empty() {
                return None;
            }
            Answer::Multi(super::json::in_order(question.kind.choices(), picks))
        }
        Reply::Given(Answer::Ranking(order)) => {
            let order: Vec<Code> = order.iter().filter(|code| has(code)).cloned().collect();
            if order.is_empty() {
                return None;
            }
            Answer::Ranking(order)
        }
        Reply::Given(Answer::Matrix(cells)) => {
            let Kind::Matrix { rows, .. } = &question.kind else { return None };
            let shown = |code: &&Code| rows.iter().any(|row| row.code == **code);
            let cells: BTreeMap<Code, Cell> =
                cells.iter().filter(|(code, _)| shown(code)).map(|(code, cell)| (code.clone(), *cell)).collect();
            if cells.is_empty() {
                return None;
            }
            Answer::Matrix(cells)
        }
        Reply::Given(answer) => answer.clone(),
    };
    Some(Reply::Given(answer))
}

/// Adds to a reply what is hidden at the moment and was answered before, so that it comes up again when it is shown.
///
/// What can't stand beside the reply is left out: an exclusive choice, and what goes over the greatest number of choices.
pub fn with_hidden(shown: &Question, written: Option<&Question>, before: Option<&Reply>, reply: Reply) -> Reply {
    let is_hidden = |code: &Code| !shown.kind.choices().iter().any(|choice| choice.code == *code);
    match (reply, before) {
        (Reply::Given(Answer::Multi(mut picks)), Some(Reply::Given(Answer::Multi(before)))) => {
            let Some(Kind::Multi { choices, max, .. }) = written.map(|written| &written.kind) else {
                return Reply::Given(Answer::Multi(picks));
            };
            let exclusive =
                |pick: &Pick| choices.iter().any(|choice| choice.exclusive && holds(std::slice::from_ref(pick), choice));
            let room = if picks.iter().any(exclusive) { 0 } else { max.saturating_sub(picks.len()) };
            let hidden = before.iter().filter(|pick| matches!(pick, Pick::Code(code) if is_hidden(code)) && !exclusive(pick));
            picks.extend(hidden.take(room).cloned());
            Reply::Given(Answer::Multi(super::json::in_order(choices, picks)))
        }
        (Reply::Given(Answer::Matrix(mut cells)), Some(Reply::Given(Answer::Matrix(before)))) => {
            let Kind::Matrix { rows, .. } = &shown.kind else { return Reply::Given(Answer::Matrix(cells)) };
            let is_hidden = |code: &Code| !rows.iter().any(|row| row.code == *code);
            cells.extend(before.iter().filter(|(code, _)| is_hidden(code)).map(|(code, cell)| (code.clone(), *cell)));
            Reply::Given(Answer::Matrix(cells))
        }
        (reply, _) => reply,
    }
}

/// Marks the rows of a finished matrix that weren't shown.
fn with_hidden_rows(written: &Question, shown: &Question, reply: Reply) -> Reply {
    match (&written.kind, &shown.kind, reply) {
        (Kind::Matrix { rows: all, .. }, Kind::Matrix { rows, .. }, Reply::Given(Answer::Matrix(mut cells))) => {
            let hidden = all.iter().filter(|row| !rows.iter().any(|shown| shown.code == row.code));
            cells.extend(hidden.map(|row| (row.code.clone(), Cell::Missing(Missing::NotShown))));
            Reply::Given(Answer::Matrix(cells))
        }
        (_, _, reply) => reply,
    }
}

#[cfg(test)]
mod tests;
