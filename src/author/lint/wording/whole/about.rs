//! What findings are about: the rules, and waivers that do nothing.

use super::Rule;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A rule of wording.
    Rule(Rule),
    /// A waiver names no rule there is.
    UnknownRule,
    /// A waiver silences nothing.
    UnusedWaiver,
}

impl About {
    /// Gives everything a finding can be about, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        Rule::ALL.into_iter().map(Self::Rule).chain([Self::UnknownRule, Self::UnusedWaiver])
    }

    /// Gives the name a finding is reported under.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::UnknownRule => "unknown-rule",
            Self::UnusedWaiver => "unused-waiver",
        }
    }
}
