//! Small surveys: some break a rule that looks at the whole of them, and some only look as if they did.

use std::collections::BTreeSet;

use dxpulse::author::lint::wording::{About, Finding, Rule, survey};
use dxpulse::survey::Survey;
use dxpulse::survey::parse::parse;

use crate::corpus::{read, rule};
use crate::tally::{Outcome, assert_floor};

/// The least number of bad and of good surveys that a rule is measured with.
const LEAST: usize = 10;

/// The rules that look at a whole survey.
const RULES: [Rule; 12] = [
    Rule::UnbalancedScale,
    Rule::NoMidpoint,
    Rule::MixedDirection,
    Rule::OverlappingRanges,
    Rule::StemAndScale,
    Rule::NoWayOut,
    Rule::LongAgreementBattery,
    Rule::SensitiveOrOpenFirst,
    Rule::Burden,
    Rule::IdentifyingDemographics,
    Rule::TooMuchText,
    Rule::BetrayingCondition,
];

fn parsed(source: &str) -> Survey {
    parse(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

/// Lints a survey of these lines, with an id and a title before them.
fn lint(lines: &str) -> Vec<Finding> {
    survey(&parsed(&format!("id = \"x\"\ntitle = \"X\"\n{lines}")))
}

fn names(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.about.name()).collect()
}

/// Writes a piece as a survey: with an id and a title, and ids for the questions that have none.
fn whole(piece: &toml::Table) -> String {
    let mut whole = piece.clone();
    whole.remove("also");
    whole.insert("id".to_owned(), "piece".into());
    whole.entry("title").or_insert_with(|| "Piece".into());
    let questions = whole.get_mut("question").and_then(toml::Value::as_array_mut).expect("questions");
    for (number, question) in questions.iter_mut().enumerate() {
        let question = question.as_table_mut().expect("a question");
        question.entry("id").or_insert_with(|| format!("q{number}").into());
    }
    whole.to_string()
}

/// Reads the surveys about one rule, each with the rules it breaks.
fn cases(about: Rule) -> Vec<(String, BTreeSet<Rule>)> {
    let file = read(about.name());
    let mut cases = Vec::new();
    for verdict in ["bad", "good"] {
        for piece in file[verdict].as_array().expect("surveys") {
            let also = piece.get("also").and_then(toml::Value::as_array).into_iter().flatten();
            let mut breaks: BTreeSet<Rule> = also.map(|name| rule(name.as_str().expect("a rule's name"))).collect();
            breaks.extend((verdict == "bad").then_some(about));
            cases.push((whole(piece.as_table().expect("a survey")), breaks));
        }
    }
    cases
}

#[test]
fn surveys_break_the_rules_they_are_bad_examples_of_and_good_ones_break_none() {
    let outcome = |(source, breaks): (String, BTreeSet<Rule>)| {
        let found = survey(&parsed(&source)).into_iter().filter_map(|finding| match finding.about {
            About::Rule(rule) => Some(rule),
            _ => None,
        });
        Outcome { found: found.collect(), breaks, subject: source }
    };
    assert_floor(&RULES, &RULES.into_iter().flat_map(cases).map(outcome).collect::<Vec<_>>());
}

#[test]
fn every_rule_is_measured_with_enough_surveys() {
    for rule in RULES {
        let cases = cases(rule);
        let bad = cases.iter().filter(|(_, breaks)| breaks.contains(&rule)).count();
        assert!(bad >= LEAST && cases.len() - bad >= LEAST, "{}: {bad} bad of {}", rule.name(), cases.len());
    }
}

const LOADED: &str = "[[question]]\nid = \"a\"\ntype = \"csat\"\ntext = \"How satisfied are you with our awesome portal?\"\n";

#[test]
fn a_finding_points_at_its_words_in_the_file() {
    let source = format!("id = \"x\"\ntitle = \"X\"\n{LOADED}");
    let findings = survey(&parsed(&source));
    let finding = &findings[0];
    let part = finding.part.clone().expect("a part of the text");
    let text = "How satisfied are you with our awesome portal?";
    assert_eq!((finding.key, &text[part]), ("text", "awesome"));
    assert!(source[finding.span.clone()].contains(text), "{}", &source[finding.span.clone()]);
    assert_eq!(finding.question.as_ref().map(|id| id.as_str()), Some("a"));
}

#[test]
fn a_waiver_silences_its_rule_where_it_stands_and_no_other() {
    let waiver = "waive = [{ rule = \"loaded\", reason = \"The brand is called Awesome.\" }]\n";
    let second = LOADED.replace("id = \"a\"", "id = \"b\"");
    assert_eq!(names(&lint(LOADED)), ["loaded"]);
    assert_eq!(names(&lint(&format!("{LOADED}{waiver}"))), Vec::<&str>::new());
    assert_eq!(names(&lint(&format!("{LOADED}{waiver}{second}"))), ["loaded"], "another question's words are not waived");
    assert_eq!(names(&lint(&format!("{waiver}{LOADED}{second}"))), Vec::<&str>::new(), "the survey's waiver holds for all of it");
    let absolute = LOADED.replace("satisfied", "totally satisfied");
    assert_eq!(names(&lint(&format!("{absolute}{waiver}"))), ["absolute"], "another rule is not waived");
}

#[test]
fn a_waiver_that_does_nothing_is_found_with_what_was_meant() {
    let unused =
        lint(&format!("{LOADED}waive = [{{ rule = \"leading\", reason = \"x\" }}, {{ rule = \"loaded\", reason = \"x\" }}]\n"));
    assert_eq!(names(&unused), ["unused-waiver"]);
    let unknown = lint(&format!("{LOADED}waive = [{{ rule = \"loadad\", reason = \"x\" }}]\n"));
    assert_eq!(names(&unknown), ["loaded", "unknown-rule"]);
    assert_eq!(unknown[1].help, "did you mean `loaded`?");
    let both =
        format!("waive = [{{ rule = \"loaded\", reason = \"x\" }}]\n{LOADED}waive = [{{ rule = \"loaded\", reason = \"x\" }}]\n");
    assert_eq!(names(&lint(&both)), Vec::<&str>::new(), "both do something");
}

#[test]
fn the_words_of_an_instrument_are_left_alone() {
    let instrument = "[[question]]\nid = \"usability\"\ninstrument = \"sus\"\nobject = \"the portal\"\n";
    assert_eq!(names(&lint(instrument)), Vec::<&str>::new());
    let waived = format!("{instrument}waive = [{{ rule = \"double-barrelled\", reason = \"x\" }}]\n");
    assert_eq!(names(&lint(&waived)), ["unused-waiver"]);
}

#[test]
fn only_english_is_read_and_it_is_found_among_translations() {
    let german = "language = \"de\"\n[[question]]\nid = \"a\"\ntype = \"boolean\"\ntext = \"Ist der SLO not uncommon und always loaded?\"\n";
    assert_eq!(names(&lint(german)), Vec::<&str>::new());
    let both = "id = \"x\"\nlanguage = \"de\"\ntitle = { de = \"X\", en-GB = \"X\", en = \"X\" }\n[[question]]\nid = \"a\"\ntype = \"boolean\"\n\
                text = { de = \"Hilft das Portal?\", en = \"Does the portal help?\", en-GB = \"Does our awesome portal help?\" }\n";
    assert_eq!(names(&survey(&parsed(both))), ["loaded"]);
}

#[test]
fn the_survey_around_a_question_makes_up_for_what_it_lacks() {
    let amount = "[[question]]\nid = \"a\"\ntype = \"number\"\ntext = \"How many builds failed?\"\n";
    let asked = |id: &str, more: &str| {
        format!("[[question]]\nid = \"{id}\"\ntype = \"text\"\ntext = \"What annoys you about reviews?\"\n{more}")
    };
    let note = "[[question]]\nid = \"n\"\ntype = \"note\"\ntext = \"The questions are about the last 7 days.\"\n";
    let first = "[[question]]\nid = \"f\"\ntype = \"boolean\"\ntext = \"Does anything annoy you about reviews?\"\n";
    let group = "[[group]]\nid = \"inner\"\ngroup = \"outer\"\n[[group]]\nid = \"outer\"\nshow_if = \"f\"\n";
    let acronym = |id: &str, words: &str| {
        format!("[[question]]\nid = \"{id}\"\ntype = \"boolean\"\ntext = \"Do you know your {words}?\"\n")
    };
    for (survey, found) in [
        (amount.to_owned(), vec!["no-reference-period"]),
        (format!("{note}{amount}"), vec![]),
        (format!("{amount}{note}"), vec!["no-reference-period"]),
        (format!("introduction = \"About the last sprint.\"\n{amount}"), vec![]),
        (format!("{amount}help = \"In the last 7 days.\"\n"), vec![]),
        (format!("{amount}unit = \"builds a week\"\n"), vec![]),
        (
            format!(
                "{}{note}{amount}",
                note.replace("The questions are about the last 7 days.", "First your work.").replace("\"n\"", "\"m\"")
            ),
            vec![],
        ),
        (
            format!("{}{amount}", note.replace("The questions are about the last 7 days.", "First your work.")),
            vec!["no-reference-period"],
        ),
        (format!("{first}{}", asked("w", "")), vec!["presupposition"]),
        (format!("{first}{}", asked("w", "show_if = \"f\"\n")), vec![]),
        (format!("{first}{}{group}", asked("w", "group = \"inner\"\n")), vec![]),
        (format!("{}{}", acronym("a", "SLO"), acronym("b", "SLOs")), vec!["unexpanded-acronym"]),
        (format!("{}{}", acronym("a", "service-level objective (SLO)"), acronym("b", "SLO")), vec![]),
        (format!("{}{}", acronym("a", "service-level objective (SLO)"), acronym("b", "SLO's owner")), vec![]),
        (format!("{}{}", acronym("a", "service-level objective (SLO)"), acronym("b", "SLO-based target")), vec![]),
        (format!("{}{}", acronym("a", "SLO’s owner"), acronym("b", "non-SLO target")), vec!["unexpanded-acronym"]),
        (format!("{}{}", acronym("a", "SLO"), acronym("b", "service-level objective (SLO)")), vec!["unexpanded-acronym"]),
    ] {
        assert_eq!(names(&lint(&survey)), found, "{survey}");
    }
}

#[test]
fn every_finding_of_a_bad_survey_names_a_key_and_what_to_do() {
    for (source, _) in RULES.into_iter().flat_map(cases) {
        for finding in survey(&parsed(&source)) {
            assert!(!finding.message.is_empty() && !finding.help.is_empty() && !finding.key.is_empty(), "{finding:?}");
            assert!(finding.message.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '“'), "{finding:?}");
            assert!(source.get(finding.span.clone()).is_some(), "{finding:?}");
        }
    }
}
