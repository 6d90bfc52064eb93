//! What each rule is about: why it spoils the answers, an example of either kind, and how to waive it.

use super::Rule;

/// Puts an explanation together; its parts are in one order everywhere.
macro_rules! explanation {
    ($name:literal, $why:literal, bad: $bad:literal, good: $good:literal) => {
        concat!(
            $why,
            "\n\n  bad:  ",
            $bad,
            "\n  good: ",
            $good,
            "\n\nTo keep the wording, say why on the question or the survey:\n\n  waive = [{ rule = \"",
            $name,
            "\", reason = \"…\" }]"
        )
    };
}

/// What there is to say of each rule.
const EXPLANATIONS: [(Rule, &str); 20] = [
    (
        Rule::DoubleBarrelled,
        explanation!(
            "double-barrelled",
            "One answer can't be about two things. Who finds builds fast and unreliable has to choose which half to answer, and \
             nobody who reads the result can tell which it was.",
            bad: "Builds are fast and reliable.",
            good: "Builds are fast. / Builds are reliable. (two questions)"
        ),
    ),
    (
        Rule::Leading,
        explanation!(
            "leading",
            "People tend to agree with a question that shows which answer is wanted. The figure then measures politeness, and it \
             comes out too high.",
            bad: "Don't you agree that the new pipeline saves time?",
            good: "How satisfied are you with the new pipeline?"
        ),
    ),
    (
        Rule::Loaded,
        explanation!(
            "loaded",
            "A word of praise or blame in front of a thing answers before the respondent does. Who disagrees with the word has \
             to argue with the question first, and many leave instead.",
            bad: "How often do you use our awesome portal in a typical week?",
            good: "How often do you use the portal in a typical week?"
        ),
    ),
    (
        Rule::Absolute,
        explanation!(
            "absolute",
            "One exception is enough to disagree with “always”, however good things are. Careful people then answer lower than \
             careless ones, and the difference is in their style, not in the thing.",
            bad: "The test environment always works.",
            good: "The test environment works when I need it."
        ),
    ),
    (
        Rule::Negation,
        explanation!(
            "negation",
            "To disagree with a negation is to negate twice, and a part of the respondents gets it the wrong way round. Their \
             answers count with the opposite sign.",
            bad: "Failed deployments are not uncommon.",
            good: "Failed deployments are common."
        ),
    ),
    (
        Rule::VagueQuantifier,
        explanation!(
            "vague-quantifier",
            "“Often” is daily to one reader and monthly to another. Answers differ where the facts are the same, and two waves or \
             two teams can't be compared.",
            bad: "Do you often wait for a review?",
            good: "On how many of the last 7 days did you wait for a review?"
        ),
    ),
    (
        Rule::NoReferencePeriod,
        explanation!(
            "no-reference-period",
            "An amount means nothing without the time it is counted in. Respondents choose a week, a month or a year, and the \
             figures are added up all the same.",
            bad: "How many times did a build fail?",
            good: "How many times did a build fail in the last 7 days?"
        ),
    ),
    (
        Rule::Presupposition,
        explanation!(
            "presupposition",
            "The question takes for granted what nobody asked. Who isn't annoyed by anything has no true answer, so they skip it \
             or make something up. Ask first whether it is so, or leave the question open with “if any”.",
            bad: "What annoys you about code review?",
            good: "What, if anything, annoys you about code review?"
        ),
    ),
    (
        Rule::UnexpandedAcronym,
        explanation!(
            "unexpanded-acronym",
            "New colleagues, and everyone from another team, guess what an acronym stands for, and some guess wrong. Spell it out \
             where the survey first uses it; after that the short form will do.",
            bad: "How clear is the SLO of your service to you?",
            good: "How clear is the service-level objective (SLO) of your service to you?"
        ),
    ),
    (
        Rule::Length,
        explanation!(
            "length",
            "A question that has to be read twice is answered after one reading. More than 25 words, or more than two clauses \
             within a sentence, and people answer the part they remember.",
            bad: "If a build fails because a test that another team owns breaks, how easy is it to find out who can fix it?",
            good: "How easy is it to find the owner of a failing test?"
        ),
    ),
    (
        Rule::UnbalancedScale,
        explanation!(
            "unbalanced-scale",
            "A scale with more good points than bad ones moves every answer towards the good. Give both sides the same number of \
             points.",
            bad: "Poor, Good, Great, Excellent",
            good: "Very poor, Poor, Neither, Good, Very good"
        ),
    ),
    (
        Rule::NoMidpoint,
        explanation!(
            "no-midpoint-on-a-bipolar-scale",
            "Between two poles there is a middle, and some people stand there. Without a point for it they pick a side at random, \
             which looks like an opinion and is none.",
            bad: "Very dissatisfied, Dissatisfied, Satisfied, Very satisfied",
            good: "Very dissatisfied, Dissatisfied, Neither, Satisfied, Very satisfied"
        ),
    ),
    (
        Rule::MixedDirection,
        explanation!(
            "mixed-direction",
            "Whoever has learnt that the right end is the good one doesn't read it again. When one scale of a survey runs the other \
             way, a part of its answers means the opposite.",
            bad: "“Strongly disagree … Strongly agree” here, “Strongly agree … Strongly disagree” there",
            good: "“Strongly disagree … Strongly agree” in the whole survey"
        ),
    ),
    (
        Rule::OverlappingRanges,
        explanation!(
            "overlapping-ranges",
            "Who deploys five times fits into both “1 to 5” and “5 to 10”, and nobody knows which of the two they took. An amount \
             between two ranges has no place at all.",
            bad: "1 to 5, 5 to 10, more than 12",
            good: "1 to 5, 6 to 10, 11 or more"
        ),
    ),
    (
        Rule::StemAndScale,
        explanation!(
            "stem-and-scale-disagree",
            "“How often” can't be answered with “agree”. Respondents translate in their heads, each in their own way, and what is \
             measured is neither a frequency nor an agreement.",
            bad: "How often did a build fail? Strongly disagree … Strongly agree",
            good: "How often did a build fail in the last 7 days? Never … More than ten times"
        ),
    ),
    (
        Rule::NoWayOut,
        explanation!(
            "no-way-out",
            "Not every question applies to everyone. Who must answer all the same gives a false answer, mostly the middle one, and \
             it can't be told from a true one. Make the question optional, or allow a way out.",
            bad: "required = true",
            good: "required = true and allow = [\"not_applicable\"]"
        ),
    ),
    (
        Rule::LongAgreementBattery,
        explanation!(
            "long-agreement-battery",
            "After some statements in a row with the same scale people stop reading and answer in a straight line, mostly on the \
             side of agreement. Ask directly, each question with a scale of its own.",
            bad: "“I find the documentation helpful.” as the ninth of twelve statements to agree with",
            good: "How helpful is the documentation? Not at all helpful … Extremely helpful"
        ),
    ),
    (
        Rule::SensitiveOrOpenFirst,
        explanation!(
            "sensitive-or-open-question-first",
            "The first question decides whether people stay. A blank field costs effort, and a question about the person costs \
             trust, before they know what the survey is about. Begin with something easy, and move these to the end.",
            bad: "the age of the respondent as the first question",
            good: "the age of the respondent as the last question, if it is needed at all"
        ),
    ),
    (
        Rule::Burden,
        explanation!(
            "burden",
            "A survey that takes longer than it promised isn't finished, and the next one isn't started. It is held against \
             the time in which nine of ten simulated respondents are done, from the words to read and the kind of every answer.",
            bad: "minutes = 2 with fifteen questions",
            good: "minutes = 2 with six questions, or an honest minutes = 5"
        ),
    ),
    (
        Rule::IdentifyingDemographics,
        explanation!(
            "identifying-demographics",
            "Each fact about a person is harmless, and all of them together name the person. When there are more combinations than \
             the smallest group allows, reports have to leave most of them out. Ask for less, or in broader steps.",
            bad: "ten sites, eight roles and six spans of tenure among 200 people",
            good: "three roles and three spans of tenure among 200 people"
        ),
    ),
];

impl Rule {
    /// Explains the rule to an author: why it matters, a bad and a good example, and how to waive it.
    pub fn explain(self) -> &'static str {
        EXPLANATIONS.iter().find(|(rule, _)| *rule == self).map_or("", |(_, explanation)| explanation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_shows_both_kinds_and_the_waiver_of_its_own_rule() {
        for rule in Rule::ALL {
            let explanation = rule.explain();
            let waiver = format!("rule = \"{}\"", rule.name());
            for part in ["\n  bad:  ", "\n  good: ", waiver.as_str()] {
                assert!(explanation.contains(part), "{}: {explanation}", rule.name());
            }
        }
    }
}
