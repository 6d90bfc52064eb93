//! Finds questions that suggest their answer: people tend to nod.

use std::ops::Range;

use super::Hits;
use super::classes::{AUXILIARY, COMPARATIVE, CONTRACTED, PEOPLE, PREPOSITION, VERB};
use super::phrases::List;
use super::text::{Kind, Text, Zone};
use crate::author::lint::wording::Rule;

const HELP: &str = "ask openly, with both ends of the answer in view: “How satisfied are you with …?”";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    for sentence in text.sentences() {
        let openings = [
            negated(text, &sentence),
            bandwagon(text, &sentence),
            better(text, &sentence),
            tag(text, &sentence),
            nudged(text, &sentence),
        ];
        let phrases = sentence.clone().filter_map(|at| suggestion(text, at, &sentence));
        if let Some(found) = openings.into_iter().flatten().chain(phrases).min_by_key(|found| found.start) {
            hits.quote(Rule::Leading, found, "suggests the answer with", HELP);
        }
    }
}

/// `Don't you agree …?`, `Isn't the portal …?`
fn negated(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = sentence.start;
    let contracted = text.asks(sentence) && text.is(first, CONTRACTED);
    let spelt = text.asks(sentence) && text.is(first, AUXILIARY) && text.says(first + 2, "not") && !text.says(first + 1, "or");
    if contracted {
        return Some(first..(first + 2).min(sentence.end));
    }
    if spelt {
        return Some(first..first + 3);
    }
    let after_comma = |at: &usize| text.is(*at, CONTRACTED) && text.kind(*at - 1, Kind::Comma) && text.asks(sentence);
    (first + 1..sentence.end).find(after_comma).map(|at| at..(at + 2).min(sentence.end))
}

/// `Most developers like …. Do you?`
fn bandwagon(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = sentence.start;
    let asked = text.tokens[sentence.end..].iter().any(|token| token.kind == Kind::Asking);
    let crowd = (first + 1..(first + 4).min(sentence.end)).find(|at| text.is(*at, PEOPLE))?;
    let opens = text.says_one(first, &["most", "many", "other", "more"]) && asked;
    opens.then_some(first..crowd + 1)
}

/// `How much faster is the new pipeline?`, unless the other direction is named as well.
fn better(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let at = sentence.clone().find(|at| text.says(*at, "how") && text.says_one(*at + 1, &["much", "far"]))?;
    let balanced = text.says_one(at + 3, &["or", "if"]) || text.kind(at + 3, Kind::Comma);
    let more = text.says_one(at + 2, &["more", "less"])
        && !text.says_one(at + 3, &["or", "time"])
        && text.is_word_outside(at + 3, PREPOSITION);
    if more {
        let balanced = text.says(at + 3, "or") || text.says(at + 4, "or");
        return (!balanced).then_some(at..at + 4);
    }
    (text.is(at + 2, COMPARATIVE) && !balanced).then_some(at..at + 3)
}

/// `…, right?`
fn tag(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let comma = sentence.clone().rev().take(5).find(|at| text.kind(*at, Kind::Comma))?;
    let tag = text.phrase(comma + 1, List::Tag).filter(|tag| tag.end == sentence.end);
    tag.filter(|_| text.asks(sentence))
}

/// `Would you say that our portal is easy to use?` offers one end only.
fn nudged(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = sentence.start;
    let say = [
        "would you say",
        "would you say that",
        "is it true that",
        "do you think that",
        "do you believe that",
        "do you feel that",
    ];
    let end = say.iter().filter_map(|phrase| text.phrase_end(first, phrase)).max()?;
    let balanced = (end..sentence.end).any(|at| text.says(at, "or"));
    (!balanced && text.asks(sentence)).then_some(first..end)
}

fn suggestion(text: &Text, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if matches!(text.tokens[at].zone, Zone::Quoted | Zone::Examples) {
        return None;
    }
    let opening = || text.phrase(at, List::Opening).filter(|found| at == sentence.start && !text.is(found.end, VERB));
    let found = text.phrase(at, List::Leading).or_else(opening)?;
    let balanced = (found.end..sentence.end).any(|word| text.says(word, "disagree") || text.says(word, "dislike"));
    (!balanced).then_some(found)
}
