//! Finds amounts that every reader takes differently: "often" is daily to one and monthly to another.

use std::ops::Range;

use super::classes::{AUXILIARY, DETERMINER, OBJECT, PREPOSITION, SPAN, SUBJECT, VAGUE, VAGUE_AMOUNT, VAGUE_LABEL};
use super::phrases::List;
use super::text::{Kind, Text, Zone};
use super::{Hits, Role};
use crate::author::lint::wording::Rule;

const HELP: &str = "name a number or a period, such as “in the last 7 days” or “at least once a week”";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    let mut at = 0;
    while at < text.tokens.len() {
        let found = vague(text, at, hits.role);
        at = found.as_ref().map_or(at + 1, |found| found.end);
        if let Some(found) = found {
            hits.quote(Rule::VagueQuantifier, found, "means something else to every reader:", HELP);
        }
    }
}

fn vague(text: &Text, at: usize, role: Role) -> Option<Range<usize>> {
    if !matches!(text.tokens[at].zone, Zone::Main | Zone::Aside) {
        return None;
    }
    if let Some(phrase) = text.phrase(at, List::Vague) {
        return (!is_bounded(text, phrase.end) && !is_brief(text, phrase.end)).then_some(phrase);
    }
    if role == Role::Label && is_whole_label(text, at) {
        return Some(at..at + 1);
    }
    let often = text.is(at, VAGUE) && !is_measured(text, at) && !describes(text, at);
    let many = role != Role::Label && text.is(at, VAGUE_AMOUNT) && is_amount(text, at) && !is_bounded(text, at + 1);
    (often || many).then_some(at..at + 1)
}

/// Says whether a label is nothing but a vague amount, or one with "very" before it.
fn is_whole_label(text: &Text, at: usize) -> bool {
    let first = at == 0 || at == 1 && text.says_one(0, &["very", "quite", "fairly", "rather"]);
    let times = text.says(at + 1, "times") && text.tokens.len() == at + 2;
    first && text.is(at, VAGUE_LABEL) && (times || text.tokens.len() == at + 1)
}

/// `how often`, `more often`, `as rarely as`, `often enough`: asked for, or compared.
fn is_measured(text: &Text, at: usize) -> bool {
    let compared = ["how", "as", "too", "more", "less", "most", "least", "so"];
    at > 0 && text.says_one(at - 1, &compared) || text.says(at + 1, "enough")
}

/// `frequently asked questions`, `a recently released version`: which thing is meant.
fn describes(text: &Text, at: usize) -> bool {
    let participle =
        text.word_at(at + 1).ends_with("ed") || text.says_one(at + 1, &["used", "seen", "run", "written", "built", "changing"]);
    participle && text.is_word_outside(at + 2, DETERMINER | PREPOSITION | OBJECT | SUBJECT | AUXILIARY)
}

/// `several times a day`: the period bounds it.
fn is_bounded(text: &Text, from: usize) -> bool {
    let times = text.says(from, "times");
    times && text.says_one(from + 1, &["a", "an", "per", "each", "every"]) && text.is(from + 2, SPAN)
}

/// `in a few words`.
fn is_brief(text: &Text, from: usize) -> bool {
    text.says_one(from, &["words", "lines", "sentences", "seconds", "clicks"])
}

/// `many of my changes` is an amount; `how many` asks for one, and `too many` compares.
fn is_amount(text: &Text, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.word_at(before));
    let asked = matches!(
        before,
        "how" | "as" | "too" | "so" | "that" | "this" | "the" | "first" | "last" | "past" | "a" | "very" | "not" | "many"
    );
    !asked && !text.kind(at + 1, Kind::Slash) && (!text.says(at, "lots") || text.says(at + 1, "of"))
}
