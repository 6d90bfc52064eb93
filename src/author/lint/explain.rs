//! What every code means, with a bad and a good example: `docs/codes.md`, taken apart, and what the rules of wording say themselves.
//!
//! Each example stands alone: a test puts what it leaves out around it, and finds the code in the bad one and nothing in the good.

use super::NOT_UTF_8;
use super::shared::SHARED_ID;
use super::wording::{About, EXPLANATIONS, Explanation};
use crate::author::lock;
use crate::survey::parse::CODES;

const MANUAL: &str = include_str!("../../../docs/codes.md");

/// Gives every code that a finding can have: the parser's, the lock's, our own, and the rules of wording.
pub fn codes() -> impl Iterator<Item = &'static str> {
    structural().chain(About::all().map(About::name))
}

/// Gives the codes of what keeps a file from being used.
fn structural() -> impl Iterator<Item = &'static str> {
    CODES.iter().chain(lock::CODES).copied().chain([NOT_UTF_8, SHARED_ID])
}

/// Explains a code; `None` for one that no finding has.
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().chain(EXPLANATIONS).find(|explanation| explanation.code == code)
}

/// Gives the explanations in the order of the manual.
fn explanations() -> impl Iterator<Item = Explanation> {
    MANUAL.split("\n## ").skip(1).filter_map(|section| {
        let (code, rest) = section.split_once("\n\n")?;
        let (meaning, rest) = rest.split_once("\n\n```toml\n")?;
        let (bad, rest) = rest.split_once("\n```\n\n```toml\n")?;
        let (good, _) = rest.split_once("\n```")?;
        Some(Explanation { code, meaning, bad, good })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::author::lock::Lock;
    use crate::survey::Survey;
    use crate::survey::parse::parse;

    /// Codes of what is too much to be shown.
    const TOO_MUCH: [&str; 9] = [
        NOT_UTF_8,
        "too-deep",
        "too-large",
        "too-many-patterns",
        "too-many-questions",
        "too-many-rows",
        "too-many-segments",
        "too-many-values",
        "too-many-windows",
    ];

    /// Puts what an example leaves out around it.
    fn whole(example: &str) -> String {
        let head = example.split("\n[").next().filter(|head| !head.starts_with('[')).unwrap_or_default();
        let has = |key: &str| head.lines().any(|line| line.starts_with(key));
        let id = if has("id ") { "" } else { "id = \"pulse\"\n" };
        let title = if has("title ") { "" } else { "title = \"Pulse\"\n" };
        let question =
            if example.contains("[[question]]") { "" } else { "\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How?\"\n" };
        format!("{id}{title}{example}\n{question}")
    }

    /// What turns the bad example of a finding about the lock into the survey that was locked.
    const LOCKED: [(&str, &str, &str); 8] = [
        ("another-survey", "\nid = \"platform-pulse-2026\"", "\nid = \"platform-pulse\""),
        ("changed-item", "easy to deploy.\"", "easy to deply.\""),
        ("lock-behind", "easy to deploy.\"", "easy to deply.\""),
        (
            "removed-item",
            "deploy.\"\n",
            "deploy.\"\n\n[[question]]\nid = \"reason\"\ntype = \"text\"\ntext = \"What made it hard?\"\n",
        ),
        ("renamed-item", "\"deployment_ease\"", "\"ease\""),
        ("reused-id", "\"text\"\ntext = \"What made it hard to deploy?\"", "\"ces\"\ntext = \"It was easy to deploy.\""),
        ("unused-trend", "trend = \"continue\"", ""),
        ("version-not-raised", "easy to deploy.\"", "easy to deply.\""),
    ];

    fn found(source: &str) -> BTreeSet<&'static str> {
        parse(source).err().unwrap_or_default().into_iter().map(|problem| problem.code).collect()
    }

    /// Gives the codes of what a survey's lock asks of it.
    fn asked(source: &str, lock: &Lock) -> BTreeSet<&'static str> {
        lock::compare(&parse(source).unwrap(), lock).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn the_manual_has_every_code_once_in_order_and_nothing_else() {
        let explained: Vec<&str> = explanations().map(|explanation| explanation.code).collect();
        let mut wanted: Vec<&str> = structural().collect();
        wanted.sort_unstable();
        assert_eq!(explained, wanted);
        let head = MANUAL.split("\n## ").next().unwrap_or_default();
        for about in [About::UnknownRule, About::UnusedWaiver].map(About::name) {
            assert!(head.contains(&format!("`{about}`")), "{about}");
        }
        assert_eq!(MANUAL.matches("\n## ").count(), explained.len(), "a section of docs/codes.md is not of the usual form");
    }

    #[test]
    fn bad_examples_have_what_they_are_examples_of_and_good_ones_have_nothing() {
        let is_elsewhere = |code: &str| lock::CODES.contains(&code) || code == SHARED_ID;
        let of_survey = |it: &Explanation| !TOO_MUCH.contains(&it.code) && !is_elsewhere(it.code);
        for Explanation { code, bad, good, .. } in explanations().filter(of_survey) {
            assert_eq!(found(&whole(bad)), BTreeSet::from([code]), "the bad example of {code}");
            assert_eq!(found(&whole(good)), BTreeSet::new(), "the good example of {code}");
        }
    }

    #[test]
    fn bad_examples_about_a_lock_differ_from_it_as_they_say_and_good_ones_can_be_locked() {
        let unreadable = explain("unreadable-lock").unwrap();
        assert!(lock::read(unreadable.bad).is_err() && lock::read(unreadable.good).is_ok());
        assert_eq!(LOCKED.len() + 1, lock::CODES.len());
        for (code, now, before) in LOCKED {
            let Explanation { bad, good, .. } = explain(code).unwrap();
            let (bad, good) = (format!("{}\n", whole(bad)), whole(good));
            assert!(bad.contains(now), "{code}: {bad}");
            let earlier = parse(&bad.replacen(now, before, 1).replace("trend = \"continue\"\n", "")).unwrap();
            let locked = lock::lock(&Survey { version: earlier.version.max(2) - 1, ..earlier }, None);
            assert_eq!(asked(&bad, &locked), BTreeSet::from([code]), "the bad example of {code}");
            assert!(asked(&good, &locked).is_subset(&BTreeSet::from(["lock-behind"])), "the good example of {code}");
            let renewed = lock::lock(&parse(&good).unwrap(), Some(&locked));
            assert_eq!(asked(&good, &renewed), BTreeSet::new(), "the good example of {code}, once it is locked");
        }
    }

    #[test]
    fn every_code_is_explained_in_sentences() {
        for code in codes() {
            let meaning = explain(code).unwrap_or_else(|| panic!("{code} is not explained")).meaning;
            assert!(
                meaning.trim_start_matches('“').starts_with(char::is_uppercase) && meaning.ends_with('.'),
                "{code}: {meaning}"
            );
        }
    }
}
