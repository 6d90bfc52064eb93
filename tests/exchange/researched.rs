//! What a research lead gets out of a collector: reports, never of small groups, and nothing of a wave that is open.

use std::fs;
use std::process::{Command, Output};

use crate::support::exchange::{Collector, Developer, all, printed};

const RESEARCH: &str = env!("CARGO_BIN_EXE_dxpulse-research");

/// Runs `dxpulse-research` on a collector, with an administrator's token.
fn research(collector: &Collector, words: &[&str]) -> Output {
    let token = collector.data().join("lead.token");
    if !token.exists() {
        let made = printed(&collector.run(&["token", "new", "lead"]));
        let token_of = made.split_whitespace().find(|word| word.len() >= 40).expect("it prints a token");
        fs::write(&token, token_of).expect("a file can be written");
    }
    let mut command = Command::new(RESEARCH);
    command.args(words).args(["--collector", collector.url(), "--token-file", &token.display().to_string()]);
    command.env("DXPULSE_HOME", collector.data().join("lead")).output().expect("it can be started")
}

#[test]
fn the_answers_of_a_closed_wave_come_to_a_report_and_to_files() {
    let collector = Collector::open_to(12);
    for score in 0..12 {
        let developer = Developer::joined(&collector);
        developer.take(&format!(r#"{{"nps": {}, "why": "reason {score}"}}"#, if score < 8 { 9 } else { 3 }));
        developer.sync();
    }
    let early = research(&collector, &["report", "--format", "json"]);
    assert!(!early.status.success() && all(&early).contains("no answers yet"), "{}", all(&early));
    assert!(all(&early).contains("about 10 answered"), "in steps of 5: {}", all(&early));
    collector.close("one");
    let report: serde_json::Value =
        serde_json::from_str(&printed(&research(&collector, &["report", "--format", "json"]))).expect("it is JSON");
    let nps = &report["items"][0];
    assert_eq!((nps["name"].as_str(), nps["n"].as_u64()), (Some("nps"), Some(12)));
    assert!((nps["figure"]["value"].as_f64().expect("a figure") - 100.0 * 4.0 / 12.0).abs() < 1e-9);
    assert_eq!((report["funnel"]["invited"].as_u64(), nps["figure"]["is_census"].as_bool()), (Some(12), Some(true)));
    assert_eq!(report["words"][0]["n"].as_u64(), Some(12));
    let csv = printed(&research(&collector, &["export"]));
    assert_eq!(csv.lines().count(), 13, "{csv}");
    assert!(!csv.contains("reason"), "own words stand apart");
    assert_eq!(printed(&research(&collector, &["export", "--comments"])).lines().count(), 13);
}

#[test]
fn of_four_answers_nothing_is_shown_but_that_they_are_too_few() {
    let collector = Collector::open_to(12);
    for score in [9, 9, 2, 10] {
        let developer = Developer::joined(&collector);
        developer.take(&format!(r#"{{"nps": {score}}}"#));
        developer.sync();
    }
    collector.close("one");
    let report = printed(&research(&collector, &["report", "--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    assert!(report["funnel"]["answered"].is_null() && report["items"][0]["n"].is_null(), "{report}");
    assert!(report["items"][0]["figure"].is_null() && report["items"][0]["values"].as_array().expect("values").is_empty());
    let said = research(&collector, &["export"]);
    assert_eq!(String::from_utf8_lossy(&said.stdout).lines().count(), 1, "a header alone");
    assert!(all(&said).contains("left out, since too few answered: one"), "{}", all(&said));
}

#[test]
fn a_token_that_is_not_one_and_an_address_that_is_none_are_told() {
    let collector = Collector::open_to(12);
    fs::write(collector.data().join("lead.token"), "0".repeat(64)).expect("a file can be written");
    let refused = research(&collector, &["show"]);
    assert!(!refused.status.success() && all(&refused).contains("token"), "{}", all(&refused));
    let nowhere = Command::new(RESEARCH)
        .args(["show", "--collector", "http://pulse.example.com"])
        .env("DXPULSE_RESEARCH_TOKEN", "secret-token")
        .output()
        .expect("it can be started");
    assert!(all(&nowhere).contains("not an https address") && !all(&nowhere).contains("secret-token"), "{}", all(&nowhere));
}
