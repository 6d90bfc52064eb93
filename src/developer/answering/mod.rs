//! Answering a survey as a pure state machine: `update(session, input) → (session, effects)`.
//!
//! It never reads a clock, a disk or a terminal. Faces turn keys, lines or files into [`Input`]s and carry out [`Effect`]s.

use std::sync::Arc;

use crate::response::check::{self, Problem};
use crate::response::{Answer, Cell, Draft, Missing, Place, Reply};
use crate::screen::keymap::Key;
use crate::survey::{Kind, Question, QuestionId, Survey};

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Milliseconds on a clock that never goes back.
    pub at_ms: u64,
    /// What happened.
    pub event: Event,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The screen was shown for the first time, after resuming, or after the editor: keys of the next 300 ms are dropped.
    Shown,
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// A complete reply to the current question; it's validated, and the session goes on.
    Reply(Reply),
    /// A reply to the current row of a matrix.
    RowReply(Cell),
    /// A command said outright, not as a key.
    Command(Command),
    /// The editor gave this text back.
    Edited(String),
    /// The editor could not be used, and why.
    EditFailed(String),
    /// The draft is durable.
    Saved,
    /// The draft or the response could not be stored, and why.
    SaveFailed(String),
    /// The response is durable and the draft is gone.
    Submitted,
    /// The time asked for with [`Effect::Wake`] has passed.
    Woken,
    /// The respondent's time is up.
    TimedOut,
    /// The process was told to end.
    Ended(Ending),
}

/// What a respondent can ask for besides answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Goes on with what is there.
    Next,
    /// Goes back; never validates, keeps the answer.
    Back,
    /// Skips the question.
    Skip,
    /// Says that the question doesn't apply.
    NotApplicable,
    /// Says that the respondent would rather not say.
    PreferNotToSay,
    /// Says that the respondent doesn't know.
    DontKnow,
    /// Goes to the review.
    Review,
    /// Saves and leaves.
    SaveAndLeave,
    /// Declines the survey.
    Decline,
    /// Shows help.
    Help,
    /// Sends the response off.
    Submit,
    /// Goes to the question at this index of [`Survey::questions`].
    GoTo(usize),
}

/// Why the process was told to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Ctrl-C, as a key or as SIGINT.
    Interrupted,
    /// SIGTERM.
    Terminated,
    /// SIGHUP: the terminal is gone.
    HungUp,
}

/// Something the face must do, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make [`Session::draft`] durable, then give [`Event::Saved`] or [`Event::SaveFailed`].
    Save,
    /// Store the response and drop the draft, then give [`Event::Submitted`] or [`Event::SaveFailed`].
    Submit,
    /// Delete the draft and note that the survey was declined.
    Decline,
    /// Open the editor with this text, then give [`Event::Edited`] or [`Event::EditFailed`].
    Edit(String),
    /// Give the terminal back and stop until continued, then give [`Event::Shown`].
    Suspend,
    /// Clear the screen and draw everything again.
    Redraw,
    /// Give [`Event::Woken`] once this many milliseconds have passed without another event.
    Wake(u64),
    /// Leave; nothing follows.
    Leave(Outcome),
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The response was stored.
    Answered,
    /// The draft was kept for later.
    SavedForLater,
    /// The respondent declined the survey.
    Declined,
    /// The respondent's time was up; the draft was kept.
    TimedOut,
    /// The process was told to end; the draft was kept.
    Ended(Ending),
}

/// A respondent in the middle of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    survey: Arc<Survey>,
    draft: Draft,
    row: usize,
    notice: Option<String>,
}

impl Session {
    /// Starts or resumes at the draft's place; `note` is shown until the first key, such as what changed in the survey.
    pub fn new(survey: Arc<Survey>, draft: Draft, note: Option<String>) -> Self {
        Self { survey, draft, row: 0, notice: note }
    }

    /// Gives the survey being answered.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Gives what must be kept.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Gives the current question; `None` at the review.
    pub fn question(&self) -> Option<&Question> {
        match &self.draft.place {
            Place::Question(id) => self.survey.question(id),
            Place::Review => None,
        }
    }

    /// Gives the current row of a matrix.
    pub fn row(&self) -> Option<usize> {
        matches!(self.question()?.kind, Kind::Matrix { .. }).then_some(self.row)
    }

    /// Gives the number of the current question and how many there are, notes left out.
    pub fn number(&self) -> (usize, usize) {
        let before = self.survey.asked().position(|asked| Some(asked) == self.question());
        let all = self.survey.asked().count();
        (before.map_or(all, |before| before + 1), all)
    }

    /// Gives what the respondent should be told now.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Gives the reply to the current question.
    pub fn reply(&self) -> Option<&Reply> {
        self.draft.replies.get(&self.question()?.id)
    }

    /// Gives what keeps the response from being sent off.
    pub fn problems(&self) -> Vec<(QuestionId, Problem)> {
        check::problems(&self.survey, &self.draft.replies)
    }
}

/// Takes one input and gives the session after it, with what the face must do.
pub fn update(mut session: Session, input: Input) -> (Session, Vec<Effect>) {
    let effects = match input.event {
        Event::Reply(reply) => session.take(reply),
        Event::RowReply(cell) => session.take_cell(cell),
        Event::Command(command) => session.obey(command),
        Event::Submitted => vec![Effect::Leave(Outcome::Answered)],
        Event::SaveFailed(reason) => {
            session.notice = Some(reason);
            Vec::new()
        }
        Event::Ended(ending) => vec![Effect::Save, Effect::Leave(Outcome::Ended(ending))],
        Event::TimedOut => vec![Effect::Save, Effect::Leave(Outcome::TimedOut)],
        Event::Key(key) => session.press(key),
        Event::Edited(text) => session.take(Reply::Given(Answer::Text(text))),
        Event::EditFailed(reason) => {
            session.notice = Some(reason);
            Vec::new()
        }
        _ => Vec::new(),
    };
    (session, effects)
}

impl Session {
    fn press(&mut self, key: Key) -> Vec<Effect> {
        match key.to_string().as_str() {
            "ctrl-c" => vec![Effect::Save, Effect::Leave(Outcome::Ended(Ending::Interrupted))],
            "ctrl-z" => vec![Effect::Suspend],
            "ctrl-l" => vec![Effect::Redraw],
            "ctrl-o" => vec![Effect::Edit("text so far".to_owned())],
            "q" => self.obey(Command::SaveAndLeave),
            "s" => self.obey(Command::Skip),
            "\u{232b}" => self.obey(Command::Back),
            _ => match key.digit() {
                Some(digit) => self.take(Reply::Given(Answer::Scale(digit))),
                None => {
                    self.notice = Some(format!("key {key}"));
                    Vec::new()
                }
            },
        }
    }

    fn take(&mut self, reply: Reply) -> Vec<Effect> {
        self.notice = None;
        if let Some(id) = self.question().map(|question| question.id.clone()) {
            self.draft.replies.insert(id, reply);
        }
        self.step(1);
        vec![Effect::Save]
    }

    fn take_cell(&mut self, cell: Cell) -> Vec<Effect> {
        self.notice = None;
        let Some(Question { id, kind: Kind::Matrix { rows, .. }, .. }) = self.question().cloned() else { return Vec::new() };
        let empty = Reply::Given(Answer::Matrix(std::collections::BTreeMap::new()));
        let reply = self.draft.replies.entry(id).or_insert(empty);
        if let Reply::Given(Answer::Matrix(cells)) = reply {
            cells.insert(rows[self.row].code.clone(), cell);
        }
        if self.row + 1 == rows.len() {
            self.step(1)
        } else {
            self.row += 1
        }
        vec![Effect::Save]
    }

    fn obey(&mut self, command: Command) -> Vec<Effect> {
        self.notice = None;
        let leave = match command {
            Command::Next => return self.moved(1),
            Command::Back => return self.moved(-1),
            Command::Skip => return self.take(Reply::Missing(Missing::Skipped)),
            Command::NotApplicable => return self.take(Reply::Missing(Missing::NotApplicable)),
            Command::PreferNotToSay => return self.take(Reply::Missing(Missing::PreferNotToSay)),
            Command::DontKnow => return self.take(Reply::Missing(Missing::DontKnow)),
            Command::Review => {
                self.draft.place = Place::Review;
                return vec![Effect::Save];
            }
            Command::GoTo(at) => {
                self.draft.place = Place::Question(self.survey.questions[at].id.clone());
                self.row = 0;
                return vec![Effect::Save];
            }
            Command::Help => return Vec::new(),
            Command::Submit if self.problems().is_empty() => return vec![Effect::Submit],
            Command::Submit => {
                self.notice = Some("some questions still need an answer".to_owned());
                return Vec::new();
            }
            Command::SaveAndLeave => Effect::Leave(Outcome::SavedForLater),
            Command::Decline => return vec![Effect::Decline, Effect::Leave(Outcome::Declined)],
        };
        vec![Effect::Save, leave]
    }

    fn moved(&mut self, by: isize) -> Vec<Effect> {
        self.step(by);
        vec![Effect::Save]
    }

    fn step(&mut self, by: isize) {
        self.row = 0;
        let all = &self.survey.questions;
        let at = all.iter().position(|question| Some(question) == self.question()).unwrap_or(all.len());
        let next = at.saturating_add_signed(by);
        self.draft.place = all.get(next).map_or(Place::Review, |question| Place::Question(question.id.clone()));
    }
}
