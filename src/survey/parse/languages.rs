//! Which languages the texts of a survey have, and which of them are missing where.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::survey::instrument::LANGUAGES;
use crate::survey::language::base;
use crate::survey::nearest::listed;
use crate::survey::{Text, Translation};

/// The languages of a survey while its texts are read.
pub(super) struct Languages {
    own: String,
    seen: Vec<Seen>,
    brought: Vec<(&'static str, Range<usize>)>,
}

/// A text that was read: its key and place, and the languages it has beside the survey's own.
struct Seen {
    key: String,
    span: Range<usize>,
    languages: Vec<String>,
}

impl Languages {
    pub(super) fn new(own: &str) -> Self {
        Self { own: own.to_owned(), seen: Vec::new(), brought: Vec::new() }
    }

    /// Gives the survey's own language.
    pub(super) fn own(&self) -> &str {
        &self.own
    }

    pub(super) fn is_own(&self, language: &str) -> bool {
        self.own.eq_ignore_ascii_case(language)
    }

    pub(super) fn saw(&mut self, key: &str, span: Range<usize>, languages: Vec<String>) {
        self.seen.push(Seen { key: key.to_owned(), span, languages });
    }

    /// Notes an instrument at its place, which brings its own words and has no language but theirs.
    pub(super) fn brought(&mut self, instrument: &'static str, span: Range<usize>) {
        self.brought.push((instrument, span));
    }

    /// Gives the languages of all texts beside the survey's own.
    pub(super) fn others(&self) -> BTreeSet<String> {
        self.seen.iter().flat_map(|seen| seen.languages.iter().cloned()).collect()
    }

    /// Makes one of the texts the program brings: English, German and Japanese, the survey's own language first.
    pub(super) fn built_in(&self, [english, german, japanese]: [&str; 3]) -> Text {
        let all = [("en", english), ("de", german), ("ja", japanese)];
        let own = all.iter().find(|(language, _)| *language == base(&self.own)).unwrap_or(&all[0]);
        let others = all.iter().filter(|other| *other != own);
        let translation = |(language, text): &(&str, &str)| Translation {
            language: (*language).to_owned(),
            text: (*text).to_owned(),
            ..Translation::default()
        };
        Text::new(own.1, 0..0, others.map(translation).collect())
    }

    /// Gives every text that lacks a base language which another text of the survey has, dialects may be partial, and every
    /// instrument that lacks a language of the survey: the place, what is wrong and what to write.
    pub(super) fn missing(&self) -> Vec<(Range<usize>, String, String)> {
        let all = std::iter::once(self.own.clone()).chain(self.others());
        let all: BTreeSet<String> = all.map(|tag| base(&tag).to_ascii_lowercase()).collect();
        let texts = self.seen.iter().filter_map(|seen| self.lacking(seen, &all));
        let lacking: Vec<&str> = all.iter().map(String::as_str).filter(|tag| !LANGUAGES.contains(tag)).collect();
        let brought = self.brought.iter().filter(|_| !lacking.is_empty()).map(|(instrument, span)| {
            let message = format!("the instrument `{instrument}` has no {}, and the survey does", lacking.join(" and no "));
            let help = format!("it has {}; ask in these, or write `type` in place of `instrument`", listed(&LANGUAGES, "and"));
            (span.clone(), message, help)
        });
        texts.chain(brought).collect()
    }

    fn lacking(&self, Seen { key, span, languages }: &Seen, all: &BTreeSet<String>) -> Option<(Range<usize>, String, String)> {
        let own = base(&self.own);
        let has =
            |tag: &&String| own.eq_ignore_ascii_case(tag) || languages.iter().any(|language| language.eq_ignore_ascii_case(tag));
        let missing: Vec<&str> = all.iter().filter(|tag| !has(tag)).map(String::as_str).collect();
        if missing.is_empty() {
            return None;
        }
        let message = format!("`{key}` has no {}, and other texts of the survey do", missing.join(" and no "));
        let texts: Vec<String> = missing.iter().map(|tag| format!("{tag} = \"…\"")).collect();
        let table = format!("{{ {own} = \"…\", {} }}", texts.join(", "));
        // One point of a scale lacks it, and its label stands in an array.
        let value = if key == "labels" { format!("[{table}, …]") } else { table };
        Some((span.clone(), message, format!("write {key} = {value}")))
    }
}
