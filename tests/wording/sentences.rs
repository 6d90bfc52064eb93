//! Sentences of a developer survey: some break a rule, and some only look as if they did.

use std::collections::BTreeSet;

use dxpulse::author::lint::wording::{Role, Rule, sentence};
use proptest::prelude::*;

use crate::corpus::{read, rule};
use crate::tally::{Outcome, assert_floor};

/// The least number of bad and of good sentences that a rule is measured with.
const LEAST: usize = 12;

/// The rules that look at one text alone.
const RULES: [Rule; 10] = [
    Rule::DoubleBarrelled,
    Rule::Leading,
    Rule::Loaded,
    Rule::Absolute,
    Rule::Negation,
    Rule::VagueQuantifier,
    Rule::NoReferencePeriod,
    Rule::Presupposition,
    Rule::UnexpandedAcronym,
    Rule::Length,
];

/// A sentence, what it is for and the rules it breaks.
#[derive(Debug)]
struct Case {
    text: String,
    role: Role,
    breaks: BTreeSet<Rule>,
}

impl Case {
    fn outcome(&self) -> Outcome {
        let found = sentence(&self.text, self.role).iter().map(|hit| hit.rule).collect();
        Outcome { subject: self.text.clone(), breaks: self.breaks.clone(), found }
    }
}

fn role(name: &str) -> Role {
    match name {
        "question" => Role::Question,
        "statement" => Role::Statement,
        "help" => Role::Help,
        "label" => Role::Label,
        other => panic!("no role is called {other}"),
    }
}

fn rules<'v>(names: impl Iterator<Item = &'v toml::Value>) -> BTreeSet<Rule> {
    names.map(|name| rule(name.as_str().expect("a rule's name"))).collect()
}

/// Reads the sentences about one rule.
fn cases(about: Rule) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, table) in &read(about.name()) {
        for (verdict, sentences) in table.as_table().expect("a table for each role") {
            assert!(matches!(verdict.as_str(), "good" | "bad"), "{verdict}");
            for entry in sentences.as_array().expect("a list of sentences") {
                let text = entry.get("text").unwrap_or(entry).as_str().expect("a sentence").to_owned();
                let mut breaks = rules(entry.get("also").and_then(toml::Value::as_array).into_iter().flatten());
                if verdict == "bad" {
                    breaks.insert(about);
                }
                cases.push(Case { text, role: role(name), breaks });
            }
        }
    }
    cases
}

/// Reads the sentences of `held-out.toml`, each with the rules it breaks.
fn held_out() -> Vec<Case> {
    let entries = read("held-out");
    let case = |entry: &toml::Value| Case {
        text: entry["text"].as_str().expect("a sentence").to_owned(),
        role: role(entry.get("role").and_then(toml::Value::as_str).unwrap_or("question")),
        breaks: rules(entry["breaks"].as_array().expect("a list").iter()),
    };
    entries["sentence"].as_array().expect("a list of sentences").iter().map(case).collect()
}

#[test]
fn sentences_break_the_rules_they_are_bad_examples_of_and_good_ones_break_none() {
    let all = RULES.into_iter().flat_map(cases).chain(held_out());
    assert_floor(&RULES, &all.map(|case| case.outcome()).collect::<Vec<_>>());
}

#[test]
fn every_rule_is_measured_with_enough_sentences_and_none_twice() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        let cases = cases(rule);
        let bad = cases.iter().filter(|case| case.breaks.contains(&rule)).count();
        assert!(bad >= LEAST && cases.len() - bad >= LEAST, "{}: {bad} bad of {}", rule.name(), cases.len());
        for case in cases.into_iter().chain(held_out().into_iter().filter(|_| rule == Rule::Length)) {
            assert!(seen.insert(case.text.clone()), "twice: {}", case.text);
        }
    }
}

#[test]
fn a_place_is_a_part_of_the_text_and_its_message_says_something() {
    for case in RULES.into_iter().flat_map(cases) {
        for hit in sentence(&case.text, case.role) {
            let part = case.text.get(hit.place.clone());
            assert!(part.is_some_and(|part| !part.trim().is_empty()), "{hit:?} in {}", case.text);
            assert!(!hit.message.is_empty() && !hit.help.is_empty(), "{hit:?}");
            assert!(hit.message.chars().next().is_some_and(char::is_lowercase), "{hit:?}");
        }
    }
}

#[test]
fn places_are_those_of_the_words_that_break_the_rule() {
    for (text, role, rule, part) in [
        ("Do you “often” wait for a review, or frequently?", Role::Question, Rule::VagueQuantifier, "frequently"),
        ("The portal’s docs are clear and complete.", Role::Statement, Rule::DoubleBarrelled, "clear and complete"),
        ("Überall gilt: our awesome café?", Role::Question, Rule::Loaded, "awesome"),
        ("How clear is the non-SLO target?", Role::Question, Rule::UnexpandedAcronym, "SLO"),
        ("How clear are the 満足 of your team’s SLOs?", Role::Question, Rule::UnexpandedAcronym, "SLO"),
        ("What’s the biggest problem with 満足 builds?", Role::Question, Rule::Presupposition, "What’s the biggest problem"),
        ("Do you always avoid the keyword `always`?", Role::Question, Rule::Absolute, "always"),
    ] {
        let hits = sentence(text, role);
        let parts: Vec<_> = hits.iter().filter(|hit| hit.rule == rule).map(|hit| &text[hit.place.clone()]).collect();
        assert_eq!(parts, [part], "{text}: {hits:?}");
    }
}

/// Words and marks that the rules look at, so that chance puts them together in ways nobody would.
const PIECES: &str = "\
    how many much zero everything always don't time share of why do still problems improve and or not never if \
    that which as well often the our awesome last SLO you what is between to build 100% , ? . ( ) / “ ’ {a|b} { ` \
    é 満足 🙂 -";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_can_be_read(
        pieces in prop::collection::vec((prop::sample::select(PIECES.split(' ').collect::<Vec<_>>()), any::<bool>()), 0..24),
        anything in any::<String>(),
        role in prop::sample::select(vec![Role::Question, Role::Statement, Role::Help, Role::Label]),
    ) {
        let together: String = pieces.iter().map(|(piece, apart)| format!("{piece}{}", if *apart { " " } else { "" })).collect();
        for text in [together, anything] {
            for hit in sentence(&text, role) {
                prop_assert!(text.get(hit.place.clone()).is_some(), "{:?} in {:?}", hit, text);
            }
        }
    }
}
