//! Whether items rise or fall: a slope says of which share it is, and in what unit.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::report::{Place, report};

/// Each item with its type, the point of those who do well and of those who don't, and whose share its slope is.
const ITEMS: [(&str, &str, [&str; 2], &str); 6] = [
    ("score", "type = \"nps\"", ["9", "3"], "promoters"),
    ("ease", "type = \"rating\"", ["4", "1"], "share at 4–5"),
    ("load", "type = \"rating\"\nlower_is_better = true", ["2", "5"], "share at 1–2"),
    ("effort", "type = \"ces\"", ["5", "4"], "share at 5–7"),
    ("works", "type = \"boolean\"\ncodes = { y = \"1\", n = \"0\" }", ["y", "n"], "share of yes"),
    ("chosen", "type = \"multi\"\ncodes = { docs = \"docs\", none = \"none\" }", ["docs", "none"], "share who chose it"),
];

#[test]
fn a_slope_is_of_the_share_that_it_names_and_not_of_the_figure_beside_it() {
    let place = Place::new();
    let mut mapping = "table = \"answers.csv\"\nsurvey = \"pulse\"\nwave = { column = \"wave\" }\nwaves = [".to_owned();
    let mut table = format!("wave,{}\n", ITEMS.map(|(name, ..)| name).join(","));
    // Of 40 answers each year 20, 10 and 4 are good ones, so that by least squares .2 are lost from one 365 days to the next.
    for (year, good) in [(2021, 20), (2022, 10), (2023, 4)] {
        write!(mapping, "{{ name = \"{year}\", opens = {year}-01-01 }}, ").unwrap();
        for at in 0..40 {
            let cells = ITEMS.map(|(_, _, [well, ill], _)| if at < good { well } else { ill });
            writeln!(table, "{year},{}", cells.join(",")).unwrap();
        }
    }
    mapping.push_str("]\n");
    for (name, kind, ..) in ITEMS {
        write!(mapping, "[[items]]\nid = \"{name}\"\ncolumn = \"{name}\"\n{kind}\n").unwrap();
    }
    fs::write(place.path().join("answers.csv"), table).unwrap();
    fs::write(place.path().join("pulse.toml"), mapping).unwrap();
    let told = report(&place, &["--draft"]);
    let trend = told["trend"].as_array().unwrap();
    assert_eq!(trend.len(), ITEMS.len() + 1, "each choice goes by itself");
    for (series, (name, _, _, of)) in trend.iter().zip(ITEMS) {
        let slope = &series["slope"];
        assert_eq!(slope["of"], of, "{name}");
        let a_year = slope["fraction_a_year"].as_f64().unwrap();
        assert!((a_year + 0.2 * 365.2425 / 365.0).abs() < 1e-12, "{name}: {a_year}");
    }
    let last = |series: &Value| series["points"][2]["figure"]["value"].as_f64().unwrap();
    assert!((last(&trend[0]) + 80.0).abs() < 1e-9, "the score falls by more than its promoters");
    for (format, less) in [("html", "&#60;"), ("markdown", "\\<")] {
        let page = place.printed(&["report", "pulse.toml", "--draft", "--format", format]);
        for (.., of) in ITEMS {
            let told = format!("{of}: −20.0 percentage points a year, p {less} .001");
            assert!(page.contains(&told), "{told}\n{page}");
        }
        assert!(page.contains("Of the share that is named there, not of the figure that is drawn"), "{format}");
    }
}

#[test]
fn waves_without_days_are_drawn_side_by_side_and_of_many_those_are_named_that_have_room() {
    let place = Place::new();
    let mapping = "table = \"answers.csv\"\nsurvey = \"pulse\"\nwave = { column = \"wave\" }\n[[items]]\nid = \"score\"\ncolumn = \"score\"\ntype = \"nps\"\n";
    fs::write(place.path().join("pulse.toml"), mapping).unwrap();
    let drawn = |waves: &[String]| {
        let rows: String = waves.iter().map(|wave| format!("{wave},9\n{wave},3\n").repeat(20)).collect();
        fs::write(place.path().join("answers.csv"), format!("wave,score\n{rows}")).unwrap();
        let page = place.printed(&["report", "pulse.toml", "--draft"]);
        let section = page.split("id=\"trend\"").nth(1).expect("a section over time");
        let picture = section.split("</svg>").next().unwrap().to_owned();
        waves.iter().filter(|wave| picture.contains(&format!(">{wave}</text>"))).cloned().collect::<Vec<_>>()
    };
    let sprints: Vec<String> = (8..12).map(|at| format!("Sprint {at}")).collect();
    assert_eq!(drawn(&sprints), sprints);
    let many: Vec<String> = (1..41).map(|at| format!("Sprint {at}")).collect();
    let named = drawn(&many);
    assert!((4..8).contains(&named.len()) && named.last() == many.last(), "{named:?}");
}
