//! What each rule is about: why it hurts the figures, an example of each kind, and how to waive it.

use super::Rule;

impl Rule {
    /// Explains the rule to an author: why it matters, a bad and a good example, and how to waive it.
    pub fn explain(self) -> &'static str {
        match self {
            Self::DoubleBarrelled => "x",
            _ => "",
        }
    }
}
