//! The pages for developers and for those who judge a survey tell the truth: their commands run as they stand, against a real collector,
//! and what they name in passing is there.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use clap::Command as Described;

use crate::support::exchange::{Collector, Developer, printed};
use crate::support::{PROGRAM, settings};

const PRIVACY: &str = include_str!("../../docs/privacy.md");
const README: &str = include_str!("../../README.md");
const DATA_PROTECTION: &str = include_str!("../../docs/data-protection.md");
const OPERATE: &str = include_str!("../../docs/operate.md");

/// Gives the blocks of commands of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while lines.by_ref().any(|line| line == "```sh") {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
    }
    blocks
}

/// Gives the commands that a page names within its sentences.
fn named(page: &str) -> BTreeSet<String> {
    let text: String = page.split("```").step_by(2).collect();
    let spans = text.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " "));
    spans.filter(|span| span.starts_with("dxpulse ") || span.starts_with("dxpulse-collector ")).collect()
}

/// Runs commands as a developer, who may be the operator too.
fn run(commands: &str, developer: &Developer, collector: &Collector) -> String {
    let programs = Path::new(PROGRAM).parent().expect("a program stands in a folder").display().to_string();
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", commands]).env_clear().envs(settings(&developer.home));
    command.env("PATH", format!("{programs}:/usr/bin:/bin")).env("DXPULSE_COLLECTOR_DATA", collector.data());
    printed(&command.current_dir(developer.home.path()).output().expect("bash can be started"))
}

/// Gives a developer with an answer that waits to be sent.
fn answered(collector: &Collector) -> Developer {
    let developer = Developer::joined(collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer
}

#[test]
fn every_command_for_those_who_distrust_surveys_runs() {
    let collector = Collector::open();
    let developer = answered(&collector);
    let blocks = blocks(PRIVACY);
    assert!(blocks.len() >= 4, "the blocks were not found");
    for block in &blocks {
        let said = run(block, &developer, &collector);
        if block.contains("wc -c") {
            let bytes: usize = said.trim().parse().expect("a number of bytes");
            assert_eq!(bytes % 4096, 0, "{said}");
        }
    }
    // The last of them took back what had not been sent.
    assert_eq!(developer.states().len(), 0);
}

#[test]
fn what_the_readme_says_of_collectors_runs_for_someone_who_joined() {
    let collector = Collector::open();
    let developer = answered(&collector);
    let block = blocks(README).into_iter().find(|block| block.contains("dxpulse outbox")).expect("the block is there");
    let said = run(&block, &developer, &collector);
    assert!(said.contains("scores") && said.contains("later: send the comments"), "{said}");
}

#[test]
fn what_data_protection_officers_are_told_to_run_runs() {
    let collector = Collector::open();
    let developer = answered(&collector);
    // These need what is sent or signed first, and are run for other pages.
    let elsewhere = ["dxpulse edit", "dxpulse withdraw", "dxpulse forget", "dxpulse-collector publish FILE"];
    let named = named(DATA_PROTECTION);
    assert!(elsewhere.iter().all(|command| named.contains(*command)), "{named:?}");
    for command in named.iter().filter(|command| !elsewhere.contains(&command.as_str())) {
        run(&command.replace("CONTACT", "p0@example.com"), &developer, &collector);
    }
}

/// Says what of a command that a page names isn't there.
fn missing<'w>(mut command: Described, words: impl Iterator<Item = &'w str>) -> Option<String> {
    for word in words.take_while(|word| *word != "#") {
        if let Some(flag) = word.strip_prefix("--") {
            let is_known = command.get_arguments().any(|argument| argument.get_long() == Some(flag));
            if !is_known && !["help", "version"].contains(&flag) {
                return Some(format!("--{flag} of {}", command.get_name()));
            }
            continue;
        }
        for name in word.split("\\|").filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase())) {
            match command.find_subcommand(name).cloned() {
                Some(found) if !word.contains('|') => command = found,
                None if command.has_subcommands() => return Some(format!("{name} of {}", command.get_name())),
                _ => {}
            }
        }
    }
    None
}

#[test]
fn every_command_and_flag_that_pages_name_is_there() {
    let mut count = 0;
    for page in [README, PRIVACY, DATA_PROTECTION, OPERATE] {
        for text in named(page) {
            let (program, rest) = text.split_once(' ').expect("a command has words");
            let mut command = match program {
                "dxpulse" => dxpulse::commands::command(),
                _ => dxpulse::collector::commands::command(),
            };
            command.build();
            assert_eq!(missing(command, rest.split(' ')), None, "`{text}`");
            count += 1;
        }
    }
    assert!(count >= 30, "the commands were not found");
}
