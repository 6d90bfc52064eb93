//! Markdown, for issues, wikis and mail: every part of a report, as text and tables.

use std::fmt::Write as _;

use super::{method, tables};
use crate::research::figures::{comparisons, decimal, estimate, hidden_grouping, interval, percent, slope, too_few_comments};
use crate::research::findings::{Change, ClassRate, Findings, Funnel, Item, Reached, Words};

/// Gives findings as Markdown.
pub fn markdown(findings: &Findings) -> String {
    let mut page = Markdown { text: format!("# {}\n\n{}", line(&findings.title), line(&findings.wave)) };
    if let Some(before) = &findings.compared_with {
        let _ = write!(page.text, ", compared with {}", line(before));
    }
    page.say(&part(findings));
    reached(&mut page, &findings.funnel);
    page.head("Figures");
    let items = findings.items.iter().filter(|item| item.figure.is_some() || item.n.is_none());
    page.table(&["item", "figure", "of all invited", "better end", "does not apply"], items.map(figure));
    for (text, rows) in tables::chosen(findings) {
        page.head(&text);
        let row = |(name, share, count): (String, f64, u64)| vec![name, format!("{} ({count})", percent(share))];
        page.table(&["choice", "share (answers)"], rows.into_iter().map(row));
    }
    trend(&mut page, findings);
    changes(&mut page, findings);
    groups(&mut page, findings);
    associations(&mut page, findings);
    findings.words.iter().for_each(|words| own_words(&mut page, words, findings.smallest_comment_group));
    platform(&mut page, findings);
    page.head("Method");
    page.list(method::lines(findings).into_iter().map(|each| format!("**{}**: {}", each.about, each.text)));
    page.text
}

/// Gives who took part, in a sentence.
fn part(findings: &Findings) -> String {
    let funnel = &findings.funnel;
    let mut text = funnel.answered.map_or_else(|| format!("fewer than {}", findings.smallest_group), |n| n.to_string());
    text.push_str(" answered");
    if let Some(invited) = funnel.invited {
        let _ = write!(text, " of {invited} invited");
    }
    if let Some(rate) = funnel.rate {
        let _ = write!(text, " ({})", percent(rate));
    }
    text.push('.');
    text
}

/// Gives an item, its figure, what that could be had everyone answered, the better end of its scale, and to how many it doesn't apply.
fn figure(item: &Item) -> Vec<String> {
    let figure = item.figure.as_ref().map_or_else(tables::not_shown, estimate);
    let bounds = item.figure.zip(item.bounds);
    let all = bounds.map_or_else(String::new, |(figure, [low, high])| interval(figure.measured, low, high));
    let top = item.top.as_ref().map_or_else(String::new, |top| format!("{} at {}", percent(top.share.value), top.points));
    vec![item.title(), figure, all, top, item.not_applicable().map_or_else(String::new, percent)]
}

fn reached(page: &mut Markdown, funnel: &Funnel) {
    if !funnel.classes.is_empty() {
        page.head("Who took part");
        let answered = |n: Option<u64>| n.map_or_else(|| "not shown".to_owned(), |n| n.to_string());
        let row = |class: &ClassRate| vec![class.class.clone(), class.invited.to_string(), answered(class.answered)];
        page.table(&["class", "invited", "answered"], funnel.classes.iter().map(row));
    }
    if !funnel.questions.is_empty() {
        page.head("Where people stopped");
        let head = ["question", "asked", "answered", "skipped", "never reached", "does not apply"];
        let row = |at: &Reached| {
            let counts = [at.shown, at.answered, at.skipped, at.unanswered, at.not_applicable].map(|count| count.to_string());
            [vec![at.text.clone()], counts.to_vec()].concat()
        };
        page.table(&head, funnel.questions.iter().map(row));
    }
    if !funnel.durations.is_empty() {
        let times: Vec<String> = funnel.durations.iter().map(|(name, count)| format!("{name} {count}")).collect();
        page.say(&format!("Time taken: {}.", times.join(", ")));
    }
}

fn trend(page: &mut Markdown, findings: &Findings) {
    for series in &findings.trend {
        page.head(&format!("{}, over time", series.text));
        let note = |breaks: bool| if breaks { "reworded: not comparable with before" } else { "" };
        let rows = tables::points(series).into_iter().map(|(wave, figure, breaks)| vec![wave, figure, note(breaks).to_owned()]);
        page.table(&["wave", "figure", ""], rows);
        series.slope.iter().for_each(|it| page.say(&slope(it)));
    }
}

fn changes(page: &mut Markdown, findings: &Findings) {
    if findings.changes.is_empty() {
        return;
    }
    page.head("Changes");
    page.say(&format!("{}, corrected as one family.", comparisons(findings.changes.len())));
    let row = |change: &Change| {
        let row = tables::change(change);
        let told = if row.is_change { "**change**" } else { "" };
        [vec![row.text], row.cells.to_vec(), vec![told.to_owned()]].concat()
    };
    page.table(&["item", "before", "now", "difference", "effect", "p", "p corrected", ""], findings.changes.iter().map(row));
}

fn groups(page: &mut Markdown, findings: &Findings) {
    let told = |differs: bool| if differs { "**differs**" } else { "" }.to_owned();
    for by in &findings.by_group {
        page.head(&format!("{}, by {}", by.text, by.grouping));
        let row = |(name, figure, apart, differs): (String, String, String, bool)| vec![name, figure, apart, told(differs)];
        page.table(
            &["group", "figure", "difference from the other groups shown", ""],
            tables::group_rows(by).into_iter().map(row),
        );
    }
    for name in &findings.hidden_groupings {
        page.head(&format!("By {name}"));
        page.say(&hidden_grouping(name, findings.smallest_group));
    }
    for sides in &findings.sides {
        let [one, two] = &sides.names;
        page.head(&format!("{}: {one} and {two}", sides.grouping));
        let rows = tables::beside(sides).rows.into_iter();
        let rows = rows.map(|(text, cells, differs)| [vec![text], cells.to_vec(), vec![told(differs)]].concat());
        page.table(&["item", one, two, "difference", "p corrected", ""], rows);
    }
}

fn associations(page: &mut Markdown, findings: &Findings) {
    if let Some(drivers) = &findings.drivers {
        page.head("Drivers");
        page.say(&format!("How much of \u{201c}{}\u{201d} goes with each item. This is association, not cause.", drivers.text));
        match &drivers.refused {
            Some(refused) => page.say(&format!("Not weighed: {refused}.")),
            None => {
                page.say(&format!("R² = {}, n = {}.", decimal(drivers.r_squared, 2), drivers.n));
                let head = ["item", "share of R² (LMG)", "adds to R²", "Johnson's weight", "score", "VIF", "Spearman", "Kendall"];
                let rows = tables::driver_rows(drivers).into_iter();
                page.table(&head, rows.map(|(text, cells)| [vec![text], cells.to_vec()].concat()));
            }
        }
    }
    for crossed in &findings.crossed {
        let cross = tables::cross(crossed);
        page.head(&format!("{}, crossed with {}", crossed.text, crossed.grouping));
        page.say(&cross.summary);
        let head: Vec<&str> = [crossed.grouping.as_str()].into_iter().chain(crossed.values.iter().map(String::as_str)).collect();
        let rows = cross.rows.into_iter();
        page.table(&head, rows.map(|(group, cells)| [vec![group], cells.into_iter().map(|(cell, _)| cell).collect()].concat()));
    }
    if !findings.reliability.is_empty() {
        page.head("Reliability");
        let head = ["scale", "Cronbach's alpha", "McDonald's omega", "size"];
        page.table(&head, findings.reliability.iter().map(|each| tables::reliable(each).to_vec()));
    }
}

fn own_words(page: &mut Markdown, words: &Words, fewest: u64) {
    page.head(&format!("In their own words: {}", words.question));
    let Some(n) = words.n else { return page.say(&too_few_comments(fewest)) };
    if !words.key.is_empty() {
        let key = words.key.iter().map(|key| format!("{} {}", key.word, if key.log_ratio > 0.0 { '▲' } else { '▼' }));
        page.say(&format!("More or less often than in the wave before: {}.", key.collect::<Vec<_>>().join(", ")));
    }
    page.say(&format!("{n} comments, shuffled:"));
    page.list(words.texts.iter().map(|text| line(text)));
}

fn platform(page: &mut Markdown, findings: &Findings) {
    if let Some(card) = &findings.scorecard {
        page.head("Scorecard");
        page.table(&["what", "now", "before"], tables::scored(card).into_iter().map(|row| row.to_vec()));
        if !card.left_out.is_empty() {
            page.say(&format!("Left out, since activity isn't value: {}.", card.left_out.join(", ")));
        }
    }
    if !findings.actions.is_empty() {
        page.head("You said, we did");
        page.list(findings.actions.iter().map(|action| format!("{} ({})", line(&action.text), action.state.said())));
    }
}

/// A page that is being written.
struct Markdown {
    text: String,
}

impl Markdown {
    fn head(&mut self, text: &str) {
        let _ = write!(self.text, "\n\n## {}", line(text));
    }

    /// Writes a paragraph.
    fn say(&mut self, text: &str) {
        let _ = write!(self.text, "\n\n{}", line(text));
    }

    /// Writes a list of texts that are Markdown already.
    fn list(&mut self, texts: impl Iterator<Item = String>) {
        self.text.push_str("\n\n");
        for text in texts {
            let _ = writeln!(self.text, "- {text}");
        }
    }

    fn table(&mut self, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let cells = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(" | ");
        let _ = write!(self.text, "\n\n| {} |\n|{}", cells(&mut head.iter().map(|text| line(text))), "---|".repeat(head.len()));
        for row in rows {
            let _ = write!(self.text, "\n| {} |", cells(&mut row.iter().map(|text| emphasised(text))));
        }
    }
}

/// Gives a cell; what the page itself emphasises stays so.
fn emphasised(text: &str) -> String {
    match text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")) {
        Some(word @ ("change" | "differs")) => format!("**{word}**"),
        _ => line(text),
    }
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
            // Neither somebody's name, who would be told of it, nor a character by its number.
            '@' => safe.push_str("&#64;"),
            '&' => safe.push_str("&amp;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
