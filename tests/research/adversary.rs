//! What somebody who has all reports, and everything that can be given to the program, doesn't get out of it.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::RESEARCH;
use crate::report::{MAPPING, Place, item};

/// Adds rows to the table.
fn add(place: &Place, rows: &str) {
    let file = place.path().join("answers.csv");
    let table = fs::read_to_string(&file).unwrap();
    fs::write(file, table + rows).unwrap();
}

fn mapped(place: &Place, from: &str, to: &str) {
    assert!(MAPPING.contains(from), "{from}");
    fs::write(place.path().join("pulse.toml"), MAPPING.replace(from, to)).unwrap();
}

fn report(place: &Place, more: &[&str]) -> Value {
    serde_json::from_str(&place.printed(&[&["report", "pulse.toml", "--format", "json"], more].concat())).unwrap()
}

#[test]
fn groups_put_together_after_one_was_published_are_refused() {
    let place = Place::new();
    report(&place, &[]);
    mapped(&place, "team = { column = \"team\" }", "team = { column = \"team\", codes = { core = \"all\", tiny = \"all\" } }");
    let refused = place.refused(&["report", "pulse.toml"]);
    assert!(refused.contains("core of team was published") || refused.contains("tiny of team was published"), "{refused}");
    assert!(place.run(&["report", "pulse.toml", "--draft"]).status.success());
}

#[test]
fn one_who_left_an_item_out_cannot_be_worked_out_of_drivers() {
    let place = Place::new();
    assert_eq!(report(&place, &["--draft"])["drivers"]["refused"], Value::Null);
    add(&place, "2026-Q2,core,,3,,\n");
    let drivers = &report(&place, &["--draft"])["drivers"];
    assert!(drivers["refused"].as_str().unwrap().contains("worked out") && drivers["n"] == 0, "{drivers}");
}

#[test]
fn reports_at_the_same_time_know_of_each_other() {
    for _ in 0..4 {
        let place = Place::new();
        let begin = |wave: &str| {
            let mut command = Command::new(RESEARCH);
            command.args(["report", "pulse.toml", "--ledger", "ledger.json", "--wave", wave]).current_dir(place.path());
            command.env("DXPULSE_HOME", place.path().join("home")).stdout(Stdio::null()).spawn().unwrap()
        };
        let both = ["2026-Q1", "2026-Q2"].map(begin);
        both.into_iter().for_each(|mut one| assert!(one.wait().unwrap().success()));
        let ledger: Value = serde_json::from_slice(&fs::read(place.path().join("ledger.json")).unwrap()).unwrap();
        let has = |wave: &str| {
            let cells = ledger["published"].as_array().unwrap().iter().map(|one| &one["cell"]);
            cells.into_iter().any(|cell| cell["wave"] == wave && cell["team"] != Value::Null)
        };
        assert!(has("2026-Q1") && has("2026-Q2"), "{ledger}");
    }
}

#[test]
fn words_that_came_after_a_report_do_not_stand_out() {
    let place = Place::new();
    let page = || place.printed(&["report", "pulse.toml", "--format", "markdown"]);
    let first = page();
    assert!(first.contains("because, of") && page() == first);
    add(&place, "2026-Q2,core,3,3,,the newcomer\n");
    let second = page();
    assert!(!second.contains("the newcomer") && !second.contains("because, of"), "{second}");
    assert!(second.contains("so few came or went since some were shown"), "{second}");
    add(&place, &"2026-Q2,core,3,3,,many more\n".repeat(9));
    assert!(page().contains("the newcomer"), "ten came, and none of them stands out");
}

#[test]
fn weights_do_not_give_a_small_group_away() {
    let place = Place::new();
    let file = place.path().join("answers.csv");
    let table = fs::read_to_string(&file).unwrap().replace(",tiny,", ",core,");
    let few = ["5", "", "9", "", "0", ""].map(|score| format!("2026-Q2,ops,{score},3,,\n")).concat();
    fs::write(&file, table + &few).unwrap();
    let people = "wave,segment,group,people\n,team,core,80\n,team,web,60\n,team,data,40\n2026-Q2,team,core,80\n2026-Q2,team,web,60\n2026-Q2,team,data,40\n2026-Q2,team,ops,20\n";
    fs::write(place.path().join("people.csv"), people).unwrap();
    let report = report(&place, &["--margins", "people.csv", "--draft"]);
    let item = |name: &str| report["items"].as_array().unwrap().iter().find(|item| item["name"] == name).unwrap();
    assert_eq!((&item("nps")["figure"], &item("nps")["values"]), (&Value::Null, &serde_json::json!([])));
    assert_ne!(item("ci")["figure"], Value::Null);
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let place = Place::new();
    let refused = |from: &str, to: &str| {
        mapped(&place, from, to);
        place.refused(&["show", "pulse.toml"])
    };
    assert!(refused("id = \"ci\"", "id = \"nps\"").contains("two items have the id \"nps\""));
    assert!(refused("column = \"ci\"", "column = \"score\"").contains("the column \"score\" is named twice"));
    fs::write(place.path().join("pulse.toml"), MAPPING).unwrap();
    assert!(refused("opens = 2026-01-10", "opens = 2026-01-10, closes = 2026-01-09").contains("2026-Q1 closes before it opens"));
    fs::write(place.path().join("pulse.toml"), MAPPING).unwrap();
    let itself = place.refused(&["report", "pulse.toml", "--wave", "2026-Q1", "--against", "2026-Q1"]);
    assert!(itself.contains("2026-Q1 can't be compared with itself"), "{itself}");
    let table = fs::read(place.path().join("answers.csv")).unwrap();
    let with = |more: &[u8]| fs::write(place.path().join("answers.csv"), [&table, more].concat()).unwrap();
    with(b"2026-Q2,caf\xe9,3,3,,\n");
    assert!(place.refused(&["show", "pulse.toml"]).contains("row 242 is not in UTF-8"));
    with(b"");
    fs::write(place.path().join("people.csv"), "segment,group,people\n").unwrap();
    assert!(place.refused(&["show", "pulse.toml", "--margins", "people.csv"]).contains("no margins"));
    fs::write(place.path().join("people.csv"), "wave,segment,group,people\n2026-Q2,team,core,1\n").unwrap();
    assert!(place.refused(&["show", "pulse.toml", "--margins", "people.csv"]).contains("2026-Q1: there are no margins"));
    mapped(&place, "2026-04-10, invited = 200", "2026-04-10, invited = 100");
    let output = place.run(&["report", "pulse.toml", "--draft", "--format", "markdown"]);
    let (page, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(said.contains("2026-Q2: 120 answered of 100 invited can't be") && !page.contains("(census, n"), "{said}\n{page}");
}

#[test]
fn a_wave_that_too_few_answered_is_not_what_the_next_is_compared_with() {
    let place = Place::new();
    let file = place.path().join("answers.csv");
    let table = fs::read_to_string(&file).unwrap();
    mapped(&place, "waves = [", "waves = [\n  { name = \"2026-R\", opens = 2026-03-01 },");
    fs::write(&file, table + "2026-R,core,3,3,,\n").unwrap();
    assert_eq!(report(&place, &["--draft"])["compared_with"], "2026-Q1");
}

#[test]
fn weights_and_margins_exclude_each_other_and_neither_is_endless() {
    let place = Place::new();
    let table = fs::read_to_string(place.path().join("answers.csv")).unwrap();
    let weighted = |weight: &str| {
        let rows = table.lines().enumerate().map(|(at, line)| format!("{line},{}\n", if at == 0 { "w" } else { weight }));
        fs::write(place.path().join("answers.csv"), rows.collect::<String>()).unwrap();
    };
    mapped(&place, "survey = \"pulse\"", "survey = \"pulse\"\nweight = \"w\"");
    fs::write(place.path().join("people.csv"), "segment,group,people\nteam,core,1\n").unwrap();
    weighted("2");
    assert!(place.refused(&["show", "pulse.toml", "--margins", "people.csv"]).contains("weighted already"));
    weighted("1e308");
    assert!(place.refused(&["show", "pulse.toml"]).contains("row 2, column \"w\" is no weight"));
}

/// Writes another table, of lines without the wave.
fn rewrite(place: &Place, header: &str, rows: impl Iterator<Item = (&'static str, String)>) {
    let rows: String = rows.map(|(wave, row)| format!("{wave},{row}\n")).collect();
    fs::write(place.path().join("answers.csv"), format!("{header}\n{rows}")).unwrap();
}

#[test]
fn what_is_hidden_leaves_no_trace_in_the_hash_of_the_rest() {
    let place = Place::new();
    let told = |score: u8| {
        let few = (0..3).map(|at| ("2026-Q1", format!("core,{},3,,", score + at)));
        let many = (0..40).map(|at| ("2026-Q2", format!("core,{},{},,", at % 11, 1 + at % 5)));
        rewrite(&place, "wave,team,score,ci,barriers,why", few.chain(many));
        place.printed(&["report", "pulse.toml", "--format", "json", "--draft"])
    };
    assert_eq!(told(1), told(7));
}

#[test]
fn a_wave_that_few_answered_hides_no_other() {
    let place = Place::new();
    let rows = |wave: &'static str, many: usize| (0..many).map(move |at| (wave, format!("core,{},{},,", at % 11, 1 + at % 5)));
    rewrite(&place, "wave,team,score,ci,barriers,why", rows("2026-Q1", 3).chain(rows("2026-Q2", 60)));
    assert_eq!(item(&report(&place, &[]), "nps")["n"], 60);
}

#[test]
fn an_answer_that_changed_between_two_reports_does_not_come_out() {
    let place = Place::new();
    let minutes = "[[items]]\nid = \"ci\"\ntype = \"number\"";
    mapped(&place, "[[items]]\nid = \"ci\"\ntype = \"rating\"", minutes);
    let is_shown = |report: &Value, name: &str| !item(report, name)["n"].is_null();
    let first = report(&place, &[]);
    assert!(is_shown(&first, "nps") && is_shown(&first, "ci") && first == report(&place, &[]));
    let file = place.path().join("answers.csv");
    let table = fs::read_to_string(&file).unwrap();
    let is_meant = |line: &&str| line.starts_with("2026-Q2,") && line.contains(",9,2,");
    let before = table.lines().find(is_meant).unwrap();
    fs::write(&file, table.replacen(before, &before.replace(",9,2,", ",10,3,"), 1)).unwrap();
    let second = report(&place, &[]);
    assert!(!is_shown(&second, "nps") && !is_shown(&second, "ci"), "a 9 became a 10, and a 2 a 3");
    assert!(is_shown(&second, "barriers.docs"), "nobody changed these");
}

#[test]
fn weights_that_few_share_are_not_worked_out_of_shares() {
    let place = Place::new();
    mapped(&place, "[segments]", "weight = \"weight\"\n\n[segments]");
    let told = |heavy: usize| {
        let row = move |at: usize| {
            let (team, weight) = if at < heavy { ("tiny", 3) } else { ("core", 1) };
            ("2026-Q2", format!("{team},{},{},,,{weight}", at % 11, 1 + at % 5))
        };
        rewrite(&place, "wave,team,score,ci,barriers,why,weight", (0..40).map(row));
        item(&report(&place, &["--draft"]), "nps")["n"].clone()
    };
    assert_eq!((told(2), told(12)), (Value::Null, 40.into()));
}

#[test]
fn a_segment_is_not_told_where_margins_of_another_would_give_a_few_away() {
    let place = Place::new();
    mapped(&place, "team = { column = \"team\" }", "team = { column = \"team\" }\nrole = { column = \"role\" }");
    let margins = "segment,group,people\nteam,core,100\nteam,web,60\n";
    fs::write(place.path().join("margins.csv"), margins).unwrap();
    let roles = |lone: usize| {
        let row = move |at: usize| {
            let team = ["core", "web"][at % 2];
            let is_lead = at.is_multiple_of(4) || team == "web" && at / 2 < lone;
            let role = if is_lead { "lead" } else { "dev" };
            ("2026-Q2", format!("{team},{},{},,,{role}", at % 11, 1 + at % 5))
        };
        rewrite(&place, "wave,team,score,ci,barriers,why,role", (0..80).map(row));
        let report = report(&place, &["--draft", "--margins", "margins.csv"]);
        let by = report["by_group"].as_array().unwrap().iter().filter(|by| by["item"] == "nps");
        by.map(|by| by["grouping"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((roles(2), roles(10)), (vec!["team".to_owned()], vec!["role".to_owned(), "team".to_owned()]));
}

#[test]
fn rows_of_an_export_name_no_group_that_few_are_in() {
    let place = Place::new();
    let output = place.run(&["export", "pulse.toml", "--format", "csv", "-o", "-"]);
    let (rows, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(!rows.contains("tiny") && rows.contains("web") && rows.lines().count() == 241, "{rows}");
    // Four are in no team now, and with them those of the smallest other one.
    assert!(said.contains("some groups are left out of ") && said.contains("fewer than 5"), "{said}");
    let team = rows.lines().next().unwrap().split(',').position(|name| name.ends_with("team")).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    rows.lines().skip(1).for_each(|row| *counts.entry(row.split(',').nth(team).unwrap().to_owned()).or_insert(0) += 1);
    assert!(counts.values().all(|count| *count >= 5) && counts.contains_key(""), "{counts:?}");
}
