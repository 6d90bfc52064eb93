//! What a table or a line is taken for: words and waves of our own exports, scales that changed, choices in columns, and weights.

use std::fmt::Write as _;
use std::fs;

use chrono::NaiveDate;
use dxpulse::research::data::{Absent, Builder, Dataset, Value};
use dxpulse::research::sources::{Definitions, Mapping, read_export, read_table};
use dxpulse::response::Missing;
use serde_json::json;

use crate::report::Place;

const SURVEY: &str = r#"
id = "who"
version = 1
title = "Who"

[[question]]
id = "role"
type = "single"
text = "What do you do?"
demographic = true
choices = [{ code = "ops", label = "Operations" }, { code = "other", label = "Something else", other = true }]

[[question]]
id = "ease"
type = "rating"
text = "How easy was it?"
labels = ["Very hard", "Hard", "Neither", "Easy", "Very easy"]

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

/// Reads files of answers to surveys, in this order.
fn read(place: &Place, surveys: &[&str], files: &[&str]) -> Dataset {
    let paths: Vec<_> = (0..surveys.len()).map(|at| place.path().join(format!("who{at}.toml"))).collect();
    paths.iter().zip(surveys).for_each(|(path, text)| fs::write(path, text).unwrap());
    let known = Definitions::read(&paths).unwrap();
    let mut builder = Builder::new("who", "", "en");
    for (at, text) in files.iter().enumerate() {
        let file = place.path().join(format!("file{at}"));
        fs::write(&file, text).unwrap();
        read_export(&file, (Some("who"), &known), &mut builder).unwrap();
    }
    builder.finish()
}

fn line((version, wave, day): (u32, &str, &str), ease: u8) -> String {
    let at = format!("{day}T10:00:00Z");
    let record = json!({
        "survey": "who", "version": version, "id": format!("{:032x}", 1), "wave": wave, "language": "en", "started_at": at,
        "answered_at": at, "answers": { "ease": ease }, "missing": {},
    });
    format!("{record}\n")
}

#[test]
fn only_own_words_are_comments_as_they_were_written() {
    let place = Place::new();
    let csv = "survey,wave,answered_at,role,role.other_text,ease,why\n\
               who,w1,2026-01-05T10:00:00Z,ops,,4,'=1+1 builds\n\
               who,w1,2026-01-06T10:00:00Z,other,baker,4,'quoted'\n";
    let dataset = read(&place, &[SURVEY], &[csv]);
    let mut comments: Vec<_> = dataset.comments.iter().map(|comment| (&*comment.question, &*comment.text)).collect();
    comments.sort_unstable();
    assert_eq!(comments, [("why", "'quoted'"), ("why", "=1+1 builds")]);
}

#[test]
fn a_named_wave_is_as_old_as_the_month_of_its_first_answer_in_whatever_order_they_come() {
    let place = Place::new();
    let lines = [line((1, "b", "2026-01-20"), 4), line((1, "a", "2026-03-02"), 4), line((1, "a", "2026-02-28"), 4)];
    let month = |month| NaiveDate::from_ymd_opt(2026, month, 1);
    let opened = |dataset: &Dataset| dataset.waves.iter().map(|wave| (wave.name.clone(), wave.opens)).collect::<Vec<_>>();
    let expected = [("b".to_owned(), month(1)), ("a".to_owned(), month(2))];
    let back: String = lines.iter().rev().map(String::as_str).collect();
    assert_eq!(opened(&read(&place, &[SURVEY], &[&lines.concat()])), expected);
    assert_eq!(opened(&read(&place, &[SURVEY], &[&back])), expected);
    let csv = "wave,answered_at,ease\na,2026-03-02T10:00:00Z,4\na,2026-02-28T10:00:00Z,4\nb,2026-01-20T10:00:00Z,4\n";
    assert_eq!(opened(&read(&place, &[SURVEY], &[csv])), expected);
}

#[test]
fn a_scale_with_other_points_is_another_item_whichever_is_read_first() {
    let place = Place::new();
    let seven = "type = \"rating\"\npoints = 7";
    let longer = SURVEY
        .replace("version = 1", "version = 2")
        .replace("type = \"rating\"", seven)
        .replace("\"Very hard\", ", "\"Never\", \"Hardly\", \"Very hard\", ");
    let (old, new) = (line((1, "w1", "2026-01-20"), 5), line((2, "w2", "2026-04-20"), 5));
    let told = |dataset: &Dataset| {
        let items = dataset.variables.iter().filter(|variable| variable.question == "ease");
        items.map(|item| (item.name.clone(), item.levels.len(), item.asked.iter().map(Option::is_some).collect())).collect()
    };
    type Told = Vec<(String, usize, Vec<bool>)>;
    let orders: [Told; 2] = [[&*old, &*new], [&*new, &*old]].map(|files| {
        let mut told: Vec<_> = told(&read(&place, &[SURVEY, &longer], &files));
        told.sort();
        told
    });
    let expected = [("ease".to_owned(), 5, vec![true, false]), ("ease.rating.1-7".to_owned(), 7, vec![false, true])];
    assert_eq!(orders, [expected.to_vec(), expected.to_vec()]);
}

#[test]
fn of_choices_in_columns_those_were_answered_of_which_any_has_something() {
    let place = Place::new();
    let mapping = "table = \"ticked.csv\"\nsurvey = \"ticked\"\nwave = \"2026\"\n\n[[items]]\nid = \"tools\"\ntype = \"multi\"\n\
                   columns = { ci = \"A\", ide = \"B\" }\n";
    fs::write(place.path().join("ticked.toml"), mapping).unwrap();
    fs::write(place.path().join("ticked.csv"), "A,B\nyes,\n,\nno,no\n").unwrap();
    let (file, mut builder) = (place.path().join("ticked.toml"), Builder::new("ticked", "", "en"));
    read_table(&file, (&Mapping::read(&file).unwrap(), None), &mut builder).unwrap();
    let dataset = builder.finish();
    let mut rows: Vec<Vec<Value>> =
        (0..3).map(|row| dataset.variables.iter().map(|variable| variable.column.value(row)).collect()).collect();
    let unanswered = Value::Absent(Absent::Missing(Missing::Unanswered));
    let mut expected = vec![vec![Value::Level(1), Value::Level(0)], vec![unanswered; 2], vec![Value::Level(0); 2]];
    [&mut rows, &mut expected].into_iter().for_each(|rows| rows.sort_by_key(|row| format!("{row:?}")));
    assert_eq!(rows, expected);
}

#[test]
fn weights_that_few_have_are_in_no_file_and_hide_what_is_weighted() {
    let place = Place::new();
    let mapping = "table = \"weighed.csv\"\nsurvey = \"weighed\"\nwave = \"2026\"\nweight = \"W\"\n\n[[items]]\nid = \"nps\"\n\
                   type = \"nps\"\ncolumn = \"Q\"\n";
    fs::write(place.path().join("weighed.toml"), mapping).unwrap();
    // Of 36 who answered, the last few weigh as nobody else does.
    for (few, is_told) in [(0, true), (1, false), (36, false)] {
        let mut table = "Q,W\n".to_owned();
        (0..36).for_each(|at| writeln!(table, "{},{}", at % 11, if at < 36 - few { 1.0 } else { f64::from(at) }).unwrap());
        fs::write(place.path().join("weighed.csv"), table).unwrap();
        let report = place.printed(&["report", "weighed.toml", "--draft", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["items"][0]["n"].is_null(), !is_told, "{few}");
        let output = place.run(&["export", "weighed.toml", "-o", "-"]);
        let [told, file] = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!((told.contains("weights are left out"), file.contains("weight")), (!is_told, is_told), "{told}{file}");
    }
}

#[test]
fn what_is_wrong_with_a_table_is_told_by_what_it_is() {
    let place = Place::new();
    let mapping =
        "table = \"t.csv\"\nsurvey = \"t\"\nwave = \"2026\"\n\n[[items]]\nid = \"nps\"\ntype = \"nps\"\ncolumn = \"Q\"\n";
    fs::write(place.path().join("t.toml"), mapping).unwrap();
    for (table, told) in
        [("Q;W\n9;1\n", "separated by semicolons"), ("Q\tW\n9\t1\n", "tabs"), ("Q,Q\n9,3\n", "several columns \"Q\"")]
    {
        fs::write(place.path().join("t.csv"), table).unwrap();
        let refused = place.refused(&["show", "t.toml"]);
        assert!(refused.contains(told), "{refused}");
    }
    let facts = "wave,metric,value,of\n2026-Q2,adoption,300,400\n2026-Q2,adoption,2,400\n";
    fs::write(place.path().join("facts.csv"), facts).unwrap();
    assert!(place.refused(&["report", "pulse.toml", "--draft", "--facts", "facts.csv"]).contains("told twice"));
    fs::write(place.path().join("facts.csv"), facts.replacen("2026-Q2", "2026-Q9", 1)).unwrap();
    let told = place.run(&["report", "pulse.toml", "--draft", "--facts", "facts.csv"]);
    assert!(String::from_utf8_lossy(&told.stderr).contains("the wave \"2026-Q9\""));
}
