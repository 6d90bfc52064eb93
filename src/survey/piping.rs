//! Piping: `{question|fallback}` in a text stands for an earlier answer, or for the fallback where that is missing.
//!
//! `{{` and `}}` stand for braces. A text is read once: what an answer brings in is never looked at again.

use std::borrow::Cow;
use std::ops::Range;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    /// Words that stand as they are; a doubled brace among them is one already.
    Words(&'t str),
    /// The place of an earlier answer.
    Pipe {
        /// The question's id.
        question: &'t str,
        /// What is shown where the answer is missing.
        fallback: &'t str,
        /// The whole, braces included, in bytes of the text.
        place: Range<usize>,
    },
    /// A brace that belongs to no pipe, or a pipe without a fallback.
    Broken {
        /// What is wrong.
        fault: Fault,
        /// Where, in bytes of the text.
        place: Range<usize>,
    },
}

/// What is wrong with a pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A brace that is never closed, or was never opened.
    LoneBrace,
    /// No `|`, or nothing behind it.
    NoFallback,
}

/// Gives the parts of a text.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find(['{', '}']).map(|offset| at + offset) {
        if start > at {
            parts.push(Part::Words(&text[at..start]));
        }
        let brace = &text[start..=start];
        if text[start + 1..].starts_with(brace) {
            parts.push(Part::Words(brace));
            at = start + 2;
            continue;
        }
        let end = if brace == "{" { text[start..].find('}').map(|offset| start + offset) } else { None };
        let Some(end) = end else {
            parts.push(Part::Broken { fault: Fault::LoneBrace, place: start..start + 1 });
            at = start + 1;
            continue;
        };
        at = end + 1;
        parts.push(match text[start + 1..end].split_once('|') {
            Some((question, fallback)) if !fallback.trim().is_empty() => {
                Part::Pipe { question: question.trim(), fallback: fallback.trim(), place: start..at }
            }
            _ => Part::Broken { fault: Fault::NoFallback, place: start..at },
        });
    }
    if at < text.len() {
        parts.push(Part::Words(&text[at..]));
    }
    parts
}

/// Fills a text in; `answer` gives what an answer is called, `None` where it is missing.
pub fn fill<'t>(text: &'t str, answer: impl Fn(&str) -> Option<String>) -> Cow<'t, str> {
    if !text.contains(['{', '}']) {
        return Cow::Borrowed(text);
    }
    let filled = parts(text).into_iter().map(|part| match part {
        Part::Words(words) => Cow::Borrowed(words),
        Part::Pipe { question, fallback, .. } => answer(question).map_or(Cow::Borrowed(fallback), Cow::Owned),
        Part::Broken { place, .. } => Cow::Borrowed(&text[place]),
    });
    Cow::Owned(filled.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_fill_in_once_and_fallbacks_stand_where_they_are_missing() {
        let answer = |question: &str| match question {
            "tool" => Some("{tool|again} {{x}}".to_owned()),
            _ => None,
        };
        for (text, filled) in [
            ("Why {tool|that tool}?", "Why {tool|again} {{x}}?"),
            ("Why { none | that tool }?", "Why that tool?"),
            ("{{not}} a pipe", "{not} a pipe"),
            ("plain", "plain"),
            ("{lone", "{lone"),
            ("{tool}", "{tool}"),
        ] {
            assert_eq!(fill(text, answer), filled, "{text}");
        }
    }

    #[test]
    fn faults_are_found_where_they_stand() {
        let faults = |text| {
            let parts = parts(text).into_iter();
            parts
                .filter_map(|part| if let Part::Broken { fault, place } = part { Some((fault, place)) } else { None })
                .collect::<Vec<_>>()
        };
        assert_eq!(faults("a {b} c"), [(Fault::NoFallback, 2..5)]);
        assert_eq!(faults("a {b|} c"), [(Fault::NoFallback, 2..6)]);
        assert_eq!(faults("a } b {"), [(Fault::LoneBrace, 2..3), (Fault::LoneBrace, 6..7)]);
        assert_eq!(faults("{{ {a|b} }}"), []);
    }
}
