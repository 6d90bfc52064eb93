//! A respondent in the middle of a survey: what is kept, where they are and what has the focus.

use std::sync::Arc;

use chrono::NaiveDate;

use super::guard::Guard;
use super::{Context, Extent, Focus, Typing};
use crate::developer::phrases::Phrases;
use crate::response::check::{self, Problem};
use crate::response::flow::Progress;
use crate::response::{Answer, Draft, Flow, Opened, Pick, Place, Replies, Reply, flow};
use crate::survey::presentation::Arms;
use crate::survey::{Choice, Code, Kind, Length, Question, QuestionId, Survey};

/// A respondent in the middle of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// The survey as this respondent meets it.
    pub(super) survey: Arc<Survey>,
    pub(super) arms: Arc<Arms>,
    /// The way through it with the replies so far.
    pub(super) flow: Arc<Flow>,
    /// The question that is asked whatever hides it, as long as it is the current one.
    pub(super) exposed: Option<QuestionId>,
    pub(super) draft: Draft,
    pub(super) today: NaiveDate,
    pub(super) phrases: &'static Phrases,
    /// What each question takes: known from the start, since every frame shows what is left.
    pub(super) seconds: Arc<[u32]>,
    pub(super) focus: Focus,
    pub(super) overlay: Option<Overlay>,
    /// How far what is read goes, once a screen has told.
    pub(super) extent: Option<Extent>,
    pub(super) notice: Option<String>,
    pub(super) saving: Saving,
    /// The way as it was at the review the respondent came from, and goes back to.
    pub(super) from_review: Option<Arc<Flow>>,
    pub(super) guard: Guard<Session>,
    /// Whether an earlier answer is there, which stays where this one isn't sent off.
    pub(super) changes: bool,
    /// Whether the answers leave this machine once they are sent off.
    pub(super) leaves: bool,
    /// Whether the respondent's own words leave it too.
    pub(super) words_leave: bool,
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
    /// The question what becomes of words that may tell too much, with the first line shown.
    Words(usize),
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
    /// Starts or resumes at the draft's place; `today` is where date questions start.
    pub fn new(survey: &Survey, draft: Draft, today: NaiveDate) -> Self {
        Self::on(Opened::of(survey, draft), today)
    }

    /// Starts or resumes a draft that is open.
    pub fn on(Opened { draft, survey, arms, flow }: Opened, today: NaiveDate) -> Self {
        let seconds = survey.questions.iter().map(Question::seconds).collect();
        let saving = if draft.replies.is_empty() { Saving::Untouched } else { Saving::Saved };
        let mut session = Self {
            survey: Arc::new(survey),
            arms: Arc::new(arms),
            flow: Arc::new(flow),
            exposed: None,
            draft,
            today,
            phrases: Phrases::ENGLISH,
            seconds,
            focus: Focus::default(),
            overlay: None,
            extent: None,
            notice: None,
            saving,
            from_review: None,
            guard: Guard::default(),
            changes: false,
            leaves: false,
            words_leave: false,
        };
        session.settle_place();
        session.focus = session.focus_of_place();
        session
    }

    /// Speaks with the respondent in these phrases rather than in English.
    #[must_use]
    pub fn speaking(self, phrases: &'static Phrases) -> Self {
        Self { phrases, ..self }
    }

    /// Shows a line until the first key, such as what has changed in the survey.
    #[must_use]
    pub fn telling(self, notice: Option<String>) -> Self {
        Self { notice, ..self }
    }

    /// Goes on to what is asked next where the draft's place isn't on the way any more, such as after a change of the survey.
    pub(super) fn settle_place(&mut self) {
        let Place::Question(id) = &self.draft.place else { return };
        if self.flow.position(&self.survey, id).is_some() {
            return;
        }
        let written = self.survey.questions.iter().position(|question| question.id == *id).unwrap_or(0);
        let next = self.flow.places().position(|place| place >= written);
        let next = next.and_then(|at| self.flow.question(&self.survey, at));
        self.draft.place = next.map_or(Place::Review, |question| Place::Question(question.id.clone()));
    }

    /// Shows a question, even one that isn't on the way: it stays until the respondent goes on from it. What was typed is kept.
    #[must_use]
    pub fn exposing(mut self, id: &QuestionId) -> Self {
        self.park();
        self.exposed = Some(id.clone()).filter(|id| self.survey.question(id).is_some());
        self.walk();
        if let Some(id) = self.exposed.clone() {
            self.show(Place::Question(id));
        }
        self
    }

    /// Finds the way again, after a reply or what is exposed has changed.
    pub(super) fn walk(&mut self) {
        self.flow = Arc::new(Flow::exposing(&self.survey, &self.arms, &self.draft.replies, self.exposed.as_ref()));
    }

    /// Gives the phrases the respondent is spoken with.
    pub fn phrases(&self) -> &'static Phrases {
        self.phrases
    }

    /// Gives the survey being answered, as the respondent meets it.
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
            Place::Question(id) => self.flow.questions(&self.survey).find(|question| question.id == *id),
            Place::Review => None,
        }
    }

    /// Gives the questions on the way that take an answer, each with its place on the way, from 0.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.flow.questions(&self.survey).enumerate().filter(|(_, question)| question.kind != Kind::Note)
    }

    /// Gives the question at a place on the way, from 0.
    pub fn question_at(&self, place: usize) -> Option<&Question> {
        self.flow.question(&self.survey, place)
    }

    /// Gives the place on the way of a question, from 0; `None` where it isn't asked.
    pub fn place_of(&self, id: &QuestionId) -> Option<usize> {
        self.flow.position(&self.survey, id)
    }

    /// Gives the replies that count: those to questions on the way, without what is hidden.
    pub fn replies(&self) -> &Replies {
        self.flow.replies()
    }

    /// Gives the current row of a matrix, from 0; `None` on every other question.
    pub fn row(&self) -> Option<usize> {
        (self.context_below() == Context::Matrix).then_some(self.focus.row)
    }

    /// Gives the reply to the current question.
    pub fn reply(&self) -> Option<&Reply> {
        self.question().and_then(|question| self.replies().get(&question.id))
    }

    /// Gives the answer to the current question.
    pub fn answer(&self) -> Option<&Answer> {
        match self.reply() {
            Some(Reply::Given(answer)) => Some(answer),
            _ => None,
        }
    }

    /// Gives the choices of the current question as they are offered.
    pub fn choices(&self) -> &[Choice] {
        self.question().map_or(&[], |question| question.kind.choices())
    }

    /// Gives what is taken of the choices of the current question.
    pub fn picks(&self) -> &[Pick] {
        self.answer().map_or(&[], Answer::picks)
    }

    /// Gives the order of preference so far of the current question.
    pub fn order(&self) -> &[Code] {
        match self.answer() {
            Some(Answer::Ranking(order)) => order,
            _ => &[],
        }
    }

    /// Gives the place of the current question on the way, from 0; the number of questions on it at the review.
    pub fn position(&self) -> usize {
        let place = match &self.draft.place {
            Place::Question(id) => self.place_of(id),
            Place::Review => None,
        };
        place.unwrap_or(self.flow.len())
    }

    /// Gives the number of the current question, from 1, and how many are asked; a note has the number of what follows.
    pub fn number(&self) -> (usize, usize) {
        let here = self.position();
        let asked = self.asked().count();
        let number = self.asked().filter(|(place, _)| *place < here).count() + 1;
        (number.min(asked), asked)
    }

    /// Gives the estimated seconds from here to the end: of the author's budget, the share of the questions to come among those
    /// on the way, since a survey that asks this or that never asks all there is.
    pub fn seconds_left(&self) -> u32 {
        let seconds = |from: usize| self.flow.places().skip(from).map(|place| self.seconds[place]).sum::<u32>();
        let share = f64::from(seconds(self.position())) / f64::from(seconds(0).max(1));
        crate::survey::seconds(self.survey.minutes() * share)
    }

    /// Gives how far the respondent has come.
    pub fn progress(&self) -> Progress {
        self.flow.progress(&self.survey)
    }

    /// Gives what keeps the replies from being a response, in the order the questions are asked.
    pub fn problems(&self) -> Vec<(QuestionId, Problem)> {
        let unfinished = |(_, question): (usize, &Question)| {
            let unfinished = self.draft.unfinished.contains_key(&question.id);
            let problem = if unfinished { Some(Problem::Unfinished) } else { self.flow.problem(question) };
            problem.map(|problem| (question.id.clone(), problem))
        };
        let mut problems: Vec<_> = self.asked().filter_map(unfinished).collect();
        problems.extend(self.too_much());
        problems.sort_by_cached_key(|(id, _)| self.place_of(id));
        problems
    }

    /// Gives what the author says of the current answer where it breaks their constraint.
    pub(super) fn broken(&self) -> Option<&str> {
        self.flow.broken(&self.question()?.id)
    }

    /// Gives how many questions have a reply that counts, answered or missing by choice.
    pub fn replied(&self) -> usize {
        self.replies().len()
    }

    /// Says what the keys mean.
    pub fn context(&self) -> Context {
        match self.overlay {
            Some(Overlay::Menu(_)) => Context::Menu,
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Decline) => Context::Decline,
            Some(Overlay::Words(_)) => Context::Words,
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
        let choices = self.choices();
        let wanted = match self.focus.typing {
            Typing::Filter => self.focus.field.text().to_lowercase(),
            _ => String::new(),
        };
        (0..choices.len()).filter(|at| choices[*at].label.to_lowercase().contains(&wanted)).collect()
    }

    /// Gives the first question behind the current one that a changed answer has brought up, and that has no reply yet.
    pub(super) fn brought_up(&self, before: &Flow) -> Option<&Question> {
        let later = self.flow.questions(&self.survey).skip(self.position() + 1);
        let is_new = |question: &&Question| before.position(&self.survey, &question.id).is_none();
        later.filter(is_new).find(|question| question.kind != Kind::Note && !self.replies().contains_key(&question.id))
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

    /// Goes on from choices that were confirmed, or tells what is wrong with them.
    pub(super) fn confirmed(&mut self, nothing: &str) -> Step {
        let problem = self.question().and_then(|question| check::problem(question, self.reply()));
        match (self.reply(), problem) {
            (None, _) => self.stay(nothing),
            (_, Some(problem)) => self.stay((self.phrases.answers.problem)(&problem)),
            (Some(_), None) => {
                self.notice = None;
                Step::Advance
            }
        }
    }

    /// Makes a reply, or none, the current question's.
    pub(super) fn set(&mut self, reply: Option<Reply>) {
        let Some(question) = self.question() else { return };
        let id = question.id.clone();
        let written = self.survey.question(&id).unwrap_or(question);
        let reply = flow::with_hidden(question, written, self.draft.replies.get(&id), reply);
        self.draft.unfinished.remove(&id);
        match reply {
            Some(reply) => drop(self.draft.replies.insert(id, reply)),
            None => drop(self.draft.replies.remove(&id)),
        }
        self.walk();
    }
}
