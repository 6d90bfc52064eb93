//! The names of things: surveys, questions, choices, and what groups them. Copies share one text.

use std::fmt;
use std::sync::Arc;

/// Names a survey: `^[a-z0-9][a-z0-9-]{0,63}$`, never a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurveyId(Arc<str>);

/// Names a question within its survey: `^[a-z][a-z0-9_]{0,31}$`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(Arc<str>);

/// The stable code of a choice or a matrix row: `^[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}$`. Answers store codes, never labels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Arc<str>);

/// Names a group, variant, arm, segment or wave: `^[a-z0-9][a-z0-9_.-]{0,63}$`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

macro_rules! name {
    ($type:ident, $pattern:literal, $first:expr, $rest:expr, $length:expr) => {
        impl $type {
            /// The form as a regular expression, for those who describe the language.
            pub const PATTERN: &str = $pattern;

            /// Makes one from text of the documented form; `None` for any other text.
            pub fn new(text: &str) -> Option<Self> {
                let mut characters = text.chars();
                let first: fn(char) -> bool = $first;
                let rest: fn(char) -> bool = $rest;
                let fits = characters.next().is_some_and(first) && characters.all(rest) && text.len() <= $length;
                fits.then(|| Self(text.into()))
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
    "^[a-z0-9][a-z0-9-]{0,63}$",
    |c| c.is_ascii_lowercase() || c.is_ascii_digit(),
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
    64
);
name!(
    QuestionId,
    "^[a-z][a-z0-9_]{0,31}$",
    |c| c.is_ascii_lowercase(),
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_',
    32
);
name!(
    Name,
    "^[a-z0-9][a-z0-9_.-]{0,63}$",
    |c| c.is_ascii_lowercase() || c.is_ascii_digit(),
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-'),
    64
);
name!(
    Code,
    "^[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}$",
    |c| c.is_ascii_alphanumeric(),
    |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'),
    64
);
