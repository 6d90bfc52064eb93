//! Which languages the texts of a survey have, and which of them are missing where.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::survey::instrument::{LANGUAGES, Words, fill};
use crate::survey::language::{base, choose, is_tag};
use crate::survey::nearest::listed;
use crate::survey::{Text, Translation};

/// The languages of a survey while its texts are read.
pub(super) struct Languages {
    own: String,
    seen: Vec<Seen>,
    brought: Vec<(Brought, &'static str, Range<usize>)>,
}

/// Whose words the program brings.
#[derive(Clone, Copy)]
pub(super) enum Brought {
    /// All that an instrument says.
    Instrument,
    /// What the ends of a scale mean, where its author doesn't say.
    Scale,
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

    /// Notes an instrument or a type of scale at its place, which has no language but those of the words that are brought.
    pub(super) fn brought(&mut self, whose: Brought, name: &'static str, span: Range<usize>) {
        self.brought.push((whose, name, span));
    }

    /// Gives the languages of all texts beside the survey's own.
    pub(super) fn others(&self) -> BTreeSet<String> {
        self.seen.iter().flat_map(|seen| seen.languages.iter().cloned()).collect()
    }

    /// Makes a text of words that the program brings, in each language they have and in each dialect that the object's name has.
    ///
    /// Where the survey's own language is none of theirs, the original is English.
    pub(super) fn worded(&self, words: &Words, object: Option<&Text>, place: &Range<usize>) -> Text {
        let own = self.own();
        let original = sentence(words, object, own, own).unwrap_or_else(|| words[0].to_owned());
        let of_object = object.into_iter().flat_map(Text::translations).map(|translation| translation.language.as_str());
        let brought = LANGUAGES.into_iter().filter(|language| !language.eq_ignore_ascii_case(base(own)));
        let mut translations: Vec<Translation> = Vec::new();
        for language in brought.chain(of_object) {
            let is_new = translations.iter().all(|translation| translation.language != language);
            if let Some(text) = sentence(words, object, language, own).filter(|_| is_new) {
                translations.push(Translation { language: language.to_owned(), text, ..Translation::default() });
            }
        }
        Text::new(original, place.clone(), translations)
    }

    /// Gives every text that lacks a language which another text of the survey has, and every instrument or scale whose usual words
    /// lack one: the place, what is wrong and what to write.
    pub(super) fn missing(&self) -> Vec<(Range<usize>, String, String)> {
        let needed = self.needed();
        let texts = self.seen.iter().filter_map(|seen| self.lacking(seen, &needed));
        let own = base(&self.own);
        let all: BTreeSet<&str> =
            Some(own).filter(|own| is_tag(own)).into_iter().chain(needed.iter().map(String::as_str)).collect();
        let is_known = |tag: &str| LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(base(tag)));
        let lacking: Vec<&str> = all.into_iter().filter(|tag| !is_known(tag)).collect();
        let brought = self.brought.iter().filter(|_| !lacking.is_empty()).map(|(whose, name, span)| {
            let (what, remedy) = match whose {
                Brought::Instrument => (format!("the instrument `{name}`"), "write `type` in place of `instrument`"),
                Brought::Scale => (format!("the usual wording of a `{name}` scale"), "write `anchors` or `labels` of your own"),
            };
            let message = format!("{what} has no {}, and the survey does", lacking.join(" and no "));
            (span.clone(), message, format!("it has {}; ask in these, or {remedy}", listed(&LANGUAGES, "and")))
        });
        texts.chain(brought).collect()
    }

    /// Gives the languages that every text must have beside the survey's own: of each language the base, and where no text has it,
    /// the dialects, since one dialect doesn't stand for another.
    fn needed(&self) -> Vec<String> {
        let others: BTreeSet<String> = self.others().into_iter().map(|tag| tag.to_ascii_lowercase()).collect();
        let is_needed = |tag: &&String| base(tag) == tag.as_str() || !others.contains(base(tag));
        let is_other = |tag: &&String| !base(tag).eq_ignore_ascii_case(base(&self.own));
        let needed: BTreeSet<&String> = others.iter().filter(is_needed).filter(is_other).collect();
        // As their author writes them.
        self.others().into_iter().filter(|tag| needed.contains(&tag.to_ascii_lowercase())).collect()
    }

    fn lacking(&self, Seen { key, span, languages }: &Seen, needed: &[String]) -> Option<(Range<usize>, String, String)> {
        let own = base(&self.own);
        let has = |tag: &str| languages.iter().any(|language| language.eq_ignore_ascii_case(tag));
        let missing: Vec<&str> = needed.iter().map(String::as_str).filter(|tag| !has(tag)).collect();
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

/// Fills an item's words in a language; the usual words stand where the object has no name in it.
fn sentence(words: &Words, object: Option<&Text>, language: &str, own: &str) -> Option<String> {
    let at = LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(base(language)))?;
    let named = object.and_then(|object| {
        let translations = object.translations();
        let tag = choose(language, translations.iter().map(|translation| translation.language.as_str()));
        let translation = translations.iter().find(|translation| Some(translation.language.as_str()) == tag);
        let is_own = base(language).eq_ignore_ascii_case(base(own));
        translation.map(|translation| translation.text.as_str()).or_else(|| is_own.then(|| object.original()))
    });
    Some(fill(words[at], named))
}
