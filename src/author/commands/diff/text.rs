//! The changes for people: first what breaks a trend, then what doesn't, question by question, in the columns that there are.

use textwrap::{Options, fill};

use super::Comparison;
use crate::author::diff::{Change, What};
use crate::author::lint::Sound;

/// Writes the changes.
pub(super) fn text(comparison: &Comparison, columns: usize) -> String {
    let Comparison { old, new, changes } = comparison;
    let of = |version: &Sound| format!("{}, version {}", version.path, version.survey.version);
    let mut parts = vec![wrapped(("", 2), &format!("{} → {}", of(old), of(new)), columns)];
    let (breaking, others): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.breaks_trend);
    parts.extend(section("Breaks the trend", &breaking, columns));
    parts.extend(section("Leaves the trend as it is", &others, columns));
    if changes.is_empty() {
        parts.push("Nothing that is asked has changed.".to_owned());
    } else if changes.iter().any(|change| change.may_continue) {
        let mended = "Where only a slip was mended, add trend = \"continue\" to the question: its trend goes on.";
        parts.push(wrapped(("", 0), mended, columns));
    }
    parts.join("\n\n")
}

/// Writes a title and the changes of each question under its name; neighbours that change alike stand together.
fn section(title: &str, changes: &[&Change], columns: usize) -> Vec<String> {
    let mut alike: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
    for changes in changes.chunk_by(|one, next| one.question == next.question) {
        let name = changes[0].question.as_ref().map_or("the survey", |id| id.as_str());
        let lines = changes.iter().flat_map(|change| lines(change, columns)).collect();
        match alike.last_mut() {
            Some((names, known)) if *known == lines => names.push(name),
            _ => alike.push((vec![name], lines)),
        }
    }
    let named = |names: &[&str]| wrapped(("  ", 2), &names.join(", "), columns);
    let questions = alike.iter().map(|(names, lines)| format!("{}\n{}", named(names), lines.join("\n")));
    let titled = (!alike.is_empty()).then(|| title.to_owned());
    titled.into_iter().chain(questions).collect()
}

/// Writes what changed and why that matters, and below it the words before and now.
fn lines(change: &Change, columns: usize) -> Vec<String> {
    let (what, before, after) = described(&change.what);
    let mut lines = vec![wrapped(("    ", 6), &format!("{what}; {}", change.why), columns)];
    lines.extend(before.map(|words| wrapped(("      - ", 8), words, columns)));
    lines.extend(after.map(|words| wrapped(("      + ", 8), words, columns)));
    lines
}

/// Gives what changed in short, and the words before and now where they are what changed.
fn described(what: &What) -> (String, Option<&str>, Option<&str>) {
    let changed = |name: &str, before: &Option<String>, after: &Option<String>| match (before, after) {
        (None, _) => format!("{name} added"),
        (_, None) => format!("{name} taken out"),
        _ => format!("{name} changed"),
    };
    match what {
        What::Text { name, before, after } => (changed(name, before, after), before.as_deref(), after.as_deref()),
        What::Condition { before, after } => (changed("condition", before, after), before.as_deref(), after.as_deref()),
        What::Scale { before, after } => ("scale changed".to_owned(), Some(before), Some(after)),
        What::Relabelled { code, before, after } => (format!("{code} relabelled"), Some(before), Some(after)),
        other => (other.to_string(), None, None),
    }
}

/// Breaks a text between its words, with what stands before the first line and how far the others are set in.
fn wrapped((first, indent): (&str, usize), text: &str, columns: usize) -> String {
    fill(text, Options::new(columns).initial_indent(first).subsequent_indent(&" ".repeat(indent)))
}
