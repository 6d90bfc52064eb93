//! Finds questions for an amount that name no time to count it in.

use std::ops::Range;

use super::Hits;
use super::classes::{
    ACTION, AUXILIARY, DETERMINER, DURATION, EVENT, HYPOTHETICAL, MOMENT, MONTH, PAST, PEOPLE, POSSESSIVE, PRESENT, RATE, SPAN,
    STATE,
};
use super::text::{Kind, Text};
use crate::author::lint::wording::Rule;

const HELP: &str = "name the time to count in, such as “in the last 7 days”, or the occasion, such as “your last deployment”";

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    if is_named(text) {
        return;
    }
    for sentence in text.sentences() {
        let asked = sentence.clone().find_map(|at| amount(text, at, &sentence));
        if let Some(asked) = asked {
            hits.quote(Rule::NoReferencePeriod, asked, "asks for an amount without a period:", HELP);
        }
    }
}

/// Says whether a text names a period or an occasion.
pub(super) fn is_named(text: &Text) -> bool {
    (0..text.tokens.len()).any(|at| names(text, at))
}

/// Says whether a text names a span of time that is over, or an event: `the last 7 days`, `since the release`.
pub(super) fn is_set(text: &Text) -> bool {
    let span = |at: usize| (at + 1..at + 4).any(|next| text.is(next, SPAN | DURATION | EVENT));
    (0..text.tokens.len())
        .any(|at| text.is(at, PAST) && span(at) || text.says(at, "since") && text.is(at + 1, DETERMINER | MONTH))
}

fn names(text: &Text, at: usize) -> bool {
    let rate = text.is(at, RATE) && (text.is(at + 1, SPAN) || text.is(at + 2, SPAN) && !text.is(at + 1, SPAN));
    let this = text.is(at, PRESENT) && (at + 1..at + 4).any(|next| text.is(next, SPAN | EVENT | DURATION));
    let dated = text.says_one(at, &["in", "by", "of"]) && (text.is(at + 1, MONTH) || is_year(text, at + 1));
    let so_far =
        text.says(at, "so") && text.says(at + 1, "far") || text.says(at, "the") && text.says_one(at + 1, &["moment", "day"]);
    // Of these: those of the question before, which names its time itself.
    let of_these = text.says(at, "of") && text.says_one(at + 1, &["these", "those", "them"]);
    let opens = at == 0 || text.kind(at - 1, Kind::Stop);
    let met = text.is(at, PAST)
        && (text.kind(at + 1, Kind::Word) || text.kind(at + 1, Kind::Number))
        && !text.says(at + 1, "name")
        && !(text.says(at, "first") && text.says(at + 1, "of"))
        && (!opens || text.is(at + 1, SPAN | EVENT | DURATION));
    rate || this || dated || so_far || of_these || met || text.is(at, MOMENT)
}

fn is_year(text: &Text, at: usize) -> bool {
    text.kind(at, Kind::Number) && text.written(at..at + 1).len() == 4
}

/// Gives the words that ask for an amount of something that happens or is done.
fn amount(text: &Text, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if text.says_one(at, &["share", "percentage", "proportion", "fraction", "portion", "part"]) {
        return share(text, at, sentence);
    }
    if !text.says(at, "how") {
        return None;
    }
    let mut rest = at + 2..sentence.end;
    if rest.any(|word| text.is(word, HYPOTHETICAL) && !text.says(word + 2, "say")) {
        return None;
    }
    let counted = match text.word_at(at + 1) {
        "often" | "frequently" | "regularly" => true,
        "many" if text.says(at + 2, "times") => true,
        "many" => is_counted(text, at + 2, sentence),
        "much" => is_spent(text, at + 2, sentence),
        "long" => is_spent_long(text, at + 2, sentence),
        _ => false,
    };
    counted.then_some(at..(at + 3).min(sentence.end))
}

/// `What share of your working time goes to reviews?`
fn share(text: &Text, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let asked =
        text.says(at + 1, "of") && (sentence.start..at).any(|word| text.says_one(word, &["what", "which", "what's", "estimate"]));
    let of = (at + 2..(at + 6).min(sentence.end)).any(|word| text.is(word, EVENT | DURATION));
    let did = (at..sentence.end).any(|word| text.says_one(word, &["did", "went", "spent"]));
    (asked && (of || did)).then_some(at..(at + 2).min(sentence.end))
}

/// `How many deployments …`, `How many services did you change`, and not `How many services do you own`.
fn is_counted(text: &Text, from: usize, sentence: &Range<usize>) -> bool {
    let noun = from..(from + 4).min(sentence.end);
    let event = noun.take_while(|at| !text.is(*at, AUXILIARY)).any(|at| text.is(at, EVENT));
    let waiting = (from..sentence.end).any(|at| text.says_one(at, &["are", "is"]) && is_state_now(text, at + 1));
    let verbs = || (from..sentence.end).filter(|at| text.is(*at, ACTION) && !text.is(*at - 1, DETERMINER | POSSESSIVE));
    let years = text.is(from, SPAN) && text.word_at(from).starts_with("year");
    let lasting = (from..sentence.end).any(|at| text.is(at, STATE) && !text.is(at, AUXILIARY)) && !event;
    let past = (from + 1..sentence.end).any(|at| text.says_one(at, &["did", "were", "was"]));
    let takes = (from..sentence.end).any(|at| text.says_one(at, &["take", "takes", "took"]));
    let people = text.is(from, PEOPLE);
    !waiting && !years && !lasting && !takes && (event || past || !people && verbs().next().is_some())
}

/// `are open`, `are waiting for you`: a state at this moment.
fn is_state_now(text: &Text, at: usize) -> bool {
    text.says_one(at, &["open", "in", "assigned", "there", "you", "your", "part", "on"]) || text.word_at(at).ends_with("ing")
}

/// `How much time do you spend …`, `How much of your week …`.
fn is_spent(text: &Text, from: usize, sentence: &Range<usize>) -> bool {
    let time = (from..(from + 5).min(sentence.end)).any(|at| text.says(at, "time"));
    let takes = (from..sentence.end).any(|at| text.says_one(at, &["take", "takes", "have", "need", "took"]));
    time && !takes
}

/// `How long did you wait …`: a stretch of time in the past that stands for no single occasion.
fn is_spent_long(text: &Text, from: usize, sentence: &Range<usize>) -> bool {
    let past = text.says(from, "did") && text.says_one(from + 1, &["you", "your", "it"]) && !text.says(from + 1, "it");
    past && (from..sentence.end).any(|at| text.says_one(at, &["wait", "spend", "work", "search", "look"]))
}
