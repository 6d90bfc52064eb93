//! The repository checks itself: the rules of ARCHITECTURE.md hold for every file, and each rule finds what is planted against it.

mod house;
mod paths;
mod rules;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use house::House;
use rules::RULES;

#[test]
fn the_repository_keeps_the_rules_of_the_house() {
    let house = House::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(house.modules().count() > 10, "the sources were not found");
    let broken: Vec<String> =
        RULES.iter().flat_map(|(rule, find)| find(&house).into_iter().map(move |place| format!("{rule}\n    {place}"))).collect();
    assert!(broken.is_empty(), "{} places break a rule of the house:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_bug_that_campaigns_plant_can_still_be_planted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(root.join("tests/campaigns")).unwrap().map(|entry| entry.unwrap().path().join("seeded"));
    let patches: Vec<PathBuf> =
        folders.flat_map(fs::read_dir).flatten().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    assert!(patches.len() > 10, "the patches were not found");
    for patch in patches {
        let output = Command::new("git").args(["apply", "--check"]).arg(&patch).current_dir(root).output().unwrap();
        assert!(output.status.success(), "{}: {}", patch.display(), String::from_utf8_lossy(&output.stderr));
    }
}

/// Gives what the rule of this name finds in files planted beside a sound house.
fn found(rule: &str, planted: &[(&str, &str)]) -> Vec<String> {
    let sound = [
        (
            "src/lib.rs",
            "//! X.\npub mod author; pub mod commands; pub mod developer; pub mod response; pub mod screen; pub mod survey;",
        ),
        ("src/survey/mod.rs", "//! X.\npub mod model; pub use model::Survey;"),
        ("src/survey/model.rs", "//! X.\npub struct Survey;"),
        ("src/response/mod.rs", "//! X.\npub mod answer; pub use answer::Answer;"),
        ("src/response/answer.rs", "//! X.\nuse crate::survey::Survey; pub struct Answer;"),
        ("src/screen/mod.rs", "//! X.\npub mod keymap;"),
        ("src/screen/keymap.rs", "//! X.\n"),
        ("src/developer/mod.rs", "//! X.\npub mod answering; pub mod store;"),
        ("src/developer/answering/mod.rs", "//! X.\nuse crate::response::Answer;"),
        ("src/developer/store/mod.rs", "//! X.\nuse rusqlite::Connection; use std::fs;"),
        ("src/author/mod.rs", "//! X.\npub mod lint;"),
        ("src/author/lint/mod.rs", "//! X.\nuse crate::survey::Survey;"),
        ("src/commands/mod.rs", "//! X.\nuse crate::author; use crate::developer; use clap::Parser;"),
    ];
    let kept = sound.iter().filter(|(file, _)| !planted.iter().any(|(other, _)| other == file));
    let texts: Vec<_> = kept.chain(planted).map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    let (_, find) = RULES.iter().find(|(name, _)| *name == rule).expect("a rule of this name");
    find(&House::of(texts))
}

#[test]
fn a_sound_house_breaks_no_rule() {
    for (rule, _) in RULES {
        assert_eq!(found(rule, &[]), Vec::<String>::new(), "{rule}");
    }
}

/// Asserts that one planted file breaks the rule once, and that its harmless twin does not.
fn assert_finds(rule: &str, cases: &[(&str, &str, &str)]) {
    for (file, bad, good) in cases {
        assert_eq!(found(rule, &[(file, bad)]).len(), 1, "{rule}: {file}: {bad}");
        assert_eq!(found(rule, &[(file, good)]), Vec::<String>::new(), "{rule}: {file}: {good}");
    }
}

#[test]
fn planted_imports_against_the_layers_are_found() {
    let rule = "a module names only what lies below it";
    assert_finds(
        rule,
        &[
            ("src/survey/model.rs", "use crate::response::Answer;", "use super::Survey;"),
            ("src/survey/model.rs", "fn f() { crate::response::Answer; }", "// crate::response::Answer"),
            ("src/survey/model.rs", "use super::super::response;", "#[cfg(test)] mod tests { use crate::response::Answer; }"),
            ("src/response/answer.rs", "use crate::{developer::store, survey::Survey};", "use crate::{survey::Survey};"),
            ("src/screen/keymap.rs", "use crate::survey::model;", "use super::keymap;"),
            ("src/developer/answering/mod.rs", "use super::store;", "use crate::screen::keymap::Key;"),
            ("src/developer/answering/mod.rs", "use crate::screen;", "use crate::survey::Survey;"),
            ("src/developer/store/mod.rs", "use crate::developer::answering::update;", "use crate::response::Answer;"),
            ("src/screen/keymap.rs", "use dxpulse::survey;", ""),
            (
                "src/developer/mod.rs",
                "pub mod answering; pub mod store; use crate::author::lint;",
                "pub mod answering; pub mod store;",
            ),
            (
                "src/developer/mod.rs",
                "pub mod answering; pub mod store; use crate::commands;",
                "pub mod answering; pub mod store;",
            ),
            ("src/author/mod.rs", "pub mod lint; use crate::commands;", "pub mod lint; use crate::developer::store;"),
            ("src/author/lint/mod.rs", "use crate::developer::store;", "use crate::survey::model::Survey;"),
        ],
    );
    assert_eq!(found(rule, &[("src/gossip.rs", "//! X.")]).len(), 1, "a wing without a row");
    assert_eq!(found(rule, &[("src/main.rs", "use dxpulse::developer::store;")]).len(), 0, "a binary may name everything");
}

#[test]
fn planted_circles_are_found() {
    let rule = "siblings don't import one another in a circle";
    let face = ("src/survey/mod.rs", "pub mod a; pub mod b; pub mod c; pub use a::A; pub use b::B;");
    let direct = [face, ("src/survey/a.rs", "use super::b::B;"), ("src/survey/b.rs", "use crate::survey::a::A;")];
    assert_eq!(found(rule, &direct), ["survey::a -> survey::b -> survey::a"]);
    let by_the_face = [face, ("src/survey/a.rs", "use super::B;"), ("src/survey/b.rs", "use super::A;")];
    assert_eq!(found(rule, &by_the_face), ["survey::a -> survey::b -> survey::a"]);
    let long = [
        face,
        ("src/survey/a.rs", "use super::B;"),
        ("src/survey/b.rs", "use super::c;"),
        ("src/survey/c/mod.rs", "pub mod deep;"),
        ("src/survey/c/deep.rs", "fn f() { crate::survey::a::f() }"),
    ];
    assert_eq!(found(rule, &long), ["survey::a -> survey::b -> survey::c -> survey::a"]);
    let sound = [face, ("src/survey/a.rs", "use super::B;"), ("src/survey/b.rs", "#[cfg(test)] mod tests { use super::A; }")];
    assert_eq!(found(rule, &sound), Vec::<String>::new());
}

#[test]
fn planted_impurity_is_found() {
    assert_finds(
        "pure modules know no clock, disk, environment, chance or output",
        &[
            ("src/survey/model.rs", "use std::fs;", "use std::fmt;"),
            ("src/survey/model.rs", "use std::{fmt, time::Instant};", "use std::time::Duration;"),
            ("src/survey/model.rs", "use std::time; fn f() { time::SystemTime::now(); }", "use std::time;"),
            ("src/survey/model.rs", "use std::time::*;", "use std::fmt::*;"),
            ("src/response/answer.rs", "use chrono::Utc; fn f() { Utc::now(); }", "use chrono::Utc;"),
            ("src/response/answer.rs", "fn f() { println!(); }", "fn f() { writeln!(); } // println!()"),
            ("src/response/answer.rs", "fn f() { getrandom::fill(x); }", "fn f() { \"getrandom::fill(x)\"; }"),
            ("src/developer/answering/mod.rs", "fn f() { std::env::var(x); }", "#[cfg(test)] fn f() { std::env::var(x); }"),
            ("src/developer/answering/mod.rs", "use std::io::Write;", ""),
            ("src/author/lint/mod.rs", "fn f() { std::fs::read(x); }", "use crate::survey::Survey;"),
        ],
    );
}

#[test]
fn planted_uses_of_a_heavy_crate_are_found() {
    assert_finds(
        "a heavy crate stays with its owners",
        &[
            ("src/developer/answering/mod.rs", "use ratatui::style::Style;", ""),
            ("src/developer/mod.rs", "fn f() { rusqlite::Connection::open(x); }", "fn f() { store::rusqlite(x); }"),
            ("src/survey/model.rs", "use toml::de::DeTable;", "// toml::de"),
            ("src/developer/store/mod.rs", "#[derive(clap::Parser)] struct X;", "use rusqlite::Row;"),
            ("src/main.rs", "use clap::Parser;", "use dxpulse::commands;"),
            ("src/survey/model.rs", "use csv as table; fn f() { }", ""),
        ],
    );
    let owned = [("src/survey/parse/mod.rs", "use toml::de::DeTable;"), ("src/commands/mod.rs", "use clap::Parser;")];
    assert_eq!(found("a heavy crate stays with its owners", &owned), Vec::<String>::new());
}

#[test]
fn planted_sockets_are_found() {
    let cases = [("src/developer/store/mod.rs", "use std::net::TcpStream;", "use std::fs;")];
    assert_finds("nothing opens a network connection", &cases);
}

#[test]
fn planted_length_is_found() {
    let file = |lines: usize| format!("//! X.\n{}", "//\n".repeat(lines - 1));
    assert_finds("a file has at most 400 lines", &[("src/survey/model.rs", &file(401), &file(400))]);
    let function = |lines: usize| format!("//! X.\nimpl X {{ fn f(a: [u8; 2]) {{\n{}}} }}", "a();\n".repeat(lines - 2));
    assert_finds("a function has at most 70 lines", &[("src/survey/model.rs", &function(71), &function(70))]);
    assert_finds("a function has at most 70 lines", &[("tests/x.rs", &function(71), "type X = fn(u8);")]);
}

#[test]
fn planted_silence_is_found() {
    assert_finds("a module opens with its purpose", &[("src/survey/model.rs", "use a::b;", "//! What it is for.")]);
}

#[test]
fn planted_strays_are_found() {
    let rule = "a file in a module's folder is a module";
    assert_finds(rule, &[("src/survey/mod.rs", "mod models;", "mod model;")]);
    let main = ("tests/x/main.rs", "//! X.\nmod place;");
    let strays = |main, file| found(rule, &[main, (file, "//! X.")]);
    assert_eq!(strays(main, "tests/x/pages.rs"), ["tests/x/pages.rs"]);
    assert_eq!(strays(main, "tests/x/place.rs"), Vec::<String>::new());
    assert_eq!(strays(main, "tests/x/place/mod.rs"), Vec::<String>::new());
    let borrower = ("tests/y/main.rs", "//! Y.\n#[path = \"../x/people.rs\"]\nmod people;");
    assert_eq!(found(rule, &[main, borrower, ("tests/x/people.rs", "//! X.")]), Vec::<String>::new());
}

#[test]
fn planted_leftovers_are_found() {
    assert_finds(
        "nothing is ignored or left to do",
        &[
            ("src/survey/model.rs", "fn f() { todo!() }", "fn f() { \"todo!()\" }"),
            ("tests/x.rs", "#[test] #[ignore] fn f() {}", "#[test] fn ignore() {}"),
            ("benches/x.rs", "fn f() { unimplemented!() }", "// unimplemented!()"),
        ],
    );
}

#[test]
fn planted_paths_of_one_machine_are_found() {
    let path = |folder: &str| format!("Open `/{folder}/x` now.");
    let case = |file: &'static str, folder: &str| (file, path(folder), path("usr").replace("/usr", &format!("$HOME/{folder}")));
    for (file, bad, good) in [case("README.md", "tmp"), case("src/survey/model.rs", "work"), case(".ci/run", "root")] {
        assert_finds("no path of one machine is named", &[(file, &bad, &good)]);
    }
}
