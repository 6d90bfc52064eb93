//! What each rule is about: why it spoils the answers, an example of either kind, and how to waive it.

use super::{About, Rule};

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// What it means and why it matters, in whole sentences on one or several lines.
    pub meaning: &'static str,
    /// A piece of a survey file that has it.
    pub bad: &'static str,
    /// The same piece without it.
    pub good: &'static str,
}

/// What there is to say of all that findings about wording are about.
pub const EXPLANATIONS: [Explanation; 24] = [
    Explanation {
        code: Rule::DoubleBarrelled.name(),
        meaning: "One answer can't be about two things. Who finds builds fast and unreliable has to choose which half to answer, and \
                  nobody who reads the result can tell which it was.",
        bad: "Builds are fast and reliable.",
        good: "Builds are fast. / Builds are reliable. (two questions)",
    },
    Explanation {
        code: Rule::Leading.name(),
        meaning: "People tend to agree with a question that shows which answer is wanted. The figure then measures politeness, and it \
                  comes out too high.",
        bad: "Don't you agree that the new pipeline saves time?",
        good: "How satisfied are you with the new pipeline?",
    },
    Explanation {
        code: Rule::Loaded.name(),
        meaning: "A word of praise or blame in front of a thing answers before the respondent does. Who disagrees with the word has \
                  to argue with the question first, and many leave instead.",
        bad: "How often do you use our awesome portal in a typical week?",
        good: "How often do you use the portal in a typical week?",
    },
    Explanation {
        code: Rule::Absolute.name(),
        meaning: "One exception is enough to disagree with “always”, however good things are. Careful people then answer lower than \
                  careless ones, and the difference is in their style, not in the thing.",
        bad: "The test environment always works.",
        good: "The test environment works when I need it.",
    },
    Explanation {
        code: Rule::Negation.name(),
        meaning: "To disagree with a negation is to negate twice, and a part of the respondents gets it the wrong way round. Their \
                  answers count with the opposite sign.",
        bad: "Failed deployments are not uncommon.",
        good: "Failed deployments are common.",
    },
    Explanation {
        code: Rule::VagueQuantifier.name(),
        meaning: "“Often” is daily to one reader and monthly to another. Answers differ where the facts are the same, and two waves or \
                  two teams can't be compared.",
        bad: "Do you often wait for a review?",
        good: "On how many of the last 7 days did you wait for a review?",
    },
    Explanation {
        code: Rule::NoReferencePeriod.name(),
        meaning: "An amount means nothing without the time it is counted in. Respondents choose a week, a month or a year, and the \
                  figures are added up all the same.",
        bad: "How many times did a build fail?",
        good: "How many times did a build fail in the last 7 days?",
    },
    Explanation {
        code: Rule::Presupposition.name(),
        meaning: "The question takes for granted what nobody asked. Who isn't annoyed by anything has no true answer, so they skip it \
                  or make something up. Ask first whether it is so, or leave the question open with “if any”.",
        bad: "What annoys you about code review?",
        good: "What, if anything, annoys you about code review?",
    },
    Explanation {
        code: Rule::UnexpandedAcronym.name(),
        meaning: "New colleagues, and everyone from another team, guess what an acronym stands for, and some guess wrong. Spell it out \
                  where the survey first uses it; after that the short form will do.",
        bad: "How clear is the SLO of your service to you?",
        good: "How clear is the service-level objective (SLO) of your service to you?",
    },
    Explanation {
        code: Rule::Length.name(),
        meaning: "A question that has to be read twice is answered after one reading. More than 25 words, or more than two clauses \
                  within a sentence, and people answer the part they remember.",
        bad: "If a build fails because a test that another team owns breaks, how easy is it to find out who can fix it?",
        good: "How easy is it to find the owner of a failing test?",
    },
    Explanation {
        code: Rule::UnbalancedScale.name(),
        meaning: "A scale with more good points than bad ones moves every answer towards the good. Give both sides the same number of \
                  points.",
        bad: "Poor, Good, Great, Excellent",
        good: "Very poor, Poor, Neither, Good, Very good",
    },
    Explanation {
        code: Rule::NoMidpoint.name(),
        meaning: "Between two poles there is a middle, and some people stand there. Without a point for it they pick a side at random, \
                  which looks like an opinion and is none.",
        bad: "Very dissatisfied, Dissatisfied, Satisfied, Very satisfied",
        good: "Very dissatisfied, Dissatisfied, Neither, Satisfied, Very satisfied",
    },
    Explanation {
        code: Rule::MixedDirection.name(),
        meaning: "Whoever has learnt that the right end is the good one doesn't read it again. When one scale of a survey runs the other \
                  way, a part of its answers means the opposite.",
        bad: "“Strongly disagree … Strongly agree” here, “Strongly agree … Strongly disagree” there",
        good: "“Strongly disagree … Strongly agree” in the whole survey",
    },
    Explanation {
        code: Rule::OverlappingRanges.name(),
        meaning: "Who deploys five times fits into both “1 to 5” and “5 to 10”, and nobody knows which of the two they took. An amount \
                  between two ranges has no place at all.",
        bad: "1 to 5, 5 to 10, more than 12",
        good: "1 to 5, 6 to 10, 11 or more",
    },
    Explanation {
        code: Rule::StemAndScale.name(),
        meaning: "“How often” can't be answered with “agree”. Respondents translate in their heads, each in their own way, and what is \
                  measured is neither a frequency nor an agreement.",
        bad: "How often did a build fail? Strongly disagree … Strongly agree",
        good: "How often did a build fail in the last 7 days? Never … More than ten times",
    },
    Explanation {
        code: Rule::NoWayOut.name(),
        meaning: "Not every question applies to everyone. Who must answer all the same gives a false answer, mostly the middle one, and \
                  it can't be told from a true one. Make the question optional, allow a way out, or offer it as a choice, such as “None \
                  of these”.",
        bad: "required = true",
        good: "required = true and allow = [\"not_applicable\"]",
    },
    Explanation {
        code: Rule::LongAgreementBattery.name(),
        meaning: "After some statements in a row with the same scale people stop reading and answer in a straight line, mostly on the \
                  side of agreement. Ask directly, each question with a scale of its own.",
        bad: "“I find the documentation helpful.” as the ninth of twelve statements to agree with",
        good: "How helpful is the documentation? Not at all helpful … Extremely helpful",
    },
    Explanation {
        code: Rule::SensitiveOrOpenFirst.name(),
        meaning: "The first question decides whether people stay. A blank field costs effort, and a question about the person costs \
                  trust, before they know what the survey is about. Begin with something easy, and move these to the end.",
        bad: "the age of the respondent as the first question",
        good: "the age of the respondent as the last question, if it is needed at all",
    },
    Explanation {
        code: Rule::Burden.name(),
        meaning: "A survey that takes longer than it promised isn't finished, and the next one isn't started. It is held against \
                  the time in which nine of ten simulated respondents are done, from the words to read and the kind of every answer.",
        bad: "minutes = 2 with fifteen questions",
        good: "minutes = 2 with six questions, or an honest minutes = 5",
    },
    Explanation {
        code: Rule::IdentifyingDemographics.name(),
        meaning: "Each fact about a person is harmless, and all of them together name the person. When there are more combinations than \
                  the smallest group allows, reports have to leave most of them out. Ask for less, or in broader steps.",
        bad: "ten sites, eight roles and six spans of tenure among 200 people",
        good: "three roles and three spans of tenure among 200 people",
    },
    Explanation {
        code: Rule::TooMuchText.name(),
        meaning: "The comments of one response are sent together, in 15,926 bytes at most. A character has up to four bytes, so that texts of \
                  about 3,900 characters fit in every language. Where the texts of a survey may be longer together, whoever writes \
                  much is told at the end to shorten it.",
        bad: "two questions of type text with max_length = 2_000",
        good: "two questions of type text with max_length = 1_500",
    },
    Explanation {
        code: Rule::BetrayingCondition.name(),
        meaning: "Who somebody is counts in a class and isn't sent with the answers, and words are sent apart from them. A question that only \
                  some are asked because of such an answer tells it all the same, to everyone who sees what was answered. A collector \
                  refuses such a survey. Ask everyone, or decide by an answer that is told.",
        bad: "show_if = \"role == 'lead'\" where role has demographic = true",
        good: "the question asked of everyone, with not_applicable allowed",
    },
    Explanation {
        code: About::UnknownRule.name(),
        meaning: "A waiver names a rule that there isn't, so it silences nothing. Mostly it is a slip of the finger: write the name as \
                  the finding shows it, or take the waiver out.",
        bad: "waive = [{ rule = \"dubble-barrelled\", reason = \"One tool is called so.\" }]",
        good: "waive = [{ rule = \"double-barrelled\", reason = \"One tool is called so.\" }]",
    },
    Explanation {
        code: About::UnusedWaiver.name(),
        meaning: "A waiver silences nothing: the words have changed since, or it stands on the wrong question. Left where it is, it would \
                  hide the next finding of its rule, which nobody has looked at. Take it out, or move it to the question it was \
                  meant for.",
        bad: "“How satisfied are you with the portal?” with a waiver of “loaded”",
        good: "“How satisfied are you with the portal?” without one",
    },
];

impl Explanation {
    /// Gives the line of a survey file that waives what was found, where it can be waived.
    pub fn waiver(&self) -> Option<String> {
        Rule::from_name(self.code).map(|rule| format!("waive = [{{ rule = \"{}\", reason = \"…\" }}]", rule.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::parse::parse;

    #[test]
    fn everything_is_explained_once_and_a_rule_with_the_line_that_waives_it() {
        assert!(EXPLANATIONS.iter().map(|explanation| explanation.code).eq(About::all().map(About::name)));
        for explanation in EXPLANATIONS {
            let waiver = explanation.waiver();
            assert_eq!(waiver.is_some(), Rule::from_name(explanation.code).is_some());
            let question = "[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How?\"\n";
            let survey = parse(&format!("id = \"x\"\ntitle = \"X\"\n{}\n{question}", waiver.unwrap_or_default())).unwrap();
            assert!(survey.waivers.iter().all(|waiver| waiver.rule == explanation.code), "{}", explanation.code);
        }
    }
}
