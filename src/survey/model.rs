//! The survey as the rest of the program sees it: parsed, complete and free of contradictions.
//!
//! Only [`crate::survey::parse`] makes one from text. Nothing here reads files or checks wording.

use std::fmt;

use chrono::NaiveDate;

/// Names a survey: `^[a-z0-9][a-z0-9-]{0,63}$`, never a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyId(String);

/// Names a question within its survey: `^[a-z][a-z0-9_]{0,31}$`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(String);

/// The stable code of a choice or a matrix row: `^[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}$`. Answers store codes, never labels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

macro_rules! name {
    ($type:ident, $first:expr, $rest:expr, $length:expr) => {
        impl $type {
            /// Makes one from text of the documented form; `None` for any other text.
            pub fn new(text: &str) -> Option<Self> {
                let mut characters = text.chars();
                let first: fn(char) -> bool = $first;
                let rest: fn(char) -> bool = $rest;
                let fits = characters.next().is_some_and(first) && characters.all(rest) && text.len() <= $length;
                fits.then(|| Self(text.to_owned()))
            }

            /// Gives the name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

name!(
    SurveyId,
    |c| c.is_ascii_lowercase() || c.is_ascii_digit(),
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
    64
);
name!(QuestionId, |c| c.is_ascii_lowercase(), |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_', 32);
name!(Code, |c| c.is_ascii_alphanumeric(), |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'), 64);

/// One survey: what is asked, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// The survey's name, the same in every version.
    pub id: SurveyId,
    /// The number the author raises with each change; 1 unless said.
    pub version: u32,
    /// The heading a respondent reads.
    pub title: String,
    /// What a respondent reads before the first question.
    pub introduction: Option<String>,
    /// Who asks.
    pub owner: Option<String>,
    /// The language of the texts, as a BCP 47 tag; `en` unless said.
    pub language: String,
    /// The author's budget in minutes.
    pub minutes: Option<f64>,
    /// The questions, at least one of them not a note, at most 200.
    pub questions: Vec<Question>,
}

/// One question, or a note between questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question's name, the same in every version.
    pub id: QuestionId,
    /// The question as the respondent reads it.
    pub text: String,
    /// A line of explanation under the question.
    pub help: Option<String>,
    /// Whether the response can't be sent off without an answer, or an allowed kind of missing.
    pub required: bool,
    /// The kinds of missing that the respondent may choose.
    pub allow: Allow,
    /// What kind of answer is asked for.
    pub kind: Kind,
}

/// The kinds of missing that a respondent may choose on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allow {
    /// `n`: the question doesn't apply.
    pub not_applicable: bool,
    /// `p`: the respondent would rather not say.
    pub prefer_not_to_say: bool,
    /// `d`: the respondent doesn't know.
    pub dont_know: bool,
}

/// What kind of answer a question asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One point of an ordinal scale.
    Scale {
        /// What the scale measures, which decides its score.
        measure: Measure,
        /// The scale itself.
        scale: Scale,
    },
    /// Exactly one choice.
    Single {
        /// At least two, at most one of them `other`.
        choices: Vec<Choice>,
    },
    /// Any number of choices within bounds.
    Multi {
        /// At least two, at most one of them `other`.
        choices: Vec<Choice>,
        /// The least number of choices in an answer; 1 unless said.
        min: usize,
        /// The greatest number of choices in an answer.
        max: usize,
    },
    /// All choices in order of preference.
    Ranking {
        /// Two to ten, none `other` or `exclusive`.
        choices: Vec<Choice>,
    },
    /// The same scale for several rows.
    Matrix {
        /// At least one.
        rows: Vec<Row>,
        /// The scale of every row.
        scale: Scale,
    },
    /// Free text.
    Text {
        /// Whether one line or several are expected.
        length: Length,
        /// The greatest number of characters (grapheme clusters).
        max_length: usize,
    },
    /// A number.
    Number {
        /// The least value, inclusive.
        min: Option<f64>,
        /// The greatest value, inclusive.
        max: Option<f64>,
        /// What is counted, such as `hours`.
        unit: Option<String>,
        /// Decimal places accepted, 0 to 6; 0 means whole numbers.
        decimals: u8,
    },
    /// Yes or no.
    Boolean,
    /// A calendar date.
    Date {
        /// The earliest date, inclusive.
        min: Option<NaiveDate>,
        /// The latest date, inclusive.
        max: Option<NaiveDate>,
    },
    /// Text to read; no answer.
    Note,
}

/// What a scale measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Net Promoter Score: likelihood to recommend, 0 to 10.
    Nps,
    /// A rating with 2 to 10 points.
    Rating,
    /// Agreement, five points unless said.
    Likert,
    /// Customer satisfaction, 1 to 5.
    Csat,
    /// Customer effort score 2.0, 1 to 7 agreement.
    Ces,
}

/// An ordinal scale of consecutive whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The lowest point: 0 for NPS, else 1.
    pub first: u8,
    /// The highest point, at most 10.
    pub last: u8,
    /// What the ends and the middle mean.
    pub anchors: Anchors,
    /// What every point means, lowest first; empty, or one label for each point.
    pub labels: Vec<String>,
    /// Which end is the better one.
    pub direction: Direction,
}

/// What the ends and the middle of a scale mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchors {
    /// The meaning of the lowest point.
    pub low: Option<String>,
    /// The meaning of the middle point, on a scale that has one.
    pub mid: Option<String>,
    /// The meaning of the highest point.
    pub high: Option<String>,
}

/// Which end of a scale is the better one; the display is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// The highest point is best, as with satisfaction.
    #[default]
    HigherIsBetter,
    /// The lowest point is best, as with effort or pain.
    LowerIsBetter,
}

/// One choice of a single, multi or ranking question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What an answer stores.
    pub code: Code,
    /// What the respondent reads.
    pub label: String,
    /// Choosing it clears all the others.
    pub exclusive: bool,
    /// It keeps its place when the order is randomised.
    pub pin: bool,
    /// Choosing it opens a line for the respondent's own words.
    pub other: bool,
}

/// One row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What an answer stores.
    pub code: Code,
    /// What the respondent reads.
    pub label: String,
}

/// How much text is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// One line.
    Short,
    /// Several lines.
    Long,
}

impl Survey {
    /// Finds a question by its id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// Gives the questions that take an answer, in order.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.kind != Kind::Note)
    }

    /// Gives the minutes a respondent needs: the author's budget, else the sum of [`Question::seconds`].
    pub fn minutes(&self) -> f64 {
        let seconds: u32 = self.questions.iter().map(Question::seconds).sum();
        self.minutes.unwrap_or(f64::from(seconds) / 60.0)
    }
}

impl Question {
    /// Estimates the seconds an answer takes: reading at 4 words a second, then a time by type.
    pub fn seconds(&self) -> u32 {
        let words = |text: &str| u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        let reading = (words(&self.text) + self.help.as_deref().map_or(0, words)).div_ceil(4);
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let answering = match &self.kind {
            Kind::Scale { .. } => 3,
            Kind::Boolean => 2,
            Kind::Single { choices } => 2 + count(choices.len()),
            Kind::Multi { choices, .. } => 4 + count(choices.len()),
            Kind::Ranking { choices } => 5 * count(choices.len()),
            Kind::Matrix { rows, .. } => 5 * count(rows.len()),
            Kind::Text { length: Length::Short, .. } => 12,
            Kind::Text { length: Length::Long, .. } => 30,
            Kind::Number { .. } | Kind::Date { .. } => 6,
            Kind::Note => 1,
        };
        reading + answering
    }
}

impl Kind {
    /// Gives the choices of a single, multi or ranking question; empty for every other type.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Single { choices } | Self::Multi { choices, .. } | Self::Ranking { choices } => choices,
            _ => &[],
        }
    }

    /// Gives the type's name as an author writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scale { measure, .. } => measure.name(),
            Self::Single { .. } => "single",
            Self::Multi { .. } => "multi",
            Self::Ranking { .. } => "ranking",
            Self::Matrix { .. } => "matrix",
            Self::Text { .. } => "text",
            Self::Number { .. } => "number",
            Self::Boolean => "boolean",
            Self::Date { .. } => "date",
            Self::Note => "note",
        }
    }
}

impl Measure {
    /// Gives the type's name as an author writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Rating => "rating",
            Self::Likert => "likert",
            Self::Csat => "csat",
            Self::Ces => "ces",
        }
    }
}

impl Scale {
    /// Gives the points from lowest to highest.
    pub fn points(&self) -> std::ops::RangeInclusive<u8> {
        self.first..=self.last
    }

    /// Gives what a point means: its label, or the anchor that stands at it.
    pub fn label(&self, point: u8) -> Option<&str> {
        if let Some(label) = self.labels.get(usize::from(point.checked_sub(self.first)?)) {
            return Some(label);
        }
        let anchor = match point {
            _ if point == self.first => &self.anchors.low,
            _ if point == self.last => &self.anchors.high,
            _ if u16::from(point) * 2 == u16::from(self.first) + u16::from(self.last) => &self.anchors.mid,
            _ => return None,
        };
        anchor.as_deref()
    }
}

/// Gives minutes, of which a survey has at most 60, as whole seconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a survey's length")]
pub fn seconds(minutes: f64) -> u32 {
    (minutes * 60.0).round().clamp(0.0, 24.0 * 3600.0) as u32
}
