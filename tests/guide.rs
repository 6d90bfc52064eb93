//! docs/writing-surveys.md tells the truth: every survey and every piece of one on it is sound, or wrong as it says; every command
//! runs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

const GUIDE: &str = include_str!("../docs/writing-surveys.md");

/// Gives the fenced blocks of the page with what stands behind their fences, in order.
fn blocks() -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = GUIDE.lines();
    while let Some(opening) = lines.by_ref().find(|line| line.starts_with("```")) {
        let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        blocks.push((opening.trim_start_matches('`').to_owned(), text));
    }
    blocks
}

/// Puts a head above a piece of a survey that has none.
fn whole(piece: &str) -> String {
    if piece.starts_with("id = ") { piece.to_owned() } else { format!("id = \"pulse\"\ntitle = \"Pulse\"\n\n{piece}") }
}

fn run(words: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_dxpulse")).parent().unwrap().to_owned();
    let places = env::join_paths([program].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap()))).unwrap();
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", words])
        .current_dir(folder)
        .env("PATH", places)
        .env("DXPULSE_HOME", folder.join("home"))
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn every_survey_of_the_guide_is_without_findings() {
    let folder = tempfile::tempdir().unwrap();
    let surveys = blocks().into_iter().filter(|(language, _)| language == "toml").map(|(_, text)| whole(&text));
    let mut count = 0;
    for (at, survey) in surveys.enumerate() {
        let path = folder.path().join(format!("survey-{at}.toml"));
        fs::write(&path, &survey).unwrap();
        let output = run(&format!("dxpulse survey lint {}", path.display()), folder.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{survey}\n{said}");
        count += 1;
    }
    assert!(count >= 14, "the blocks were not found");
}

#[test]
fn every_mistake_of_the_guide_is_told_as_it_says() {
    let blocks = blocks();
    let wrong: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].0 == "toml bad").collect();
    assert!(!wrong.is_empty());
    for at in wrong {
        let problems = dxpulse::survey::parse::parse(&whole(&blocks[at].1)).unwrap_err();
        let told: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        assert_eq!(("text".to_owned(), told), blocks[at + 1]);
    }
}

#[test]
fn every_command_of_the_guide_runs() {
    let folder = tempfile::tempdir().unwrap();
    let commands: Vec<String> = blocks().into_iter().filter(|(language, _)| language == "sh").map(|(_, text)| text).collect();
    assert!(commands.len() >= 3, "the blocks were not found");
    for block in commands {
        let output = run(&block, folder.path());
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{block}\nended with {}\n{message}", output.status);
    }
}
