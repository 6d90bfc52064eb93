//! Finds claims without exception: one exception is enough to disagree, however good things are.

use std::ops::Range;

use super::classes::{AUXILIARY, DETERMINER, HEDGE, NEGATOR, PREPOSITION, SPAN, UNIVERSAL, UNIVERSAL_CLAIM};
use super::phrases::List;
use super::text::{Kind, Text, Zone};
use super::{Hits, Role};
use crate::author::lint::wording::Rule;

const HELP: &str = "say what holds when it matters, such as “works when I need it”, or ask how often";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    for sentence in text.answered() {
        if is_selection(text, &sentence) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let found = absolute(text, at, hits.role);
            at = found.as_ref().map_or(at + 1, |found| found.end);
            if let Some(found) = found {
                hits.quote(Rule::Absolute, found, "leaves no room for an exception:", HELP);
            }
        }
    }
}

/// `Which of these have you never used?` selects facts and claims nothing.
fn is_selection(text: &Text, sentence: &Range<usize>) -> bool {
    sentence.clone().take(4).any(|at| text.says(at, "which"))
}

fn absolute(text: &Text, at: usize, role: Role) -> Option<Range<usize>> {
    let open = text.tokens[at].zone == Zone::Main;
    let hedged = text.is_before(at, 1, HEDGE | NEGATOR) || text.is_before(at, 2, HEDGE) && !text.is_before(at, 2, NEGATOR);
    if !open || hedged {
        return None;
    }
    if let Some(phrase) = text.phrase(at, List::Absolute) {
        return Some(phrase);
    }
    let always = text.is(at, UNIVERSAL) && !is_idiom(text, at);
    let claim = role == Role::Statement && text.is(at, UNIVERSAL_CLAIM) && !is_idiom(text, at);
    let percent = role == Role::Statement && text.kind(at, Kind::Number) && text.written(at..at + 1) == "100%";
    let utterly = role == Role::Question && text.says_one(at, &["totally", "absolutely"]);
    (always || claim || percent || utterly).then_some(at..at + 1)
}

fn is_idiom(text: &Text, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.word_at(before));
    match text.word_at(at) {
        "all" => {
            matches!(before, "at" | "after" | "above" | "of" | "in" | "for" | "all" | "once")
                || text.says_one(at + 1, &["in", "else", "hands", "day", "set", "right", "too", "along", "kinds", "sorts"])
        }
        "every" => {
            text.is(at + 1, SPAN) || text.kind(at + 1, Kind::Number) || text.says_one(at + 1, &["other", "second", "two", "few"])
        }
        "always" | "forever" => before == "as",
        "never" => text.says(at + 1, "mind"),
        "nothing" => text.says_one(at + 1, &["but", "in", "or"]) || matches!(before, "or"),
        "zero" | "none" => {
            !(at == 0 || text.is(at + 1, PREPOSITION)) || text.says(at + 1, "to") || text.is_before(at, 1, DETERMINER)
        }
        "whatever" => !text.is(at + 1, AUXILIARY),
        "everything" | "everyone" | "everybody" => text.says(at + 1, "else"),
        _ => false,
    }
}
