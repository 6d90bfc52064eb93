//! What every code means, with a bad and a good example: the manual behind `--explain`.
//!
//! Each example stands alone: a test puts what it leaves out around it, and finds the code in the bad one and nothing in the good.

mod answers;
mod file;
mod texts;

use super::NOT_UTF_8;
use crate::survey::parse::CODES;

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// What it means and why it matters, in whole sentences.
    pub meaning: &'static str,
    /// A piece of a survey file that has it.
    pub bad: &'static str,
    /// The same piece without it.
    pub good: &'static str,
}

/// Gives every code that a finding can have.
pub fn explained() -> impl Iterator<Item = &'static str> {
    CODES.iter().copied().chain([NOT_UTF_8])
}

/// Explains a code; `None` for one that no finding has.
pub fn explain(code: &str) -> Option<Explanation> {
    let tables = [file::EXPLANATIONS, texts::EXPLANATIONS, answers::EXPLANATIONS];
    tables.into_iter().flatten().find(|explanation| explanation.code == code).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::survey::parse::parse;

    /// Codes of what is too much to be shown.
    const TOO_MUCH: [&str; 5] = [NOT_UTF_8, "too-deep", "too-large", "too-many-questions", "too-many-rows"];

    /// Puts what an example leaves out around it.
    fn whole(example: &str) -> String {
        let head = example.split("\n[").next().filter(|head| !head.starts_with('[')).unwrap_or_default();
        let has = |key: &str| head.lines().any(|line| line.starts_with(key));
        let id = if has("id ") { "" } else { "id = \"pulse\"\n" };
        let title = if has("title ") { "" } else { "title = \"Pulse\"\n" };
        let question =
            if example.contains("question") { "" } else { "\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How?\"\n" };
        format!("{id}{title}{example}\n{question}")
    }

    fn codes(source: &str) -> BTreeSet<&'static str> {
        parse(source).err().unwrap_or_default().into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn every_code_is_explained_once_and_nothing_else_is() {
        let all: Vec<_> = [file::EXPLANATIONS, texts::EXPLANATIONS, answers::EXPLANATIONS].concat();
        let mut found: Vec<&str> = all.iter().map(|explanation| explanation.code).collect();
        found.sort_unstable();
        let mut codes: Vec<&str> = explained().collect();
        codes.sort_unstable();
        assert_eq!(found, codes);
    }

    #[test]
    fn bad_examples_have_what_they_are_examples_of_and_good_ones_have_nothing() {
        for code in CODES.iter().filter(|code| !TOO_MUCH.contains(code)) {
            let explanation = explain(code).unwrap();
            let bad = codes(&whole(explanation.bad));
            assert_eq!(bad, BTreeSet::from([*code]), "the bad example of {code}");
            assert_eq!(codes(&whole(explanation.good)), BTreeSet::new(), "the good example of {code}");
        }
    }

    #[test]
    fn meanings_are_sentences() {
        for explanation in explained().filter_map(explain) {
            let meaning = explanation.meaning;
            assert!(meaning.starts_with(char::is_uppercase) && meaning.ends_with('.'), "{}: {meaning}", explanation.code);
            assert!(!explanation.bad.is_empty() && !explanation.good.is_empty(), "{}", explanation.code);
        }
    }
}
