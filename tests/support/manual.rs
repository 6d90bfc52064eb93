//! Manual pages as the commands would make them now, held against those that are kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap_mangen::Man;

/// Checks the pages of a program in a folder of `assets`; with `DXPULSE_WRITE_ASSETS=1` in the environment they are written anew first.
pub(crate) fn check(command: clap::Command, (program, folder): (&str, &str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(folder);
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, program, &mut pages);
    if std::env::var_os("DXPULSE_WRITE_ASSETS").is_some_and(|value| value == "1") {
        fs::create_dir_all(&folder).unwrap();
        pages.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
    }
    for (name, text) in &pages {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(found == *text, "{}/{name} is out of date", folder.display());
    }
    let names: BTreeSet<_> = pages.into_iter().map(|(name, _)| name).collect();
    let there = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), names);
}

fn add_pages(command: &clap::Command, program: &str, pages: &mut Vec<(String, String)>) {
    let source = format!("{program} {}", env!("CARGO_PKG_VERSION"));
    let page = Man::new(command.clone()).date("").source(source).manual(format!("{program} manual"));
    let mut text = Vec::new();
    page.render(&mut text).unwrap();
    pages.push((page.get_filename(), String::from_utf8(text).unwrap()));
    command.get_subcommands().for_each(|command| add_pages(command, program, pages));
}
