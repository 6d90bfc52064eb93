//! Compares what a question asks for with what its scale can answer.

use super::poles::words;
use super::{Finding, Rule, english, own_questions};
use crate::survey::{Kind, Question, Survey};

/// What a scale is made of, or what a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Agreement,
    Satisfaction,
    Likelihood,
    Frequency,
    Ease,
    Importance,
    Confidence,
    Quality,
    Speed,
}

use Family::{Agreement, Confidence, Ease, Frequency, Importance, Likelihood, Quality, Satisfaction, Speed};

const FAMILIES: &[(Family, &str, &[&str])] = &[
    (Agreement, "agreement", &["agree", "disagree"]),
    (Satisfaction, "satisfaction", &["satisfied", "dissatisfied", "satisfaction"]),
    (Likelihood, "likelihood", &["likely", "unlikely", "probably", "definitely"]),
    (
        Frequency,
        "frequency",
        &[
            "never",
            "rarely",
            "seldom",
            "sometimes",
            "occasionally",
            "often",
            "always",
            "daily",
            "weekly",
            "monthly",
            "once",
            "twice",
            "times",
            "frequently",
        ],
    ),
    (Ease, "ease", &["easy", "hard", "difficult", "effortless"]),
    (Importance, "importance", &["important", "unimportant", "essential"]),
    (Confidence, "confidence", &["confident", "unconfident"]),
    (Quality, "quality", &["good", "poor", "bad", "excellent", "great"]),
    (Speed, "speed", &["fast", "slow", "quickly", "slowly"]),
];

/// What a question begins with, and the families that answer it.
const STEMS: &[(&str, &[&str], Family)] = &[
    ("how", &["often", "frequently", "regularly"], Frequency),
    ("how", &["satisfied", "dissatisfied", "happy"], Satisfaction),
    ("how", &["likely", "unlikely", "probable"], Likelihood),
    ("how", &["easy", "hard", "difficult", "simple"], Ease),
    ("how", &["important", "essential"], Importance),
    ("how", &["confident", "sure", "certain"], Confidence),
    ("how", &["good", "poor"], Quality),
    ("how", &["fast", "slow", "quickly", "quick"], Speed),
];

/// What opens a question that "yes" or "no" answers.
const YES_OR_NO: &[&str] =
    &["is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should"];

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Degree(Family),
    YesOrNo,
    Statement,
    Moment,
    Amount,
    Unclear,
}

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    own_questions(survey).filter_map(|question| disagreement(survey, question)).collect()
}

fn disagreement(survey: &Survey, question: &Question) -> Option<Finding> {
    let text = english::text(survey, &question.text)?;
    let asked = asked(text);
    let report = |message: String, key, help: &str| Some(Finding::new(Rule::StemAndScale, Some(question), key, message, help));
    let plain = match &question.kind {
        Kind::Boolean => (!matches!(asked, Asked::Unclear | Asked::YesOrNo | Asked::Statement)).then_some("yes or no"),
        Kind::Number { .. } => {
            matches!(asked, Asked::Degree(Satisfaction | Likelihood | Ease | Importance | Confidence) | Asked::YesOrNo)
                .then_some("a number")
        }
        Kind::Date { .. } => matches!(asked, Asked::Degree(_) | Asked::YesOrNo | Asked::Amount).then_some("a date"),
        _ => None,
    };
    if let Some(plain) = plain {
        let message = format!("the question asks for {}, and the answer is {plain}", what(asked));
        return report(message, "type", "choose the type that answers the question, or ask for what the type gives");
    }
    let scale = scale_family(survey, question)?;
    let key = if matches!(question.kind, Kind::Single { .. }) { "choices" } else { "labels" };
    let help = "give the scale the words of the question: “How often” is answered from “Never” on, a statement with “agree”";
    (!fits(asked, scale)).then_some(())?;
    report(format!("the question asks for {}, and the scale measures {}", what(asked), name(scale)), key, help)
}

/// Says whether a scale of this family answers what is asked.
fn fits(asked: Asked, scale: Family) -> bool {
    match (asked, scale) {
        (Asked::Degree(stem), scale) if stem == scale => true,
        // Words of quality and speed answer a good deal: "How easy … Poor".
        (Asked::Degree(Agreement) | Asked::Unclear, _) => true,
        (Asked::Degree(Quality), Satisfaction) | (Asked::Degree(Likelihood), Frequency) => true,
        (Asked::Degree(_), _) => false,
        (Asked::Statement, scale) => matches!(scale, Agreement | Frequency | Quality | Speed | Likelihood),
        (Asked::YesOrNo, scale) => !matches!(scale, Agreement | Satisfaction | Importance | Confidence),
        (Asked::Amount | Asked::Moment, scale) => {
            !matches!(scale, Agreement | Satisfaction | Likelihood | Ease | Importance | Confidence)
        }
    }
}

fn asked(text: &str) -> Asked {
    let all: Vec<String> = words(text).collect();
    let word = |at: usize| all.get(at).map_or("", String::as_str);
    if !text.contains('?') {
        return if matches!(word(0), "how" | "what" | "which" | "rate" | "tell" | "please" | "choose") || text.ends_with(':') {
            Asked::Unclear
        } else {
            Asked::Statement
        };
    }
    if all.iter().any(|word| matches!(word.as_str(), "agree" | "disagree" | "agreement")) {
        return Asked::Degree(Agreement);
    }
    // Only the last question of a text is answered, and a condition may stand before it.
    let stem = |at: usize| {
        let degree = STEMS.iter().find(|(first, second, _)| *first == word(at) && second.contains(&word(at + 1)));
        degree.map(|(_, _, family)| Asked::Degree(*family))
    };
    if let Some(degree) = (0..all.len()).rev().find_map(stem) {
        return degree;
    }
    let amount = |at: usize| word(at) == "how" && matches!(word(at + 1), "many" | "much" | "long");
    match word(0) {
        _ if (0..all.len()).any(amount) => Asked::Amount,
        "when" if YES_OR_NO.contains(&word(1)) => Asked::Moment,
        first if YES_OR_NO.contains(&first) => Asked::YesOrNo,
        _ => Asked::Unclear,
    }
}

/// Gives the family that at least two labels of a scale belong to.
fn scale_family(survey: &Survey, question: &Question) -> Option<Family> {
    let mut labels = english::points(survey, question);
    if labels.is_empty() {
        let (low, high) = english::ends(survey, question)?;
        labels = vec![low, high];
    }
    let belongs = |label: &str, family: &[&str]| words(label).any(|word| family.contains(&word.as_str()));
    let count = |family: &[&str]| labels.iter().filter(|label| belongs(label, family)).count();
    let counted = FAMILIES.iter().map(|(family, _, words)| (count(words), *family));
    counted.filter(|(count, _)| *count >= 2).max_by_key(|(count, _)| *count).map(|(_, family)| family)
}

fn name(family: Family) -> &'static str {
    FAMILIES.iter().find(|(other, _, _)| *other == family).map_or("", |(_, name, _)| name)
}

fn what(asked: Asked) -> &'static str {
    match asked {
        Asked::Degree(family) => name(family),
        Asked::YesOrNo => "yes or no",
        Asked::Statement => "agreement with a statement",
        Asked::Moment => "a moment",
        Asked::Amount => "an amount",
        Asked::Unclear => "something else",
    }
}
