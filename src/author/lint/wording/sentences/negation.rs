//! Finds negations that the answer negates once more: to disagree with "does not" is hard to think.

use std::ops::Range;

use super::classes::{AUXILIARY, CONTRACTED, DIFFICULTY, NEGATIVE, NEGATOR, PROBLEM, QUESTION_WORD};
use super::phrases::List;
use super::text::{Kind, Text, Zone};
use super::{Hits, Role};
use crate::author::lint::wording::Rule;

const DOUBLE: &str = "say it without negation: “not uncommon” is “common”";
const SINGLE: &str = "say what is the case instead of what is not; to disagree with a negation is hard to think";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    for sentence in text.answered() {
        if let Some(double) = sentence.clone().find_map(|at| doubled(text, at, &sentence)) {
            hits.quote(Rule::Negation, double, "negates twice:", DOUBLE);
        } else if let Some(single) = sentence.clone().find(|at| is_single(text, *at, hits.role, &sentence)) {
            hits.quote(Rule::Negation, single..single + 1, "asks for an answer to a negation:", SINGLE);
        }
    }
}

fn doubled(text: &Text, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if let Some(phrase) = text.phrase(at, List::Negation) {
        return Some(phrase);
    }
    if text.tokens[at].zone == Zone::Quoted {
        return None;
    }
    let main = text.tokens[at].zone == Zone::Main;
    if text.is(at, NEGATOR) && !is_no_negation(text, at) {
        let reach = if main { 4 } else { 2 };
        let mut near = at + 1..(at + 1 + reach).min(sentence.end);
        let second = near.find(|next| text.is(*next, NEGATIVE) && (!text.is(*next, DIFFICULTY) || main))?;
        return text.is_unbroken(at..second).then_some(at..second + 1);
    }
    if text.says(at, "no") && text.is(at + 1, DIFFICULTY | PROBLEM) {
        return (main && sentence.start < at).then_some(at..at + 2);
    }
    let against = text.is(at, NEGATIVE)
        && main
        && (at + 1..(at + 3).min(sentence.end)).any(|next| text.says_one(next, &["not", "no", "without", "unless"]));
    against.then_some(at..(at + 3).min(sentence.end))
}

/// `not only`, `whether or not`, `why not`.
fn is_no_negation(text: &Text, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.word_at(before));
    let contrast = at > 0 && text.kind(at - 1, Kind::Comma) && text.says(at, "not");
    let exclusion = text.says(at, "not") && text.word_at(at + 1).ends_with("ing");
    contrast
        || exclusion
        || text.says_one(at + 1, &["only", "just", "applicable", "sure", "least", "at"])
        || matches!(before, "or" | "if" | "why")
}

/// Says whether a negation stands in what is claimed or asked.
fn is_single(text: &Text, at: usize, role: Role, sentence: &Range<usize>) -> bool {
    if !text.is(at, NEGATOR) || text.says(at, "never") || text.tokens[at].zone != Zone::Main || is_no_negation(text, at) {
        return false;
    }
    if role == Role::Statement {
        return true;
    }
    // At the head of a question it leads, and after "which" or "why" it asks for a fact.
    let facts = ["which", "why", "what", "who", "whose", "where", "many"];
    let degree = text.says_one(sentence.start + 2, &["extent", "degree"]);
    let asked = !degree && sentence.clone().take(3).any(|word| text.says_one(word, &facts));
    let tag = at > 0 && text.is(at, CONTRACTED) && text.kind(at - 1, Kind::Comma);
    let first = sentence.start;
    let leads = at <= first + 2 && text.is(first, AUXILIARY);
    text.asks(sentence) && !asked && !leads && !tag && !text.is(at, QUESTION_WORD)
}
