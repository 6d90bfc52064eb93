//! Reads the sentences, with what is to be found in them.

use std::fs;
use std::ops::Range;
use std::path::Path;

use dxpulse::developer::scrubbing::{Finding, Kind};

/// A sentence, and what is to be found in it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) language: String,
    pub(crate) text: String,
    pub(crate) wanted: Vec<Finding>,
}

/// Reads a file of this folder.
pub(crate) fn read(name: &str) -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scrubbing/{name}.toml"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut cases = Vec::new();
    for (language, lists) in &table {
        for (list, sentences) in lists.as_table().expect("a table for each language") {
            for sentence in sentences.as_array().expect("a list of sentences") {
                let case = case(language, sentence.as_str().expect("a sentence"));
                assert_eq!(list == "clean", case.wanted.is_empty(), "{}", case.text);
                cases.push(case);
            }
        }
    }
    cases
}

/// Reads a sentence in which `⟦kind|words⟧` marks what is to be found.
fn case(language: &str, marked: &str) -> Case {
    let marked = marked.replace('¦', "");
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked.as_str();
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (inside, behind) = marked.split_once('⟧').unwrap_or_else(|| panic!("a mark isn't closed: {marked}"));
        let (name, words) = inside.split_once('|').unwrap_or_else(|| panic!("a mark without a kind: {inside}"));
        text.push_str(before);
        wanted.push(Finding { range: Range { start: text.len(), end: text.len() + words.len() }, kind: kind(name) });
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    Case { language: language.to_owned(), text, wanted }
}

/// Gives the name that the files have for a kind.
pub(crate) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Mail => "mail",
        Kind::Secret => "secret",
        Kind::Host => "host",
        Kind::Address => "address",
        Kind::Link => "link",
        Kind::Phone => "phone",
        Kind::Handle => "handle",
        Kind::Path => "path",
        Kind::Account => "account",
    }
}

fn kind(wanted: &str) -> Kind {
    Kind::ALL.into_iter().find(|kind| name(*kind) == wanted).unwrap_or_else(|| panic!("no kind is called {wanted}"))
}
