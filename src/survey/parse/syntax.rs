//! Text that isn't TOML: the errors of the TOML parser, each with what to do about it.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::findings::{Findings, MOST};
use super::visible::quote;

/// Reports the parser's errors; what it could still read tells where a key stood first.
pub(super) fn report(errors: &[Error], table: &DeTable<'_>, findings: &mut Findings<'_>) {
    let mut too_deep = false;
    let errors = &errors[..errors.len().min(MOST)];
    let unclosed = errors.iter().find_map(|error| opening(error, table));
    let consequences = unclosed.as_ref().and_then(|(opening, end)| Some((findings.next_header(opening.start)?, *end)));
    for error in errors {
        let span = error.span().unwrap_or_else(|| findings.top());
        let follows = consequences.is_some_and(|(start, end)| (start..end).contains(&span.start));
        if follows || findings.mark_unreadable(&span) {
            continue;
        }
        match error.message() {
            message if message.starts_with("unclosed") && unclosed.as_ref().is_some_and(|(_, end)| span.start == *end) => {
                let (opening, _) = unclosed.clone().unwrap_or_default();
                let closing = if findings.slice(&opening) == "{" { "}" } else { "]" };
                findings.report("syntax", opening, "this is never closed", format!("close it with {closing}"));
            }
            "string values must be quoted, expected literal string" if span.is_empty() => {
                findings.report("syntax", span, "missing value", "write a value after =");
            }
            "duplicate key" => report_duplicate(span, table, findings),
            message if message.contains("recurs") => {
                if !std::mem::replace(&mut too_deep, true) {
                    findings.report(
                        "too-deep",
                        span,
                        "tables are nested too deeply to be read",
                        "no survey needs more than four levels",
                    );
                }
            }
            message => {
                let written = findings.value(span.start);
                findings.report("syntax", span, message.trim_end_matches(", expected literal string"), remedy(message, written));
            }
        }
        findings.last_is_unreadable();
    }
}

/// Says whether what the parser could read is the whole of the file but for keys that stand a second time.
///
/// A `[question]` of single brackets is told as one already, and what follows from it would only mislead.
pub(super) fn leaves_the_rest_readable(errors: &[Error], findings: &Findings<'_>) -> bool {
    let is_extra = |error: &Error| {
        error.message() == "duplicate key" && error.span().is_some_and(|span| bare(findings.slice(&span)) != "question")
    };
    errors.iter().all(is_extra)
}

/// Gives a key as it is written, without its quotes.
fn bare(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}

fn report_duplicate(span: Range<usize>, table: &DeTable<'_>, findings: &mut Findings<'_>) {
    let key = findings.slice(&span);
    let message = format!("the key {} stands here a second time", quote(key));
    let name = bare(key);
    let help = if name == "question" { "write [[question]] with two brackets on each side" } else { "keep one of them" };
    let first = first_use(table, name, span.start);
    let reported = findings.report("duplicate-key", span, message, help);
    if let Some(first) = first {
        reported.related("it stands first here", first);
    }
}

/// Finds where the array or inline table was opened that an error says is never closed, and where that was noticed.
fn opening(error: &Error, table: &DeTable<'_>) -> Option<(Range<usize>, usize)> {
    let is_value = error.message().starts_with("unclosed array,") || error.message().starts_with("unclosed inline table");
    let end = error.span().filter(|_| is_value)?.start;
    let mut first: Option<usize> = None;
    let mut waiting = vec![table];
    while let Some(table) = waiting.pop() {
        for (_, value) in table {
            let span = value.span();
            let holds = span.start < end && end <= span.end + 1 && !value.get_ref().is_str();
            match value.get_ref() {
                DeValue::Array(_) | DeValue::Table(_) if holds => {
                    first = Some(first.map_or(span.start, |first| first.min(span.start)))
                }
                DeValue::Table(table) => waiting.push(table),
                DeValue::Array(array) => waiting.extend(array.iter().filter_map(|element| element.get_ref().as_table())),
                _ => {}
            }
        }
    }
    first.map(|start| (start..start + 1, end))
}

/// Finds the last place of a key before an offset.
fn first_use(table: &DeTable<'_>, name: &str, before: usize) -> Option<Range<usize>> {
    let mut last: Option<Range<usize>> = None;
    let mut waiting = vec![table];
    while let Some(table) = waiting.pop() {
        for (key, value) in table {
            let span = key.span();
            if key.get_ref() == name && span.end <= before && last.as_ref().is_none_or(|last| span.start > last.start) {
                last = Some(span);
            }
            match value.get_ref() {
                DeValue::Table(table) => waiting.push(table),
                DeValue::Array(array) => waiting.extend(array.iter().filter_map(|element| element.get_ref().as_table())),
                _ => {}
            }
        }
    }
    last
}

const A_DAY: &str = "write a day as year, month, day, without quotes: 2026-03-31";

/// What to do about an error, by a piece of its message; the first piece that fits counts.
const REMEDIES: &[(&str, &str)] = &[
    ("invalid date", A_DAY),
    ("must be quoted", "put the text in quotes"),
    ("opening quote", "put the text in quotes"),
    ("invalid basic string", "close the text with \" on the same line, or use \"\"\" for several lines"),
    ("invalid multi-line", "close the text with \"\"\""),
    ("invalid literal string", "close the text with ' on the same line"),
    ("escape", "write \\\\ for a backslash, or put the text in 'single quotes'"),
    ("unicode", "write the character itself"),
    ("unclosed array table", "close the line with ]]"),
    ("unclosed table", "close the line with ]"),
    ("unclosed array", "close it with ]"),
    ("unclosed inline table", "close it with }"),
    ("missing comma", "put a comma between them"),
    ("extra comma", "take the comma out"),
    ("missing value", "write a value after ="),
    ("key with no value", "write = and a value after the key"),
    ("missing assignment", "write = between key and value"),
    ("`=`", "write one = between key and value"),
    ("unquoted key", "use letters, digits, _ and - in keys"),
    ("carriage return", "end lines with a line feed"),
    ("leading zero", "take the zero out, or put the value in quotes"),
    ("unexpected content", "put one key = value on each line"),
    ("unexpected key", "put one key = value on each line"),
    ("dotted key", "give every key one value"),
];

fn remedy(message: &str, written: &str) -> &'static str {
    // Days as people write them elsewhere, such as 31.12.2026 or 2026/12/31.
    let is_day = |sign| written.split(sign).count() == 3 && written.chars().all(|c| c.is_ascii_digit() || c == sign);
    if is_day('/') || is_day('.') {
        return A_DAY;
    }
    let fits = |(piece, _): &&(&str, &str)| message.contains(piece);
    REMEDIES.iter().find(fits).map_or("write one key = value on each line, texts in quotes", |(_, remedy)| remedy)
}
