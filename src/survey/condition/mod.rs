//! Conditions in the Common Expression Language: read once, then asked with the answers that are there.
//!
//! It evaluates; whether names and types are right is checked when the survey is parsed. It never coerces.

mod evaluate;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use cel::parser::{Expression, PrattParser};

use crate::survey::Span;

pub use evaluate::{Facts, Value};
pub(super) use evaluate::{asks_answered, walk};

/// The longest condition, in bytes.
pub const MOST_BYTES: usize = 1_000;

/// The most brackets, lists and calls inside one another: as many as the language's own conformance tests ask for.
pub const MOST_NESTED: u16 = 32;

/// The most operators and selections on one another, such as the additions of a sum.
///
/// Asking goes down one call for each, which even an unoptimised program must have stack for.
pub const MOST_CHAINED: usize = 100;

/// A condition on the answers given before it.
#[derive(Debug, Clone)]
pub struct Condition {
    source: Arc<str>,
    expression: Arc<Expression>,
    place: Span,
}

/// A text that is no condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// Where, in bytes of the condition.
    pub at: usize,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// What keeps it from being one, with the place.
    pub fn new(source: &str) -> Result<Self, Unreadable> {
        if source.len() > MOST_BYTES {
            let message = format!("has {} bytes, at most {MOST_BYTES} are read", source.len());
            return Err(Unreadable { message, at: 0 });
        }
        let expression =
            PrattParser::new().max_recursion_depth(MOST_NESTED).parse(source).map_err(|errors| unreadable(source, &errors))?;
        if evaluate::depth(&expression) > MOST_CHAINED {
            return Err(Unreadable { message: format!("chains more than {MOST_CHAINED} operators"), at: 0 });
        }
        Ok(Self { source: source.into(), expression: Arc::new(evaluate::lower(expression)), place: Span::default() })
    }

    /// Remembers where the condition stands in the survey's file, in bytes.
    #[must_use]
    pub fn at(self, place: Range<usize>) -> Self {
        Self { place: place.into(), ..self }
    }

    /// Gives the place in the survey's file, in bytes; an empty one where it isn't in a file.
    pub fn place(&self) -> Range<usize> {
        self.place.range()
    }

    /// Gives the syntax tree, in which `answered(q)` is a name of its own: see [`asks_answered`].
    pub(super) fn tree(&self) -> &Expression {
        &self.expression
    }

    /// Gives the condition as its author wrote it.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Condition {}

fn unreadable(source: &str, errors: &cel::ParseErrors) -> Unreadable {
    let Some(first) = errors.errors.first() else { return Unreadable { message: "is no condition".to_owned(), at: 0 } };
    if first.msg.contains("recursion limit") {
        return Unreadable { message: format!("nests more than {MOST_NESTED} brackets"), at: 0 };
    }
    let message = first.msg.trim_start_matches("Syntax error: ").replace("<EOF>", "the end");
    Unreadable { message, at: place(source, first.pos) }
}

/// Gives the byte at a line and a column, both counted from 1, the column in bytes.
fn place(source: &str, (line, column): (isize, isize)) -> usize {
    let before = |counted: isize| usize::try_from(counted).unwrap_or(1).saturating_sub(1);
    let start: usize = source.split_inclusive('\n').take(before(line)).map(str::len).sum();
    let at = source.len().min(start + before(column));
    (0..=at).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0)
}
