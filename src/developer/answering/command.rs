//! What a respondent can ask for, whatever key, word or file says so.

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// A digit on a scale, a list or a row.
    Digit(u8),
    /// The tenth point of a wide scale.
    Ten,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Left, or one step down in a number or date.
    Left,
    /// Right, or one step up in a number or date.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Up by a page of what is read.
    PageUp,
    /// Down by a page of what is read.
    PageDown,
    /// Enter: take what is under the cursor and go on.
    Confirm,
    /// Toggle what is under the cursor.
    Toggle,
    /// Move what is under the cursor up in the ranking.
    RankUp,
    /// Move what is under the cursor down in the ranking.
    RankDown,
    /// Open the filter of a list.
    Filter,
    /// Close the filter, the menu or the help.
    Close,
    /// Go on with what is there.
    Next,
    /// Go back.
    Back,
    /// Skip the question.
    Skip,
    /// Say that the question doesn't apply.
    NotApplicable,
    /// Say that one would rather not say.
    PreferNotToSay,
    /// Say that one doesn't know.
    DontKnow,
    /// Go to the review.
    Review,
    /// Keep the draft and leave.
    SaveAndLeave,
    /// Ask whether to decline the survey.
    Decline,
    /// Open the menu.
    Menu,
    /// Open the help.
    Help,
    /// Draw everything again.
    Redraw,
    /// Stop until continued.
    Suspend,
    /// Keep the draft and leave at once.
    Interrupt,
    /// Store the response.
    Submit,
    /// Replace the words that may tell too much, and send off.
    ReplaceWords,
    /// Send off with the words as they are.
    KeepWords,
    /// Go back to the words and change them.
    MendWords,
    /// Go to a question by its place in the survey, from 0.
    GoTo(usize),
    /// Type a character.
    Insert(char),
    /// Begin a new line.
    NewLine,
    /// Open the editor.
    Editor,
    /// Delete the character before the cursor.
    DeleteBack,
    /// Delete the character behind the cursor.
    DeleteForward,
    /// Delete the word before the cursor.
    DeleteWord,
    /// Delete the line before the cursor.
    DeleteLine,
}
