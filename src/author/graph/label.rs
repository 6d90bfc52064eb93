//! What is written in nodes and on edges, cut to what can be taken in at a glance.

use crate::screen::text::{cut, wrap};
use crate::survey::characters::is_forbidden;
use crate::survey::{Group, Kind, Question};

/// The columns of a line in a node.
const COLUMNS: usize = 34;
/// The columns of a line on an edge.
const NARROW: usize = 26;
/// The most lines of a text.
const LINES: usize = 2;
/// The most lines of a condition.
const CONDITION_LINES: usize = 4;

/// Gives a question's id, type and words, and how much of what it offers has a condition.
pub(super) fn question(question: &Question, language: &str) -> Vec<String> {
    let head = format!("{} · {}", question.id, question.kind.name());
    std::iter::once(head).chain(folded(question.text.get(language), COLUMNS, LINES)).chain(hidden(&question.kind)).collect()
}

/// Gives the title of a survey.
pub(super) fn title(title: &str) -> Vec<String> {
    folded(title, COLUMNS, LINES)
}

/// Gives a condition in a node.
pub(super) fn condition(source: &str) -> Vec<String> {
    folded(source, COLUMNS, CONDITION_LINES)
}

/// Gives a condition on an edge.
pub(super) fn on_edge(source: &str) -> Vec<String> {
    folded(source, NARROW, CONDITION_LINES)
}

/// Gives the heading of a group.
pub(super) fn group(group: &Group) -> String {
    format!("{}{}", group.id, if group.is_shuffled { " · in any order" } else { "" })
}

/// Says how many choices or rows have a condition, where some do.
fn hidden(kind: &Kind) -> Option<String> {
    let noun = if kind.rows().is_empty() { "choices" } else { "rows" };
    let conditional = kind.options().filter(|option| option.show_if.is_some()).count();
    (conditional > 0).then(|| format!("({conditional} of {} {noun} on condition)", kind.options().count()))
}

/// Folds a text into a few lines, with a mark where something is missing.
fn folded(text: &str, columns: usize, most: usize) -> Vec<String> {
    let shown: String = text.chars().map(|c| if is_forbidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let lines = wrap(&shown.split_whitespace().collect::<Vec<_>>().join(" "), columns);
    let Some(rest) = lines.get(most - 1..).filter(|rest| rest.len() > 1) else { return lines };
    // Together they are too long, so that the cut leaves its mark.
    let last = cut(&rest.join(" "), columns);
    lines[..most - 1].iter().cloned().chain([last]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_folded_and_marked_where_they_end() {
        let text = "How satisfied are you with the time it takes\n to get a review for a change of yours in the last quarter?";
        assert_eq!(folded(text, 34, 2), ["How satisfied are you with the", "time it takes to get a review for…"]);
        assert_eq!(folded("Short?", 34, 2), ["Short?"]);
        assert_eq!(folded("a\u{1b}[2Jb", 34, 2), ["a\u{fffd}[2Jb"]);
    }
}
