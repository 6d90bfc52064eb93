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

const UNKNOWN_RULE: &str = "\
A waiver names a rule that there isn't, so it silences nothing. Mostly it is a slip of the finger.

  bad:  waive = [{ rule = \"dubble-barrelled\", reason = \"One tool is called so.\" }]
  good: waive = [{ rule = \"double-barrelled\", reason = \"One tool is called so.\" }]

Write the name as the finding shows it, or take the waiver out.";

const UNUSED_WAIVER: &str = "\
A waiver silences nothing: the words have changed since, or it stands on the wrong question. Left where it is, it would hide the \
next finding of its rule, which nobody has looked at.

  bad:  “How satisfied are you with the portal?” with a waiver of “loaded”
  good: “How satisfied are you with the portal?” without one

Take the waiver out, or move it to the question it was meant for.";

impl About {
    /// Gives everything a finding can be about, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        Rule::ALL.into_iter().map(Self::Rule).chain([Self::UnknownRule, Self::UnusedWaiver])
    }

    /// Finds what findings of a name are about.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|about| about.name() == name)
    }

    /// Gives the name a finding is reported under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::UnknownRule => "unknown-rule",
            Self::UnusedWaiver => "unused-waiver",
        }
    }

    /// Explains it as [`Rule::explain`] does.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.explain(),
            Self::UnknownRule => UNKNOWN_RULE,
            Self::UnusedWaiver => UNUSED_WAIVER,
        }
    }
}
