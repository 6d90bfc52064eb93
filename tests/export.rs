//! Exported CSV read back by readers that are not ours: the csv crate, and Python's csv module.

use std::io::Write;
use std::process::{Command, Stdio};

use dxpulse::developer::export::comma::{self, Style};
use dxpulse::response::table::{Cell, Table};

const READER: &str = "import csv, io, json, sys\n\
    text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8-sig', newline='')\n\
    json.dump(list(csv.reader(text, strict=True)), sys.stdout)\n";

fn table() -> Table {
    let texts = [
        "plain",
        "=1+1",
        "-1",
        "＝1",
        "a,b",
        "say \"hi\"",
        "\"",
        "two\nlines",
        "\n",
        "改善して, ください",
        "👩\u{200d}💻",
        " padded ",
        "'",
        "#x",
        "a;b",
        "\\",
        "007",
        "NULL",
    ];
    let row = |(at, text): (usize, &&str)| {
        let number = i64::try_from(at).expect("few rows");
        vec![Cell::Text((*text).to_owned()), Cell::Integer(-number), Cell::Decimal(-0.5 - number as f64), Cell::Empty]
    };
    let columns = ["text", "whole", "decimal", "=empty"].map(str::to_owned).to_vec();
    Table { columns, rows: texts.iter().enumerate().map(row).collect() }
}

fn expected(style: Style) -> Vec<Vec<String>> {
    let text = |text: &str| if style.raw { text.to_owned() } else { comma::neutralise(text).into_owned() };
    let cell = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => text(words),
        Cell::Integer(number) => number.to_string(),
        Cell::Boolean(yes) => u8::from(*yes).to_string(),
        Cell::Decimal(number) => number.to_string(),
    };
    let header = table().columns.iter().map(|name| text(name)).collect();
    [header].into_iter().chain(table().rows.iter().map(|row| row.iter().map(cell).collect())).collect()
}

fn written(style: Style) -> Vec<u8> {
    let mut bytes = Vec::new();
    comma::write(&table(), style, &mut bytes).expect("memory can be written");
    bytes
}

fn styles() -> impl Iterator<Item = Style> {
    [(false, false), (false, true), (true, false), (true, true)].into_iter().map(|(bom, raw)| Style { bom, raw })
}

#[test]
fn csv_crate_reads_the_same_values() {
    for style in styles() {
        let bytes = written(style);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*bytes);
        let records = reader.records().map(|record| record.expect("valid").iter().map(str::to_owned).collect());
        assert_eq!(records.collect::<Vec<Vec<String>>>(), expected(style), "{style:?}");
    }
}

#[test]
fn python_reads_the_same_values() {
    for style in styles() {
        let mut python = Command::new("python3")
            .args(["-c", READER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed, tests/run sees to it");
        python.stdin.take().expect("piped").write_all(&written(style)).expect("python3 reads");
        let output = python.wait_with_output().expect("python3 ends");
        assert!(output.status.success());
        let read: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(read, expected(style), "{style:?}");
    }
}
