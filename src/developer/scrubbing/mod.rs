//! Finds in a respondent's own words what may name someone, a machine or a secret, and what could stand in its place.
//!
//! It helps the respondent look; it never promises to find everything, never changes a text by itself, and never learns what a
//! session or a survey is.
//!
//! ```text
//! text ─▶ mail · people · phones · addresses · hosts · links · paths · known · assigned · random ─▶ settle ─▶ findings
//!         each gives all it finds, whatever the others find                                    longest first, none overlaps
//! ```

mod addresses;
mod assigned;
mod hosts;
mod known;
mod links;
mod mail;
mod paths;
mod people;
mod phones;
mod random;
mod reach;
mod run;
mod vocabulary;

use std::cmp::Reverse;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An e-mail address.
    Mail,
    /// A token, a key, a password, or a long word that looks like one.
    Secret,
    /// The name of a machine.
    Host,
    /// An address of a machine in a network.
    Address,
    /// A link, or a host with a path.
    Link,
    /// A telephone number.
    Phone,
    /// The name of a person as tools know it.
    Handle,
    /// A path with the name of a person or of a machine in it.
    Path,
    /// The number of an account, a card or a person.
    Account,
}

/// A part of a text, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The bytes of the text, from the first to behind the last.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What stands for a finding where there is no room for a word: nothing found is shorter.
const MARK: &str = "[-]";

/// Gives everything that one rule finds in a text, in any order.
type Rule = fn(&str) -> Vec<Finding>;

const RULES: [Rule; 10] = [
    mail::find,
    people::find,
    phones::find,
    addresses::find,
    hosts::find,
    links::find,
    paths::find,
    known::find,
    assigned::find,
    random::find,
];

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 9] =
        [Self::Mail, Self::Secret, Self::Host, Self::Address, Self::Link, Self::Phone, Self::Handle, Self::Path, Self::Account];

    /// Gives the word that can stand in the place of what was found. It is the same in every language: whoever reads the answers
    /// can count on it, and it doesn't say which language the respondent reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "[e-mail]",
            Self::Secret => "[secret]",
            Self::Host => "[host]",
            Self::Address => "[address]",
            Self::Link => "[link]",
            Self::Phone => "[phone]",
            Self::Handle => "[name]",
            Self::Path => "[path]",
            Self::Account => "[number]",
        }
    }
}

impl Finding {
    fn new(range: Range<usize>, kind: Kind) -> Self {
        Self { range, kind }
    }
}

/// Finds what may name someone, a machine or a secret, in the order of the text; nothing overlaps.
pub fn find(text: &str) -> Vec<Finding> {
    settle(RULES.iter().flat_map(|rule| rule(text)).collect())
}

/// Gives the text with the word of its kind in the place of each finding, which are in the order of the text.
pub fn replaced(text: &str, findings: &[Finding]) -> String {
    put(text, findings, Kind::word)
}

/// Gives the text as [`replaced`] does, and within so many grapheme clusters: where the words make it longer, a mark stands for each
/// that is no longer than what it replaces.
pub fn replaced_within(text: &str, findings: &[Finding], most: usize) -> String {
    let whole = replaced(text, findings);
    if whole.graphemes(true).count() <= most {
        return whole;
    }
    let marked = put(text, findings, |_| MARK);
    marked.graphemes(true).take(most).collect()
}

fn put(text: &str, findings: &[Finding], word: impl Fn(Kind) -> &'static str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for Finding { range, kind } in findings {
        whole.push_str(&text[from..range.start]);
        whole.push_str(word(*kind));
        from = range.end;
    }
    whole + &text[from..]
}

/// Settles overlaps: the longest finding says what it is, and one that reaches beyond it makes it longer, so that nothing that any
/// rule found is left out.
fn settle(mut all: Vec<Finding>) -> Vec<Finding> {
    all.sort_by_key(|finding| (Reverse(finding.range.len()), finding.range.start, finding.kind));
    let mut settled: Vec<Finding> = Vec::new();
    for found in all {
        let (mut overlapping, rest): (Vec<_>, Vec<_>) =
            settled.into_iter().partition(|other| other.range.start < found.range.end && found.range.start < other.range.end);
        settled = rest;
        overlapping.push(found);
        let start = overlapping.iter().map(|finding| finding.range.start).min();
        let end = overlapping.iter().map(|finding| finding.range.end).max();
        settled.extend(start.zip(end).map(|(start, end)| Finding::new(start..end, overlapping[0].kind)));
    }
    settled.sort_by_key(|finding| finding.range.start);
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_says_what_it_is_and_nothing_found_is_left_out() {
        let finding = |range: Range<usize>, kind| Finding::new(range, kind);
        for (all, settled) in [
            (vec![], vec![]),
            (
                vec![finding(4..9, Kind::Host), finding(0..2, Kind::Mail)],
                vec![finding(0..2, Kind::Mail), finding(4..9, Kind::Host)],
            ),
            (vec![finding(2..5, Kind::Host), finding(0..9, Kind::Link)], vec![finding(0..9, Kind::Link)]),
            (vec![finding(0..4, Kind::Host), finding(3..9, Kind::Link)], vec![finding(0..9, Kind::Link)]),
            (
                vec![
                    finding(0..4, Kind::Host),
                    finding(3..9, Kind::Link),
                    finding(8..10, Kind::Phone),
                    finding(10..11, Kind::Path),
                ],
                vec![finding(0..10, Kind::Link), finding(10..11, Kind::Path)],
            ),
        ] {
            assert_eq!(settle(all), settled);
        }
    }

    #[test]
    fn each_finding_is_replaced_by_the_word_of_its_kind() {
        let text = "frag alice@example.com – 日本語 10.1.2.3!";
        let findings = find(text);
        assert_eq!(replaced(text, &findings), "frag [e-mail] – 日本語 [address]!");
        assert_eq!(replaced("nothing", &[]), "nothing");
    }

    #[test]
    fn a_text_never_grows_beyond_what_its_question_takes() {
        for (text, most, within) in
            [("by @al", 20, "by [name]"), ("by @al", 9, "by [name]"), ("by @al", 8, "by [-]"), ("@al, ~al", 8, "[-], [-]")]
        {
            assert_eq!(replaced_within(text, &find(text), most), within, "{text} within {most}");
        }
    }
}
