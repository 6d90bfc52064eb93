//! The files in `assets/` that the program itself makes: each must be as it would be made now.
//!
//! `DXPULSE_WRITE_ASSETS=1 cargo test --test assets` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod picture;
mod screenshots;
#[path = "../screens/shelf.rs"]
mod shelf;
#[allow(dead_code, reason = "the screens need more of it")]
#[path = "../screens/stage.rs"]
mod stage;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

/// Gives a path below `assets/`.
fn asset(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(path)
}

/// Compares a file below `assets/` with what it should hold, or writes it if asked to.
fn compare_or_write(path: &str, content: &str) {
    let file = asset(path);
    if std::env::var_os("DXPULSE_WRITE_ASSETS").is_some_and(|value| value == "1") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == content, "assets/{path} is out of date: DXPULSE_WRITE_ASSETS=1 cargo test --test assets");
}

/// Gives each command's manual page under the name of its file.
fn pages() -> Vec<(String, String)> {
    let mut command = dxpulse::commands::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages);
    pages
}

fn add_pages(command: &clap::Command, pages: &mut Vec<(String, String)>) {
    let page = Man::new(command.clone()).date("").source(concat!("dxpulse ", env!("CARGO_PKG_VERSION"))).manual("dxpulse manual");
    let mut text = Vec::new();
    page.render(&mut text).unwrap();
    pages.push((page.get_filename(), String::from_utf8(text).unwrap()));
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        add_pages(subcommand, pages);
    }
}

#[test]
fn manual_pages_say_what_the_commands_say() {
    for (name, text) in pages() {
        compare_or_write(&format!("man/{name}"), &text);
    }
}

#[test]
fn the_schema_says_what_the_parser_knows() {
    compare_or_write("survey.schema.json", &dxpulse::author::schema::json());
}

#[test]
fn there_is_no_manual_page_of_a_command_that_is_gone() {
    let made: BTreeSet<_> = pages().into_iter().map(|(name, _)| name).collect();
    let entries = fs::read_dir(asset("man")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(entries.filter(|name| !made.contains(name)).collect::<Vec<_>>(), Vec::<String>::new());
}
