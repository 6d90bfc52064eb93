//! Runs of characters in a text, and what stands around them.

use std::ops::Range;

/// A run of characters, which knows the text around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Behind its end, in bytes.
    pub(super) end: usize,
}

impl<'a> Run<'a> {
    /// Gives the run at a place of a text.
    pub(super) fn new(text: &'a str, range: Range<usize>) -> Self {
        Self { text, start: range.start, end: range.end }
    }

    /// Gives the characters.
    pub(super) fn as_str(self) -> &'a str {
        &self.text[self.start..self.end]
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Gives the character before it.
    pub(super) fn before(self) -> Option<char> {
        self.text[..self.start].chars().next_back()
    }

    /// Gives the character behind it.
    pub(super) fn after(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Gives the text behind it.
    pub(super) fn rest(self) -> &'a str {
        &self.text[self.end..]
    }

    /// Gives it without such characters at its end.
    pub(super) fn trim_end(self, is_trimmed: impl Fn(char) -> bool) -> Self {
        Self { end: self.start + self.as_str().trim_end_matches(is_trimmed).len(), ..self }
    }

    /// Gives it without such characters at its start.
    pub(super) fn trim_start(self, is_trimmed: impl Fn(char) -> bool) -> Self {
        Self { start: self.end - self.as_str().trim_start_matches(is_trimmed).len(), ..self }
    }

    /// Gives it with such characters that follow.
    pub(super) fn extended(self, is_part: impl Fn(char) -> bool) -> Self {
        let rest = self.rest();
        Self { end: self.end + rest.find(|c| !is_part(c)).unwrap_or(rest.len()), ..self }
    }

    /// Gives the words before it on the same line, the nearest first, in lower case.
    pub(super) fn words_before(self) -> impl Iterator<Item = String> {
        let line = self.text[..self.start].rsplit('\n').next().unwrap_or_default();
        line.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
    }
}

/// Gives the longest runs of such characters.
pub(super) fn runs<'a>(text: &'a str, is_part: impl Fn(char) -> bool + Copy + 'a) -> impl Iterator<Item = Run<'a>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_part)?;
        let run = Run::new(text, start..start).extended(is_part);
        from = run.end;
        Some(run)
    })
}

/// Says whether a character is of a script that puts no spaces between words, or one of its marks: nothing in Latin letters goes
/// on through it.
pub(super) fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Says whether a word ends before this character: it is none, or no letter, digit or underscore of a script with spaces.
pub(super) fn is_boundary(character: Option<char>) -> bool {
    character.is_none_or(|c| is_ideographic(c) || !(c.is_alphanumeric() || c == '_'))
}

/// Says whether a character ends a sentence or a part of it rather than belonging to the word before it.
pub(super) fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '"' | '`' | '*' | '_' | '…' | '’' | '”' | '“' | '»'
    )
}

/// Says whether a list of words, apart by spaces, has this one.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}
