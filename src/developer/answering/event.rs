//! What goes into the state machine and what comes out of it.

use super::Command;
use crate::response::{Cell, Reply};
use crate::screen::keymap::Key;

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
    /// A face that has no keys asks for a command.
    Command(Command),
    /// A face that has no keys gives the whole reply to the current question.
    Reply(Reply),
    /// A face that has no keys gives the reply to the current row of a matrix.
    RowReply(Cell),
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
    /// Make [`super::Session::draft`] durable, then give [`Event::Saved`] or [`Event::SaveFailed`].
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
    /// Give [`Event::Woken`] once this many milliseconds have passed.
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
