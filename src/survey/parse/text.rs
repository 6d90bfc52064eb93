//! Texts that a respondent reads: present, not too long, in the survey's languages, without hidden characters.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeValue;

use super::findings::Findings;
use super::hidden::report_escaped;
use super::table::{Entry, Table};
use super::uses::FirstUses;
use super::visible::quote;
use crate::survey::characters::is_forbidden;
use crate::survey::language::is_tag;
use crate::survey::{Text, Translation};

/// What a text may be.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) most: usize,
    lines: bool,
}

/// The survey's title, and who asks.
pub(super) const TITLE: Rule = Rule { most: 120, lines: false };
/// The survey's introduction.
pub(super) const INTRODUCTION: Rule = Rule { most: 2_000, lines: true };
/// A question, a note, or the explanation under a question.
pub(super) const QUESTION: Rule = Rule { most: 500, lines: true };
/// A choice, a row, or a point of a scale.
pub(super) const LABEL: Rule = Rule { most: 200, lines: false };
/// What a number counts.
pub(super) const UNIT: Rule = Rule { most: 40, lines: false };

/// A pattern of command lines, folders or repositories.
pub(super) const PATTERN: Rule = Rule { most: 200, lines: false };

impl Entry<'_> {
    /// Reads a text in the survey's language, or a table of it in several languages, without the white space around it.
    pub(super) fn text(&self, rule: Rule, findings: &mut Findings<'_>) -> Option<Text> {
        match self.value {
            DeValue::Table(entries) => self.localised(&Table::new("text", self.span.clone(), entries), rule, findings),
            _ => {
                let original = self.words(rule, findings)?;
                findings.languages.saw(self.key, self.span.clone(), Vec::new());
                Some(Text::new(original, self.span.clone(), Vec::new()))
            }
        }
    }

    fn localised(&self, table: &Table<'_>, rule: Rule, findings: &mut Findings<'_>) -> Option<Text> {
        let (mut original, mut translations, mut sound) = (None, Vec::new(), true);
        let mut uses = FirstUses::new();
        let mut keys: Vec<(&str, Range<usize>)> = table.keys().collect();
        keys.sort_by_key(|(_, span)| span.start);
        for (language, span) in keys {
            let entry = table.get(language)?;
            if !is_tag(language) {
                let message = format!("{} is not a language tag", quote(language));
                findings.report("invalid-language", span, message, "write a BCP 47 tag, such as en, de or pt-BR, before the =");
                sound = false;
                continue;
            }
            if let Some(first) = uses.take(language.to_ascii_lowercase(), &span) {
                let reported = findings.report(
                    "duplicate-key",
                    span,
                    format!("the language `{language}` stands here twice"),
                    "keep one of them",
                );
                reported.related("it stands first here", first);
                sound = false;
                continue;
            }
            match entry.words(rule, findings) {
                None => sound = false,
                Some(text) if findings.languages.is_own(language) => original = Some((text, entry.span)),
                Some(text) => translations.push(Translation { language: language.to_owned(), text, place: entry.span.into() }),
            }
        }
        let languages = translations.iter().map(|translation| translation.language.clone()).collect();
        if original.is_some() && sound {
            findings.languages.saw(self.key, self.span.clone(), languages);
        }
        let own = findings.languages.own().to_owned();
        if original.is_none() && table.get(&own).is_none() {
            let message = format!("`{}` has no text in the survey's language, {own}", self.key);
            findings.report("missing-translation", self.span.clone(), message, format!("add {own} = \"…\""));
        }
        let (original, place) = original.filter(|_| sound)?;
        Some(Text::new(original, place, translations))
    }

    /// Reads a text in one language.
    pub(super) fn words(&self, rule: Rule, findings: &mut Findings<'_>) -> Option<String> {
        let written = self.string(findings)?;
        let text = if written.contains('\r') { Cow::Owned(written.replace("\r\n", "\n")) } else { Cow::Borrowed(written) };
        // Before the white space goes, of which some is forbidden.
        if !findings.trusts && text.contains(is_forbidden) {
            // Those that stand in the file themselves are reported with all others of the file.
            report_escaped(&text, self.span.clone(), findings);
            return None;
        }
        let text = text.trim();
        if findings.trusts {
            return Some(text.to_owned());
        }
        let Some((code, message, help)) = self.fault(text, rule) else { return Some(text.to_owned()) };
        findings.report(code, self.span.clone(), message, help);
        None
    }

    fn fault(&self, text: &str, rule: Rule) -> Option<(&'static str, String, String)> {
        let key = self.key;
        let length = text.chars().count();
        if is_blank(text) {
            return Some(("empty-text", format!("`{key}` is empty"), "write a text between the quotes".to_owned()));
        }
        if length > rule.most {
            let message = format!("`{key}` has {length} characters, at most {} fit", rule.most);
            return Some(("text-too-long", message, format!("shorten it to {} characters", rule.most)));
        }
        let broken = text.contains('\n') && !rule.lines;
        broken.then(|| ("line-break", format!("`{key}` must stay on one line"), "take the line break out".to_owned()))
    }

    /// Reads a string that isn't shown to a respondent, such as an id.
    pub(super) fn string(&self, findings: &mut Findings<'_>) -> Option<&str> {
        match self.value {
            DeValue::String(text) => return Some(text),
            DeValue::Array(_) | DeValue::Table(_) => self.report_type("text", &format!("write {} = \"…\"", self.key), findings),
            _ => {
                let help =
                    format!("put it in quotes: {} = \"{}\"", self.key, quote(findings.slice(&self.span)).trim_matches('`'));
                self.report_type("text", &help, findings);
            }
        }
        None
    }
}

/// Says whether there is nothing to see: white space, joiners and variation selectors only.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'))
}
