//! Readers can tell of what a figure is: what items, groups and differences are called.

use std::fs;

use crate::report::{MAPPING, Place, item, report};

#[test]
fn a_question_without_words_goes_by_its_id() {
    let place = Place::new();
    let wordless: String = MAPPING.lines().filter(|line| !line.starts_with("text = ")).map(|line| format!("{line}\n")).collect();
    fs::write(place.path().join("pulse.toml"), wordless).unwrap();
    let report = report(&place, &["--draft"]);
    let reached = report["funnel"]["questions"].as_array().unwrap();
    assert_eq!(reached.iter().map(|at| at["text"].as_str().unwrap()).collect::<Vec<_>>(), ["nps", "ci", "barriers"]);
    assert_eq!(item(&report, "barriers.docs")["text"], "barriers");
    assert!(place.printed(&["report", "pulse.toml", "--draft", "--format", "markdown"]).contains("| barriers | 120 |"));
}

#[test]
fn a_group_is_said_to_differ_from_the_other_groups_shown() {
    let place = Place::new();
    let table = fs::read_to_string(place.path().join("answers.csv")).unwrap().replace(",tiny,", ",core,");
    fs::write(place.path().join("answers.csv"), table).unwrap();
    for format in ["html", "markdown"] {
        let page = place.printed(&["report", "pulse.toml", "--format", format]);
        assert!(page.contains("difference from the other groups shown"), "{format}");
    }
}
