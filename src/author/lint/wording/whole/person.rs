//! Tells which questions are about the person who answers, and so about what is told only where there is trust.

use super::poles::words;

/// Words that are about a person wherever they stand.
const PERSONAL: &[&str] = &[
    "gender",
    "sex",
    "sexual",
    "salary",
    "income",
    "ethnicity",
    "ethnic",
    "religion",
    "religious",
    "disability",
    "illness",
    "pregnant",
    "nationality",
    "married",
    "marital",
    "political",
    "burnout",
    "anxiety",
    "depressed",
    "depression",
    "harassment",
    "harassed",
    "bullied",
    "bullying",
    "discrimination",
    "discriminated",
    "resign",
    "alcohol",
    "visa",
    "trauma",
    "therapy",
];

/// What words that mean something else as well stand in where they are about a person: alerts fire, checks look at the health of a
/// service, and an editor is quit.
const OF_A_PERSON: &[&str] = &[
    "your age",
    "what age",
    "age group",
    "age range",
    "age bracket",
    "old are you",
    "old were you",
    "your race",
    "which race",
    "what race",
    "your health",
    "mental health",
    "physical health",
    "are you disabled",
    "as disabled",
    "burned out",
    "burnt out",
    "your pay",
    "are you paid",
    "you are paid",
    "you get paid",
    "fair pay",
    "equal pay",
    "you earn",
    "trade union",
    "labour union",
    "labor union",
    "union member",
    "in a union",
    "join a union",
    "were you fired",
    "you were fired",
    "you been fired",
    "you get fired",
    "of being fired",
    "were you dismissed",
    "you were dismissed",
    "you been dismissed",
    "of being dismissed",
    "quit your job",
    "quit your role",
    "quit this job",
    "quit the company",
    "quit this company",
];

/// What makes a technical thing of the words before it: race conditions, health checks.
const TECHNICAL: &[&str] = &[
    "check",
    "checks",
    "condition",
    "conditions",
    "dashboard",
    "dashboards",
    "data",
    "detector",
    "endpoint",
    "endpoints",
    "metric",
    "metrics",
    "page",
    "probe",
    "probes",
    "service",
    "system",
];

/// Says whether a question is about the person who answers.
pub(super) fn is_personal(question: &str) -> bool {
    let said: Vec<String> = words(question).collect();
    let is_technical = |at: usize| said.get(at).is_some_and(|word| TECHNICAL.contains(&word.as_str()));
    let is_said = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let mut runs = said.windows(phrase.len()).enumerate();
        runs.any(|(at, run)| run == phrase && !is_technical(at + phrase.len()))
    };
    said.iter().any(|word| PERSONAL.contains(&word.as_str())) || OF_A_PERSON.iter().any(|phrase| is_said(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_something_else_as_well_are_heard_only_where_they_are_about_a_person() {
        for (question, expected) in [
            ("How old are you?", true),
            ("How old are your dependencies?", false),
            ("What is your race?", true),
            ("What are your race conditions caused by?", false),
            ("How is your health?", true),
            ("Do your health checks tell you enough?", false),
            ("Have you been fired?", true),
            ("Have you ever asked why an alert fired?", false),
            ("Is your pay fair?", true),
            ("Do you pay attention to warnings?", false),
            ("Did you think of a way to quit your job?", true),
            ("Is it hard to quit the editor?", false),
        ] {
            assert_eq!(is_personal(question), expected, "{question}");
        }
    }
}
