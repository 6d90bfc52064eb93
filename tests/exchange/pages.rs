//! The pages for developers and operators tell the truth: their commands run as they stand, against a real collector.

use std::path::Path;
use std::process::Command;

use crate::support::exchange::{Collector, Developer, printed};
use crate::support::{PROGRAM, settings};

const PRIVACY: &str = include_str!("../../docs/privacy.md");

/// Gives the blocks of commands of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while lines.by_ref().any(|line| line == "```sh") {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
    }
    blocks
}

#[test]
fn every_command_for_those_who_distrust_surveys_runs() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let blocks = blocks(PRIVACY);
    assert!(blocks.len() >= 4, "the blocks were not found");
    let programs = Path::new(PROGRAM).parent().expect("a program stands in a folder").display().to_string();
    for block in &blocks {
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", block]).env_clear().envs(settings(&developer.home));
        command.env("PATH", format!("{programs}:/usr/bin:/bin")).current_dir(developer.home.path());
        let said = printed(&command.output().expect("bash can be started"));
        if block.contains("wc -c") {
            let bytes: usize = said.trim().parse().expect("a number of bytes");
            assert_eq!(bytes % 4096, 0, "{said}");
        }
    }
    // The last of them took back what had not been sent.
    assert_eq!(developer.states().len(), 0);
}
