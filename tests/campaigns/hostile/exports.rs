//! Texts that a spreadsheet would run, exported and read back by Python's csv: neutralised unless --raw is given, and numbers as they are.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::json;

use super::programs::{bounded, judged, judged_with};
use super::text::written;
use crate::support::{Home, Random};
use crate::trials::{Plan, Verdict, guarded};

/// From here on a campaign without a formula counts.
const JUDGED_FROM: u64 = 500;

/// Reads an array of documents, and writes one of their records.
const READER: &str = "import csv, io, json, sys\n\
    read = lambda text: list(csv.reader(io.StringIO(text.removeprefix('\\ufeff'), newline=''), strict=True))\n\
    json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)\n";

type Table = Vec<Vec<String>>;

/// What begins a formula, of which a carriage return becomes a line feed in an answer.
const BEGINNINGS: [&str; 11] = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"];

/// How many of these can be seen.
const VISIBLE: usize = 8;

const REST: [&str; 12] = [
    "1+1",
    "cmd|' /C calc'!A0",
    "HYPERLINK(\"http://evil.example\",\"x\")",
    "2",
    "-3",
    "",
    " ",
    "\"a\",\"b\"",
    "a;b",
    "\n=1",
    "'",
    "SUM(1,\"\"\"\")",
];

pub(crate) fn part(plan: &Plan) -> Verdict {
    let half = Plan { runs: plan.runs.div_ceil(2), ..plan.clone() };
    half.carry_out_on(4, JUDGED_FROM, 1, |seed| guarded(|| trial(&mut Random::new(seed))))
}

fn trial(random: &mut Random) -> Result<(), String> {
    let home = Home::new();
    let file = written(&home, "surveys/sheet.toml", survey(random).as_bytes())?;
    let mut numbers = Vec::new();
    for _ in 0..random.within(1..4) {
        let number = -i64::try_from(random.within(1..9999)).unwrap_or(1);
        // White space goes from the ends of an answer, so that one of the two begins with something else.
        let words = [&BEGINNINGS[..VISIBLE], &BEGINNINGS[..]]
            .map(|from| format!("{}{}{}", random.pick(from), random.pick(&REST), random.pick(&["x", "0", "é"])));
        let answers = json!({ "cost": number, "why": words[0], "more": words[1], "tool": "a" }).to_string();
        let mut take = bounded(&home, ["take", "--again", "--keep-words", "--answers", "-"]);
        let output = judged_with(take.arg(&file), answers.as_bytes())?;
        if !output.status.success() {
            return Err(format!("{answers} is not taken: {}", String::from_utf8_lossy(&output.stderr)));
        }
        numbers.push(number.to_string());
    }
    let layouts = ["wide", "long"].into_iter().flat_map(|layout| [&[][..], &["--labels"]].map(|labels| (layout, labels)));
    let layouts: Vec<_> = layouts.collect();
    let mut documents = Vec::new();
    for (layout, labels) in &layouts {
        for more in [&[][..], &["--raw"], &["--bom"]] {
            documents.push(exported(&home, &[&["export", "--layout", layout], *labels, more].concat())?);
        }
    }
    for (tables, layout) in read(&documents)?.chunks(3).zip(&layouts) {
        is_neutralised(&tables[0], &tables[1], &numbers).map_err(|what| format!("{layout:?}: {what}"))?;
        if tables[2] != tables[0] {
            return Err("a byte order mark changes what is read".to_owned());
        }
    }
    Ok(())
}

/// A survey whose labels begin as formulas do.
fn survey(random: &mut Random) -> String {
    let beginning = random.pick(&["=", "+", "-", "@", "＝", "＋", "－", "＠"]);
    let texts: String = ["why", "more"]
        .map(|id| format!("[[question]]\nid = \"{id}\"\ntype = \"text\"\ntext = \"{beginning}{id}?\"\n\n"))
        .concat();
    format!(
        "id = \"sheet\"\ntitle = \"{beginning}Sheet\"\n\n[[question]]\nid = \"cost\"\ntype = \"number\"\ntext = \"How much?\"\nmin = -9999\nmax = 9999\n\n{texts}\
         [[question]]\nid = \"tool\"\ntype = \"single\"\ntext = \"Which?\"\nchoices = [{{ code = \"a\", label = \"{beginning}A1\" }}, {{ code = \"b\", label = \"B\" }}]\n"
    )
}

fn exported(home: &Home, arguments: &[&str]) -> Result<String, String> {
    let mut command = bounded(home, arguments);
    if !arguments.contains(&"--bom") {
        return String::from_utf8(judged(&mut command)?.stdout).map_err(|error| error.to_string());
    }
    // The mark is one of the characters that are never printed, but for a file.
    let path = home.path().join("export.csv");
    judged(command.arg("--output").arg(&path))?;
    std::fs::read_to_string(&path).map_err(|error| error.to_string())
}

/// Gives the records that Python reads in each document.
fn read(documents: &[String]) -> Result<Vec<Table>, String> {
    let mut python = Command::new("python3");
    python.args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = python.spawn().map_err(|error| format!("python3: {error}"))?;
    let _ = python.stdin.take().map(|mut pipe| pipe.write_all(json!(documents).to_string().as_bytes()));
    let output = python.wait_with_output().map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout).map_err(|error| format!("Python reads no table: {error}"))
}

/// Holds a table against the raw one: a text that begins as a formula has a mark in front, and nothing else differs.
fn is_neutralised(safe: &Table, raw: &Table, numbers: &[String]) -> Result<(), String> {
    let cells = |table: &Table| table.iter().flatten().cloned().collect::<Vec<_>>();
    let shape = |table: &Table| table.iter().map(Vec::len).collect::<Vec<_>>();
    if shape(safe) != shape(raw) {
        return Err(format!("{safe:?} has another shape than {raw:?}"));
    }
    let mut formulas = 0;
    for (safe, raw) in cells(safe).iter().zip(cells(raw)) {
        let is_formula = BEGINNINGS.iter().any(|beginning| raw.starts_with(beginning)) && !numbers.contains(&raw);
        formulas += u64::from(is_formula);
        let expected = if is_formula { format!("'{raw}") } else { raw.clone() };
        if *safe != expected {
            return Err(format!("{raw:?} is exported as {safe:?}"));
        }
    }
    let found = |number: &&String| !cells(safe).contains(*number);
    match (numbers.iter().find(found), formulas) {
        (Some(number), _) => Err(format!("the number {number} is not there")),
        (None, 0) => Err("no formula came as far as the table".to_owned()),
        (None, _) => Ok(()),
    }
}
