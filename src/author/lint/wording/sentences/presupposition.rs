//! Finds questions that take for granted what nobody asked yet: whoever isn't annoyed has no answer.

use std::ops::Range;

use super::Hits;
use super::classes::{
    AUXILIARY, COMPARATIVE, DEGREE, DETERMINER, GAIN, HEAD, HYPOTHETICAL, LIKING, MEETING, POSSESSIVE, PREPOSITION, PRESSING,
    PROBLEM, SUBJECT, SUPERLATIVE, TRACKED,
};
use super::phrases::List;
use super::text::{Kind, Text};
use crate::author::lint::wording::Rule;

const HELP: &str = "ask first whether it is so, or add “if any”: “What, if anything, annoys you about …?”";

const WHAT: &[&str] = &["what", "what's", "which"];

type Finder = fn(&Text, &Range<usize>) -> Option<Range<usize>>;

const FINDERS: [Finder; 9] = [pressing, liking, greatest, problems, why, gains, stopping, still, definite];

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    for sentence in text.sentences() {
        if leaves_open(text, &sentence) {
            continue;
        }
        if let Some(found) = FINDERS.iter().find_map(|finder| finder(text, &sentence)) {
            hits.quote(Rule::Presupposition, found, "takes for granted what was not asked:", HELP);
        }
    }
}

/// `if any`, `if anything`, `whether`: the question itself asks first.
fn leaves_open(text: &Text, sentence: &Range<usize>) -> bool {
    let open = |at: usize| {
        text.says(at, "if") && text.says_one(at + 1, &["any", "anything", "anyone", "anybody", "at", "you", "so", "it", "there"])
            || text.says_one(at, &["whether", "any", "anything", "ever"])
    };
    sentence.clone().any(open)
}

fn asked_with(text: &Text, sentence: &Range<usize>, words: &[&str]) -> Option<usize> {
    let start = sentence.clone().find(|at| text.kind(*at, Kind::Comma)).map_or(sentence.start, |comma| comma + 1);
    [sentence.start, start].into_iter().find(|at| text.says_one(*at, words))
}

/// `What annoys you about …?`
fn pressing(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, &["what", "what's", "who", "which"])?;
    if text.says(first, "which") && text.says_one(first + 1, &["of", "one"]) {
        return None;
    }
    for at in first + 1..sentence.end {
        if let Some(phrase) = text.phrase(at, List::TakenForGranted) {
            return Some(first..phrase.end);
        }
        let felt = (at + 1..at + 4).any(|next| text.says_one(next, &["you", "your"]));
        if text.is(at, PRESSING) && felt && (first + 1..at).all(|word| !text.says_one(word, &["you", "do", "did"])) {
            return Some(first..at + 1);
        }
    }
    let most = text.is(first + 1, PRESSING) && text.says_one(first + 2, &["developers", "people", "us", "most"]);
    most.then_some(first..first + 2)
}

/// `What do you like most about …?`
fn liking(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, WHAT)?;
    let you =
        (first + 1..(first + 7).min(sentence.end)).find(|at| text.says(*at, "you") && text.says_one(*at - 1, &["do", "did"]))?;
    let verb = (you + 1..you + 3).find(|at| text.is(*at, LIKING) && text.is(*at - 1, SUBJECT | DEGREE))?;
    let to = text.says(verb + 1, "to");
    if !to {
        return Some(first..verb + 1);
    }
    None
}

/// `What is the biggest problem with …?`
fn greatest(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, WHAT)?;
    let top = (first + 1..(first + 6).min(sentence.end)).find(|at| text.is(*at, SUPERLATIVE))?;
    let problem = (top + 1..(top + 4).min(sentence.end)).find(|at| is_problem(text, *at))?;
    Some(first..problem + 1)
}

fn is_problem(text: &Text, at: usize) -> bool {
    let points = text.says_one(at + 1, &["point", "points"]);
    text.is(at, PROBLEM)
        && (points || !text.is_word_outside(at + 1, PREPOSITION | AUXILIARY | SUBJECT | POSSESSIVE | DETERMINER | MEETING | HEAD))
}

/// `What problems do you have with …?`
fn problems(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, WHAT)?;
    if text.says(first + 1, "of") {
        return None;
    }
    let near = first + 1..(first + 5).min(sentence.end);
    let problem = near.take_while(|at| !text.is(*at, PREPOSITION)).find(|at| is_problem(text, *at))?;
    let met = (problem + 1..sentence.end).any(|at| text.is(at, MEETING));
    let are = text.is(problem - 1, POSSESSIVE) || text.is(first + 1, AUXILIARY);
    (are || met).then_some(first..problem + 1)
}

/// `Why do you avoid …?`, but not `Why did you choose this score?`
fn why(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, &["why"])?;
    let about_answer =
        sentence.clone().any(|at| text.says_one(at, &["score", "answer", "rating", "choice", "chose", "choose", "gave"]));
    let open = text.is(first + 1, HYPOTHETICAL) || text.says(first + 1, "or");
    (text.is(first + 1, AUXILIARY) && !about_answer && !open).then_some(first..(first + 3).min(sentence.end))
}

/// `How has the platform improved your work?`
fn gains(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, &["how", "what"])?;
    let auxiliary =
        (first + 1..(first + 5).min(sentence.end)).find(|at| text.says_one(*at, &["has", "have", "did", "does", "do"]))?;
    let theirs = !text.says_one(auxiliary + 1, &["you", "i"]);
    let gain = (auxiliary + 1..sentence.end)
        .find(|at| text.is(*at, GAIN) && !text.is(*at - 1, POSSESSIVE | DETERMINER | PREPOSITION))?;
    let direct = auxiliary == first + 1;
    let amount = text.says_one(first + 1, &["much", "many"]) && !text.says_one(gain, &["help", "helps", "helped"]);
    let benefits = text.says(first, "what") && text.says_one(first + 1, &["benefits", "benefit", "improvements"]);
    let both = (gain..sentence.end).any(|at| text.says_one(at, &["or", "hinder"]));
    (theirs && (direct && text.says(first, "how") || amount || benefits) && !both).then_some(first..gain + 1)
}

/// `When did you stop using …?`
fn stopping(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = asked_with(text, sentence, &["when"])?;
    let verb = (first + 1..(first + 5).min(sentence.end))
        .find(|at| text.says_one(*at, &["stop", "stopped", "quit", "abandon", "give"]))?;
    let up = !text.says(verb, "give") || text.says(verb + 1, "up");
    up.then_some(first..verb + 1)
}

/// `Do you still …?`
fn still(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let first = sentence.start;
    let word = (first + 1..(first + 4).min(sentence.end)).find(|at| text.says(*at, "still"))?;
    (text.is(first, AUXILIARY) && text.asks(sentence)).then_some(first..word + 1)
}

/// `How much do the problems with … slow you down?`
fn definite(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let owned = |at: usize| {
        text.is(at - 1, POSSESSIVE) || text.says_one(at - 1, &["the", "these", "those"]) || text.is(at - 1, COMPARATIVE)
    };
    let at = (sentence.start + 1..sentence.end)
        .find(|at| text.is(*at, PROBLEM) && !text.is(*at, TRACKED) && text.word_at(*at).ends_with('s') && owned(*at))?;
    let followed = text.says_one(at + 1, &["with", "of", "in", "caused", "you", "that", "from"]);
    followed.then_some(at - 1..at + 1)
}
