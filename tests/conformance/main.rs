//! The official conformance data of the Common Expression Language, run against what conditions are made of.
//!
//! Every case of the core passes or is named in `known.toml` with the reason why it doesn't. What needs a part that isn't built
//! in (protobuf messages, times, regular expressions) is left out, and counted.

mod evaluate;
mod official;
#[path = "../support/published.rs"]
mod published;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use evaluate::difference;
use official::{Case, RELEASE};

/// The files of the core. The others are about protobuf, time, a type checker, or extensions.
const CORE: [&str; 13] = [
    "basic",
    "comparisons",
    "conversions",
    "fields",
    "fp_math",
    "integer_math",
    "lists",
    "logic",
    "macros",
    "namespace",
    "parse",
    "plumbing",
    "string",
];

/// Gives the part that a case of the core needs and dxpulse doesn't build in.
fn needs(case: &Case) -> Option<&'static str> {
    let names = |any: &[&str]| any.iter().any(|name| case.expression().contains(name));
    match case {
        case if case.container().starts_with("cel.") || names(&["TestAllTypes", "google.protobuf"]) => Some("protobuf messages"),
        _ if names(&["timestamp(", "duration("]) => Some("times"),
        _ if names(&[".matches("]) => Some("regular expressions"),
        _ => None,
    }
}

/// Reads the cases that are known to fail: name to reason.
fn known() -> BTreeMap<String, String> {
    let file: toml::Table = include_str!("known.toml").parse().expect("the list of known failures is TOML");
    let text = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    let mut known = BTreeMap::new();
    for group in file["group"].as_array().expect("groups") {
        for name in group["cases"].as_array().expect("names of cases") {
            let twice = known.insert(text(name), text(&group["reason"]));
            assert_eq!(twice, None, "{name} stands twice in known.toml");
        }
    }
    known
}

#[test]
fn every_official_case_of_the_core_passes_or_is_a_known_failure() {
    let cases: Vec<Case> = official::cases().into_iter().filter(|case| CORE.contains(&case.file())).collect();
    let (left_out, run): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| needs(case).is_some());
    let failed: BTreeMap<&str, String> = run.iter().filter_map(|case| Some((&*case.name, difference(case)?))).collect();
    report(&run, &failed, &left_out);

    let known = known();
    let mut wrong = Vec::new();
    for (name, difference) in failed.iter().filter(|(name, _)| !known.contains_key(**name)) {
        let case = run.iter().find(|case| case.name == **name).expect("it was run");
        wrong.push(format!("{name}: {} {difference}", case.expression()));
    }
    let names: BTreeSet<&str> = run.iter().map(|case| &*case.name).collect();
    for name in known.keys().filter(|name| !failed.contains_key(name.as_str())) {
        let how = if names.contains(name.as_str()) { "passes" } else { "is no case that is run" };
        wrong.push(format!("{name}: {how}, take it out of known.toml"));
    }
    assert!(wrong.is_empty(), "{} cases are not as expected:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run.len() > 900, "the data was not found");
}

/// Says what was counted, past the capture of the test's output.
fn report(run: &[&Case], failed: &BTreeMap<&str, String>, left_out: &[&Case]) {
    let mut needed: BTreeMap<&str, usize> = BTreeMap::new();
    for part in left_out.iter().filter_map(|case| needs(case)) {
        *needed.entry(part).or_default() += 1;
    }
    let needed: Vec<String> = needed.iter().map(|(part, count)| format!("{count} need {part}")).collect();
    let (passed, failed, left_out) = (run.len() - failed.len(), failed.len(), left_out.len());
    let line = format!("CEL {RELEASE}, core: {passed} passed, {failed} failed; left out: {left_out} ({})\n", needed.join(", "));
    std::io::stderr().write_all(line.as_bytes()).expect("the line can be written");
}
