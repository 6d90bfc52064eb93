//! Where something stands in a survey's file.

use std::ops::{Deref, Range};

/// A part of a survey's file, in bytes; empty for what isn't in a file.
///
/// Where something stands is no part of what it is: all spans are equal, so that what holds one is compared by what it says.
#[derive(Debug, Clone, Default, Eq)]
pub struct Span(Range<usize>);

impl Span {
    /// Gives the bytes.
    pub fn range(&self) -> Range<usize> {
        self.0.clone()
    }
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self(range)
    }
}

impl Deref for Span {
    type Target = Range<usize>;

    fn deref(&self) -> &Range<usize> {
        &self.0
    }
}
