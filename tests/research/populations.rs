//! Of how many invited a figure is: intervals narrow with weights too.

use std::fmt::Write as _;
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
