//! Finds one question about two things: whoever likes the one and not the other can't answer.
//!
//! Not every "and" is a second thing: `build and test pipeline` is one, and so is `the difference between tests and production`.

use std::ops::Range;

use super::Hits;
use super::classes::{
    AUXILIARY, DEGREE, DETERMINER, DURATION, FEELING, FUNCTION, HEAD, JUDGEMENT, LIGHT_VERB, OBJECT, PEOPLE, PLURAL_MODIFIER,
    POSSESSIVE, PREPOSITION, QUESTION_WORD, RECIPROCAL, SUBJECT, VERB,
};
use super::phrases::List;
use super::text::{Kind, Text, Zone};
use crate::author::lint::wording::Rule;

const HELP: &str = "ask about each in a question of its own, or keep the one that matters";

const OPPOSITES: &[(&str, &str)] = &[
    ("fast", "slow"),
    ("quick", "slow"),
    ("quickly", "slowly"),
    ("easy", "hard"),
    ("easy", "difficult"),
    ("easy", "complex"),
    ("good", "bad"),
    ("good", "poor"),
    ("simple", "complex"),
    ("simple", "difficult"),
    ("cheap", "expensive"),
    ("well", "badly"),
    ("well", "poorly"),
    ("great", "poor"),
    ("robust", "fragile"),
    ("robust", "brittle"),
    ("current", "outdated"),
    ("up-to-date", "outdated"),
    ("interesting", "boring"),
    ("rested", "tired"),
    ("modern", "outdated"),
    ("clear", "confusing"),
];

/// Pairs with a slash that are one thing, or two sides of it.
const SLASHED: &[&str] = &[
    "read", "write", "pass", "fail", "client", "server", "input", "output", "start", "stop", "pull", "merge", "open", "before",
    "after", "either",
];

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    for sentence in text.answered().filter(|sentence| !is_open(text, sentence)) {
        if let Some(pair) = sentence.clone().find_map(|at| joined(text, at, &sentence)) {
            hits.quote(Rule::DoubleBarrelled, pair, "asks about two things at once:", HELP);
        }
    }
    let asked = text.sentences().filter(|sentence| text.asks(sentence));
    if let Some(second) = asked.skip(1).last() {
        hits.quote(Rule::DoubleBarrelled, second, "asks a second question:", HELP);
    }
}

/// `Tell us what you tried and what happened.` has room for both.
fn is_open(text: &Text, sentence: &Range<usize>) -> bool {
    !text.asks(sentence) && text.says_one(sentence.start, &["tell", "describe", "explain", "share", "write", "list", "name"])
}

/// Gives the two things that a token joins, unless they are one.
fn joined(text: &Text, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if at == sentence.start || text.tokens[at].zone != Zone::Main {
        return None;
    }
    if text.kind(at, Kind::Slash) {
        return slashed(text, at);
    }
    let (left, right) = (content_before(text, at), content_after(text, at + 1));
    let pair = left..(right + 1).min(sentence.end);
    let judged = text.is(left, JUDGEMENT) && text.is(right, JUDGEMENT) && !comparing(text, at);
    if text.kind(at, Kind::Comma) || text.says_one(at, &["or", "but", "yet"]) {
        return (judged && !opposite(text.word_at(left), text.word_at(right))).then_some(pair);
    }
    let joining = text.phrase(at, List::Joining);
    if text.says(at, "and") {
        let one = !judged && is_one(text, at, right, sentence);
        return (right < sentence.end && !one).then_some(pair);
    }
    let joining = joining.filter(|joining| joining.end < sentence.end && !comparing(text, at))?;
    let right = content_after(text, joining.end);
    Some(left..(right + 1).min(sentence.end))
}

fn content_before(text: &Text, at: usize) -> usize {
    let before = at.saturating_sub(1);
    if text.kind(before, Kind::Comma) { before.saturating_sub(1) } else { before }
}

fn content_after(text: &Text, from: usize) -> usize {
    let skipped = |at: &usize| text.is(*at, DETERMINER | DEGREE) || text.says(*at, "to");
    (from..text.tokens.len()).find(|at| !skipped(at)).unwrap_or(from)
}

/// Says whether a comparison stands here: `works as well as I expect`.
fn comparing(text: &Text, at: usize) -> bool {
    text.says(at, "as")
        && (text.is(at - 1, VERB | AUXILIARY | OBJECT) || text.is(at + 3, SUBJECT) || text.says(at + 3, "expected"))
}

/// Says whether two judgements are the two ends of one scale.
fn opposite(left: &str, right: &str) -> bool {
    let listed = OPPOSITES.iter().any(|pair| *pair == (left, right) || *pair == (right, left));
    let prefixed = |word: &str, other: &str| ["un", "in", "dis", "im", "ir"].iter().any(|p| word.strip_prefix(p) == Some(other));
    listed || prefixed(left, right) || prefixed(right, left)
}

/// Says whether what an "and" joins is one thing.
fn is_one(text: &Text, at: usize, right: usize, sentence: &Range<usize>) -> bool {
    is_fixed(text, at, sentence)
        || text.kind(at - 1, Kind::Number)
        || text.kind(at + 1, Kind::Number)
        || is_tail(text, at, sentence)
        || is_range(text, at, sentence)
        || is_light(text, at)
        || is_reason(text, at, sentence)
        || is_process(text, at, sentence)
        || is_reciprocal(text, at, sentence)
        || is_company(text, at, sentence)
        || is_modifier(text, at, right)
}

fn is_fixed(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let starts = at.saturating_sub(3).max(sentence.start)..at;
    starts.into_iter().any(|start| text.phrase(start, List::FixedPair).is_some_and(|pair| pair.end > at))
}

/// `and so on`, `and more`.
fn is_tail(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let so_on = text.says(at + 1, "so") && text.says_one(at + 2, &["on", "forth"]);
    let like = text.says(at + 1, "the") && text.says(at + 2, "like");
    so_on || like || text.says_one(at + 1, &["more", "others", "similar", "such"]) && at + 2 >= sentence.end
}

/// `between one thing and another`.
fn is_range(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let near = at.saturating_sub(12).max(sentence.start)..at;
    near.rev()
        .take_while(|before| !text.says(*before, "and"))
        .any(|before| text.says_one(before, &["between", "both"]) && text.says(before, "between"))
}

/// `go and ask`, `sit down and think`.
fn is_light(text: &Text, at: usize) -> bool {
    let light = text.is(at - 1, LIGHT_VERB) || text.is_before(at, 2, LIGHT_VERB) && text.is(at - 1, PREPOSITION);
    light && !text.is(at + 1, DETERMINER | SUBJECT | JUDGEMENT)
}

/// `Which tool would you drop, and why?`
fn is_reason(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let open = sentence.clone().any(|word| text.says_one(word, &["what", "which", "who", "where"]));
    text.says(at + 1, "why") && open
}

/// `How long does it take to build and start the service?` asks for one stretch of time.
fn is_process(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let timed = |how: usize| {
        text.says(how, "how")
            && (text.says(how + 1, "long") || text.says_one(how + 1, &["many", "much"]) && text.is(how + 2, DURATION))
    };
    let purpose = |to: usize| text.says(to, "to") && text.is_word_outside(to + 1, DETERMINER | SUBJECT | OBJECT);
    let takes = (sentence.start..at).any(|word| text.says_one(word, &["take", "took", "takes", "need"]));
    takes
        && (sentence.start..at).any(timed)
        && (sentence.start..at).any(purpose)
        && !text.is(at + 1, DETERMINER | SUBJECT | QUESTION_WORD)
}

/// `How well do the editor and the debugger work together?`
fn is_reciprocal(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let word = |word: &usize| text.is(*word, RECIPROCAL) && text.tokens[*word].zone == Zone::Main;
    sentence.clone().filter(|word| word.abs_diff(at) > 1).any(|near| word(&near))
}

/// `you and your team` is one party, unless the question is how they feel.
fn is_company(text: &Text, at: usize, sentence: &Range<usize>) -> bool {
    let first = text.is(at - 1, SUBJECT | OBJECT) && text.is(at + 1, POSSESSIVE | DETERMINER) && text.is(at + 2, PEOPLE);
    let verb_before = (sentence.start..at - 1).any(|word| text.is(word, VERB));
    let second = text.is(at - 1, PEOPLE) && text.says_one(at + 1, &["i", "me", "you"]) && !verb_before;
    (first || second) && !sentence.clone().any(|word| text.is(word, FEELING))
}

/// `our build and test pipeline`: the pair describes a third word.
fn is_modifier(text: &Text, at: usize, right: usize) -> bool {
    let head = text.is(at + 2, HEAD) || text.is_word_outside(at + 2, FUNCTION) && text.is(at + 3, HEAD);
    let plain = right == at + 1
        && !text.is(at - 1, JUDGEMENT | AUXILIARY)
        && !text.is(right, JUDGEMENT | SUBJECT | AUXILIARY | PREPOSITION);
    let acts = at >= 2
        && (text.says(at - 2, "to") || text.is(at - 2, SUBJECT) || text.is(at - 2, AUXILIARY) && text.is_before(at, 3, SUBJECT));
    head && plain && !acts && !is_plural(text, at - 1) && !is_plural(text, right)
}

fn is_plural(text: &Text, at: usize) -> bool {
    let word = text.word_at(at);
    let singular = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    word.ends_with('s') && !singular && !text.is(at, PLURAL_MODIFIER)
}

/// Two plain words around a slash, as in `documentation/support`.
fn slashed(text: &Text, at: usize) -> Option<Range<usize>> {
    let pair = at - 1..at + 2;
    let plain = |word: usize| {
        let written = text.written(word..word + 1);
        written.len() >= 4
            && written.bytes().all(|b| b.is_ascii_lowercase())
            && !SLASHED.contains(&written)
            && !text.is(word, DURATION)
    };
    let tight = text.place(pair.clone()).len() == text.place(at - 1..at).len() + 1 + text.place(at + 1..at + 2).len();
    let path = at >= 2 && text.kind(at - 2, Kind::Slash) || text.kind(at + 2, Kind::Slash) || text.is(at + 2, HEAD);
    let rated = (0..at).any(|word| text.says(word, "how") || text.is(word, JUDGEMENT));
    (tight && rated && !path && plain(at - 1) && plain(at + 1)).then_some(pair)
}
