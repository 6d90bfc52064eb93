//! Markdown, for issues, wikis and mail.

use std::fmt::Write as _;

use super::{method, others};
use crate::research::figures::{difference, difference_interval, estimate, p, percent};
use crate::research::findings::Findings;

/// Gives findings as Markdown.
pub fn markdown(findings: &Findings) -> String {
    let mut text = format!("# {}\n\n{}", line(&findings.title), line(&findings.wave));
    if let Some(before) = &findings.compared_with {
        let _ = write!(text, ", compared with {}", line(before));
    }
    let funnel = &findings.funnel;
    let answered = funnel.answered.map_or_else(|| format!("fewer than {}", findings.smallest_group), |n| n.to_string());
    let _ = write!(text, "\n\n{answered} answered");
    if let Some(invited) = funnel.invited {
        let _ = write!(text, " of {invited} invited");
    }
    if let Some(rate) = funnel.rate {
        let _ = write!(text, " ({})", percent(rate));
    }
    text.push_str(".\n\n## Figures\n\n| item | figure | better end |\n|---|---|---|\n");
    for item in findings.items.iter().filter(|item| item.figure.is_some() || item.n.is_none()) {
        let figure = item.figure.as_ref().map_or_else(|| "not shown: too few answered".to_owned(), estimate);
        let top = item.top.as_ref().map_or_else(String::new, |top| format!("{} at {}", percent(top.share.value), top.points));
        let _ = writeln!(text, "| {} | {figure} | {top} |", line(&item.title()));
    }
    if !findings.changes.is_empty() {
        let _ = write!(text, "\n## Changes\n\n{} comparisons, corrected as one family.\n\n", findings.changes.len());
        text.push_str("| item | before | now | difference | p corrected | |\n|---|---|---|---|---|---|\n");
    }
    for change in &findings.changes {
        let (value, interval) = (difference(&change.difference), difference_interval(&change.difference));
        let told = if change.is_change { "**change**" } else { "" };
        let (before, after, p) = (estimate(&change.before), estimate(&change.after), p(change.corrected_p));
        let _ = writeln!(text, "| {} | {before} | {after} | {value} ({interval}) | {p} | {told} |", line(&change.text));
    }
    for by in &findings.by_group {
        let _ = write!(text, "\n## {}, by {}\n\n| group | figure | |\n|---|---|---|\n", line(&by.text), line(&by.grouping));
        for group in &by.groups {
            let figure = group.figure.as_ref().map_or_else(|| "not shown: too few answered".to_owned(), estimate);
            let told = if group.differs() { "**differs**" } else { "" };
            let _ = writeln!(text, "| {} | {figure} | {told} |", line(&group.label));
        }
        if by.hidden > 0 {
            let _ = writeln!(text, "| {} | not shown: too few answered | |", others(by.hidden));
        }
    }
    text.push_str("\n## Method\n\n");
    for each in method::lines(findings) {
        let _ = writeln!(text, "- **{}**: {}", each.about, each.text);
    }
    text
}

/// Gives a text in one line that Markdown takes for nothing but text.
fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
