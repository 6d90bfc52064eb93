//! Every item: scales around their middle, choices as bars, the rest as a figure.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::marks::{Cells, Row, cells, rows};
use super::{Figure, Look};
use crate::research::figures::{NOT_SHOWN, estimate, interval, percent};
use crate::research::findings::{Bar, Findings, Item};
use crate::screen::text::width;

/// The columns a share takes, such as `100 %`.
const SHARE: usize = 5;
/// The columns under which there is no room for those in the middle.
const NARROW: usize = 34;

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    let (mut scales, rest): (Vec<&Item>, Vec<&Item>) = findings.items.iter().partition(|item| item.top.is_some());
    scales.sort_by(|a, b| at_top(b).total_cmp(&at_top(a)).then_with(|| a.name.cmp(&b.name)));
    let order = (scales.len() > 1)
        .then(|| format!("{} scales, most answers at the better end first; ○ those in the middle", scales.len()));
    let mut figures: Vec<Figure> = scales.iter().map(|item| scale(item, look)).collect();
    if let (Some(order), Some(first)) = (order, figures.first_mut()) {
        let said = look.said(&order, look.theme.faint());
        first.splice(0..0, said);
    }
    let mut told: Vec<&str> = Vec::new();
    for item in rest {
        if item.kind != "multi" {
            figures.push(other(item, look));
        } else if !told.contains(&item.question.as_str()) {
            told.push(&item.question);
            figures.push(several(findings, item, look));
        }
    }
    if figures.is_empty() {
        figures.push(look.nothing("No items", "This wave asked for nothing that has a figure."));
    }
    figures
}

fn at_top(item: &Item) -> f64 {
    item.top.as_ref().map_or(0.0, |top| top.share.value)
}

/// Gives how many answered, and how many of those asked said that it doesn't apply.
fn base(item: &Item) -> String {
    let n = item.n.map_or_else(String::new, |n| format!("n = {n}"));
    item.not_applicable().map_or(n.clone(), |share| format!("{n}, {} not applicable", percent(share)))
}

/// Draws a scale around its middle: the worse end to the left, the better to the right, the middle apart.
fn scale(item: &Item, look: Look<'_>) -> Figure {
    let mut figure = look.heading(&item.title());
    let mut values: Vec<&Bar> = item.values.iter().collect();
    let Some(top) = &item.top else { return figure };
    if values.first().is_some_and(|first| top.points.starts_with(&format!("{}–", first.code))) {
        values.reverse();
    }
    let half = values.len() / 2;
    let (worse, rest) = values.split_at(half);
    let (neutral, better) = rest.split_at(rest.len() - half);
    figure.push(diverging((worse, neutral, better), look));
    let share = &top.share;
    let top = format!("{} ({}) at {}", percent(share.value), interval(share.measured, share.low, share.high), top.points);
    let mean = item.figure.as_ref().map_or_else(String::new, |figure| format!("mean {}; ", estimate(figure)));
    let apart = item.not_applicable().map_or_else(String::new, |share| format!("; {} not applicable", percent(share)));
    figure.extend(look.said(&format!("{mean}{top}{apart}"), look.theme.faint()));
    figure
}

fn diverging((worse, neutral, better): (&[&Bar], &[&Bar], &[&Bar]), look: Look<'_>) -> Line<'static> {
    let sum = |bars: &[&Bar]| bars.iter().map(|bar| bar.share).sum::<f64>();
    let apart = if neutral.is_empty() || look.columns < NARROW {
        String::new()
    } else {
        format!("  ○ {:>SHARE$}", percent(sum(neutral)))
    };
    let half = look.columns.saturating_sub(2 * (SHARE + 1) + 1 + width(&apart)) / 2;
    let mut line = Cells::blank(2 * half + 1);
    let styles = [look.theme.warning(), look.theme.good()];
    let mut side = |bars: Vec<&Bar>, is_better: bool, style: Style| {
        let (mut total, mut from) = (0.0, 0);
        for (step, bar) in bars.iter().enumerate() {
            total += bar.share;
            let to = cells(total, half);
            // The step beside the middle is the lighter one.
            let mark = if step == 0 && bars.len() > 1 { '▒' } else { '█' };
            let place = |at: usize| if is_better { half + 1 + at } else { half - 1 - at };
            (from..to).for_each(|at| line.set(place(at), mark, style));
            from = to;
        }
    };
    side(worse.iter().rev().copied().collect(), false, styles[0]);
    side(better.to_vec(), true, styles[1]);
    line.set(half, '│', look.theme.faint());
    let mut spans = vec![Span::styled(format!("{:>SHARE$} ", percent(sum(worse))), look.theme.text())];
    spans.extend(line.spans());
    spans.push(Span::styled(format!(" {:>SHARE$}", percent(sum(better))), look.theme.text()));
    spans.push(Span::styled(apart, look.theme.faint()));
    Line::from(spans)
}

/// Draws the choices of which several could be taken, the most frequent first.
fn several(findings: &Findings, of: &Item, look: Look<'_>) -> Figure {
    let mut figure = look.heading(&of.text);
    let parts: Vec<&Item> = findings.items.iter().filter(|item| item.question == of.question).collect();
    let row = |item: &&Item| {
        let taken = item.values.get(1)?;
        let name = item.part.clone().unwrap_or_else(|| item.name.clone());
        Some(Row { name, share: taken.share, beside: percent(taken.share) })
    };
    let mut told: Vec<Row> = parts.iter().filter_map(row).collect();
    if told.is_empty() {
        figure.extend(hidden(findings.smallest_group, look));
        return figure;
    }
    told.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    figure.extend(rows(&told, look));
    figure.extend(look.said(&format!("several could be chosen; {}", base(of)), look.theme.faint()));
    figure
}

/// Draws a choice as bars, and anything else as its figure.
fn other(item: &Item, look: Look<'_>) -> Figure {
    let mut figure = look.heading(&item.title());
    if item.n.is_none() {
        figure.extend(look.said(&format!("It is {NOT_SHOWN}."), look.theme.faint()));
        return figure;
    }
    if let Some(of) = &item.figure {
        figure.push(Line::styled(crate::screen::text::cut(&estimate(of), look.columns), look.theme.text()));
    }
    let is_choice = matches!(item.kind, "single" | "boolean");
    let name = |bar: &Bar| match (bar.label.as_str(), is_choice) {
        ("", _) => bar.code.clone(),
        (label, true) => label.to_owned(),
        (label, false) => format!("{} {label}", bar.code),
    };
    let row = |bar: &Bar| Row { name: name(bar), share: bar.share, beside: percent(bar.share) };
    let mut bars: Vec<Row> = item.values.iter().map(row).collect();
    match item.kind {
        // Points of a scale and places of a ranking have an order of their own.
        "single" => bars.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name))),
        "boolean" => bars.reverse(),
        _ => {}
    }
    figure.extend(rows(&bars, look));
    figure.extend(look.said(&base(item), look.theme.faint()));
    figure
}

fn hidden(smallest: u64, look: Look<'_>) -> Figure {
    look.said(&format!("Not shown: fewer than {smallest} answered."), look.theme.faint())
}
