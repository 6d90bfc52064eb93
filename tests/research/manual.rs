//! The manual pages of `dxpulse-research`: each must be as the commands would make it now.
//!
//! `DXPULSE_WRITE_ASSETS=1 cargo test --features research --test research manual` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/man-research")
}

fn add_pages(command: &clap::Command, pages: &mut Vec<(String, String)>) {
    let source = concat!("dxpulse-research ", env!("CARGO_PKG_VERSION"));
    let page = Man::new(command.clone()).date("").source(source).manual("dxpulse-research manual");
    let mut text = Vec::new();
    page.render(&mut text).unwrap();
    pages.push((page.get_filename(), String::from_utf8(text).unwrap()));
    command.get_subcommands().for_each(|command| add_pages(command, pages));
}

#[test]
fn manual_pages_say_what_the_commands_say() {
    let mut command = dxpulse::research::commands::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages);
    if std::env::var_os("DXPULSE_WRITE_ASSETS").is_some_and(|value| value == "1") {
        fs::create_dir_all(folder()).unwrap();
        pages.iter().for_each(|(name, text)| fs::write(folder().join(name), text).unwrap());
    }
    for (name, text) in &pages {
        let found = fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(found == *text, "assets/man-research/{name} is out of date");
    }
    let names: BTreeSet<_> = pages.into_iter().map(|(name, _)| name).collect();
    let there = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), names);
}
