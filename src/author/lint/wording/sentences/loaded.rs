//! Finds words that praise or blame what is asked about before anybody has answered.

use std::ops::Range;

use super::classes::{BLAME, CHARGED, COMPARATIVE, DEGREE, FUNCTION, JUDGEMENT, PRAISE, QUESTION_WORD};
use super::phrases::List;
use super::text::{Text, Zone};
use super::{Hits, Role};
use crate::author::lint::wording::Rule;

const HELP: &str = "name the thing without judging it: “our awesome portal” is “the portal”";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    let mut at = 0;
    while at < text.tokens.len() {
        let found = loaded(text, at, hits.role);
        at = found.as_ref().map_or(at + 1, |found| found.end);
        if let Some(found) = found {
            hits.quote(Rule::Loaded, found, "judges what it asks about:", HELP);
        }
    }
}

fn loaded(text: &Text, at: usize, role: Role) -> Option<Range<usize>> {
    if text.tokens[at].zone == Zone::Quoted {
        return None;
    }
    let phrase = text.phrase(at, List::Charged);
    if role == Role::Question || role == Role::Help {
        if let Some(phrase) = phrase {
            return Some(phrase);
        }
        if text.is(at, CHARGED) {
            return Some(at..at + 1);
        }
    }
    // A statement may hold the very word that is to be agreed with, but not in front of the thing: `the awesome portal`.
    let described = text.is(at, CHARGED | PRAISE | BLAME) && describes(text, at);
    let first = described
        .then(|| text.says_one(at - 1, &["our", "the", "this", "these", "new"]) || text.is(at - 1, JUDGEMENT | DEGREE))?;
    let ours = text.says(at - 1, "our") || at > 1 && text.says(at - 2, "our");
    let shown = text.says_one(at - 1, &["our", "this", "these", "new"]) || text.says(at - 1, "the") && !text.is(at, COMPARATIVE);
    let praised = text.is(at, PRAISE) && (ours || shown && role != Role::Label && !is_dimension(text, at));
    let blamed = text.is(at, BLAME) && ours;
    let charged = text.is(at, CHARGED) && first;
    (praised || blamed || charged).then_some(at..at + 1)
}

/// Says whether a word stands in front of the thing it describes.
fn describes(text: &Text, at: usize) -> bool {
    at > 0 && text.is_word_outside(at + 1, FUNCTION) && !text.is(at + 1, QUESTION_WORD)
}

/// `the best way`, `the good parts`, `the right tool`: which one is meant, not how good it is.
fn is_dimension(text: &Text, at: usize) -> bool {
    text.says_one(at, &["best", "better", "good", "great", "simple", "valuable", "popular", "unique", "improved", "fast"])
        && text.says(at - 1, "the")
}
