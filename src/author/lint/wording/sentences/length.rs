//! Finds texts that are too long to be held in mind: more than 25 words, or clauses within clauses.

use std::ops::Range;

use super::classes::{AUXILIARY, DETERMINER, HALF_SUBORDINATOR, SUBJECT, SUBORDINATOR};
use super::text::{Kind, Text, Zone};
use super::{Hits, Role};
use crate::author::lint::wording::Rule;

/// The most words of a question, or of a sentence of its help.
const MOST_WORDS: usize = 25;

/// The most clauses beside the main one.
const MOST_CLAUSES: usize = 2;

const HELP: &str = "split it, or say the condition once in a note before the questions";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    if hits.role == Role::Help {
        text.sentences().for_each(|sentence| measure(hits, sentence));
    } else {
        measure(hits, 0..text.tokens.len());
    }
}

fn measure(hits: &mut Hits, tokens: Range<usize>) {
    let text = hits.text;
    let word = |at: &usize| matches!(text.tokens[*at].kind, Kind::Word | Kind::Number | Kind::Opaque);
    let words = tokens.clone().filter(word).count();
    let clauses = tokens.clone().filter(|at| opens_clause(text, *at)).count();
    if words > MOST_WORDS {
        hits.add(Rule::Length, tokens, format!("has {words} words, and {MOST_WORDS} are the most that read at a glance"), HELP);
    } else if clauses > MOST_CLAUSES && hits.role != Role::Help {
        hits.add(Rule::Length, tokens, format!("has {clauses} clauses within its sentence"), HELP);
    }
}

fn opens_clause(text: &Text, at: usize) -> bool {
    let whole = text.is(at, SUBORDINATOR) && !text.says_one(at + 1, &["any", "anything", "so", "not", "at", "applicable"]);
    let half = text.is(at, HALF_SUBORDINATOR) && text.is(at + 1, SUBJECT);
    let pronoun = text.says_one(at, &["which", "who", "whose", "where"]) && !text.says_one(at + 1, &["of"]);
    let that =
        text.says(at, "that") && (text.tokens[at].zone == Zone::Relative || text.is(at + 1, SUBJECT | DETERMINER | AUXILIARY));
    // At the head of a sentence these words ask, unless a clause of time or condition stands there.
    let asks = at == 0 && text.tokens[at].zone == Zone::Main;
    !asks && (whole || half || pronoun || that)
}
