//! Texts full of controls, in surveys, answers, settings, names and variables: no command ever prints one of them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::characters::{self, is_clean_within, stripped};
use super::programs::{bounded, judged, judged_with};
use crate::support::{Home, Random};
use crate::trials::{Plan, Verdict, guarded};

/// From here on a campaign without a character that came through counts.
const JUDGED_FROM: u64 = 1000;

/// A sound survey; each `@…@` is a place for a hostile text.
const SURVEY: &str = r#"# @comment@
id = "hostile"
title = "Hostile@title@"
introduction = "Words@introduction@"

[[question]]
id = "score"
type = "number"
text = "How many?@text@"
min = -9999
max = 9999
unit = "h@unit@"

[[question]]
id = "why"
type = "text"
text = "Why?@why@"

[[question]]
id = "tools"
type = "single"
text = "Which?"
choices = [{ code = "a", label = "A@label@" }, { code = "b", label = "B" }]
show_if = "score > 1@condition@"
"#;

const PLACES: [&str; 8] = ["comment", "title", "introduction", "text", "unit", "why", "label", "condition"];

/// The commands that take a survey's file.
const ON_FILES: [&[&str]; 9] = [
    &["survey", "lint"],
    &["survey", "lint", "--format", "json"],
    &["survey", "lint", "--format", "sarif"],
    &["survey", "lint", "--format", "github"],
    &["survey", "graph"],
    &["survey", "graph", "--format", "dot"],
    &["survey", "simulate", "--respondents", "20"],
    &["survey", "simulate", "--respondents", "20", "--json"],
    &["take", "--answers", "-"],
];

/// The commands that tell what is there.
const ON_HOMES: [&[&str]; 12] = [
    &["list"],
    &["list", "--json"],
    &["history"],
    &["history", "--json"],
    &["outbox", "--json"],
    &["results", "--json"],
    &["doctor"],
    &["doctor", "--json"],
    &["config", "get"],
    &["config", "get", "--json"],
    &["config", "path"],
    &["verify"],
];

pub(crate) fn part(plan: &Plan) -> Verdict {
    plan.carry_out_on(4, JUDGED_FROM, 1, |seed| {
        let mut random = Random::new(seed);
        guarded(|| match random.within(0..5) {
            0 => in_a_survey(&mut random).map_err(|what| format!("in a survey: {what}")),
            1 => in_answers(&mut random).map_err(|what| format!("in answers: {what}")),
            2 => in_settings(&mut random).map_err(|what| format!("in settings: {what}")),
            3 => super::pasted::trial(&mut random),
            _ => in_names(&mut random).map_err(|what| format!("in names: {what}")),
        })
    })
}

/// Fills the place of this name, and empties all others.
fn survey_with(place: &str, text: &str) -> String {
    PLACES
        .iter()
        .fold(SURVEY.to_owned(), |survey, known| survey.replace(&format!("@{known}@"), if *known == place { text } else { "" }))
}

fn in_a_survey(random: &mut Random) -> Result<(), String> {
    let (home, place, hostile) = (Home::new(), random.pick(&PLACES), characters::text(random));
    let escaped: String = hostile.chars().map(|character| format!("\\U{:08X}", u32::from(character))).collect();
    let is_raw = place == "comment" || random.within(0..2) == 0;
    let file = written(&home, "surveys/hostile.toml", survey_with(place, if is_raw { &hostile } else { &escaped }).as_bytes())?;
    for arguments in ON_FILES {
        let output = judged_with(bounded(&home, arguments).arg(&file), br#"{"score": 2, "why": "so", "tools": "a"}"#)?;
        if output.status.success() && (arguments[1] == "lint" || arguments[0] == "take") {
            return Err(format!("{hostile:?} in {place} is taken by {arguments:?}"));
        }
        if arguments.last() == Some(&"json") {
            is_told_with_its_place(&output.stdout).map_err(|what| format!("{hostile:?} in {place}: {what}"))?;
        }
    }
    let answered = judged(&mut bounded(&home, ["history", "--json"]))?;
    if String::from_utf8_lossy(&answered.stdout).trim() != "[]" {
        return Err("an answer to a refused survey is kept".to_owned());
    }
    on_homes(&home, |_| ())
}

fn is_told_with_its_place(report: &[u8]) -> Result<(), String> {
    let report: Value = serde_json::from_slice(report).map_err(|error| error.to_string())?;
    let findings = || report["files"].as_array().into_iter().flatten().flat_map(|file| file["findings"].as_array()).flatten();
    let is_placed = |finding: &Value| finding["severity"] == "error" && finding["line"].as_u64().is_some_and(|line| line > 0);
    let is_told = findings().any(|finding| is_placed(finding) && !finding["help"].as_str().unwrap_or_default().is_empty());
    if is_told { Ok(()) } else { Err(format!("no error tells where it stands: {report}")) }
}

fn in_answers(random: &mut Random) -> Result<(), String> {
    let home = Home::new();
    let file = written(&home, "surveys/hostile.toml", survey_with("", "").as_bytes())?;
    let text = format!("w{}w", characters::text(random));
    let unknown = characters::text(random);
    let refused = [json!({ "score": text }), json!({ "tools": text }), json!({ unknown: 1 }), json!([text]), json!(text)];
    for wrong in refused.iter().map(Value::to_string).chain([text.clone()]) {
        let output = judged_with(bounded(&home, ["take", "--json", "--answers", "-"]).arg(&file), wrong.as_bytes())?;
        if output.status.success() {
            return Err(format!("{wrong} is taken"));
        }
    }
    let answers = json!({ "score": -2, "why": text }).to_string();
    let mut take = bounded(&home, ["take", "--keep-words", "--json", "--answers", "-"]);
    let output = judged_with(take.arg(&file), answers.as_bytes())?;
    if !output.status.success() {
        return Err(format!("{text:?} is not taken: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let exports = ["csv", "json", "jsonl"].into_iter().flat_map(|format| ["wide", "long"].map(|layout| (format, layout)));
    for (format, layout) in exports {
        for labels in [&[][..], &["--labels"]] {
            judged(bounded(&home, ["export", "--format", format, "--layout", layout]).args(labels))?;
        }
    }
    let exported = judged(&mut bounded(&home, ["export", "--format", "json", "--layout", "long"]))?;
    let rows: Value = serde_json::from_slice(&exported.stdout).map_err(|error| error.to_string())?;
    is_clean_within(&rows)?;
    let kept = rows.as_array().into_iter().flatten().filter_map(|row| row["value"].as_str());
    let (kept, expected): (Vec<_>, _) = (kept.collect(), stripped(&text));
    if !kept.contains(&expected.as_str()) {
        return Err(format!("{expected:?} should be kept of {text:?}, and there is {kept:?}"));
    }
    on_homes(&home, |_| ())
}

fn in_settings(random: &mut Random) -> Result<(), String> {
    let home = Home::new();
    let keys = ["theme", "colour", "language", "surveys", "editor", "collector", "webhook", "webhook_secret_file", "x"];
    let (key, value, name) = (random.pick(&keys), characters::text(random), characters::name(random));
    let escaped: String = value.chars().map(|character| format!("\\U{:08X}", u32::from(character))).collect();
    let text = match random.within(0..4) {
        0 => format!("{key} = \"{value}\"\n"),
        1 => format!("{key} = \"{escaped}\"\n"),
        2 => format!("publishers = [\"{escaped}\"]\n\"{escaped}\" = 1\n"),
        _ => format!("# {value}\n{value} = true\n"),
    };
    written(&home, "config.toml", text.as_bytes())?;
    let variables =
        ["DXPULSE_THEME", "DXPULSE_EDITOR", "DXPULSE_SURVEYS", "LANG", "LC_ALL", "EDITOR", "VISUAL", "TERM", "NO_COLOR"];
    let variable = random.pick(&variables);
    on_homes(&home, |command| _ = command.env(variable, &name))?;
    if key != "x" {
        judged(bounded(&home, ["config", "set", key]).arg(&name))?;
        judged(&mut bounded(&home, ["config", "get", key, "--json"]))?;
    }
    on_homes(&home, |command| _ = command.env(variable, &name))
}

fn in_names(random: &mut Random) -> Result<(), String> {
    let (outer, name) = (Home::new(), characters::name(random));
    let inner = outer.path().join(&name);
    let file = inner.join(format!("surveys/{name}.toml"));
    fs::create_dir_all(inner.join("surveys")).map_err(|error| error.to_string())?;
    fs::write(&file, survey_with("", "")).map_err(|error| error.to_string())?;
    let is_broken = random.within(0..2) == 0;
    if is_broken {
        fs::write(file.with_extension("other.toml"), "id = \"a\"\n[[question]]\n").map_err(|error| error.to_string())?;
    }
    let moved = |command: &mut std::process::Command| _ = command.env("DXPULSE_HOME", &inner);
    for arguments in ON_FILES {
        for path in [&file, &inner, &inner.join("none.toml")] {
            let mut command = bounded(&outer, arguments);
            moved(&mut command);
            judged_with(command.arg(path), br#"{"score": 2}"#)?;
        }
    }
    for arguments in [
        &["take"][..],
        &["survey", "new"],
        &["survey", "lint", "--explain"],
        &["survey", "diff", "HEAD"],
        &["history"],
        &["export"],
        &["export", "--output"],
        &["results"],
        &["verify"],
        &["enroll"],
        &["payload"],
        &["withdraw"],
        &["config", "get"],
        &["doctor", "--rescue"],
        &["doctor", "--restore"],
        &["import", "--state"],
        &["--lang"],
        &[],
    ] {
        let mut command = bounded(&outer, arguments);
        moved(&mut command);
        judged(command.arg(&name))?;
    }
    on_homes(&outer, moved)
}

/// Lets every command tell what is there.
fn on_homes(home: &Home, prepare: impl Fn(&mut std::process::Command)) -> Result<(), String> {
    for arguments in ON_HOMES {
        let mut command = bounded(home, arguments);
        prepare(&mut command);
        let output = judged(&mut command)?;
        if arguments.last() == Some(&"--json") && output.status.success() {
            serde_json::from_slice::<Value>(&output.stdout).map_err(|error| format!("{arguments:?} prints no JSON: {error}"))?;
        }
    }
    Ok(())
}

/// Writes a file of a home.
pub(super) fn written(home: &Home, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    let path = home.path().join(name);
    let folder = path.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)).map_err(|error| format!("{name}: {error}"))?;
    Ok(path)
}
