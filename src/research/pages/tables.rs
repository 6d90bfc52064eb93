//! The rows of tables, as text.

use super::others;
use crate::research::charts;
use crate::research::figures::{
    NOT_SHOWN, decimal, difference, difference_interval, estimate, interval, p, percent, value, with_p,
};
use crate::research::findings::{
    Bar, ByGroup, Change, Crossed, Drivers, Findings, Group, Item, Point, Reliability, Score, Scorecard, Series, Sides, Value,
};

/// Two groups side by side, as rows.
pub(super) struct Beside<'f> {
    pub(super) sides: &'f Sides,
    pub(super) rows: Vec<(String, [String; 4], bool)>,
}

/// Drivers with their picture.
pub(super) struct Weighed<'f> {
    pub(super) drivers: &'f Drivers,
    pub(super) picture: Option<String>,
    pub(super) r_squared: String,
    pub(super) rows: Vec<(String, [String; 7])>,
}

pub(super) fn beside(sides: &Sides) -> Beside<'_> {
    let row = |row: &crate::research::findings::Side| {
        let [one, two] = row.figures.each_ref().map(estimate);
        let apart = format!("{} ({})", difference(&row.difference), difference_interval(&row.difference));
        (row.text.clone(), [one, two, apart, p(row.corrected_p)], row.is_different)
    };
    Beside { sides, rows: sides.rows.iter().map(row).collect() }
}

/// Gives each driver: what was asked, and its figures.
pub(super) fn driver_rows(drivers: &Drivers) -> Vec<(String, [String; 7])> {
    let row = |driver: &crate::research::findings::Driver| {
        let share = percent(driver.share);
        let adds = format!("{} ({} to {})", decimal(driver.lmg, 3), decimal(driver.low, 3), decimal(driver.high, 3));
        (
            driver.text.clone(),
            [
                share,
                adds,
                decimal(driver.weight, 3),
                percent(driver.score),
                decimal(driver.vif, 1),
                rank(driver.spearman),
                rank(driver.kendall),
            ],
        )
    };
    drivers.drivers.iter().map(row).collect()
}

pub(super) fn weighed(drivers: &Drivers) -> Weighed<'_> {
    let title = format!("{} items by how much of \"{}\" goes with them, and how they fare", drivers.drivers.len(), drivers.text);
    Weighed {
        drivers,
        picture: (!drivers.drivers.is_empty()).then(|| charts::quadrants(&drivers.drivers, &title)),
        r_squared: decimal(drivers.r_squared, 2),
        rows: driver_rows(drivers),
    }
}

/// Gives a rank correlation.
fn rank(coefficient: Option<f64>) -> String {
    coefficient.map_or_else(|| "no data".to_owned(), |coefficient| decimal(coefficient, 2))
}

/// Gives a scale of several items, its alpha with the interval, its omega, and its size.
pub(super) fn reliable(reliability: &Reliability) -> [String; 4] {
    let Reliability { of, items, n, omega, alpha, low, high } = reliability;
    let alpha = format!("{} ({} to {})", decimal(*alpha, 2), decimal(*low, 2), decimal(*high, 2));
    let omega = if *items < 3 { "takes three items".to_owned() } else { rank(*omega) };
    [of.clone(), alpha, omega, format!("{items} items, n = {n}")]
}

/// Gives the scorecard: what, now and before.
pub(super) fn scored(card: &Scorecard) -> Vec<[String; 3]> {
    card.primary
        .iter()
        .chain(&card.secondary)
        .map(|score| [score.name.to_owned(), told(score, score.now), told(score, score.before)])
        .collect()
}

fn told(score: &Score, figure: Option<Value>) -> String {
    match figure {
        None => "no data".to_owned(),
        Some(Value::Known(number)) => format!("{} {}", decimal(number, 1), score.unit),
        Some(Value::Estimate(it)) => {
            format!("{} ({}, n = {})", value(it.measured, it.value), interval(it.measured, it.low, it.high), it.n)
        }
    }
}

/// Gives each group of an item: its name, its figure, how it differs from the other groups shown, and whether that counts as a difference.
pub(super) fn group_rows(by: &ByGroup) -> Vec<(String, String, String, bool)> {
    let row = |group: &Group| {
        let figure = group.figure.as_ref().map_or_else(not_shown, estimate);
        let differs = group.difference.as_ref().map_or_else(String::new, |it| {
            let corrected = group.corrected_p.map_or_else(String::new, with_p);
            format!("{} ({}), {} corrected", difference(it), difference_interval(it), corrected)
        });
        (group.label.clone(), figure, differs, group.differs())
    };
    let mut rows: Vec<_> = by.groups.iter().map(row).collect();
    if by.hidden > 0 {
        rows.push((others(by.hidden), not_shown(), String::new(), false));
    }
    rows
}

/// Gives each wave of an item: its name, the figure, and whether it asked differently than the one before.
pub(super) fn points(series: &Series) -> Vec<(String, String, bool)> {
    let row = |point: &Point| (point.wave.clone(), point.figure.as_ref().map_or_else(not_shown, estimate), point.breaks);
    series.points.iter().map(row).collect()
}

/// Says that there is a figure, and why it can't be told: too few are in it, or few could be worked out with it.
pub(super) fn not_shown() -> String {
    NOT_SHOWN.to_owned()
}

/// One row of a table of changes.
pub(super) struct Row {
    pub(super) text: String,
    pub(super) cells: [String; 6],
    pub(super) is_change: bool,
}

pub(super) fn change(change: &Change) -> Row {
    let effect = change.difference.effect.map_or_else(String::new, |g| format!("g = {}", decimal(g, 2)));
    let cells = [
        estimate(&change.before),
        estimate(&change.after),
        format!("{} ({})", difference(&change.difference), difference_interval(&change.difference)),
        effect,
        p(change.difference.p),
        p(change.corrected_p),
    ];
    Row { text: change.text.clone(), cells, is_change: change.is_change }
}

/// The text of a cell, and its class where it stands out.
pub(super) type Residual = (String, &'static str);

/// An item crossed with a grouping, as rows.
pub(super) struct Cross<'f> {
    pub(super) crossed: &'f Crossed,
    pub(super) rows: Vec<(String, Vec<Residual>)>,
    pub(super) summary: String,
}

pub(super) fn cross(crossed: &Crossed) -> Cross<'_> {
    let cell = |share: &f64, residual: &f64| {
        let class = match residual {
            _ if crossed.p >= 0.05 => "",
            residual if residual.abs() >= 1.96 => "stands-out",
            _ => "",
        };
        (format!("{} ({})", percent(*share), decimal(*residual, 1)), class)
    };
    let rows = crossed.groups.iter().zip(crossed.shares.iter().zip(&crossed.residuals));
    let rows = rows.map(|(group, (shares, residuals))| {
        (group.clone(), shares.iter().zip(residuals).map(|(share, residual)| cell(share, residual)).collect())
    });
    let few = if crossed.has_few { "; an expected count is below 5, so that p is a rough guide" } else { "" };
    let summary = format!(
        "χ²({}) = {}, {}, Cramér's V = {}{few}",
        crossed.degrees_of_freedom,
        decimal(crossed.chi_squared, 2),
        with_p(crossed.p),
        decimal(crossed.cramers_v, 2)
    );
    Cross { crossed, rows: rows.collect(), summary }
}

/// A choice, the share of those who took it, and how many they are.
pub(super) type Taken = (String, f64, u64);

/// Gives choices, and the choices of several by question, the most frequent first.
pub(super) fn chosen(findings: &Findings) -> Vec<(String, Vec<Taken>)> {
    let mut told: Vec<(String, Vec<Taken>)> = Vec::new();
    let mut questions: Vec<&str> = Vec::new();
    for item in findings.items.iter().filter(|item| item.n.is_some()) {
        match item.kind {
            "single" => told.push((item.text.clone(), bars(&mut item.values.iter()))),
            "multi" if !questions.contains(&item.question.as_str()) => {
                questions.push(&item.question);
                let parts = findings.items.iter().filter(|part| part.question == item.question);
                let rows = parts.filter_map(|part| {
                    let taken = part.values.get(1)?;
                    Some((part.part.clone().unwrap_or_default(), taken.share, taken.count))
                });
                told.push((item.text.clone(), rows.collect()));
            }
            "boolean" => {
                told.push((item.text.clone(), bars(&mut item.values.iter().rev())));
            }
            _ => {}
        }
    }
    told.iter_mut().for_each(|(_, rows)| rows.sort_by(|a, b| b.1.total_cmp(&a.1)));
    told
}

fn bars(values: &mut dyn Iterator<Item = &Bar>) -> Vec<Taken> {
    values.map(|bar| (words(bar), bar.share, bar.count)).collect()
}

fn words(bar: &Bar) -> String {
    if bar.label.is_empty() { bar.code.clone() } else { bar.label.clone() }
}

/// Gives numbers, ranks and the scores of instruments.
pub(super) fn number(item: &Item) -> Option<(String, String)> {
    let is_number = matches!(item.kind, "number" | "ranking" | "score");
    item.figure.as_ref().filter(|_| is_number).map(|figure| (item.title(), estimate(figure)))
}

/// Groups are drawn for the score and everything on a scale; for single choices of several only where one differs. Where there are two,
/// they stand side by side instead.
pub(super) fn is_told_by_group(findings: &Findings, by: &ByGroup) -> bool {
    let is_choice = findings.items.iter().any(|item| item.name == by.item && matches!(item.kind, "multi" | "boolean"));
    let is_pair = by.groups.len() == 2 && findings.sides.iter().any(|sides| sides.grouping == by.grouping);
    !is_pair && (!is_choice || by.groups.iter().any(Group::differs))
}
