//! Marks what a sentence says by the way: conditions, relative clauses, brackets, quotations and examples.
//!
//! A rule about what is asked looks at the main part alone. The marks are a guess from the words, not a parse.

use std::ops::Range;

use super::classes::{
    AUXILIARY, COMPLEMENT_TAKER, DEGREE, DETERMINER, EXAMPLE, HALF_SUBORDINATOR, JUDGEMENT, OBJECT, PEOPLE, POSSESSIVE,
    PREPOSITION, QUESTION_WORD, RELATIVE, SUBJECT, SUBORDINATOR, VERB,
};
use super::text::{Kind, Text, Zone};

/// Words that can't be the noun a relative clause describes.
const NO_NOUN: u64 = AUXILIARY
    | COMPLEMENT_TAKER
    | DETERMINER
    | OBJECT
    | PREPOSITION
    | QUESTION_WORD
    | SUBJECT
    | SUBORDINATOR
    | HALF_SUBORDINATOR
    | VERB
    | JUDGEMENT
    | DEGREE;

/// Marks every token with its part of the sentence.
pub(super) fn mark(text: &mut Text) {
    let mut from = 0;
    while let Some(sentence) = text.sentence_from(from) {
        from = sentence.end;
        mark_clauses(text, &sentence);
        mark_enclosed(text, &sentence);
    }
}

fn mark_clauses(text: &mut Text, sentence: &Range<usize>) {
    let mut clause = opening(text, sentence);
    let mut verbs = 0;
    for at in sentence.clone() {
        if at > sentence.start {
            match clause {
                Zone::Main => (clause, verbs) = (entered(text, at, sentence), 0),
                Zone::Relative if ends_relative(text, at, verbs) => clause = Zone::Main,
                Zone::Relative => verbs += usize::from(text.is(at, AUXILIARY | VERB)),
                _ if text.kind(at, Kind::Comma) || ends_aside(text, at) => clause = Zone::Main,
                _ => {}
            }
        }
        text.tokens[at].zone = clause;
    }
}

/// Gives the part that a sentence opens with: `When you last deployed, …` is an aside, `When did you …` is not.
fn opening(text: &Text, sentence: &Range<usize>) -> Zone {
    let first = sentence.start;
    let opens = text.is(first, SUBORDINATOR | HALF_SUBORDINATOR) && !text.is(first + 1, AUXILIARY);
    let divided = sentence.clone().any(|at| text.kind(at, Kind::Comma));
    if opens && divided { Zone::Aside } else { Zone::Main }
}

/// Gives the part that begins at a token of the main part.
fn entered(text: &Text, at: usize, sentence: &Range<usize>) -> Zone {
    let brief = |next: usize| text.says_one(next, &["any", "anything", "anyone", "at", "so", "not", "applicable"]);
    if text.says(at, "if") && brief(at + 1) {
        return Zone::Main;
    }
    if text.is(at, SUBORDINATOR) {
        let asked = text.says_one(at, &["when", "whether"]) && (text.says_one(at - 1, &["and", "or"]) || text.says(at + 1, "to"));
        return if asked || text.says(at, "whether") { Zone::Main } else { Zone::Aside };
    }
    if text.is(at, HALF_SUBORDINATOR) && text.is(at + 1, SUBJECT) && !text.says(at, "as") {
        return Zone::Aside;
    }
    if text.is(at, EXAMPLE) && opens_examples(text, at) {
        return Zone::Examples;
    }
    if text.is(at, RELATIVE) && describes(text, at) {
        return Zone::Relative;
    }
    let owner = text.is(at, POSSESSIVE) && text.is(at + 1, PEOPLE);
    let unmarked = (text.is(at, SUBJECT) || owner) && at > sentence.start + 1 && describes(text, at);
    if unmarked || text.says_one(at, &["what", "whatever"]) && !text.says_one(at - 1, &["and", "or"]) {
        return Zone::Relative;
    }
    Zone::Main
}

/// Says whether a clause that starts at a token describes the noun before it.
fn describes(text: &Text, at: usize) -> bool {
    let noun =
        text.is_word_outside(at - 1, NO_NOUN) || text.kind(at - 1, Kind::Opaque) || text.says_one(at - 1, &["those", "all"]);
    noun && !text.says_one(at - 1, &["and", "or", "but", "nor"])
}

/// Says whether a verb closes the relative clause before it: `the tools that my team uses | are …`.
fn ends_relative(text: &Text, at: usize, verbs: usize) -> bool {
    let split = text.kind(at, Kind::Comma) || text.kind(at, Kind::Pause);
    let verb = text.is(at, AUXILIARY) && !text.is(at, QUESTION_WORD);
    split || verb && (verbs > 0 && !text.is(at - 1, AUXILIARY | SUBJECT) || text.is(at - 1, VERB))
}

/// Says whether the question proper begins after an aside that no comma closes.
fn ends_aside(text: &Text, at: usize) -> bool {
    text.kind(at, Kind::Pause) || text.says(at, "how") && !text.is(at - 1, PREPOSITION | VERB)
}

fn opens_examples(text: &Text, at: usize) -> bool {
    let such_as = text.says(at, "such") && text.says(at + 1, "as");
    let named = text.says_one(at, &["including", "e.g.", "i.e.", "namely"]);
    let example = text.says(at, "for") && text.says_one(at + 1, &["example", "instance"]);
    such_as || named || example || text.says(at, "like") && text.kind(at - 1, Kind::Comma)
}

/// Marks what stands in brackets and quotation marks, whatever the clause.
fn mark_enclosed(text: &mut Text, sentence: &Range<usize>) {
    let (mut depth, mut quoted) = (0_usize, false);
    for at in sentence.clone() {
        match text.tokens[at].kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Quote => quoted = !quoted,
            _ if depth > 0 => text.tokens[at].zone = Zone::Brackets,
            _ if quoted => text.tokens[at].zone = Zone::Quoted,
            _ => {}
        }
    }
}
