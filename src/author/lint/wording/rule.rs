//! The rules of wording by name.

/// What a wording finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One answer for two things.
    DoubleBarrelled,
    /// The question suggests its answer.
    Leading,
    /// A word praises or blames what is asked about.
    Loaded,
    /// A claim without exception, which hardly anybody can confirm.
    Absolute,
    /// A negation that the scale negates once more.
    Negation,
    /// An amount that every reader takes differently.
    VagueQuantifier,
    /// An amount without the time it is counted in.
    NoReferencePeriod,
    /// The question takes for granted what nobody asked yet.
    Presupposition,
    /// An acronym nobody spelt out.
    UnexpandedAcronym,
    /// Too many words or clauses.
    Length,
    /// More points on one side of a scale than on the other.
    UnbalancedScale,
    /// Two poles and no middle.
    NoMidpoint,
    /// Scales of one survey that run in different directions.
    MixedDirection,
    /// Choices that share an amount, or leave one out.
    OverlappingRanges,
    /// A scale that doesn't answer its question.
    StemAndScale,
    /// A required question that not everyone can answer.
    NoWayOut,
    /// Many statements in a row to agree with.
    LongAgreementBattery,
    /// What is hard to answer comes before there is trust.
    SensitiveOrOpenFirst,
    /// More time than the survey says it takes.
    Burden,
    /// Facts about a person that single the person out.
    IdentifyingDemographics,
    /// More words in answers than can be sent.
    TooMuchText,
    /// What is asked shows an answer that isn't told.
    BetrayingCondition,
}

impl Rule {
    /// Every rule, in the order of the manual.
    pub const ALL: [Self; 22] = [
        Self::DoubleBarrelled,
        Self::Leading,
        Self::Loaded,
        Self::Absolute,
        Self::Negation,
        Self::VagueQuantifier,
        Self::NoReferencePeriod,
        Self::Presupposition,
        Self::UnexpandedAcronym,
        Self::Length,
        Self::UnbalancedScale,
        Self::NoMidpoint,
        Self::MixedDirection,
        Self::OverlappingRanges,
        Self::StemAndScale,
        Self::NoWayOut,
        Self::LongAgreementBattery,
        Self::SensitiveOrOpenFirst,
        Self::Burden,
        Self::IdentifyingDemographics,
        Self::TooMuchText,
        Self::BetrayingCondition,
    ];

    /// Gives the name an author writes in a waiver.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DoubleBarrelled => "double-barrelled",
            Self::Leading => "leading",
            Self::Loaded => "loaded",
            Self::Absolute => "absolute",
            Self::Negation => "negation",
            Self::VagueQuantifier => "vague-quantifier",
            Self::NoReferencePeriod => "no-reference-period",
            Self::Presupposition => "presupposition",
            Self::UnexpandedAcronym => "unexpanded-acronym",
            Self::Length => "length",
            Self::UnbalancedScale => "unbalanced-scale",
            Self::NoMidpoint => "no-midpoint-on-a-bipolar-scale",
            Self::MixedDirection => "mixed-direction",
            Self::OverlappingRanges => "overlapping-ranges",
            Self::StemAndScale => "stem-and-scale-disagree",
            Self::NoWayOut => "no-way-out",
            Self::LongAgreementBattery => "long-agreement-battery",
            Self::SensitiveOrOpenFirst => "sensitive-or-open-question-first",
            Self::Burden => "burden",
            Self::IdentifyingDemographics => "identifying-demographics",
            Self::TooMuchText => "too-much-text",
            Self::BetrayingCondition => "betraying-condition",
        }
    }

    /// Finds a rule by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_name_and_by_no_other() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(rule));
        }
        assert_eq!(Rule::from_name("Leading"), None);
    }
}
