//! Answering a survey as a pure state machine: `update(session, input) → (session, effects)`.
//!
//! It never reads a clock, a disk or a terminal. Faces turn keys, lines or files into [`Input`]s and carry out [`Effect`]s.

use std::sync::Arc;

use crate::response::Draft;
use crate::screen::keymap::Key;
use crate::survey::Survey;

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
}

impl Session {
    /// Starts or resumes at the draft's place; `note` is shown until the first key, such as what changed in the survey.
    pub fn new(survey: Arc<Survey>, draft: Draft, note: Option<String>) -> Self {
        let _ = note;
        Self { survey, draft }
    }

    /// Gives the survey being answered.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Gives what must be kept.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }
}

/// Takes one input and gives the session after it, with what the face must do.
pub fn update(session: Session, input: Input) -> (Session, Vec<Effect>) {
    let _ = input;
    (session, Vec::new())
}
