//! `dxpulse survey simulate`: what is said of a survey before anybody is asked, and how it ends.

use std::fs;
use std::path::Path;

use dxpulse::author::simulate::{self, RESPONDENTS, SEED};
use dxpulse::survey::parse::parse;
use serde_json::{Value, json};

use crate::lint::{GOOD, misspelt};
use crate::sandbox::{Outcome, Sandbox};

const BRANCHES: &str = include_str!("../surveys/good/branches.toml");

/// Two numbers of which no answer makes a product over 400: too many to be tried one by one when the file is read.
const NUMBERS: &str = r#"id = "numbers"
title = "Numbers"
minutes = 1

[[question]]
id = "a"
type = "number"
text = "How many?"
min = 0
max = 20

[[question]]
id = "b"
type = "number"
text = "How many more?"
min = 0
max = 20
jump = [{ if = "a * b > 400", to = "end" }]

[[question]]
id = "tools"
type = "single"
text = "Which of these?"
choices = [
  { code = "one", label = "One" },
  { code = "two", label = "Two", show_if = "a + b > 40" },
  { code = "three", label = "Three", show_if = "a + b > 8" },
]
"#;

fn simulate(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "simulate"], arguments].concat())
}

fn json_of(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    serde_json::from_str(&simulate(sandbox, &[arguments, &["--json"]].concat()).out).unwrap()
}

/// Gives the lines that stand under a heading.
fn section<'o>(outcome: &'o Outcome, heading: &str) -> Vec<&'o str> {
    let mut lines = outcome.out.lines().skip_while(|line| *line != heading);
    assert!(lines.next().is_some(), "{heading} is missing: {}", outcome.out);
    lines.take_while(|line| !line.is_empty()).map(str::trim_start).collect()
}

#[test]
fn a_survey_with_every_kind_of_branch_is_told_at_a_glance() {
    let sandbox = Sandbox::new();
    sandbox.write("branches.toml", BRANCHES);
    insta::assert_snapshot!("simulate", simulate(&sandbox, &["branches.toml", "--respondents", "400"]).out);
}

#[test]
fn choices_and_jumps_that_only_answers_show_to_be_dead_are_told_with_their_lines() {
    let sandbox = Sandbox::new();
    sandbox.write("numbers.toml", NUMBERS);
    let lint = sandbox.run(&["survey", "lint", "numbers.toml"]);
    assert!(lint.err.contains("0 errors"), "{lint:?}");
    let outcome = simulate(&sandbox, &["numbers.toml"]);
    let never = ["line 18  the jump from b to the end is never taken", "line 26  two of tools is never offered"];
    assert_eq!((section(&outcome, "Never met"), outcome.code), (never.to_vec(), 0), "{}", outcome.out);
    let json = json_of(&sandbox, &["numbers.toml"]);
    let never = &json["files"][0]["simulation"]["never"];
    let jump = json!({ "line": 18, "what": "jump", "question": "b", "to": null });
    assert_eq!(never, &json!([jump, { "line": 26, "what": "option", "question": "tools", "code": "two" }]));
}

#[test]
fn a_question_that_is_never_asked_ends_with_1() {
    let sandbox = Sandbox::new();
    sandbox.write("numbers.toml", &NUMBERS.replace("type = \"single\"", "type = \"single\"\nshow_if = \"a * b >= 401\""));
    let outcome = simulate(&sandbox, &["numbers.toml"]);
    let never = ["line 18  the jump from b to the end is never taken", "line 24  tools is never asked"];
    assert_eq!((section(&outcome, "Never met"), outcome.code), (never.to_vec(), 1), "{}", outcome.out);
}

#[test]
fn a_budget_that_more_than_one_in_ten_exceed_ends_with_1() {
    let sandbox = Sandbox::new();
    // 5 s for all, and 13 s more for the two in five who give a 1 or a 2.
    let survey = |minutes: &str| format!("minutes = {minutes}\n{GOOD}\n{}", GOOD_TEXT);
    let cases = [
        ("0.5", 0, "✓ 9 in 10 need at most 0:18, within the budget of 0:30.", 0..1),
        ("0.1", 1, "✗ 9 in 10 need at most 0:18, over the budget of 0:06.", 30..50),
        ("0.05", 1, "✗ 9 in 10 need at most 0:18, over the budget of 0:03.", 100..101),
    ];
    for (minutes, code, verdict, over) in cases {
        sandbox.write("pulse.toml", &survey(minutes));
        let outcome = simulate(&sandbox, &["pulse.toml"]);
        assert!(outcome.out.contains(verdict), "{}", outcome.out);
        assert_eq!(outcome.code, code, "{minutes}");
        let budget = &json_of(&sandbox, &["pulse.toml"])["files"][0]["simulation"]["budget"];
        let share = budget["over_share"].as_f64().unwrap() * 100.0;
        assert!((f64::from(over.start)..f64::from(over.end)).contains(&share), "{budget}");
        assert_eq!(budget["within"], json!(verdict.starts_with('✓')));
    }
    sandbox.write("pulse.toml", GOOD);
    assert!(simulate(&sandbox, &["pulse.toml"]).out.contains("The survey has no budget"));
    assert_eq!(json_of(&sandbox, &["pulse.toml"])["files"][0]["simulation"]["budget"], Value::Null);
}

/// Two questions of 6 s, and one of 5 s or, in other words, 6 s.
const PROMISED: [&str; 2] = [
    r#"
[[question]]
id = "first"
type = "rating"
text = "How easy was the first deployment that you made yourself?"

[[question]]
id = "last"
type = "rating"
text = "How easy was the last deployment that you made yourself?"
"#,
    r#"
[[variant]]
id = "words"
arms = ["few", "many"]

[[question]]
id = "ease"
type = "rating"
text = "How easy was your last deployment?"
variants = [{ variant = "words", arm = "many", text = "How easy was the last deployment that you made yourself?" }]
"#,
];

#[test]
fn lint_holds_a_promise_against_the_same_time() {
    let sandbox = Sandbox::new();
    let head = "id = \"pulse\"\ntitle = \"Pulse\"\nminutes = 1.5\n";
    let [twice, worded] = PROMISED.map(|questions| format!("{head}{questions}"));
    for (survey, budgets) in [(&*twice, ["0.18", "0.2"]), (&worded, ["0.08", "0.1"]), (BRANCHES, ["1.8", "1.9"])] {
        for minutes in budgets {
            sandbox.write("pulse.toml", &survey.replace("minutes = 1.5", &format!("minutes = {minutes}")));
            let is_within = &json_of(&sandbox, &["pulse.toml"])["files"][0]["simulation"]["budget"]["within"];
            let is_told = sandbox.run(&["survey", "lint", "pulse.toml"]).out.contains("warning[burden]");
            assert_eq!(is_within, &json!(!is_told), "{minutes}\n{survey}");
        }
    }
}

#[test]
fn the_time_that_lint_finds_is_that_of_the_whole_simulation() {
    let folders = ["surveys", "tests/surveys/good"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let surveys = files.filter_map(|file| parse(&fs::read_to_string(file).unwrap()).ok());
    let mut count = 0;
    for survey in surveys {
        let whole = simulate::simulate(&survey, &survey.language, RESPONDENTS, SEED).seconds;
        assert!(simulate::longest(&survey).is_none_or(|longest| longest >= whole.most()), "{}", survey.id);
        assert_eq!(simulate::seconds(&survey, &survey.language, RESPONDENTS, SEED), whole, "{}", survey.id);
        count += 1;
    }
    assert!(count >= 20, "the surveys were not found");
}

const GOOD_TEXT: &str = r#"
[[question]]
id = "why"
type = "text"
text = "What made it hard?"
show_if = "ease <= 2"
"#;

#[test]
fn the_same_seed_prints_the_same_and_another_does_not() {
    let sandbox = Sandbox::new();
    sandbox.write("branches.toml", BRANCHES);
    for more in [&[][..], &["--json"]] {
        let with_seed = |seed| simulate(&sandbox, &[&["branches.toml", "--seed", seed], more].concat()).out;
        assert_eq!(with_seed("7"), with_seed("7"));
        assert_ne!(with_seed("7").replace("seed 7", "").replace("\"seed\": 7", ""), with_seed("8").replace("seed 8", ""));
        assert_eq!(simulate(&sandbox, &[&["branches.toml"], more].concat()).out, with_seed("1"));
    }
}

#[test]
fn json_has_every_count_and_share() {
    let sandbox = Sandbox::new();
    sandbox.write("branches.toml", BRANCHES);
    let whole = json_of(&sandbox, &["branches.toml", "--respondents", "500", "--seed", "3"]);
    assert_eq!((&whole["respondents"], &whole["seed"], &whole["failures"]), (&json!(500), &json!(3), &json!([])));
    let file = &whole["files"][0];
    assert_eq!((&file["path"], &file["findings"]), (&json!("branches.toml"), &json!([])));
    let it = &file["simulation"];
    assert_eq!((&it["id"], &it["language"], &it["budget"]["minutes"]), (&json!("branches"), &json!("en"), &json!(1.5)));
    let line = |text: &str| BRANCHES.lines().position(|line| line.starts_with(text)).unwrap() + 1;
    let deploys = json!({
        "id": "deploys", "type": "number", "line": line("text = \"How many times"), "asked": 500, "share": 1.0, "options": []
    });
    assert_eq!(it["questions"][1], deploys);
    let tools = &it["questions"][4];
    assert_eq!((&tools["id"], &tools["options"][0]["share"]), (&json!("tools"), &json!(1.0)));
    let offered = tools["options"][1]["offered"].as_f64().unwrap();
    assert_eq!(tools["options"][1]["share"].as_f64().unwrap(), offered / tools["asked"].as_f64().unwrap());
    let reason = it["conditions"].as_array().unwrap().iter().find(|condition| condition["question"] == "reason").unwrap();
    assert_eq!((&reason["source"], &reason["line"]), (&json!("nps <= 6"), &json!(line("show_if = \"nps <= 6\""))));
    assert_eq!(reason["held"], it["questions"][3]["asked"]);
    let last = it["jumps"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["from"], &last["to"], &last["line"]), (&json!("next"), &json!("praise"), &json!(line("jump = [{ to"))));
    let arms = it["variants"][0]["arms"].as_array().unwrap();
    assert_eq!(arms.iter().map(|arm| arm["drawn"].as_u64().unwrap()).sum::<u64>(), 500);
    let spread = |name: &str, keys: &[&str]| keys.iter().map(|key| it[name][key].as_f64().unwrap()).collect::<Vec<_>>();
    for spread in [
        spread("questions_asked", &["min", "p10", "median", "p90", "max"]),
        spread("minutes", &["min", "p10", "median", "p90", "max"]),
    ] {
        assert!(spread.is_sorted() && spread[0] < spread[4], "{spread:?}");
    }
    let constraints = &it["constraints"];
    assert!(constraints["broken"].as_u64() > Some(0) && constraints["answers"].as_u64() > constraints["broken"].as_u64());
}

#[test]
fn problems_of_a_file_are_told_as_lint_tells_them() {
    let sandbox = Sandbox::new();
    sandbox.write("good.toml", GOOD);
    sandbox.write("bad.toml", &misspelt());
    sandbox.write("open.toml", "id = \"pulse");
    let bad = sandbox.run(&["survey", "lint", "bad.toml"]).out;
    let outcome = simulate(&sandbox, &["bad.toml", "good.toml"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.starts_with(&bad) && outcome.out.contains("\ngood.toml · 2,000 respondents · seed 1 · en\n"),
        "{}",
        outcome.out
    );
    assert_eq!(simulate(&sandbox, &["open.toml", "good.toml"]).code, 2);
    let outcome = simulate(&sandbox, &["nowhere.toml", "good.toml"]);
    assert_eq!(outcome.code, 2);
    assert_eq!(outcome.err, "dxpulse: nowhere.toml: can't be read: No such file or directory (os error 2)\n");
    let json = json_of(&sandbox, &["bad.toml", "nowhere.toml"]);
    let findings = &json["files"][0]["findings"];
    assert_eq!((&findings[0]["code"], &findings[0]["line"]), (&json!("unknown-key"), &json!(2)));
    assert_eq!((&json["files"][0]["simulation"], &json["failures"][0]["path"]), (&Value::Null, &json!("nowhere.toml")));
}

#[test]
fn respondents_read_the_language_asked_for() {
    let sandbox = Sandbox::new();
    let survey = GOOD.replace("title = \"Pulse\"", "title = { en = \"Pulse\", de = \"Puls\" }").replace(
        "text = ",
        "text.de = \"Wie schwer oder leicht war für dich und dein Team die Auslieferung von gestern?\"\ntext.en = ",
    );
    sandbox.write("pulse.toml", &survey);
    for (language, head, minutes) in [
        ("de", "Puls\npulse.toml · 2,000 respondents · seed 1 · de\n", "  minutes      0:07"),
        ("en-GB", "Pulse\npulse.toml · 2,000 respondents · seed 1 · en\n", "  minutes      0:05"),
    ] {
        let outcome = simulate(&sandbox, &["pulse.toml", "--lang", language]);
        assert!(outcome.out.starts_with(head) && outcome.out.contains(minutes), "{}", outcome.out);
    }
}

#[test]
fn no_line_is_longer_than_80_columns() {
    let sandbox = Sandbox::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let folders = ["surveys", "tests/surveys/good"].map(|folder| format!("{root}/{folder}"));
    let outcome = simulate(&sandbox, &[&folders[0], &folders[1], "--respondents", "60"]);
    let is_path = |line: &str| line.starts_with(root);
    let long: Vec<&str> = outcome.out.lines().filter(|line| line.chars().count() > 80 && !is_path(line)).collect();
    assert_eq!(long, Vec::<&str>::new());
    assert!(outcome.out.lines().count() > 300 && outcome.err.is_empty(), "{}", outcome.err);
}

#[test]
fn on_a_narrow_terminal_lines_end_between_words_and_bars_make_room() {
    let sandbox = Sandbox::new();
    sandbox.write("branches.toml", BRANCHES);
    for columns in [40, 28] {
        let arguments = ["survey", "simulate", "branches.toml", "--respondents", "400"];
        let (shown, _) = sandbox.on_terminal_of(columns, &arguments, "\"bug\"", b"");
        insta::assert_snapshot!(format!("simulate_{columns}"), shown.replace('\r', ""));
        assert!(shown.lines().all(|line| line.chars().count() <= usize::from(columns)), "{shown}");
    }
    let (shown, _) = sandbox.on_terminal_of(200, &["survey", "simulate", "branches.toml"], "\"bug\"", b"");
    assert_eq!(shown.replace('\r', "").trim_end(), simulate(&sandbox, &["branches.toml"]).out.trim_end());
}

#[test]
fn nothing_of_a_path_acts_on_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write("a\u{1b}[2J.toml", GOOD);
    for more in [&[][..], &["--json"]] {
        let outcome = simulate(&sandbox, &[&["a\u{1b}[2J.toml"], more].concat());
        assert!(outcome.code == 0 && !outcome.out.contains('\u{1b}'), "{outcome:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    fs::create_dir(sandbox.path("empty")).unwrap();
    let cases: [&[&str]; 5] = [
        &[],
        &["pulse.toml", "--respondents", "0"],
        &["pulse.toml", "--respondents", "1000001"],
        &["pulse.toml", "--seed", "-1"],
        &["empty"],
    ];
    for arguments in cases {
        let outcome = simulate(&sandbox, arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}: {}", outcome.err);
    }
}
