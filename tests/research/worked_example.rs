//! docs/worked-example.md tells the truth: its commands run as they stand and print what it shows, and every figure in its text is among
//! what they printed.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use dxpulse::research::example::truth::{TEAMS, WAVES, WORSE, nps};

const PAGE: &str = include_str!("../../docs/worked-example.md");

/// Gives the fenced blocks of the page with what stands behind their fences, in order.
fn blocks() -> Vec<(&'static str, String)> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(opening) = lines.by_ref().find(|line| line.starts_with("```")) {
        let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        blocks.push((opening.trim_start_matches('`'), text));
    }
    blocks
}

/// Gives what stands in code font outside of blocks and has a figure in it.
fn figures() -> Vec<&'static str> {
    let prose = PAGE.split("```").step_by(2);
    let spans = prose.flat_map(|text| text.split('`').skip(1).step_by(2));
    spans.filter(|span| span.chars().any(|c| c.is_ascii_digit())).collect()
}

fn run(words: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dxpulse-research")).parent().unwrap().to_owned();
    let places = env::join_paths([program].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap()))).unwrap();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", words])
        .current_dir(folder)
        .env("PATH", places)
        .env("DXPULSE_HOME", folder.join("home"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{words}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_of_the_page_prints_what_it_shows_and_its_figures_are_among_that() {
    let folder = tempfile::tempdir().unwrap();
    let blocks = blocks();
    let mut printed = String::new();
    for (at, (language, words)) in blocks.iter().enumerate().filter(|(_, (language, _))| *language == "sh") {
        let output = run(words, folder.path());
        if let Some((_, shown)) = blocks.get(at + 1).filter(|(next, _)| *next == "text") {
            assert_eq!(&output, shown, "{language} {words}");
        }
        printed += &output;
    }
    assert!(printed.len() > 1_000, "the blocks were not found");
    let missing: BTreeSet<&str> = figures().into_iter().filter(|figure| !printed.contains(figure)).collect();
    assert!(missing.is_empty() && figures().len() > 10, "{missing:?}");
    assert!(fs::read_to_string(folder.path().join("report.html")).unwrap().contains("Example pulse"));
}

#[test]
fn the_table_of_what_is_true_is_that_of_the_program() {
    let rounded = |score: f64| format!("{:.0}", score).replace('-', "−");
    for row in [
        format!("| the score before the outage | {} |", rounded(nps(0, None))),
        format!("| the score after it | {} |", rounded(nps(WAVES.len() - 1, None))),
        format!(
            "| the score of `{WORSE}` before the outage, of any other team | {}, {} |",
            rounded(nps(0, Some(WORSE))),
            rounded(nps(0, Some(TEAMS[0].0)))
        ),
    ] {
        assert!(PAGE.contains(&row), "{row}");
    }
}

#[test]
fn an_example_never_replaces_other_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("answers.csv"), "mine\n").unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_dxpulse-research")).args(["example", "."]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(folder.path().join("answers.csv")).unwrap(), "mine\n");
}
