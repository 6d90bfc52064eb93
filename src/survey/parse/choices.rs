//! Choices and matrix rows: codes that stay, labels that are read, and the marks a choice may carry.

use std::collections::BTreeMap;
use std::ops::Range;

use super::findings::Findings;
use super::logic::{flag, show_if};
use super::table::{Entry, Table};
use super::visible::quote;
use super::{keys, known, labels, text};
use crate::survey::{Choice, Code, Row, Text};

/// What the choices of a type may be.
pub(super) struct Options {
    type_name: &'static str,
    pub(super) most: usize,
    pub(super) exclusive: bool,
    pub(super) other: bool,
}

impl Options {
    pub(super) const SINGLE: Self = Self { type_name: "single", most: 100, exclusive: false, other: true };
    pub(super) const MULTI: Self = Self { type_name: "multi", most: 100, exclusive: true, other: true };
    pub(super) const RANKING: Self = Self { type_name: "ranking", most: 10, exclusive: false, other: false };
}

/// The greatest number of rows in a matrix.
pub(super) const MOST_ROWS: usize = 50;

/// Reads the choices of a question: at least two, with different codes and labels, at most one of them `other`.
pub(super) fn read(table: &Table<'_>, options: &Options, findings: &mut Findings<'_>) -> Option<Vec<Choice>> {
    const HELP: &str = "write choices = [{ code = \"docs\", label = \"Finding documentation\" }, …]";
    let entry = table.need("choices", HELP, findings)?;
    let tables = entry.tables("choice", HELP, findings);
    if tables.len() < 2 && entry.value.as_array().is_some_and(|array| array.len() < 2) {
        let message = format!("`{}` needs at least 2 choices", options.type_name);
        findings.report("too-few-choices", entry.span.clone(), message, "add a choice");
    }
    let tables = cut(&tables, options.most, ("too-many-choices", options.type_name, "choices"), findings);
    tables.iter().for_each(|table| keys::check(table, known::CHOICE, findings));
    report_duplicates(tables, findings);
    report_second_other(tables, findings);
    let choices = tables.iter().map(|table| choice(table, options, findings)).collect::<Vec<_>>();
    choices.into_iter().collect::<Option<Vec<_>>>().filter(|choices| choices.len() >= 2)
}

/// Reads the rows of a matrix: at least one, with different codes and labels.
pub(super) fn rows(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Vec<Row>> {
    const HELP: &str = "write rows = [{ code = \"ci\", label = \"Continuous integration\" }, …]";
    let entry = table.need("rows", HELP, findings)?;
    let tables = entry.tables("row", HELP, findings);
    if entry.value.as_array().is_some_and(|array| array.is_empty()) {
        findings.report("too-few-rows", entry.span.clone(), "`matrix` needs at least 1 row", "add a row");
    }
    let tables = cut(&tables, MOST_ROWS, ("too-many-rows", "matrix", "rows"), findings);
    tables.iter().for_each(|table| keys::check(table, known::ROW, findings));
    report_duplicates(tables, findings);
    tables.iter().map(|table| row(table, findings)).collect::<Vec<_>>().into_iter().collect()
}

fn choice(table: &Table<'_>, options: &Options, findings: &mut Findings<'_>) -> Option<Choice> {
    let named = code_and_label(table, findings);
    let exclusive = mark(table, "exclusive", options.exclusive, options, findings);
    let other = mark(table, "other", options.other, options, findings);
    let pin = mark(table, "pin", true, options, findings);
    let show_if = show_if(table, findings);
    let (code, label) = named?;
    Some(Choice { code, label, exclusive, pin, other, show_if })
}

fn row(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Row> {
    let named = code_and_label(table, findings);
    let pin = flag(table, "pin", findings);
    let show_if = show_if(table, findings);
    let (code, label) = named?;
    Some(Row { code, label, pin, show_if })
}

/// Reads the code and the label that a choice, a row or a segment's value has.
pub(super) fn code_and_label(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<(Code, Text)> {
    let code = table.need("code", "add a short name that answers store, such as code = \"docs\"", findings);
    let code = code.and_then(|entry| code_of(&entry, findings));
    let label = table.need("label", "add what the respondent reads, such as label = \"Finding documentation\"", findings);
    let label = label.and_then(|entry| entry.text(text::LABEL, findings));
    Some((code?, label?))
}

/// Reads a code that answers store.
pub(super) fn code_of(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Code> {
    let written = entry.string(findings)?;
    let code = Code::new(written);
    if code.is_none() {
        let help = "use up to 64 letters a to z, digits and _ . + -, starting with a letter or digit, such as \"docs\"";
        findings.report("invalid-code", entry.span.clone(), format!("{} can't be a code", quote(written)), help);
    }
    code
}

/// Reads a mark of a choice, which some types don't allow.
fn mark(table: &Table<'_>, key: &str, allowed: bool, options: &Options, findings: &mut Findings<'_>) -> bool {
    let Some(entry) = table.get(key) else { return false };
    let set = entry.flag(findings).unwrap_or(false);
    if set && !allowed {
        let message = format!("a choice of `{}` can't be `{key}`", options.type_name);
        let help = if key == "exclusive" { "take it out: only `multi` has exclusive choices" } else { "take it out" };
        findings.report("mark-not-allowed", entry.key_span, message, help);
    }
    set
}

/// Gives at most `most` of the tables, so that a hostile file isn't compared without end, and reports the first too many.
fn cut<'a, 't>(
    tables: &'a [Table<'t>],
    most: usize,
    (code, type_name, what): (&'static str, &str, &str),
    findings: &mut Findings<'_>,
) -> &'a [Table<'t>] {
    let Some(excess) = tables.get(most) else { return tables };
    let message = format!("`{type_name}` has {} {what}, at most {most} fit", tables.len());
    findings.report(code, excess.span.clone(), message, format!("take out {}, or ask in two questions", tables.len() - most));
    &tables[..most]
}

fn report_second_other(tables: &[Table<'_>], findings: &mut Findings<'_>) {
    let others = tables.iter().filter_map(|table| table.get("other")).filter(|entry| entry.value.as_bool() == Some(true));
    let places: Vec<_> = others.map(|entry| entry.key_span).collect();
    for place in places.iter().skip(1) {
        let reported = findings.report("second-other", place.clone(), "a question has at most one `other`", "keep one of them");
        reported.related("the first is here", places[0].clone());
    }
}

/// Reports every code and label that stands twice among the tables.
pub(super) fn report_duplicates(tables: &[Table<'_>], findings: &mut Findings<'_>) {
    report_same_codes(tables, findings);
    let labels: Vec<Entry<'_>> = tables.iter().filter_map(|table| table.get("label")).collect();
    labels::report_same(&labels, "give it a label of its own", findings);
}

/// Reports every code that stands twice; codes must differ in more than case.
fn report_same_codes(tables: &[Table<'_>], findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<String, (&str, Range<usize>)> = BTreeMap::new();
    for entry in tables.iter().filter_map(|table| table.get("code")) {
        let Some(text) = entry.raw_text().filter(|text| !text.is_empty()) else { continue };
        let folded = text.to_lowercase();
        let Some((first, place)) = seen.get(&folded) else {
            seen.insert(folded, (text, entry.span));
            continue;
        };
        let (code, message) = if *first == text {
            ("duplicate-code", format!("the code {} is taken", quote(text)))
        } else {
            ("case-clash", format!("the codes {} and {} differ in case only", quote(first), quote(text)))
        };
        findings.report(code, entry.span, message, "give it a code of its own").related("it is first used here", place.clone());
    }
}
