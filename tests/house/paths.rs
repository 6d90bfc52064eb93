//! Which names a source file reaches for: its `use` trees, and the paths written inline.

use std::collections::BTreeMap;

use crate::tokens::{Token, starts_with};

/// A path and the line it is named on; `crate` comes first where it leads into this package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// The names, from the outermost; `*` stands for everything.
    pub(crate) names: Vec<String>,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// The paths of one file.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    /// Every path named, each from its crate on.
    pub(crate) named: Vec<Path>,
    /// What each imported name stands for.
    pub(crate) imported: BTreeMap<String, Vec<String>>,
}

/// Gives the paths in the tokens of the file that holds this module.
pub(crate) fn paths(module: &[String], tokens: &[Token]) -> Paths {
    let mut paths = Paths { imported: children(module, tokens), ..Paths::default() };
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].text == "use" {
            let mut leaves = Vec::new();
            at = tree(tokens, at + 1, &[], &mut leaves);
            for (names, alias, line) in leaves {
                let names = absolute(module, &paths.imported, &names);
                paths.imported.insert(alias, names.clone());
                paths.named.push(Path { names, line });
            }
        } else if let Some((names, line)) = inline(tokens, at) {
            paths.named.push(Path { names: names.clone(), line });
            at += names.len() * 2 - 1;
        } else {
            at += 1;
        }
    }
    for path in &mut paths.named {
        path.names = absolute(module, &paths.imported, &path.names);
    }
    paths
}

fn children(module: &[String], tokens: &[Token]) -> BTreeMap<String, Vec<String>> {
    let declared = tokens.windows(3).filter(|three| three[0].text == "mod" && three[2].text == ";");
    let path =
        |name: &str| ["crate"].into_iter().chain(module.iter().map(String::as_str)).chain([name]).map(str::to_owned).collect();
    declared.map(|three| (three[1].text.clone(), path(&three[1].text))).collect()
}

type Leaf = (Vec<String>, String, usize);

/// Reads one branch of a `use` tree and gives the place after it.
fn tree(tokens: &[Token], mut at: usize, prefix: &[String], leaves: &mut Vec<Leaf>) -> usize {
    let mut names = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = tree(tokens, at, &names, leaves);
                    at += usize::from(tokens.get(at).is_some_and(|token| token.text == ","));
                }
                return at + 1;
            }
            "self" if !names.is_empty() => at += 1,
            "as" => {
                leaves.push((names, tokens[at + 1].text.clone(), token.line));
                return at + 2;
            }
            text if text == "*" || token.is_word() => {
                names.push(text.to_owned());
                at += 1;
            }
            _ => break,
        }
    }
    let line = tokens.get(at.saturating_sub(1)).map_or(0, |token| token.line);
    if let Some(last) = names.last().cloned() {
        leaves.push((names, last, line));
    }
    at
}

/// Gives the path that starts here, if it has at least two names and isn't the rest of a longer one.
fn inline(tokens: &[Token], at: usize) -> Option<(Vec<String>, usize)> {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].text.as_str());
    if !tokens[at].is_word() || before == "::" || before == "." {
        return None;
    }
    let mut names = vec![tokens[at].text.clone()];
    let mut end = at + 1;
    while starts_with(&tokens[end.min(tokens.len())..], &["::"]) && tokens.get(end + 1).is_some_and(Token::is_word) {
        names.push(tokens[end + 1].text.clone());
        end += 2;
    }
    (names.len() > 1).then(|| (names, tokens[at].line))
}

/// Gives the path from its crate on: `self`, `super` and imported names are replaced by what they stand for.
fn absolute(module: &[String], imported: &BTreeMap<String, Vec<String>>, names: &[String]) -> Vec<String> {
    let here = || std::iter::once("crate".to_owned()).chain(module.iter().cloned()).collect::<Vec<_>>();
    let (mut start, mut rest) = match names[0].as_str() {
        "crate" => return names.to_vec(),
        "dxpulse" => (vec!["crate".to_owned()], &names[1..]),
        "self" => (here(), &names[1..]),
        "super" => (here(), names),
        name => match imported.get(name) {
            Some(path) if path[..] != names[..path.len().min(names.len())] => (path.clone(), &names[1..]),
            _ => return names.to_vec(),
        },
    };
    while rest.first().is_some_and(|name| name == "super") {
        start.pop();
        rest = &rest[1..];
    }
    start.extend_from_slice(rest);
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn named(source: &str) -> Vec<String> {
        let module = ["response", "json"].map(str::to_owned);
        paths(&module, &tokens(source)).named.into_iter().map(|path| path.names.join("::")).collect()
    }

    #[test]
    fn every_way_to_name_something_is_found() {
        for (source, expected) in [
            ("use std::{fs, io::{self, Read as R}};", "std::fs std::io std::io::Read"),
            ("use super::{Answer, json as shape};", "crate::response::Answer crate::response::json"),
            ("use crate::survey::*;", "crate::survey::*"),
            ("mod draft; pub use draft::Draft;", "crate::response::json::draft::Draft"),
            ("use std::fs; fn f() { fs::read(x); }", "std::fs std::fs::read"),
            ("use std::fs as disk; fn f() { disk::read(x); }", "std::fs std::fs::read"),
            ("fn f() -> self::X { chrono::Utc::now() }", "crate::response::json::X chrono::Utc::now"),
            ("x.csv(a::b); super::super::survey::Code", "a::b crate::survey::Code"),
            ("use dxpulse::screen;", "crate::screen"),
        ] {
            assert_eq!(named(source).join(" "), expected, "{source}");
        }
    }
}
