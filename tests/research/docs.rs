//! The pages for research leads tell the truth: their commands run, one page in one shell.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::RESEARCH;

const IMPORT: &str = include_str!("../../docs/import.md");
const REPORT: &str = include_str!("../../docs/report.md");
const README: &str = include_str!("../../README.md");

/// Runs commands in a folder of their own, and gives what they said.
fn run(commands: &str) -> (TempDir, String) {
    let folder = TempDir::with_prefix("dxpulse-").unwrap();
    let programs = Path::new(RESEARCH).parent().unwrap();
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", commands]).current_dir(folder.path()).stdin(Stdio::null());
    shell.env("PATH", format!("{}:/usr/bin:/bin", programs.display())).env("DXPULSE_HOME", folder.path().join("home"));
    let output = shell.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    (folder, said)
}

fn blocks(page: &str) -> String {
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.collect()
}

#[test]
fn every_command_about_other_tools_tables_runs() {
    let (_, said) = run(&blocks(IMPORT));
    assert!(said.contains("2025: 6 of 12 answered") && said.contains("| ease |"), "{said}");
}

#[test]
fn every_command_about_reports_runs() {
    let (folder, said) = run(&blocks(REPORT));
    assert!(said.contains("answers are needed") && folder.path().join("report.html").exists(), "{said}");
    assert!(folder.path().join("home/data/published.json").exists(), "the ledger");
}

#[test]
fn what_the_readme_promises_research_leads_is_so() {
    let lines = README.lines().filter_map(|line| line.strip_prefix("$ dxpulse-research"));
    let commands: String =
        lines.filter(|line| !line.contains("dashboard")).map(|line| format!("dxpulse-research{line}\n")).collect();
    assert!(commands.lines().count() >= 4, "{commands}");
    let (folder, _) = run(&commands);
    assert!(folder.path().join("answers.sav").exists() && folder.path().join("report.html").exists());
}
