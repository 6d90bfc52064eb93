//! The overview: who took part, the Net Promoter Score, and what changed.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::marks::{Cells, Row, cells, rows, whole};
use super::{Figure, Look, plain};
use crate::research::figures::{difference, difference_interval, estimate, percent, value, with_p};
use crate::research::findings::{Change, Findings, Funnel, Item, Measured};
use crate::screen::text::{cut, width};

/// Rows of a histogram.
const HIGH: usize = 4;
/// Columns of a histogram, filled to an eighth.
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The classes of a Net Promoter Score, each with its points and its mark.
const CLASSES: [(&str, std::ops::RangeInclusive<u8>, char); 3] =
    [("detractors", 0..=6, '▒'), ("passives", 7..=8, '─'), ("promoters", 9..=10, '█')];

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    let mut figures = vec![took_part(findings, look)];
    let scores: Vec<Figure> = findings.items.iter().filter_map(|item| score(item, look)).collect();
    if scores.is_empty() {
        let why = "This wave asked for none, or too few answered it.";
        figures.push(look.nothing("Net Promoter Score", why));
    }
    figures.extend(scores);
    figures.push(changes(findings, look));
    figures.extend(reached(&findings.funnel, look));
    figures
}

fn took_part(findings: &Findings, look: Look<'_>) -> Figure {
    let (funnel, smallest) = (&findings.funnel, findings.smallest_group);
    let told = |answered: Option<u64>| answered.map_or_else(|| format!("fewer than {smallest}"), |n| n.to_string());
    let answered = told(funnel.answered);
    let of = funnel.invited.map_or_else(String::new, |invited| format!(" of {invited} invited"));
    let share = funnel.rate.map_or_else(String::new, |rate| format!("{} · ", percent(rate)));
    let mut figure = look.heading("Took part");
    figure.extend(look.said(&format!("{share}{answered}{of} answered"), look.theme.chosen()));
    if funnel.invited.is_none() {
        figure.extend(look.said("How many were invited isn't known, so there is no response rate.", look.theme.faint()));
    }
    let class = |class: &crate::research::findings::ClassRate| Row {
        name: class.class.clone(),
        share: class.answered.map_or(0.0, |answered| answered as f64 / class.invited.max(1) as f64),
        beside: class.answered.map_or_else(|| "not shown".to_owned(), |answered| format!("{answered} of {}", class.invited)),
    };
    figure.extend(rows(&funnel.classes.iter().map(class).collect::<Vec<_>>(), look));
    if !funnel.durations.is_empty() {
        let spans: Vec<String> = funnel.durations.iter().map(|(span, count)| format!("{span}: {count}")).collect();
        figure.extend(look.said(&format!("It took {}", spans.join(", ")), look.theme.faint()));
    }
    figure
}

/// Draws how many answered each question; nothing where none is told.
fn reached(funnel: &Funnel, look: Look<'_>) -> Option<Figure> {
    let most = funnel.questions.iter().map(|question| question.shown).max()?.max(1) as f64;
    let row = |question: &crate::research::findings::Reached| Row {
        name: question.text.clone(),
        share: question.answered as f64 / most,
        beside: format!("{} of {}", question.answered, question.shown),
    };
    let mut figure = look.heading("Answered each question");
    figure.extend(rows(&funnel.questions.iter().map(row).collect::<Vec<_>>(), look));
    Some(figure)
}

/// Draws a Net Promoter Score: its interval, its classes, and how many gave each point.
fn score(item: &Item, look: Look<'_>) -> Option<Figure> {
    let score = item.figure.filter(|figure| figure.measured == Measured::Nps)?;
    let counts: Vec<u64> = (0..=10).map(|point| of_points(item, &(point..=point))).collect();
    let mut figure = look.heading(&item.title());
    figure.push(Line::styled(cut(&format!("NPS {}", estimate(&score)), look.columns), look.theme.chosen()));
    let n = counts.iter().sum::<u64>().max(1) as f64;
    let styles = [look.theme.warning(), look.theme.faint(), look.theme.good()];
    let parts: Vec<_> = CLASSES
        .iter()
        .zip(styles)
        .map(|((name, points, mark), style)| (*name, of_points(item, points) as f64 / n, *mark, style))
        .collect();
    figure.push(stacked(&parts, look.columns));
    figure.extend(look.said(
        &parts.iter().map(|(name, share, mark, _)| format!("{mark} {name} {}", percent(*share))).collect::<Vec<_>>().join("  "),
        look.theme.text(),
    ));
    figure.extend(histogram(&counts, &parts, look));
    Some(figure)
}

fn of_points(item: &Item, points: &std::ops::RangeInclusive<u8>) -> u64 {
    let within = item.values.iter().filter(|bar| bar.code.parse().is_ok_and(|code| points.contains(&code)));
    within.map(|bar| bar.count).sum()
}

fn stacked(parts: &[(&str, f64, char, Style)], columns: usize) -> Line<'static> {
    let (mut line, mut sum, mut from) = (Cells::blank(columns), 0.0, 0);
    for (_, share, mark, style) in parts {
        sum += share;
        let to = cells(sum, columns);
        line.fill(from..to, *mark, *style);
        from = to;
    }
    Line::from(line.spans())
}

/// Draws how many gave each point, as columns with their counts under them.
fn histogram(counts: &[u64], parts: &[(&str, f64, char, Style)], look: Look<'_>) -> Figure {
    let step = (look.columns / counts.len()).min(6);
    if step < 2 {
        return Figure::new();
    }
    let most = counts.iter().copied().max().unwrap_or_default().max(1) as f64;
    let high = if look.is_low { HIGH / 2 } else { HIGH };
    let class = |point: usize| CLASSES.iter().position(|(_, points, _)| points.contains(&u8::try_from(point).unwrap_or(10)));
    let style = |point: usize| class(point).map_or_else(Style::new, |class| parts[class].3);
    let mut figure = Figure::new();
    for row in (0..high).rev() {
        let mut line = Cells::blank(step * counts.len());
        for (point, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            // Whoever answered is seen, be they ever so few.
            let eighths = whole(*count as f64 / most * (8 * high) as f64).max(1).saturating_sub(8 * row);
            if eighths > 0 {
                let at = point * step;
                line.fill(at..at + (step - 1).min(3), EIGHTHS[eighths.min(8) - 1], style(point));
            }
        }
        figure.push(Line::from(line.spans()));
    }
    let under = |texts: Vec<String>, style: Style| {
        let text: String = texts.iter().map(|text| format!("{:<step$}", cut(text, step))).collect();
        Line::styled(text.trim_end().to_owned(), style)
    };
    figure.push(under((0..counts.len()).map(|point| point.to_string()).collect(), look.theme.text()));
    if counts.iter().all(|count| count.to_string().len() < step) {
        figure.push(under(counts.iter().map(u64::to_string).collect(), look.theme.faint()));
    }
    figure
}

fn changes(findings: &Findings, look: Look<'_>) -> Figure {
    let Some(before) = &findings.compared_with else {
        return look.nothing("What changed", "There is no wave before this one.");
    };
    let heading = format!("What changed since {before}");
    if findings.changes.is_empty() {
        return look.nothing(&heading, "Nothing can be compared: what was asked differs, or too few answered.");
    }
    let mut figure = look.heading(&heading);
    let (changed, alike): (Vec<_>, Vec<_>) = findings.changes.iter().partition(|change| change.is_change);
    changed.iter().for_each(|each| figure.extend(change(each, look)));
    let told = match (changed.len(), alike.len()) {
        (0, all) => format!("No change stands out of {}.", counted(all, "comparison")),
        (_, 0) => format!("{} in all, corrected together.", counted(changed.len(), "comparison")),
        (some, rest) => format!("{rest} more stay within what chance does; all {} corrected together.", some + rest),
    };
    figure.extend(look.said(&told, look.theme.faint()));
    for each in alike {
        let moved = difference(&each.difference);
        let name = cut(&plain(&each.text), look.columns.saturating_sub(width(&moved) + 4));
        let gap = " ".repeat(look.columns.saturating_sub(width(&name) + width(&moved) + 2));
        figure.push(Line::styled(format!("· {name}{gap}{moved}"), look.theme.faint()));
    }
    figure
}

fn change(change: &Change, look: Look<'_>) -> Figure {
    let moved = &change.difference;
    let mark = if moved.value > 0.0 { "▲" } else { "▼" };
    let name = cut(&plain(&change.text), look.columns.saturating_sub(2));
    let [before, after] = [&change.before, &change.after].map(|figure| value(figure.measured, figure.value));
    let told = format!(
        "{before} → {after}, {} ({}), {} corrected",
        difference(moved),
        difference_interval(moved),
        with_p(change.corrected_p)
    );
    let mut figure =
        vec![Line::from(vec![Span::styled(format!("{mark} "), look.theme.warning()), Span::styled(name, look.theme.question())])];
    let inner = Look { columns: look.columns.saturating_sub(2), ..look };
    for line in inner.said(&told, look.theme.text()) {
        figure.push(Line::from([vec![Span::raw("  ")], line.spans].concat()));
    }
    figure
}

/// Says how many there are of something.
fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
