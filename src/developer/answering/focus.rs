//! What has the focus, what keys are typed into, and how far what is read goes.

use super::Field;

/// What has the focus on the current question, or on the review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Focus {
    /// The place under the cursor: a point, choice or line, from 0; nothing at first.
    pub cursor: Option<usize>,
    /// The row of a matrix, from 0.
    pub row: usize,
    /// The first line shown of a note, from 0.
    pub line: usize,
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

/// How far what is read can be moved on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The last line that can stand first, from 0.
    pub last: usize,
    /// How many lines a page moves.
    pub page: usize,
}
