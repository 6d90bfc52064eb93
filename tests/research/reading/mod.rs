//! Tables in JSON Lines, in Parquet and in Arrow's own format: they come back as CSV does, whoever wrote them, and what can't be read is refused.

mod damaged;
mod own;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use dxpulse::research::data::{Builder, Dataset};
use dxpulse::research::sources::{Definitions, read_export};
use serde_json::json;

use crate::dashboard::answers;
use crate::report::{MAPPING, Place};

const EVERYTHING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/surveys/good/everything.toml");

/// Writes answers of every type to two waves, as `dxpulse export` does.
fn everything(folder: &Path) {
    let mut lines = String::new();
    for at in 0..60 {
        let wave = if at % 3 == 0 { "2026-Q1" } else { "2026-Q2" };
        let (role, barrier) = (["backend", "C++"][at % 2], ["docs", "ci"][at % 2]);
        let next = if at % 2 == 0 { ["speed", "docs"] } else { ["docs", "speed"] };
        let since = format!("2024-{:02}-{:02}", 1 + at % 12, 1 + at % 28);
        let mut answers = json!({
            "nps": at % 11, "docs": 1 + at % 7, "noise": 1 + at % 4, "role": role,
            "barriers": [barrier], "next": next,
            "tools": { "ci": 1 + at % 5, "ide": 1 + at % 3 }, "hours": (at as f64) / 2.0, "oncall": at % 4 == 0,
            "since": since, "reason": format!("reason, \"{at}\""),
        });
        let mut missing = json!({});
        for (name, kind) in [("nps", "dont_know"), ("tools", "skipped"), ("hours", "unanswered"), ("role", "not_shown")] {
            if (at + name.len()) % 5 == 0 {
                answers.as_object_mut().unwrap().remove(name);
                missing[name] = json!(kind);
            }
        }
        let record = json!({
            "survey": "everything", "version": 3, "id": format!("{at:032x}"), "wave": wave, "language": "en-GB",
            "started_at": "2026-02-10T10:00:00Z", "answered_at": "2026-02-10T10:01:00Z", "answers": answers, "missing": missing,
        });
        writeln!(lines, "{record}").unwrap();
    }
    fs::write(folder.join("everything.jsonl"), lines).unwrap();
}

fn read(file: &Path) -> Dataset {
    let mut builder = Builder::new("everything", "", "en");
    read_export(file, (Some("everything"), &Definitions::read(&[EVERYTHING]).unwrap()), &mut builder).unwrap();
    builder.finish()
}

/// Gives everything that was answered. A number that is none is not equal to itself, and looks the same.
fn answers(dataset: &Dataset) -> String {
    let groups: Vec<_> = dataset.groupings.iter().map(|grouping| (&grouping.name, &grouping.column)).collect();
    let values: Vec<_> = dataset.variables.iter().map(|variable| (&variable.name, &variable.column)).collect();
    format!("{:?} {groups:?} {values:?}", dataset.wave_of)
}

#[test]
fn own_exports_come_back_from_every_table_with_the_same_answers() {
    let place = Place::new();
    everything(place.path());
    let original = read(&place.path().join("everything.jsonl"));
    assert_eq!((original.len(), original.waves.len()), (60, 2));
    let report = |file: &str, format: &str| {
        let words = ["report", file, "--definition", EVERYTHING, "--draft", "--format", format];
        place.printed(&words)
    };
    let mut tables = Vec::new();
    for format in ["csv", "jsonl", "parquet", "arrow"] {
        let file = format!("own.{format}");
        place.printed(&["export", "everything.jsonl", "--definition", EVERYTHING, "-o", &file]);
        let dataset = read(&place.path().join(&file));
        assert_eq!(answers(&dataset), answers(&original), "{format}");
        tables.push((format!("{dataset:?}"), report(&file, "html"), report(&file, "json")));
    }
    assert!(tables.windows(2).all(|pair| pair[0] == pair[1]), "the same dataset and the same bytes");
    let json: serde_json::Value = serde_json::from_str(&tables[0].2).unwrap();
    let told = json["items"].as_array().unwrap().iter().filter(|item| !item["n"].is_null()).count();
    assert_eq!(told, original.variables.len() - 4, "all but four, to which nobody gave an answer");
}

#[test]
fn a_table_that_names_its_survey_needs_no_one_else_to_name_it() {
    let place = Place::new();
    fs::write(place.path().join("pulse.jsonl"), answers::lines()).unwrap();
    for format in ["csv", "parquet", "arrow"] {
        place.printed(&["export", "pulse.jsonl", "-o", &format!("answers.{format}")]);
    }
    let named = place.printed(&["show", "answers.csv", "--survey", "platform-pulse"]);
    assert!(named.contains("wave 2026-Q3: 120 answered"), "{named}");
    assert!(place.refused(&["show", "answers.csv"]).contains("which survey its columns belong to isn't known"));
    for file in ["answers.parquet", "answers.arrow"] {
        assert_eq!(place.printed(&["show", file]), named, "{file}");
        let another = place.refused(&["show", file, "--survey", "adoption-barriers"]);
        assert!(another.contains("it is about the survey platform-pulse, not adoption-barriers"), "{another}");
    }
}

#[test]
fn own_answers_to_a_survey_without_waves_are_of_the_quarter_they_were_given_in_in_every_format() {
    let place = Place::new();
    let survey = "id = \"once\"\ntitle = \"Once\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n";
    fs::write(place.path().join("once.toml"), survey).unwrap();
    fs::write(place.path().join("given.json"), json!({ "nps": 9 }).to_string()).unwrap();
    let dxpulse = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse"));
        let output =
            command.args(words).current_dir(place.path()).env("DXPULSE_HOME", place.path().join("own")).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    dxpulse(&["take", "once.toml", "--answers", "given.json"]);
    let shown = ["own.csv", "own.jsonl"].map(|file| {
        dxpulse(&["export", "--format", file.split('.').next_back().unwrap(), "-o", file]);
        place.printed(&["show", file, "--definition", "once.toml"])
    });
    assert!(shown[0] == shown[1] && shown[0].contains("-Q"), "{shown:?}");
}

/// Runs Python on a folder with the table of a place: `table` is what its cells are, and `file(name)` where to write.
fn python(place: &Place, script: &str) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin/python");
    assert!(program.exists(), "Python's readers are needed: tests/run installs them");
    let begin = "import pandas, pyarrow, pyarrow.parquet, pyarrow.feather, datetime, decimal, json\ntable = pandas.read_csv('answers.csv', dtype=str, keep_default_na=False)\n";
    let output = Command::new(program).arg("-c").arg(format!("{begin}{script}")).current_dir(place.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn of_table(place: &Place, name: &str) {
    fs::write(place.path().join("pulse.toml"), MAPPING.replace("answers.csv", name)).unwrap();
}

#[test]
fn tables_of_other_programs_give_the_report_that_their_csv_gives() {
    let place = Place::new();
    let words = ["report", "pulse.toml", "--draft", "--format", "json"];
    let expected = place.printed(&words);
    python(
        &place,
        "
table.to_json('plain.jsonl', orient='records', lines=True)
sparse = table.astype({'score': 'float64'}).to_dict('records')
lines = (json.dumps({key: value for key, value in row.items() if value != ''}) for row in sparse)
open('sparse.jsonl', 'w', newline='').write(chr(0xfeff) + '\\r\\n\\n'.join(lines))
plain = pyarrow.Table.from_pandas(table)
pyarrow.parquet.write_table(plain, 'plain.parquet', compression='snappy', use_dictionary=False, data_page_version='2.0')
pyarrow.parquet.write_table(plain, 'bare.parquet', compression='none', row_group_size=100)
typed = table.copy()
typed['team'] = pandas.Categorical(typed['team'], categories=['nobody is here', *sorted(set(typed['team']))])
typed['score'] = typed['score'].astype('int8')
typed['ci'] = pandas.Categorical(typed['ci'])
typed['unread'] = [[1, 2]] * len(typed)
typed.to_parquet('typed.parquet')
typed['score'] = typed['score'].astype('uint64')
typed['why'] = typed['why'].where(typed['why'] != '', None)
pyarrow.feather.write_feather(typed.drop(columns='unread'), 'typed.arrow', compression='uncompressed', chunksize=50)
typed['score'] = typed['score'].astype('float32')
typed = pyarrow.Table.from_pandas(typed)
large = typed.set_column(0, 'wave', typed['wave'].cast(pyarrow.large_string()))
large = large.set_column(5, 'why', large['why'].cast(pyarrow.string_view()))
pyarrow.parquet.write_table(large, 'large.parquet', compression='zstd')
exact = [decimal.Decimal(score) for score in table['score']]
exact = typed.set_column(2, 'score', pyarrow.array(exact, pyarrow.decimal128(9, 2)))
pyarrow.parquet.write_table(exact, 'exact.parquet')
",
    );
    for name in [
        "plain.jsonl",
        "sparse.jsonl",
        "plain.parquet",
        "bare.parquet",
        "typed.parquet",
        "typed.arrow",
        "large.parquet",
        "exact.parquet",
    ] {
        of_table(&place, name);
        assert_eq!(place.printed(&words), expected, "{name}");
    }
}

#[test]
fn numbers_that_are_none_are_no_answers_and_days_and_yes_are_what_csv_has() {
    let place = Place::new();
    python(
        &place,
        "
rows = pandas.DataFrame({
    'hours': [1.5, float('nan'), -0.0, 7.0] * 5, 'since': [datetime.date(2024, 2, 29), None, datetime.date(1969, 12, 31), None] * 5,
    'calm': [True, False, None, True] * 5, 'weight': [0.5, 1.0, 2.0, 1.0] * 5,
})
rows.to_parquet('rows.parquet')
rows['calm'] = rows['calm'].map({True: 'true', False: 'false'})
rows['hours'] = ['1.5', '', '0', '7'] * 5
rows.to_csv('rows.csv', index=False)
",
    );
    let mapping = "table = \"rows.csv\"\nsurvey = \"pulse\"\nwave = \"2026\"\nweight = \"weight\"\n";
    let item = |(name, kind): (&str, &str)| format!("[[items]]\nid = \"{name}\"\ntype = \"{kind}\"\ncolumn = \"{name}\"\n");
    let items: String = [("hours", "number"), ("since", "number"), ("calm", "boolean")].map(item).concat();
    let reports = ["rows.csv", "rows.parquet"].map(|name| {
        fs::write(place.path().join("rows.toml"), format!("{}{items}", mapping.replace("rows.csv", name))).unwrap();
        place.printed(&["report", "rows.toml", "--draft", "--format", "json"])
    });
    assert_eq!(reports[0], reports[1]);
    assert!(reports[0].contains("\"unanswered\",\n          5"), "{}", reports[0]);
}

#[test]
fn what_cannot_be_read_is_refused_by_its_name_and_cells_by_their_rows() {
    let place = Place::new();
    python(
        &place,
        "
table['score'] = table['score'].astype('int64')
table.loc[1, 'score'] = 11
table.to_parquet('wrong.parquet')
table.to_json('wrong.jsonl', orient='records', lines=True)
lines = open('wrong.jsonl').read().splitlines()
lists = [json.dumps({**json.loads(line), 'score': [9]}) for line in lines]
open('lists.jsonl', 'w').write('\\n'.join([lines[0], *lists]))
open('broken.jsonl', 'w').write('\\n'.join([lines[0], '', '[9]', lines[2]]))
table['score'] = pandas.to_datetime(table['score'], unit='s')
table.to_parquet('times.parquet')
table['score'] = [['9']] * len(table)
table.to_parquet('lists.parquet', compression='gzip')
table['score'] = [str(score) for score in range(len(table))]
table.drop(columns='score').to_parquet('less.parquet')
table.to_parquet('gzip.parquet', compression='gzip')
table.to_feather('lz4.arrow', compression='lz4')
",
    );
    let cases = [
        ("wrong.parquet", "row 2, column \"score\" is none of 0, 1"),
        ("wrong.jsonl", "row 2, column \"score\" is none of 0, 1"),
        ("lists.jsonl", "line 2, \"score\" is a list or an object"),
        ("broken.jsonl", "line 3 is no object in JSON"),
        ("times.parquet", "the column \"score\" holds Timestamp"),
        ("lists.parquet", "the column \"score\" holds List"),
        ("less.parquet", "the table has no column \"score\""),
        ("gzip.parquet", "gzip"),
        ("lz4.arrow", "lz4"),
    ];
    for (name, told) in cases {
        of_table(&place, name);
        let said = place.refused(&["report", "pulse.toml", "--draft"]);
        assert!(said.contains(told) && said.contains("help:") && !said.contains("11"), "{name}: {said}");
    }
}

#[test]
fn a_row_for_each_answer_is_refused_and_never_counted_as_a_response() {
    let place = Place::new();
    everything(place.path());
    for format in ["csv", "jsonl"] {
        let file = format!("long.{format}");
        place.printed(&["export", "everything.jsonl", "--definition", EVERYTHING, "--long", "-o", &file]);
        let said = place.refused(&["show", &file, "--definition", EVERYTHING]);
        assert!(said.contains("a row for each answer") && said.contains("--long"), "{format}: {said}");
    }
}

#[test]
fn the_same_answers_are_taken_once_whatever_their_file_is_called() {
    let place = Place::new();
    everything(place.path());
    let file = |name: &str| place.path().join(name);
    fs::copy(file("everything.jsonl"), file("copy.jsonl")).unwrap();
    fs::write(file("longer.jsonl"), fs::read_to_string(file("everything.jsonl")).unwrap() + "\n").unwrap();
    for twice in [["everything.jsonl", "copy.jsonl"], ["everything.jsonl", "./everything.jsonl"], ["pulse.toml", "./pulse.toml"]]
    {
        let said = place.refused(&["show", twice[0], twice[1], "--definition", EVERYTHING]);
        assert!(
            said.contains("holds the same as") && said.contains(twice[1]) && said.contains("give it once"),
            "{twice:?}: {said}"
        );
    }
    place.printed(&["show", "everything.jsonl", "longer.jsonl", "--definition", EVERYTHING]);
}
