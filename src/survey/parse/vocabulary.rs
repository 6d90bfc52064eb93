//! What the language has, for those who describe it rather than read it, such as a schema for editors: the parser's own tables.

use std::ops::RangeInclusive;

use super::choices::{self, Options};
use super::{head, known, logic, privacy, question, range, scale, text, trigger, wave};

/// The keys of each kind of table.
pub mod keys {
    pub use super::known::{
        ANCHORS, BY_INSTRUMENT, BY_TYPE, CHOICE, CONSTRAINT, GROUP, INSTRUMENT, JUMP, PRIVACY, QUESTION, ROW, SEGMENT,
        SEGMENT_VALUE, SURVEY, TRIGGER, VARIANT, WAIVER, WAVE, WINDOW, WORDING,
    };

    /// Of a trigger, where at least one of them must stand.
    pub const OCCASIONS: &[&str] = &super::trigger::OCCASIONS;
    /// Of a trigger, where they need `command`.
    pub const OF_COMMANDS: &[&str] = &super::trigger::OF_COMMANDS;
}

/// The words that some keys take.
pub mod words {
    pub use super::known::{
        ALLOW, CADENCE, DIRECTION, EXIT_STATUS, INSTRUMENTS, LENGTH, RANDOMISE, RESERVED, TIME, TREND, TYPES,
    };
}

/// The greatest length of a text, in characters.
pub mod lengths {
    use super::text;

    /// Of a title, and of who asks.
    pub const TITLE: usize = text::TITLE.most;
    /// Of an introduction.
    pub const INTRODUCTION: usize = text::INTRODUCTION.most;
    /// Of a question, a note or a line of explanation.
    pub const QUESTION: usize = text::QUESTION.most;
    /// Of a label.
    pub const LABEL: usize = text::LABEL.most;
    /// Of a unit.
    pub const UNIT: usize = text::UNIT.most;
    /// Of a pattern of a trigger.
    pub const PATTERN: usize = text::PATTERN.most;
    /// Of a condition.
    pub const CONDITION: usize = crate::survey::condition::MOST_BYTES;
}

/// The minutes a survey may take, more than 0.
pub const MOST_MINUTES: f64 = head::MOST_MINUTES;
/// The points of a scale.
pub const POINTS: RangeInclusive<i64> = scale::POINTS;
/// The most points of a matrix.
pub const MOST_IN_MATRIX: u8 = scale::MOST_IN_MATRIX;
/// The most rows of a matrix.
pub const MOST_ROWS: usize = choices::MOST_ROWS;
/// The most choices that `min` and `max` can ask for.
pub const MOST_PICKS: usize = range::MOST_PICKS;
/// The most decimal places of a number.
pub const MOST_DECIMALS: i64 = range::MOST_DECIMALS;
/// The greatest length an author may allow an answer in words.
pub const MOST_LENGTH: i64 = question::MOST_LENGTH;
/// The greatest share of an arm.
pub const MOST_SHARE: i64 = logic::MOST_SHARE;
/// The most windows of a wave.
pub const MOST_WINDOWS: usize = wave::MOST_WINDOWS;
/// The greatest smallest group.
pub const MOST_GROUP: i64 = privacy::MOST_GROUP;
/// The greatest population.
pub const MOST_PEOPLE: i64 = privacy::MOST_PEOPLE;
/// The most segments.
pub const MOST_SEGMENTS: usize = privacy::MOST_SEGMENTS;
/// The most values of a segment.
pub const MOST_VALUES: usize = privacy::MOST_VALUES;
/// The most patterns under one key of a trigger.
pub const MOST_PATTERNS: usize = trigger::MOST_PATTERNS;
/// The most seconds a command may be asked to have run.
pub const MOST_SECONDS: i64 = trigger::MOST_SECONDS;
/// At which use a survey may be asked.
pub const USES: RangeInclusive<i64> = trigger::USES;
/// The days that may lie between two prompts.
pub const COOLDOWN_DAYS: RangeInclusive<i64> = trigger::COOLDOWN_DAYS;
/// How often a survey may be prompted for.
pub const PROMPTS: RangeInclusive<i64> = trigger::PROMPTS;
/// The days after the first start in which a survey may not be asked.
pub const GRACE_DAYS: RangeInclusive<i64> = trigger::GRACE_DAYS;

/// What the choices of a type may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// The most choices; there are at least two.
    pub most: usize,
    /// Whether a choice may clear the others.
    pub exclusive: bool,
    /// Whether a choice may ask for the respondent's own words.
    pub other: bool,
}

/// Gives what the choices of a type may be; `None` for a type without choices.
pub fn choices(type_name: &str) -> Option<Choices> {
    let options = match type_name {
        "single" => Options::SINGLE,
        "multi" => Options::MULTI,
        "ranking" => Options::RANKING,
        _ => return None,
    };
    Some(Choices { most: options.most, exclusive: options.exclusive, other: options.other })
}
