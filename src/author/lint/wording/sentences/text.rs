//! A text as the rules read it: words and marks with their places, read once.
//!
//! What is not prose stands as one opaque word: code between backticks, and `{id|fallback}`.

use std::ops::Range;

use super::classes::Class;
use super::phrases::List;
use super::words::{Known, look_up};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// Code, or a placeholder.
    Opaque,
    Comma,
    /// `.`, `!`, `;` or the end of a line.
    Stop,
    /// `?`
    Asking,
    /// A colon or a dash.
    Pause,
    Open,
    Close,
    Slash,
    Quote,
}

/// The part of a sentence that a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// What is asked or claimed.
    Main,
    /// A clause of time, condition or reason.
    Aside,
    /// A clause that says which thing is meant.
    Relative,
    /// Within brackets.
    Brackets,
    /// Within quotation marks.
    Quoted,
    /// After "such as" and its like.
    Examples,
}

/// One word or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) known: Known,
    pub(super) zone: Zone,
    /// The place in the text.
    start: usize,
    end: usize,
    /// The place in the text in lower case, which is shorter where an apostrophe was curly.
    low: (usize, usize),
    /// The first byte in lower case, 0 for a mark.
    first: u8,
}

/// A text and its tokens.
pub(super) struct Text<'t> {
    pub(super) source: &'t str,
    lower: String,
    pub(super) tokens: Vec<Token>,
}

impl<'t> Text<'t> {
    /// Reads a text.
    pub(super) fn read(source: &'t str) -> Self {
        let lower = String::with_capacity(source.len());
        let mut text = Self { source, lower, tokens: Vec::with_capacity(source.len() / 4 + 4) };
        let mut at = 0;
        while let Some(character) = source.get(at..).and_then(|rest| rest.chars().next()) {
            at = text.token(at, character);
        }
        text
    }

    /// Reads what starts at a place; gives the place after it.
    fn token(&mut self, at: usize, character: char) -> usize {
        let rest = &self.source[at..];
        let width = character.len_utf8();
        let kind = match character {
            '{' if rest.starts_with("{{") => return at + 2,
            '{' => return self.opaque(at, '}'),
            '`' => return self.opaque(at, '`'),
            ',' => Kind::Comma,
            '.' | '!' | ';' | '\n' | '…' => Kind::Stop,
            '?' => Kind::Asking,
            ':' | '–' | '—' => Kind::Pause,
            '(' | '[' => Kind::Open,
            ')' | ']' => Kind::Close,
            '/' => Kind::Slash,
            '"' | '“' | '”' | '„' | '«' | '»' => Kind::Quote,
            '&' => {
                self.push(Kind::Word, at..at + 1, "and");
                return at + 1;
            }
            _ if character.is_alphanumeric() => return self.word(at),
            _ => return at + width,
        };
        self.push(kind, at..at + width, "");
        at + width
    }

    /// Reads code or a placeholder up to its closing mark; without one it is the mark alone.
    fn opaque(&mut self, at: usize, closing: char) -> usize {
        let Some(length) = self.source[at + 1..].find(closing) else { return at + 1 };
        let end = at + 1 + length + 1;
        self.push(Kind::Opaque, at..end, "");
        end
    }

    /// Reads a word or a number.
    fn word(&mut self, at: usize) -> usize {
        let end = word_end(self.source, at);
        let raw = &self.source[at..end];
        if raw.contains("://") {
            self.push(Kind::Opaque, at..end, "");
            return end;
        }
        let numeric = raw.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'%' | b'+'));
        if numeric {
            self.push(Kind::Number, at..end, "");
            return end;
        }
        let low = self.lower.len();
        for character in raw.chars() {
            self.lower.push(if character == '’' { '\'' } else { character.to_ascii_lowercase() });
        }
        let known = look_up(&self.lower[low..]);
        self.add(Kind::Word, known, at..end, low);
        end
    }

    fn push(&mut self, kind: Kind, place: Range<usize>, lower: &str) {
        let low = self.lower.len();
        self.lower.push_str(lower);
        self.add(kind, Known::default(), place, low);
    }

    fn add(&mut self, kind: Kind, known: Known, place: Range<usize>, low: usize) {
        let first = self.lower.as_bytes().get(low).copied().unwrap_or_default();
        let low = (low, self.lower.len());
        self.tokens.push(Token { kind, known, zone: Zone::Main, start: place.start, end: place.end, low, first });
    }

    /// Gives a word in lower case; empty for a mark and beyond the ends.
    pub(super) fn word_at(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.lower[token.low.0..token.low.1])
    }

    /// Gives a word or mark as it is written.
    pub(super) fn written(&self, place: Range<usize>) -> &'t str {
        self.source.get(self.place(place)).unwrap_or_default()
    }

    /// Says whether the word at a place is of one of the classes.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.known.class & class != 0)
    }

    /// Says whether the word some tokens before a place is of one of the classes.
    pub(super) fn is_before(&self, at: usize, back: usize, class: Class) -> bool {
        at.checked_sub(back).is_some_and(|before| self.is(before, class))
    }

    /// Says whether a token of this kind stands at a place.
    pub(super) fn kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Says whether a word stands at a place that belongs to none of the classes.
    pub(super) fn is_word_outside(&self, at: usize, class: Class) -> bool {
        self.kind(at, Kind::Word) && !self.is(at, class)
    }

    /// Says whether nothing but words stands in a range.
    pub(super) fn is_unbroken(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().all(|at| self.kind(at, Kind::Word))
    }

    /// Says whether this very word stands at a place.
    pub(super) fn says(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| self.is_same(token, word))
    }

    /// Compares length and first letter before anything else: nearly every question ends there.
    fn is_same(&self, token: &Token, word: &str) -> bool {
        let length = token.low.1 - token.low.0;
        length == word.len() && word.as_bytes().first() == Some(&token.first) && self.lower[token.low.0..token.low.1] == *word
    }

    /// Says whether one of these words stands at a place.
    pub(super) fn says_one(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| words.iter().any(|word| self.is_same(token, word)))
    }

    /// Gives the bytes that tokens cover.
    pub(super) fn place(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(self.source.len(), |token| token.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        start..end.max(start)
    }

    /// Gives the end of a phrase that starts at a token, if it stands there.
    pub(super) fn phrase_end(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut here = at;
        for word in phrase.split(' ') {
            if !self.says(here, word) {
                return None;
            }
            here += 1;
        }
        Some(here)
    }

    /// Gives the longest phrase of a list that starts at a token.
    pub(super) fn phrase(&self, at: usize, list: List) -> Option<Range<usize>> {
        let phrases = self.tokens.get(at).filter(|token| token.known.opens())?.known.phrases(list);
        phrases.filter_map(|phrase| self.phrase_end(at, phrase)).max().map(|end| at..end)
    }

    /// Gives the first sentence at or after a token, without its closing mark.
    pub(super) fn sentence_from(&self, from: usize) -> Option<Range<usize>> {
        let ends = |at: &usize| self.kind(*at, Kind::Stop) || self.kind(*at, Kind::Asking);
        let start = (from..self.tokens.len()).find(|at| !ends(at))?;
        Some(start..(start..self.tokens.len()).find(ends).unwrap_or(self.tokens.len()))
    }

    /// Gives the sentences as ranges of tokens without their closing marks.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::successors(self.sentence_from(0), |sentence| self.sentence_from(sentence.end))
    }

    /// Gives the sentences that an answer is about: in a text with a question mark, not what leads up to it or instructs.
    pub(super) fn answered(&self) -> impl Iterator<Item = Range<usize>> {
        let any = self.tokens.iter().any(|token| token.kind == Kind::Asking);
        self.sentences().filter(move |sentence| !any || self.asks(sentence))
    }

    /// Says whether a sentence ends with a question mark.
    pub(super) fn asks(&self, sentence: &Range<usize>) -> bool {
        self.kind(sentence.end, Kind::Asking)
    }
}

/// Finds the end of the word at a place: letters and digits, and the marks inside words such as `node.js`, `CI's` and `up-to-date`.
fn word_end(source: &str, at: usize) -> usize {
    let mut end = at;
    let mut rest = source[at..].chars().peekable();
    while let Some(character) = rest.next() {
        let inside = match character {
            _ if character.is_alphanumeric() => true,
            '%' | '+' | '#' | '_' => true,
            '-' | '\'' | '’' | '.' | '&' | '@' | '\u{2011}' => rest.peek().is_some_and(|next| next.is_alphanumeric()),
            ',' => source[at..end].bytes().all(|b| b.is_ascii_digit()) && rest.peek().is_some_and(char::is_ascii_digit),
            ':' => source[end..].starts_with("://"),
            '/' => source[at..end].contains(':'),
            _ => false,
        };
        if !inside {
            break;
        }
        end += character.len_utf8();
    }
    let abbreviation = matches!(&source[at..end], "e.g" | "i.e" | "vs" | "E.g" | "I.e") && source[end..].starts_with('.');
    if abbreviation { end + 1 } else { end }
}
