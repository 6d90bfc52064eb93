//! Measures the wording lint on sentences of a developer survey, good and bad, and holds it to a floor.
//!
//! Every file of this folder names a rule and holds sentences that break it (`bad`) and sentences that look as if they did (`good`).
//! A good sentence breaks no rule at all. A bad one may break further rules, which it then names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use dxpulse::author::lint::wording::{Role, Rule, sentence};

/// The least share of findings that are right, and of faults that are found.
const FLOOR: f64 = 0.95;

/// The least number of bad and of good sentences that a rule is measured with.
const LEAST: usize = 12;

/// A sentence, what it is for and the rules it breaks.
#[derive(Debug)]
struct Case {
    text: String,
    role: Role,
    breaks: BTreeSet<Rule>,
    /// The rule whose file it stands in.
    about: Option<Rule>,
}

/// How often a rule was right.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    found: u32,
    missed: u32,
    wrong: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.found, self.found + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "precision {:.3}  recall {:.3}  {self:?}", self.precision(), self.recall())
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wording")
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

fn rule(name: &str) -> Rule {
    Rule::from_name(name).unwrap_or_else(|| panic!("no rule is called {name}"))
}

/// Reads the sentences about one rule.
fn cases(about: Rule) -> Vec<Case> {
    let file = folder().join(format!("{}.toml", about.name()));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let roles: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut cases = Vec::new();
    for (name, table) in &roles {
        for (verdict, sentences) in table.as_table().expect("a table for each role") {
            assert!(matches!(verdict.as_str(), "good" | "bad"), "{verdict}");
            for entry in sentences.as_array().expect("a list of sentences") {
                let text = entry.get("text").unwrap_or(entry).as_str().expect("a sentence").to_owned();
                let also = entry.get("also").and_then(toml::Value::as_array).into_iter().flatten();
                let mut breaks: BTreeSet<Rule> = also.map(|name| rule(name.as_str().expect("a rule's name"))).collect();
                if verdict == "bad" {
                    breaks.insert(about);
                }
                cases.push(Case { text, role: role(name), breaks, about: Some(about) });
            }
        }
    }
    cases
}

/// Reads the sentences of `held-out.toml`, each with the rules it breaks.
fn held_out() -> Vec<Case> {
    let text = fs::read_to_string(folder().join("held-out.toml")).expect("the file is there");
    let table: toml::Table = text.parse().expect("it is TOML");
    let entries = table["sentence"].as_array().expect("a list of sentences");
    let case = |entry: &toml::Value| Case {
        text: entry["text"].as_str().expect("a sentence").to_owned(),
        role: role(entry.get("role").and_then(toml::Value::as_str).unwrap_or("question")),
        breaks: entry["breaks"].as_array().expect("a list").iter().map(|name| rule(name.as_str().expect("a name"))).collect(),
        about: None,
    };
    entries.iter().map(case).collect()
}

/// Measures every rule on every sentence; the second part lists what went wrong.
fn measure(cases: &[Case]) -> (BTreeMap<Rule, Tally>, Vec<String>) {
    let mut tallies: BTreeMap<Rule, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases {
        let found: BTreeSet<Rule> = sentence(&case.text, case.role).iter().map(|hit| hit.rule).collect();
        for rule in found.union(&case.breaks) {
            let tally = tallies.entry(*rule).or_default();
            match (found.contains(rule), case.breaks.contains(rule)) {
                (true, true) => tally.found += 1,
                (true, false) => tally.wrong += 1,
                _ => tally.missed += 1,
            }
            if found.contains(rule) != case.breaks.contains(rule) {
                let fault = if found.contains(rule) { "wrongly found" } else { "missed" };
                wrong.push(format!("{fault} {}: {}", rule.name(), case.text));
            }
        }
    }
    (tallies, wrong)
}

fn sentence_rules() -> impl Iterator<Item = Rule> {
    Rule::ALL.into_iter().take_while(|rule| *rule != Rule::UnbalancedScale)
}

fn assert_floor(name: &str, tally: Tally, wrong: &[String]) {
    assert!(tally.precision() >= FLOOR && tally.recall() >= FLOOR, "{name}: {tally}\n{}", wrong.join("\n"));
}

#[test]
fn every_rule_finds_what_it_is_for_and_leaves_good_sentences_alone() {
    let all: Vec<Case> = sentence_rules().flat_map(cases).chain(held_out()).collect();
    let (tallies, wrong) = measure(&all);
    let mut sum = Tally::default();
    for rule in sentence_rules() {
        let tally = tallies.get(&rule).copied().unwrap_or_default();
        sum = Tally { found: sum.found + tally.found, missed: sum.missed + tally.missed, wrong: sum.wrong + tally.wrong };
        println!("{:22} {tally}", rule.name());
    }
    println!("{:22} {sum}\n{}", "all", wrong.join("\n"));
    for rule in sentence_rules() {
        assert_floor(rule.name(), tallies[&rule], &wrong);
    }
    assert_floor("all", sum, &wrong);
}

#[test]
fn every_rule_is_measured_with_enough_sentences_and_none_twice() {
    let mut seen = BTreeSet::new();
    for rule in sentence_rules() {
        let cases = cases(rule);
        let bad = cases.iter().filter(|case| case.about.is_some_and(|about| case.breaks.contains(&about))).count();
        assert!(bad >= LEAST && cases.len() - bad >= LEAST, "{}: {bad} bad of {}", rule.name(), cases.len());
        for case in cases {
            assert!(seen.insert(case.text.clone()), "twice: {}", case.text);
        }
    }
}

#[test]
fn a_place_is_a_part_of_the_text_and_its_message_says_something() {
    for case in sentence_rules().flat_map(cases) {
        for hit in sentence(&case.text, case.role) {
            let part = case.text.get(hit.place.clone());
            assert!(part.is_some_and(|part| !part.trim().is_empty()), "{hit:?} in {}", case.text);
            assert!(!hit.message.is_empty() && !hit.help.is_empty(), "{hit:?}");
            assert!(hit.message.chars().next().is_some_and(char::is_lowercase), "{hit:?}");
        }
    }
}
