//! A respondent in the middle of a survey: what is kept, where they are and what has the focus.

use std::sync::Arc;

use chrono::NaiveDate;

use super::guard::Guard;
use super::{Context, Field};
use crate::developer::phrases::Phrases;
use crate::response::check::{self, Problem};
use crate::response::{Answer, Draft, Place, Replies, Reply};
use crate::survey::{Kind, Length, Question, QuestionId, Survey};

/// A respondent in the middle of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub(super) survey: Arc<Survey>,
    pub(super) draft: Draft,
    pub(super) today: NaiveDate,
    pub(super) phrases: &'static Phrases,
    /// What each question takes: known from the start, since every frame shows what is left.
    pub(super) seconds: Arc<[u32]>,
    pub(super) focus: Focus,
    pub(super) overlay: Option<Overlay>,
    pub(super) notice: Option<String>,
    pub(super) saving: Saving,
    /// Whether the respondent came from the review and goes back there.
    pub(super) from_review: bool,
    pub(super) guard: Guard<Session>,
}

/// What has the focus on the current question, or on the review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Focus {
    /// The place under the cursor: a point, choice or line, from 0; nothing at first.
    pub cursor: Option<usize>,
    /// The row of a matrix, from 0.
    pub row: usize,
    /// Whether a `1` waits for a `0` on a wide scale.
    pub one_waits: bool,
    /// What the keys are typed into.
    pub typing: Typing,
    /// The text under edit.
    pub field: Field,
}

/// What printable keys are typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// Nothing: keys are commands.
    #[default]
    Nothing,
    /// The answer itself.
    Answer,
    /// The respondent's own words for a choice.
    Other,
    /// The filter of a list.
    Filter,
}

/// What lies over the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The menu, with the line under the cursor.
    Menu(usize),
    /// The help, with the first line shown.
    Help(usize),
    /// The question whether to decline.
    Decline,
}

/// What a key on a question comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The respondent stays where they are.
    Stay,
    /// They go on to what follows.
    Advance,
    /// They write this text in their editor.
    Edit(String),
}

/// Whether the draft is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// Nothing to save yet.
    Untouched,
    /// On its way to the disk.
    Underway,
    /// Durable.
    Saved,
    /// The last attempt failed.
    Failed,
}

impl Session {
    /// Starts or resumes at the draft's place; `today` is where date questions start, and `notice` is shown until the first key, such as what changed in the survey.
    pub fn new(survey: Arc<Survey>, draft: Draft, today: NaiveDate, notice: Option<String>) -> Self {
        let seconds = survey.questions.iter().map(Question::seconds).collect();
        let saving = if draft.replies.is_empty() { Saving::Untouched } else { Saving::Saved };
        let mut session = Self {
            survey,
            draft,
            today,
            phrases: Phrases::ENGLISH,
            seconds,
            focus: Focus::default(),
            overlay: None,
            notice,
            saving,
            from_review: false,
            guard: Guard::default(),
        };
        session.focus = session.focus_of_place();
        session
    }

    /// Speaks with the respondent in these phrases rather than in English.
    #[must_use]
    pub fn speaking(self, phrases: &'static Phrases) -> Self {
        Self { phrases, ..self }
    }

    /// Gives the phrases the respondent is spoken with.
    pub fn phrases(&self) -> &'static Phrases {
        self.phrases
    }

    /// Gives the survey being answered.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Gives what must be kept.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Gives what has the focus.
    pub fn focus(&self) -> &Focus {
        &self.focus
    }

    /// Gives what lies over the question.
    pub fn overlay(&self) -> Option<Overlay> {
        self.overlay
    }

    /// Gives a line for the respondent, such as why a key did nothing.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Says whether the draft is durable.
    pub fn saving(&self) -> Saving {
        self.saving
    }

    /// Gives the current question; `None` at the review.
    pub fn question(&self) -> Option<&Question> {
        match &self.draft.place {
            Place::Question(id) => self.survey.question(id),
            Place::Review => None,
        }
    }

    /// Gives the current row of a matrix, from 0; `None` on every other question.
    pub fn row(&self) -> Option<usize> {
        (self.context_below() == Context::Matrix).then_some(self.focus.row)
    }

    /// Gives the reply to the current question.
    pub fn reply(&self) -> Option<&Reply> {
        self.question().and_then(|question| self.draft.replies.get(&question.id))
    }

    /// Gives the answer to the current question.
    pub fn answer(&self) -> Option<&Answer> {
        match self.reply() {
            Some(Reply::Given(answer)) => Some(answer),
            _ => None,
        }
    }

    /// Gives the place of the current question in the survey, from 0; the number of questions at the review.
    pub fn position(&self) -> usize {
        let here = |question: &Question| Place::Question(question.id.clone()) == self.draft.place;
        self.survey.questions.iter().position(here).unwrap_or(self.survey.questions.len())
    }

    /// Gives the number of the current question, from 1, and how many are asked; a note has the number of what follows.
    pub fn number(&self) -> (usize, usize) {
        let before = &self.survey.questions[..self.position()];
        let asked = self.survey.asked().count();
        let number = before.iter().filter(|question| question.kind != Kind::Note).count() + 1;
        (number.min(asked), asked)
    }

    /// Gives the estimated seconds from here to the end: of the author's budget, the share of the questions to come.
    pub fn seconds_left(&self) -> u32 {
        let (left, all) = (self.seconds[self.position()..].iter().sum::<u32>(), self.seconds.iter().sum::<u32>());
        let share = f64::from(left) / f64::from(all.max(1));
        crate::survey::seconds(self.survey.minutes() * share)
    }

    /// Gives what keeps the replies from being a response, in the survey's order.
    pub fn problems(&self) -> Vec<(QuestionId, Problem)> {
        let unfinished = |question: &Question| {
            let unfinished = self.draft.unfinished.contains_key(&question.id);
            let problem = check::problem(question, self.draft.replies.get(&question.id));
            let problem = if unfinished { Some(Problem::Unfinished) } else { problem };
            problem.map(|problem| (question.id.clone(), problem))
        };
        self.survey.asked().filter_map(unfinished).collect()
    }

    /// Gives how many questions have a reply, answered or missing by choice.
    pub fn replied(&self) -> usize {
        self.draft.replies.len()
    }

    /// Says what the keys mean.
    pub fn context(&self) -> Context {
        match self.overlay {
            Some(Overlay::Menu(_)) => Context::Menu,
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Decline) => Context::Decline,
            None => self.context_below(),
        }
    }

    /// Says what the keys mean on the question or the review, whatever lies over it.
    pub fn context_below(&self) -> Context {
        let Some(question) = self.question() else { return Context::Review };
        match (self.focus.typing, &question.kind) {
            (Typing::Other, _) => Context::Other,
            (Typing::Filter, _) => Context::Filter,
            (_, Kind::Scale { scale, .. }) if scale.points().len() > 9 => Context::WideScale,
            (_, Kind::Scale { .. }) => Context::Scale,
            (_, Kind::Boolean) => Context::Boolean,
            (_, Kind::Single { .. }) => Context::Single,
            (_, Kind::Multi { .. }) => Context::Multi,
            (_, Kind::Ranking { .. }) => Context::Ranking,
            (_, Kind::Matrix { .. }) => Context::Matrix,
            (_, Kind::Text { length: Length::Short, .. }) => Context::ShortText,
            (_, Kind::Text { length: Length::Long, .. }) => Context::LongText,
            (_, Kind::Number { .. } | Kind::Date { .. }) => Context::Steps,
            (_, Kind::Note) => Context::Note,
        }
    }

    /// Gives the places of the choices that pass the filter, in order; all of them without a filter.
    pub fn visible(&self) -> Vec<usize> {
        let choices = self.question().map_or(&[][..], |question| question.kind.choices());
        let wanted = match self.focus.typing {
            Typing::Filter => self.focus.field.text().to_lowercase(),
            _ => String::new(),
        };
        (0..choices.len()).filter(|at| choices[*at].label.to_lowercase().contains(&wanted)).collect()
    }

    pub(super) fn replies(&self) -> &Replies {
        &self.draft.replies
    }

    /// Makes an answer the current question's, and goes on.
    pub(super) fn answered(&mut self, answer: Answer) -> Step {
        self.set(Some(Reply::Given(answer)));
        Step::Advance
    }

    /// Stays, and tells the respondent why.
    pub(super) fn stay(&mut self, notice: impl Into<String>) -> Step {
        self.notice = Some(notice.into());
        Step::Stay
    }

    /// Makes a reply, or none, the current question's.
    pub(super) fn set(&mut self, reply: Option<Reply>) {
        let Some(id) = self.question().map(|question| question.id.clone()) else { return };
        self.draft.unfinished.remove(&id);
        match reply {
            Some(reply) => drop(self.draft.replies.insert(id, reply)),
            None => drop(self.draft.replies.remove(&id)),
        }
    }
}
