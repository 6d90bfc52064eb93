//! Figures by group: a dot with its interval for each, and a line where all together are.

use ratatui::text::{Line, Span};

use super::marks::{Cells, whole};
use super::{Figure, Look, plain};
use crate::research::figures::{NOT_SHOWN, hidden_grouping, value};
use crate::research::findings::{ByGroup, Estimate, Findings, Group};
use crate::screen::text::{cut, width};

/// The columns from which on it is said how many answered.
const WORDY: usize = 56;
/// What marks a group that differs.
const DIFFERS: &str = "≠";

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    let hidden = findings
        .hidden_groupings
        .iter()
        .map(|name| look.nothing(&format!("by {name}"), &hidden_grouping(name, findings.smallest_group)));
    let figures: Vec<Figure> = findings.by_group.iter().map(|by| by_group(findings, by, look)).chain(hidden).collect();
    if figures.is_empty() {
        let why = format!(
            "Nothing is known of who is in which group, or no item has two groups of {} answers or more.",
            findings.smallest_group
        );
        return vec![look.nothing("No groups", &why)];
    }
    figures
}

fn by_group(findings: &Findings, by: &ByGroup, look: Look<'_>) -> Figure {
    let all = findings.items.iter().find(|item| item.name == by.item).and_then(|item| item.figure);
    let mut figure = look.heading(&by.text);
    figure.extend(look.said(&format!("by {}", by.grouping), look.theme.faint()));
    let scale = Scale::of(by.groups.iter().filter_map(|group| group.figure).chain(all));
    let names = by.groups.iter().map(|group| width(&plain(&group.label))).max().unwrap_or_default().min(look.columns / 3);
    let told: Vec<String> = by.groups.iter().map(|group| told(group, look)).collect();
    let beside = told.iter().map(|text| width(text)).max().unwrap_or_default();
    let room = look.columns.saturating_sub(names + beside + 3);
    for (group, told) in by.groups.iter().zip(told) {
        let name = cut(&plain(&group.label), names);
        let gap = " ".repeat(names - width(&name) + 1);
        let mark = if group.differs() { DIFFERS } else { " " };
        let mut line = vec![Span::styled(name + &gap, look.theme.text())];
        line.extend(dot(group, all, &scale, (room, look)));
        line.push(Span::styled(format!(" {mark}"), look.theme.warning()));
        line.push(Span::styled(format!("{}{told}", " ".repeat(beside - width(&told))), look.theme.text()));
        figure.push(Line::from(line));
    }
    figure.extend(scale.ends(all.or_else(|| by.groups.iter().find_map(|group| group.figure)), (names + 1, room), look));
    if by.hidden > 0 {
        let groups = if by.hidden == 1 { "1 group".to_owned() } else { format!("{} groups", by.hidden) };
        figure.extend(look.said(&format!("◌ {groups} {NOT_SHOWN}"), look.theme.faint()));
    }
    figure.extend(look.said(&legend(by, all), look.theme.faint()));
    figure
}

fn told(group: &Group, look: Look<'_>) -> String {
    match group.figure {
        None => "no figure".to_owned(),
        Some(figure) if look.columns >= WORDY => format!("{}  n = {}", value(figure.measured, figure.value), figure.n),
        Some(figure) => value(figure.measured, figure.value),
    }
}

fn legend(by: &ByGroup, all: Option<Estimate>) -> String {
    let line = all.map(|all| format!("┊ all together, {}", value(all.measured, all.value)));
    let several = format!("{DIFFERS} differs from the other groups shown, corrected for {} comparisons", by.family);
    let differs = by.groups.iter().any(Group::differs).then_some(several);
    line.into_iter().chain(differs).collect::<Vec<_>>().join("; ")
}

fn dot(group: &Group, all: Option<Estimate>, scale: &Scale, (room, look): (usize, Look<'_>)) -> Vec<Span<'static>> {
    let mut line = Cells::blank(room);
    let interval = group.figure.map(|figure| scale.at(figure.low, room)..scale.at(figure.high, room) + 1);
    if let Some(interval) = interval.clone() {
        line.fill(interval, '─', look.theme.accent());
    }
    if let Some(all) = all {
        let at = scale.at(all.value, room);
        let crosses = interval.is_some_and(|interval| interval.contains(&at));
        line.set(at, if crosses { '┼' } else { '┊' }, look.theme.faint());
    }
    if let Some(figure) = group.figure {
        line.set(scale.at(figure.value, room), '●', look.theme.chosen());
    }
    line.spans()
}

/// What lies between the first and the last column.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(figures: impl Iterator<Item = Estimate>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for figure in figures {
            (low, high) = (low.min(figure.low), high.max(figure.high));
        }
        Self { low, high }
    }

    /// Gives a line that says what the first and the last column stand for.
    fn ends(&self, of: Option<Estimate>, (margin, columns): (usize, usize), look: Look<'_>) -> Option<Line<'static>> {
        let measured = of?.measured;
        let [low, high] = [self.low, self.high].map(|end| value(measured, end));
        let gap = columns.checked_sub(width(&low) + width(&high) + 1)? + 1;
        Some(Line::styled(format!("{}{low}{}{high}", " ".repeat(margin), " ".repeat(gap)), look.theme.faint()))
    }

    fn at(&self, value: f64, columns: usize) -> usize {
        let spread = if self.high > self.low { self.high - self.low } else { 1.0 };
        whole((value - self.low) / spread * columns.saturating_sub(1) as f64)
    }
}
