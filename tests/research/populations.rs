//! Of how many invited a figure is: intervals narrow with weights too, and who wasn't asked is none of them.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::report::{Place, item, report};

/// Gives a report on a table of one wave, whose rows and items are given.
fn told(invited: u32, rows: &[String], items: &str) -> (Place, Value) {
    let place = Place::new();
    fs::write(place.path().join("answers.csv"), rows.join("\n")).unwrap();
    let mapping = format!(
        "table = \"answers.csv\"\nsurvey = \"pulse\"\nwave = \"2026-Q1\"\nwaves = [{{ name = \"2026-Q1\", invited = {invited} }}]\n{items}"
    );
    fs::write(place.path().join("pulse.toml"), mapping).unwrap();
    let report = report(&place, &["--draft"]);
    (place, report)
}

fn near(found: &Value, expected: f64) -> bool {
    (found.as_f64().unwrap() - expected).abs() < 1e-9
}

/// Gives 40 answers: half count once, of which 5 are yes, and half count twice, of which 15 are.
fn weighted() -> Vec<String> {
    let row = |at: usize| format!("{},{}", 1 + at / 20, if at < 5 || (20..35).contains(&at) { "yes" } else { "no" });
    std::iter::once("weight,works".to_owned()).chain((0..40).map(row)).collect()
}

const WORKS: &str = "weight = \"weight\"\n[[items]]\nid = \"works\"\ntype = \"boolean\"\ncolumn = \"works\"\ncodes = { yes = \"1\", no = \"0\" }\n";

#[test]
fn intervals_of_weighted_answers_narrow_to_the_invited_by_what_the_answers_are_worth() {
    // Weights of 60 in all, whose squares come to 100: the answers are worth 36. Of 144 invited that is 36 · 143 / 108 = 47 2/3; 35 of 60
    // say yes, and Wilson's interval of 7/12 of 47 2/3 answers follows by hand.
    let (place, report) = told(144, &weighted(), WORKS);
    let figure = &item(&report, "works")["figure"];
    let (share, n, z) = (7.0 / 12.0, 143.0 / 3.0, 1.959_963_984_540_054_f64);
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    assert!(near(&figure["value"], share) && near(&figure["low"], middle - half), "{figure}");
    assert!(near(&figure["low"], 0.442_338_436_236_851) && near(&figure["high"], 0.711_898_286_013_774_8), "{figure}");
    let page = place.printed(&["report", "pulse.toml", "--draft", "--format", "markdown"]);
    assert!(page.contains("where n is the answers, or what weighted ones are worth"), "{page}");
    // All 40 invited answered, but what they are worth is fewer: that is no census.
    let (_, report) = told(40, &weighted(), WORKS);
    let figure = &item(&report, "works")["figure"];
    assert!(figure["is_census"] == false && figure["low"].as_f64() < figure["value"].as_f64(), "{figure}");
    let alike: Vec<String> = weighted().iter().map(|row| row.replace("1,", "0.7,").replace("2,", "0.7,")).collect();
    let (_, report) = told(40, &alike, WORKS);
    assert_eq!(item(&report, "works")["figure"]["is_census"], true, "weights that are all the same change nothing");
}

#[test]
fn who_was_not_asked_is_no_nonresponse() {
    // All 30 invited answered, and 10 of them never met the question about load; of the one about docs 6 of 20 skipped it.
    let row = |at: usize| match at {
        0..10 => "yes,ns,ns".to_owned(),
        10..16 => format!("no,{},skipped", 1 + at % 5),
        _ => format!("yes,{},{}", 1 + at % 5, 1 + at % 2),
    };
    let rows: Vec<String> = std::iter::once("works,load,docs".to_owned()).chain((0..30).map(row)).collect();
    let works = WORKS.split_once('\n').unwrap().1;
    let item_of = |name: &str| {
        format!(
            "[[items]]\nid = \"{name}\"\ntype = \"rating\"\ncolumn = \"{name}\"\nmissing = {{ ns = \"not_shown\", skipped = \"skipped\" }}\n"
        )
    };
    let items = format!("{works}{}{}", item_of("load"), item_of("docs"));
    let (place, told) = told(30, &rows, &items);
    let load = item(&told, "load");
    assert_eq!((&load["n"], &load["shown"], &load["figure"]["is_census"]), (&json!(20), &json!(20), &json!(true)));
    assert_eq!((&load["top"]["share"]["is_census"], &load["figure"]["low"]), (&json!(true), &load["figure"]["value"]));
    let bounds = |item: &Value| [0, 1].map(|at| item["bounds"][at].as_f64().unwrap());
    let mean = load["figure"]["value"].as_f64().unwrap();
    assert!(bounds(load).iter().all(|bound| (bound - mean).abs() < 1e-9), "nobody left anything open: {load}");
    // 14 answers of 1 and 2, seven each: the six others could all have given 1 or 5.
    let docs = item(&told, "docs");
    assert_eq!((&docs["n"], &docs["figure"]["is_census"]), (&json!(14), &json!(false)));
    let [low, high] = bounds(docs);
    assert!((low - 27.0 / 20.0).abs() < 1e-9 && (high - 51.0 / 20.0).abs() < 1e-9, "{docs}");
    assert_eq!(item(&told, "works")["figure"]["is_census"], true);
    let page = place.printed(&["report", "pulse.toml", "--draft", "--format", "markdown"]);
    assert!(page.contains("less those to whom the item wasn't shown") && page.contains("(census, n = 20)"), "{page}");
}

#[test]
fn nor_is_a_score_of_which_no_item_was_shown() {
    let place = Place::new();
    let survey = "id = \"use\"\ntitle = \"Use\"\nintroduction = \"Two questions.\"\n[[question]]\nid = \"lite\"\ninstrument = \"umux_lite\"\n";
    fs::write(place.path().join("survey.toml"), survey).unwrap();
    let (both, skipped) = (["lite_1", "lite_2"], json!({ "lite_2": "skipped" }));
    let record = |at: u32| {
        let (answers, missing) = match at {
            0..10 => (json!({}), json!(both.map(|item| (item, "not_shown")).into_iter().collect::<BTreeMap<_, _>>())),
            10..16 => (json!({ "lite_1": 4 }), skipped.clone()),
            _ => (json!({ "lite_1": 4, "lite_2": 1 + at % 7 }), json!({})),
        };
        let record = json!({
            "survey": "use", "version": 1, "id": format!("{at:032x}"), "wave": "2026-Q1", "language": "en",
            "answered_at": "2026-02-10T10:01:00Z", "answers": answers, "missing": missing,
        });
        format!("{record}\n")
    };
    fs::write(place.path().join("answers.jsonl"), (0..30).map(record).collect::<String>()).unwrap();
    let words = ["report", "answers.jsonl", "--definition", "survey.toml", "--draft", "--format", "json"];
    let told: Value = serde_json::from_str(&place.printed(&words)).unwrap();
    let score = item(&told, "lite_score");
    assert_eq!((&score["n"], &score["shown"]), (&json!(14), &json!(20)));
    assert_eq!(score["absent"], json!([["unanswered", 6], ["not_shown", 10]]));
}
