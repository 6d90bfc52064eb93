//! A table of the file with its place, and its entries; values stay untyped here (`values`, `text`).

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::Findings;
use super::known::OTHER_KEYS;
use crate::survey::nearest::nearest;

/// A table of the file: the whole survey, a question, a choice, a row or a scale's anchors.
#[derive(Clone)]
pub(super) struct Table<'t> {
    /// What the table is, for messages.
    pub(super) name: &'static str,
    /// The table's header, or the whole of an inline table.
    pub(super) span: Range<usize>,
    entries: &'t DeTable<'t>,
}

/// A key and its value, each with its place.
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Range<usize>,
    pub(super) value: &'t DeValue<'t>,
    pub(super) span: Range<usize>,
}

impl<'t> Table<'t> {
    pub(super) fn new(name: &'static str, span: Range<usize>, entries: &'t DeTable<'t>) -> Self {
        Self { name, span, entries }
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'t>> {
        let (key, value) = self.entries.get_key_value(key)?;
        Some(Entry { key: key.get_ref(), key_span: key.span(), value: value.get_ref(), span: value.span() })
    }

    /// Gets an entry that must be there; a missing one is reported, unless a misspelt key stands for it, which is reported itself.
    pub(super) fn need(&self, key: &str, help: &str, findings: &mut Findings<'_>) -> Option<Entry<'t>> {
        let entry = self.get(key);
        if entry.is_none() && !self.has_misspelt(key) {
            findings.report("missing-key", self.span.clone(), format!("the {} has no `{key}`", self.name), help);
        }
        entry
    }

    /// Says whether a key that isn't known looks like this one.
    pub(super) fn has_misspelt(&self, key: &str) -> bool {
        self.keys().any(|(written, _)| nearest(written, [key], OTHER_KEYS).is_some())
    }

    /// Gives every key with its place.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'t str, Range<usize>)> {
        self.entries.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span()))
    }
}

impl<'t> Entry<'t> {
    /// Gives the text as it stands in the file, unchecked.
    pub(super) fn raw_text(&self) -> Option<&'t str> {
        self.value.as_str()
    }

    /// Gives the elements of an array of tables; elements of other types are reported.
    pub(super) fn tables(&self, name: &'static str, help: &str, findings: &mut Findings<'_>) -> Vec<Table<'t>> {
        let Some(array) = self.value.as_array() else {
            self.report_type("an array of tables", help, findings);
            return Vec::new();
        };
        array.iter().filter_map(|element| self.element_table(element, name, help, findings)).collect()
    }

    /// Gives the value as a table.
    pub(super) fn table(&self, name: &'static str, help: &str, findings: &mut Findings<'_>) -> Option<Table<'t>> {
        let table = self.value.as_table();
        if table.is_none() {
            self.report_type("a table", help, findings);
        }
        table.map(|entries| Table::new(name, self.span.clone(), entries))
    }

    /// Gives the elements of an array, each as an entry of the same key.
    pub(super) fn elements(&self, help: &str, findings: &mut Findings<'_>) -> Vec<Self> {
        let Some(array) = self.value.as_array() else {
            self.report_type("an array", help, findings);
            return Vec::new();
        };
        array.iter().map(|element| self.element(element)).collect()
    }

    /// Reports that the value has another type than the one wanted.
    pub(super) fn report_type(&self, wanted: &str, help: &str, findings: &mut Findings<'_>) {
        let message = format!("`{}` must be {wanted}, not {}", self.key, type_name(self.value));
        findings.report("wrong-type", self.span.clone(), message, help);
    }

    fn element(&self, element: &'t Spanned<DeValue<'t>>) -> Self {
        Self { key: self.key, key_span: self.key_span.clone(), value: element.get_ref(), span: element.span() }
    }

    fn element_table(
        &self,
        element: &'t Spanned<DeValue<'t>>,
        name: &'static str,
        help: &str,
        findings: &mut Findings<'_>,
    ) -> Option<Table<'t>> {
        let table = element.get_ref().as_table();
        if table.is_none() {
            let message = format!("a {name} must be a table, not {}", type_name(element.get_ref()));
            findings.report("wrong-type", element.span(), message, help);
        }
        table.map(|entries| Table::new(name, element.span(), entries))
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(moment) if moment.time.is_none() => "a date",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
