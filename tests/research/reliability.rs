//! Whether the items of instruments hang together: told of each that has several, as its scoring turns them, and of nobody by himself.

use std::fmt::Write as _;
use std::fs;

use dxpulse::statistics::{Alpha, omega};
use serde_json::{Map, Value, json};

use crate::report::{Place, item};

const SURVEY: &str = r#"
id = "usability"
title = "Usability"
introduction = "Some questions."

[[question]]
id = "sus"
instrument = "sus"

[[question]]
id = "use"
instrument = "umux"

[[question]]
id = "lite"
instrument = "umux_lite"

[[question]]
id = "load"
instrument = "tlx"

[[question]]
id = "ease"
instrument = "seq"

[[question]]
id = "parts"
type = "matrix"
text = "How easy was each in the last week?"
points = 5
rows = [{ code = "ci", label = "Pipelines" }, { code = "docs", label = "Docs" }]
"#;

/// Each instrument with how many items it has and the highest point; the even ones of the first two speak against the system.
const SCALES: [(&str, usize, u64); 3] = [("sus", 10, 5), ("use", 4, 7), ("lite", 2, 7)];

/// Gives how much somebody thinks of the system by an item, from 0: an opinion of their own, and something of the item's.
fn opinion(person: u64, item: u64, last: u64) -> u64 {
    (person * 7 % 11 * (last - 1) / 10 + (person * 5 + item * 3) % 3).min(last).saturating_sub(1)
}

fn is_against(name: &str, item: u64) -> bool {
    name != "lite" && item % 2 == 1
}

/// Reports on 60 answers, of which some leave out an item of SUS and one of UMUX-Lite.
fn report(place: &Place, [of_sus, of_lite]: [u64; 2]) -> Value {
    let mut lines = String::new();
    for person in 0..60 {
        let (mut answers, mut missing) = (Map::new(), Map::new());
        for (name, items, last) in SCALES {
            for item in 0..items as u64 {
                let own = opinion(person, item, last);
                let point = if is_against(name, item) { last - own } else { 1 + own };
                answers.insert(format!("{name}_{}", item + 1), json!(point));
            }
        }
        for item in 0..6 {
            answers.insert(format!("load_{}", item + 1), json!(opinion(person, item, 11) * 10));
        }
        answers.insert("ease_1".to_owned(), json!(1 + opinion(person, 0, 7)));
        answers.insert("parts".to_owned(), json!({ "ci": 1 + opinion(person, 0, 5), "docs": 1 + opinion(person, 1, 5) }));
        for (left, item) in [(of_sus, "sus_3"), (of_lite, "lite_2")] {
            if person < left {
                answers.remove(item);
                missing.insert(item.to_owned(), json!("skipped"));
            }
        }
        let record = json!({
            "survey": "usability", "version": 1, "id": format!("{person:032x}"), "wave": "2026-Q1", "language": "en",
            "started_at": "2026-02-10T10:00:00Z", "answered_at": "2026-02-10T10:01:00Z", "answers": answers, "missing": missing,
        });
        writeln!(lines, "{record}").unwrap();
    }
    fs::write(place.path().join("answers.jsonl"), lines).unwrap();
    fs::write(place.path().join("survey.toml"), SURVEY).unwrap();
    let words = ["report", "answers.jsonl", "--definition", "survey.toml", "--draft", "--format", "json"];
    serde_json::from_str(&place.printed(&words)).unwrap()
}

fn reliability(place: &Place, left: [u64; 2]) -> Vec<Value> {
    report(place, left)["reliability"].as_array().unwrap().clone()
}

fn names(told: &[Value]) -> Vec<&str> {
    told.iter().map(|each| each["of"].as_str().unwrap()).collect()
}

fn is_near(found: &Value, expected: f64) -> bool {
    (found.as_f64().unwrap() - expected).abs() < 1e-9
}

#[test]
fn instruments_of_several_items_have_a_reliability_with_all_items_pointing_one_way() {
    let place = Place::new();
    let told = reliability(&place, [0, 0]);
    assert_eq!(names(&told), ["sus", "use", "lite", "load", "parts"], "one item has none");
    for (name, items, last) in SCALES.into_iter().chain([("load", 6, 11), ("parts", 2, 5)]) {
        let row = |person: u64| (0..items as u64).map(|item| opinion(person, item, last) as f64).collect();
        let rows: Vec<Vec<f64>> = (0..60).map(row).collect();
        let each = told.iter().find(|each| each["of"] == name).unwrap();
        let alpha = Alpha::of(&rows, 0.95).unwrap();
        assert!(is_near(&each["alpha"], alpha.alpha) && alpha.alpha > 0.5, "{each}, expected {alpha:?}");
        assert!(is_near(&each["low"], alpha.interval.low) && is_near(&each["high"], alpha.interval.high), "{each}");
        assert_eq!((&each["items"], &each["n"]), (&json!(items), &json!(60)));
        match omega(&rows) {
            Some(omega) => assert!(is_near(&each["omega"], omega), "{each}, expected {omega}"),
            None => assert!(items == 2 && each["omega"].is_null(), "{each}"),
        }
    }
    let words = ["report", "answers.jsonl", "--definition", "survey.toml", "--draft", "--format", "markdown"];
    let page = place.printed(&words);
    let row = page.lines().find(|line| line.starts_with("| lite | ")).unwrap();
    assert!(row.contains("takes three items") && row.contains("2 items, n = 60"), "{row}");
    assert!(page.contains("Items of which less is better are turned round"), "{page}");
}

#[test]
fn where_only_a_few_left_an_item_out_nothing_is_told_of_the_instrument() {
    let place = Place::new();
    let told = |left: [u64; 2]| names(&reliability(&place, left)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(told([3, 1]), ["use", "load", "parts"]);
    assert_eq!(told([5, 6]), ["sus", "use", "lite", "load", "parts"]);
}

#[test]
fn the_score_of_an_instrument_does_not_tell_how_the_few_answered_who_have_none() {
    let place = Place::new();
    let scores = |left: [u64; 2]| {
        let report = report(&place, left);
        ["sus_score", "use_score", "lite_score"].map(|name| item(&report, name)["n"].as_u64())
    };
    assert_eq!(
        scores([3, 3]),
        [Some(60), Some(60), None],
        "SUS takes the middle for an item left out, UMUX-Lite has no score then"
    );
    assert_eq!(scores([0, 6]), [Some(60), Some(60), Some(54)]);
}
