//! Labels that stand side by side: in no language two of them read the same.
//!
//! It looks at what stands in the file, so that a label which can't be used is compared as well; nothing is read into the survey.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeValue;

use super::findings::Findings;
use super::table::{Entry, Table};
use super::visible::quote;
use crate::survey::language::base;

/// The texts of one label by language, in lower case, each with its place.
type Texts<'t> = BTreeMap<String, (&'t str, Range<usize>)>;

/// Reports every label that reads like one before it in any language; a pair is told once in the survey's own, then in others.
pub(super) fn report_same(labels: &[Entry<'_>], help: &str, findings: &mut Findings<'_>) {
    if are_plain_and_different(labels) {
        return;
    }
    let own = findings.languages.own().to_ascii_lowercase();
    let texts: Vec<Texts<'_>> = labels.iter().map(|label| texts(label, &own)).collect();
    let others: BTreeSet<&String> = texts.iter().flat_map(BTreeMap::keys).filter(|language| **language != own).collect();
    let mut told = BTreeSet::new();
    for language in std::iter::once(&own).chain(others) {
        let mut seen: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        for (text, place) in texts.iter().filter_map(|texts| texts.get(language).or_else(|| texts.get(base(language)))) {
            let Some(first) = seen.get(text) else {
                seen.insert(text, place);
                continue;
            };
            // A dialect without words of its own shows those of its base language, where they are told already.
            if told.insert((first.start, place.start)) {
                let inside = if *language == own { String::new() } else { format!(" in {language}") };
                let message = format!("the label {} is taken{inside}", quote(text));
                let reported = findings.report("duplicate-label", place.clone(), message, help);
                reported.related("it is first used here", (*first).clone());
            }
        }
    }
}

/// Says whether all labels have one language and none is another's: as good as always, and quick to see.
fn are_plain_and_different(labels: &[Entry<'_>]) -> bool {
    let texts: Option<Vec<&str>> = labels.iter().map(|label| label.raw_text().map(str::trim)).collect();
    let Some(mut texts) = texts else { return false };
    texts.sort_unstable();
    texts.windows(2).all(|pair| pair[0] != pair[1])
}

/// Gives the texts of a label that say anything.
fn texts<'t>(label: &Entry<'t>, own: &str) -> Texts<'t> {
    let DeValue::Table(entries) = label.value else {
        return said(label).map(|text| (own.to_owned(), text)).into_iter().collect();
    };
    let entries = Table::new("text", label.span.clone(), entries);
    let in_language = |language: &str| Some((language.to_ascii_lowercase(), said(&entries.get(language)?)?));
    entries.keys().filter_map(|(language, _)| in_language(language)).collect()
}

fn said<'t>(entry: &Entry<'t>) -> Option<(&'t str, Range<usize>)> {
    let text = entry.raw_text().map(str::trim).filter(|text| !text.is_empty())?;
    Some((text, entry.span.clone()))
}
