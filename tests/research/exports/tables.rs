//! Files of rows: CSV, JSON Lines and XLSX, wide and long.

use chrono::{Days, NaiveDate};
use dxpulse::research::data::{Absent, Dataset, Value, Variable, VariableKind};
use dxpulse::research::exports::{Format, Layout, Style, comments};
use dxpulse::response::table::Values;
use tempfile::tempdir;

use super::dataset::{VARIABLES, awkward, group};
use super::readers::{Row, python, rows, sorted};
use super::written;

/// Gives the rows that every format of the wide table must give back; yes is what it calls a yes.
pub(crate) fn expected(dataset: &Dataset, labels: bool, [no, yes]: [&str; 2]) -> Vec<Row> {
    let row = |row: usize| {
        let mut cells = Row::new();
        let mut put = |name: &str, cell: Option<String>| assert!(cells.insert(name.to_owned(), cell).is_none(), "{name}");
        put("wave", Some(dataset.waves[usize::from(dataset.wave_of[row])].name.clone()));
        put("team", group(dataset, "team", row, labels));
        put("weight_", group(dataset, "weight", row, labels));
        put("weight", Some(dataset.weight(row).to_string()));
        for (name, missing) in VARIABLES {
            let variable = dataset.variable(name).unwrap();
            put(name, value(variable, row, labels, [no, yes]));
            let Some(missing) = missing else { continue };
            put(missing, why(dataset, variable, row).map(|kind| kind.name().to_owned()));
        }
        cells
    };
    sorted((0..dataset.len()).map(row).collect())
}

/// Gives why there is no answer: of several choices, where none of them has one, and a choice that wasn't offered says nothing.
fn why(dataset: &Dataset, variable: &Variable, row: usize) -> Option<Absent> {
    let several = ["barriers", "order"].contains(&variable.question.as_str());
    let parts = dataset.variables.iter().filter(|other| other.question == variable.question);
    let asked: Vec<&Variable> = if several { parts.collect() } else { vec![variable] };
    let kinds: Option<Vec<Absent>> = asked
        .iter()
        .map(|variable| if let Value::Absent(kind) = variable.column.value(row) { Some(kind) } else { None })
        .collect();
    let kinds = kinds?;
    Some(kinds.iter().copied().find(|kind| *kind != Absent::NotAsked).unwrap_or(Absent::NotAsked))
}

fn value(variable: &Variable, row: usize, labels: bool, [no, yes]: [&str; 2]) -> Option<String> {
    match variable.column.value(row) {
        Value::Absent(_) => None,
        Value::Number(days) if variable.kind == VariableKind::Date => Some(day(days)),
        Value::Number(number) => Some(number.to_string()),
        Value::Level(at) => {
            let level = &variable.levels[usize::from(at)];
            let is_labelled = labels && !["nps", "barriers", "order"].contains(&variable.question.as_str());
            Some(match variable.kind {
                _ if is_labelled => level.label.clone(),
                VariableKind::YesNo => [no, yes][usize::from(at)].to_owned(),
                _ => level.code.clone(),
            })
        }
    }
}

/// Gives a day as text.
pub(crate) fn day(days: f64) -> String {
    let epoch = NaiveDate::default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days of a test, and their distance")]
    let distance = Days::new(days.abs() as u64);
    if days < 0.0 { epoch - distance } else { epoch + distance }.to_string()
}

fn style(values: Values, raw: bool) -> Style {
    Style { values, raw, ..Style::default() }
}

#[test]
fn pandas_reads_csv_back_with_codes_and_with_labels() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for (values, labels) in [(Values::Codes, false), (Values::Labels, true)] {
        for bom in [false, true] {
            let file = written(Format::Csv, &dataset, Style { bom, ..style(values, true) }, folder.path());
            assert_eq!(std::fs::read(&file).unwrap().starts_with(b"\xEF\xBB\xBF"), bom);
            assert_eq!(rows(&python("csv", &file)), expected(&dataset, labels, ["0", "1"]));
        }
    }
}

#[test]
fn csv_is_safe_in_spreadsheets_unless_asked_otherwise_and_numbers_stay_as_they_are() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    let file = written(Format::Csv, &dataset, style(Values::Labels, false), folder.path());
    let safe = |(name, cell): (String, Option<String>)| {
        let is_text = dataset.variable(&name).is_none_or(|variable| !["hours", "since"].contains(&variable.name.as_str()));
        let runs = |text: &String| is_text && text.starts_with(['=', '-', '@', '+']);
        (name, cell.map(|text| if runs(&text) { format!("'{text}") } else { text }))
    };
    let rows_safe = expected(&dataset, true, ["0", "1"]).into_iter().map(|row| row.into_iter().map(safe).collect());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("'=2026-Q2") && text.contains(",-95.5,") && !text.contains("'-95.5"), "{text}");
    assert_eq!(rows(&python("csv", &file)), sorted(rows_safe.collect()));
}

#[test]
fn pandas_reads_json_lines_back() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for (values, labels) in [(Values::Codes, false), (Values::Labels, true)] {
        let file = written(Format::JsonLines, &dataset, style(values, false), folder.path());
        assert_eq!(rows(&python("jsonl", &file)), expected(&dataset, labels, ["false", "true"]));
    }
}

#[test]
fn openpyxl_reads_a_workbook_back_with_its_codebook() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for (values, labels) in [(Values::Codes, false), (Values::Labels, true)] {
        let file = written(Format::Xlsx, &dataset, style(values, false), folder.path());
        let found = python("xlsx", &file);
        assert_eq!(rows(&found), expected(&dataset, labels, ["false", "true"]));
        let codebook = found["codebook"].as_array().unwrap();
        let of = |name: &str| codebook.iter().filter(|row| row["name"] == name).cloned().collect::<Vec<_>>();
        let value = if labels { "sehr schwer".into() } else { serde_json::json!(1) };
        assert_eq!((&of("ease")[0]["value"], &of("ease")[0]["label"]), (&value, &"sehr schwer".into()));
        assert_eq!(of("tool").len(), 4);
        assert_eq!(of("nps.missing")[6]["value"], "not_asked");
        assert_eq!(of("hours")[0]["title"], "Wie läuft es mit \"hours\" <&>?");
    }
}

#[test]
fn the_long_table_has_a_row_for_each_answer_and_none_for_what_was_not_asked() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for format in [Format::Csv, Format::JsonLines, Format::Xlsx] {
        let style = Style { layout: Layout::Long, ..style(Values::Labels, true) };
        let file = written(format, &dataset, style, folder.path());
        let found = rows(&python(format.name(), &file));
        let cell = |row: &Row, name: &str| row[name].clone().unwrap_or_default();
        let of = |question: &str| found.iter().filter(|row| cell(row, "question") == question).collect::<Vec<_>>();
        // 13 responses answered, and 6 kinds of absence are told.
        assert_eq!((of("nps").len(), of("tool").len(), of("grid").len()), (19, 19, 37), "{format:?}");
        let picked = of("barriers").iter().filter(|row| cell(row, "missing").is_empty()).count();
        let parts = ["barriers.docs", "barriers.ci"].map(|name| dataset.variable(name).unwrap());
        let taken = |row: usize| parts.iter().filter(|part| part.column.value(row) == Value::Level(1)).count();
        assert_eq!(picked, (0..dataset.len()).map(taken).sum::<usize>());
        let tool = of("tool").into_iter().find(|row| cell(row, "value") == "-3").unwrap();
        assert_eq!([cell(tool, "label"), cell(tool, "type"), cell(tool, "row")], ["a\nb", "single", ""]);
        let grid = of("grid").into_iter().find(|row| cell(row, "row") == "down" && cell(row, "value") == "2").unwrap();
        assert_eq!([cell(grid, "label"), cell(grid, "row_label"), cell(grid, "type")], ["mid", "Part down", "matrix"]);
        let ranked = of("order").into_iter().find(|row| cell(row, "rank") == "2").unwrap();
        assert!(["first", "second"].contains(&cell(ranked, "value").as_str()));
        let missing = of("hours").into_iter().filter(|row| row["value"].is_none()).map(|row| cell(row, "missing"));
        let kinds: std::collections::BTreeSet<String> = missing.collect();
        assert_eq!(kinds.len(), 6, "{kinds:?}");
        let together = found.iter().filter(|row| cell(row, "response") == "1").map(|row| cell(row, "weight"));
        assert_eq!(together.collect::<std::collections::BTreeSet<_>>().len(), 1);
    }
}

#[test]
fn the_same_answers_give_the_same_bytes_in_whatever_order_they_came() {
    let (first, second) = (tempdir().unwrap(), tempdir().unwrap());
    for format in Format::ALL {
        let files = [(awkward(false), &first), (awkward(true), &second)]
            .map(|(dataset, folder)| std::fs::read(written(format, &dataset, Style::default(), folder.path())).unwrap());
        assert!(files[0] == files[1], "{format:?}");
    }
    let text = std::fs::read_to_string(first.path().join("pulse.csv")).unwrap();
    let waves: Vec<bool> = text.lines().skip(1).map(|line| line.starts_with("2026-Q1")).collect();
    let alternating = waves.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(alternating < 18, "rows are in the order they were answered");
}

#[test]
fn a_format_that_cannot_hold_something_says_so() {
    let dataset = awkward(false);
    let long = Style { layout: Layout::Long, ..Style::default() };
    for format in [Format::Parquet, Format::Arrow, Format::Spss, Format::Stata] {
        let error = format.write(&dataset, long, &mut Vec::new(), &mut |_| ()).unwrap_err();
        assert!(error.to_string().contains("take csv"), "{error}");
    }
    let mut wide = dataset.clone();
    for at in 0..16_400 {
        wide.variables.push(Variable { name: format!("v{at}"), question: format!("v{at}"), ..wide.variables[0].clone() });
    }
    let error = Format::Xlsx.write(&wide, Style::default(), &mut Vec::new(), &mut |_| ()).unwrap_err();
    let expected = "a sheet of a workbook holds 16384 columns, and these are 32827; take csv or parquet, or fewer waves";
    assert_eq!(error.to_string(), expected);
    let mut named = dataset;
    named.groupings[0].levels[0].code = "x".repeat(256);
    let error = Format::Spss.write(&named, Style::default(), &mut Vec::new(), &mut |_| ()).unwrap_err();
    assert!(error.to_string().starts_with("spss holds texts of up to 255 bytes, and team has one of 256"), "{error}");
}

#[test]
fn comments_are_told_only_where_there_are_enough_of_them() {
    let dataset = awkward(false);
    let told = |least: u32| {
        let mut bytes = Vec::new();
        let dataset = Dataset { smallest_comment_group: least, ..dataset.clone() };
        let hidden = comments::write(&dataset, Style::default(), &mut bytes).unwrap();
        (String::from_utf8(bytes).unwrap(), hidden)
    };
    let (text, hidden) = told(dataset.smallest_comment_group);
    assert_eq!((hidden, text.contains("wish")), (9, false));
    assert!(text.starts_with("wave,question,text\n2026-Q1,why,\"'=words \"\""), "{text}");
    let order: Vec<usize> = (0..12).map(|at| text.find(&format!("\"\"{at}\"\"")).unwrap()).collect();
    assert!(!order.is_sorted() && !order.iter().rev().is_sorted(), "neither as they came nor in alphabetical order: {order:?}");
    let (text, hidden) = told(9);
    assert_eq!((hidden, text.matches("wish").count()), (0, 18));
    assert_eq!(told(13).1, 21);
    assert_eq!(told(13).0, "wave,question,text\n");
}
