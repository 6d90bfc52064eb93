//! Gathers the problems of a file while it is read, and gives each its line and column at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::codes::CODES;
use super::languages::Languages;
use super::problem::{Problem, Related};
use super::visible::visible;

/// The greatest number of problems that are listed: a hostile file could hold one in every byte.
pub const MOST_PROBLEMS: usize = 1_000;

/// The greatest number of problems that are kept: one beyond those listed, so that there being more can be told.
pub(super) const MOST: usize = MOST_PROBLEMS + 1;

/// The problems found so far in one source.
pub(super) struct Findings<'s> {
    source: &'s str,
    problems: Vec<Problem>,
    /// Whether the source was accepted before, so that looking for problems is idle.
    pub(super) trusts: bool,
    /// The languages of the texts read so far.
    pub(super) languages: Languages,
}

/// A problem as it was reported; none where no further one is kept.
pub(super) struct Reported<'f>(Option<&'f mut Problem>);

impl Reported<'_> {
    /// Adds another place that explains the problem.
    pub(super) fn related(mut self, label: &str, span: Range<usize>) -> Self {
        if let Some(problem) = &mut self.0 {
            problem.related.push(Related { label: visible(label), span, line: 0, column: 0 });
        }
        self
    }
}

impl<'s> Findings<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, problems: Vec::new(), trusts: false, languages: Languages::new("en") }
    }

    /// Gathers what is read of a source that was accepted before.
    pub(super) fn trusting(source: &'s str) -> Self {
        Self { trusts: true, ..Self::new(source) }
    }

    /// Gives the source's text at a place.
    pub(super) fn slice(&self, span: &Range<usize>) -> &'s str {
        self.source.get(span.clone()).unwrap_or_default()
    }

    /// Gives the empty place where the file's text begins, after a byte order mark.
    pub(super) fn top(&self) -> Range<usize> {
        let start = self.source.len() - self.source.trim_start_matches('\u{FEFF}').len();
        start..start
    }

    /// Gives the line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.source.get(..offset).unwrap_or_default().matches('\n').count() + 1
    }

    /// Gives the value without white space that an offset lies in.
    pub(super) fn value(&self, offset: usize) -> &'s str {
        let (before, behind) = (self.source.get(..offset).unwrap_or_default(), self.source.get(offset..).unwrap_or_default());
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | '}' | ']');
        let start = before.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        let end = offset + behind.find(ends).unwrap_or(behind.len());
        self.source.get(start..end).unwrap_or_default()
    }

    /// Finds the first line after an offset that starts with `[`.
    pub(super) fn next_header(&self, offset: usize) -> Option<usize> {
        self.source.get(offset..)?.find("\n[").map(|at| offset + at + 1)
    }

    pub(super) fn len(&self) -> usize {
        self.problems.len()
    }

    /// Says whether a problem of this code was found.
    pub(super) fn has(&self, code: &str) -> bool {
        self.problems.iter().any(|problem| problem.code == code)
    }

    /// Says whether no further problem is kept, so that looking for more is idle.
    pub(super) fn is_full(&self) -> bool {
        self.problems.len() >= MOST
    }

    /// Reports a problem at a place.
    pub(super) fn report(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl AsRef<str>,
        help: impl AsRef<str>,
    ) -> Reported<'_> {
        debug_assert!(CODES.contains(&code), "{code} is missing in the list of codes");
        if self.is_full() {
            return Reported(None);
        }
        let (message, help) = (visible(message.as_ref()), visible(help.as_ref()));
        let start = self.boundary(span.start);
        let span = start..self.boundary(span.end).max(start);
        self.problems.push(Problem { code, message, help, span, line: 0, column: 0, related: Vec::new(), unreadable: false });
        Reported(self.problems.last_mut())
    }

    /// Notes that what was found at a place keeps the file from being TOML; says whether anything was found there.
    pub(super) fn mark_unreadable(&mut self, span: &Range<usize>) -> bool {
        let overlaps = |found: &Range<usize>| found.start <= span.end && span.start <= found.end;
        let mut any = false;
        for problem in self.problems.iter_mut().filter(|problem| overlaps(&problem.span)) {
            problem.unreadable = true;
            any = true;
        }
        any
    }

    /// Notes that the problem reported last keeps the file from being TOML.
    pub(super) fn last_is_unreadable(&mut self) {
        if let Some(problem) = self.problems.last_mut() {
            problem.unreadable = true;
        }
    }

    /// Gives the problems sorted by place, each with its line and column.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.problems.is_empty() {
            return self.problems;
        }
        let related = |problem: &Problem| problem.related.iter().map(|related| related.span.start).collect::<Vec<_>>();
        let offsets = self.problems.iter().flat_map(|problem| related(problem).into_iter().chain([problem.span.start])).collect();
        let places = places(self.source, &offsets);
        for problem in &mut self.problems {
            (problem.line, problem.column) = places[&problem.span.start];
            for related in &mut problem.related {
                (related.line, related.column) = places[&related.span.start];
            }
        }
        self.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.problems
    }

    /// Gives the start of the character at an offset, or the end of the file.
    fn boundary(&self, offset: usize) -> usize {
        (0..=offset.min(self.source.len())).rev().find(|at| self.source.is_char_boundary(*at)).unwrap_or_default()
    }
}

/// Gives line and column, both from 1, of every offset in one pass; a byte order mark has no column.
fn places(source: &str, offsets: &BTreeSet<usize>) -> BTreeMap<usize, (usize, usize)> {
    let mut places = BTreeMap::new();
    let (mut at, mut line, mut column) = (0, 1, 1);
    for offset in offsets {
        for character in source.get(at..*offset).unwrap_or_default().chars() {
            match character {
                '\n' => (line, column) = (line + 1, 1),
                '\u{FEFF}' if (line, column) == (1, 1) => {}
                _ => column += 1,
            }
        }
        at = *offset;
        places.insert(*offset, (line, column));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_neither_bytes_nor_the_byte_order_mark() {
        let source = "\u{FEFF}a = \"満足\" # x\r\nb = 1\n";
        let at = |text: &str| source.find(text).expect("the text is there");
        let cases = [(at("a ="), (1, 1)), (at("# x"), (1, 10)), (at("b ="), (2, 1)), (source.len(), (3, 1))];
        let found = places(source, &cases.iter().map(|(offset, _)| *offset).collect());
        for (offset, place) in cases {
            assert_eq!(found[&offset], place, "at {offset}");
        }
    }
}
