//! Texts that a respondent reads, in every language they were written in.
//!
//! A text reads as a `str` in the language it was last asked for in: [`crate::survey::Survey::speak`] chooses once for a whole survey.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::{Span, language};

/// A text in the survey's own language, with its translations; they are shared by its copies, one for each respondent.
#[derive(Debug, Clone, Default)]
pub struct Text {
    original: Arc<str>,
    translations: Arc<Vec<Translation>>,
    shown: Option<usize>,
    place: Span,
}

/// A text in one other language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The text in it.
    pub text: String,
    /// Where it stands.
    pub place: Span,
}

impl Text {
    /// Makes a text with translations; the original, which stands at a place of the survey's file, is shown.
    pub fn new(original: impl Into<String>, place: Range<usize>, translations: Vec<Translation>) -> Self {
        Self { original: original.into().into(), translations: Arc::new(translations), shown: None, place: place.into() }
    }

    /// Gives the text in the survey's own language.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Gives the place of the original in the survey's file, in bytes; an empty one where the file doesn't have it.
    pub fn place(&self) -> Range<usize> {
        self.place.range()
    }

    /// Gives the translations.
    pub fn translations(&self) -> &[Translation] {
        &self.translations
    }

    /// Gives the text in a language: the dialect, else its base language, else the original.
    pub fn get(&self, language: &str) -> &str {
        self.position(language).map_or(&self.original, |at| &self.translations[at].text)
    }

    /// Says whether those who read in a language read another text than the original.
    pub fn is_translated(&self, language: &str) -> bool {
        self.position(language).is_some()
    }

    /// Reads in a language from now on, as [`Text::get`] gives it.
    pub(crate) fn speak(&mut self, language: &str) {
        self.shown = self.position(language);
    }

    /// Replaces what is shown, in the language shown.
    pub(crate) fn show(&mut self, text: String) {
        match self.shown {
            Some(at) => Arc::make_mut(&mut self.translations)[at].text = text,
            None => self.original = text.into(),
        }
    }

    fn position(&self, wanted: &str) -> Option<usize> {
        // The usual case, asked for every text of every respondent: the very tag.
        if let Some(place) = self.translations.iter().position(|translation| translation.language == wanted) {
            return Some(place);
        }
        let offered = self.translations.iter().map(|translation| translation.language.as_str());
        let place = language::choose(wanted, offered)?;
        self.translations.iter().position(|translation| translation.language == place)
    }
}

/// The same words in the same languages, wherever they stand and whichever is shown.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.original == other.original && self.translations == other.translations
    }
}

impl Eq for Text {}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.shown.map_or(&self.original, |at| &self.translations[at].text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self)
    }
}

/// Writes the text in the language it is shown in.
impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text, 0..0, Vec::new())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text, 0..0, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_falls_back_to_its_base_language_and_then_to_the_original() {
        let pair =
            |language: &str, text: &str| Translation { language: language.into(), text: text.into(), place: Span::default() };
        let mut text = Text::new("Colour?", 0..0, vec![pair("de", "Farbe?"), pair("de-CH", "Farb?")]);
        for (language, shown) in [("de-CH", "Farb?"), ("de-AT", "Farbe?"), ("de", "Farbe?"), ("fr", "Colour?"), ("en", "Colour?")]
        {
            text.speak(language);
            assert_eq!((&*text, text.get(language)), (shown, shown), "{language}");
        }
        assert_eq!(text.original(), "Colour?");
    }
}
