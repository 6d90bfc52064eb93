//! docs/asking-in-context.md tells the truth: each of its commands runs, in order, and then a deploy is asked about.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Home, PROGRAM, settings};
use crate::{Shell, run};

const PAGE: &str = include_str!("../../docs/asking-in-context.md");

/// Gives the blocks of commands.
fn blocks() -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while lines.by_ref().any(|line| line == "```sh") {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
    }
    blocks
}

#[test]
fn the_page_leads_to_a_survey_after_a_deploy() {
    let home = Home::new();
    let folder = Path::new(PROGRAM).parent().expect("a program stands in a folder");
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let blocks = blocks();
    assert_eq!(blocks.len(), 4, "the commands of the page were not found");
    let platform = home.path().join("platform");
    fs::create_dir(&platform).expect("a home can be written");
    for block in &blocks[..3] {
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", block]).env_clear().envs(settings(&home)).env("PATH", &path);
        let output = command.current_dir(&platform).stdin(Stdio::null()).output().expect("bash is installed");
        assert!(output.status.success(), "{block}{output:?}");
    }
    let rc = fs::read_to_string(home.path().join(".bashrc")).expect("the hook was installed");
    let mut screen = Shell::Bash.start_with(&home, &rc);
    run(&mut screen, Shell::Bash, "deployctl up");
    let line = PAGE.lines().find(|line| line.starts_with('◆')).expect("the page shows the line");
    assert!(screen.text().contains(line), "{}", screen.text());
    for line in blocks[3].lines() {
        run(&mut screen, Shell::Bash, line);
    }
    assert!(!screen.text().contains("error"), "{}", screen.text());
}
