//! The files of the repository as the rules see them, read from disk or planted in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path};

use crate::paths::{Paths, paths};
use crate::tokens::{Token, tokens, without_tests};

/// One Rust file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its place from the repository's root on, such as `src/survey/model.rs`.
    pub(crate) file: String,
    /// The module it holds, such as `survey::model`; `None` outside the library and its binaries.
    pub(crate) module: Option<Vec<String>>,
    /// Its whole text.
    pub(crate) text: String,
    /// Everything but comments.
    pub(crate) tokens: Vec<Token>,
    /// Everything but comments and tests.
    pub(crate) product: Vec<Token>,
    /// What it names outside its tests.
    pub(crate) paths: Paths,
}

/// All files the rules look at.
#[derive(Debug)]
pub(crate) struct House {
    /// The Rust files.
    pub(crate) sources: Vec<Source>,
    /// Every text file with its place, the Rust files included.
    pub(crate) texts: Vec<(String, String)>,
}

const FOLDERS: [&str; 9] = ["src", "tests", "benches", "fuzz", "examples", "surveys", "docs", "assets", ".ci"];

impl House {
    /// Reads the repository: its folders, and the files at its root.
    pub(crate) fn read(root: &path::Path) -> Self {
        let mut files = Vec::new();
        for entry in fs::read_dir(root).expect("the repository is there").flatten() {
            if entry.path().is_file() {
                files.push(entry.path());
            }
        }
        FOLDERS.iter().for_each(|folder| walk(&root.join(folder), &mut files));
        files.sort();
        let texts = files.iter().filter_map(|file| {
            let place = file.strip_prefix(root).expect("found below the root").to_str()?.to_owned();
            (place != ".git").then_some(())?;
            Some((place, fs::read_to_string(file).ok()?))
        });
        Self::of(texts.collect())
    }

    /// Makes a house of files and their texts.
    pub(crate) fn of(texts: Vec<(String, String)>) -> Self {
        let rust = texts.iter().filter(|(file, _)| file.ends_with(".rs"));
        let mut sources: Vec<Source> = rust.map(|(file, text)| source(file, text)).collect();
        let mut tests = BTreeSet::new();
        for source in &sources {
            let (_, names) = without_tests(&source.tokens);
            let module = source.module.clone().unwrap_or_default();
            tests.extend(names.into_iter().map(|name| [&module[..], &[name]].concat()));
        }
        for source in &mut sources {
            let below = |tests: &Vec<String>| source.module.as_ref().is_some_and(|module| module.starts_with(tests));
            if tests.iter().any(below) {
                source.module = None;
            }
        }
        Self { sources, texts }
    }

    /// Gives the files that hold a module of the library or of a binary, tests left out.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&[String], &Source)> {
        self.sources.iter().filter_map(|source| Some((source.module.as_deref()?, source)))
    }

    /// Gives the module that defines what a path names, through any re-exports; `None` for paths into other crates.
    pub(crate) fn definer(&self, path: &[String]) -> Option<Vec<String>> {
        let imports: BTreeMap<&[String], &Paths> = self.modules().map(|(module, source)| (module, &source.paths)).collect();
        let mut names = path.strip_prefix(&["crate".to_owned()])?.to_vec();
        for _ in 0..16 {
            let length = (0..=names.len()).rev().find(|length| imports.contains_key(&names[..*length]))?;
            let onward = names.get(length).and_then(|name| imports[&names[..length]].imported.get(name));
            match onward.and_then(|path| path.strip_prefix(&["crate".to_owned()])) {
                Some(onward) if onward != &names[..=length] => names = [onward, &names[length + 1..]].concat(),
                _ => return Some(names[..length].to_vec()),
            }
        }
        None
    }
}

fn walk(folder: &path::Path, files: &mut Vec<path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { walk(&entry.path(), files) } else { files.push(entry.path()) }
    }
}

fn source(file: &str, text: &str) -> Source {
    let module = module(file);
    let tokens = tokens(text);
    let (product, _) = without_tests(&tokens);
    let paths = paths(module.as_deref().unwrap_or_default(), &product);
    Source { file: file.to_owned(), module, text: text.to_owned(), tokens, product, paths }
}

/// Gives the module of a file: empty for `src/lib.rs`, `main` for `src/main.rs`, `None` outside `src`.
fn module(file: &str) -> Option<Vec<String>> {
    let inside = file.strip_prefix("src/")?.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").or(inside.strip_suffix("/main")).unwrap_or(inside);
    if inside == "lib" {
        return Some(Vec::new());
    }
    Some(inside.split('/').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_through_faces_to_the_module_that_defines_it() {
        let house = House::of(
            [
                ("src/lib.rs", "pub mod survey;"),
                ("src/survey/mod.rs", "pub mod model; pub use model::{Survey, Code as C};"),
                ("src/survey/model.rs", "pub struct Survey; pub struct Code;"),
            ]
            .map(|(file, text)| (file.to_owned(), text.to_owned()))
            .to_vec(),
        );
        for (path, expected) in [
            ("crate::survey::Survey", Some("survey::model")),
            ("crate::survey::C", Some("survey::model")),
            ("crate::survey::model::Code::new", Some("survey::model")),
            ("crate::survey::other", Some("survey")),
            ("std::fs", None),
        ] {
            let names: Vec<_> = path.split("::").map(str::to_owned).collect();
            assert_eq!(house.definer(&names).map(|module| module.join("::")).as_deref(), expected, "{path}");
        }
    }
}
