//! One self-contained page: charts with their tables, light and dark, to be read on a phone, on paper and by ear. No script.

use askama::Template;

use super::method::{self, Line};
use super::others;
use super::tables::{Beside, Weighed, beside, reliable, scored, weighed};
use crate::research::charts;
use crate::research::figures::{decimal, difference, difference_interval, estimate, interval, p, percent, value, with_p};
use crate::research::findings::{Bar, ByGroup, Crossed, Estimate, Findings, Item, Measured, Series};
use crate::statistics::Nps;

/// Gives findings as a page.
pub fn html(findings: &Findings) -> String {
    // Rendering into a string fails only where a filter does, and none is used.
    Page::of(findings).render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'f> {
    findings: &'f Findings,
    lead: Vec<Lead>,
    funnel: Option<String>,
    nps: Vec<Score>,
    scales: Option<Scales<'f>>,
    choices: Vec<Choice>,
    numbers: Vec<(String, String)>,
    groups: Vec<Dots<'f>>,
    trend: Vec<Path<'f>>,
    changes: Vec<Row>,
    sides: Vec<Beside<'f>>,
    drivers: Option<Weighed<'f>>,
    crossed: Vec<Cross<'f>>,
    reliability: Vec<[String; 4]>,
    scorecard: Vec<[String; 3]>,
    method: Vec<Line>,
}

/// One of the figures at the head.
struct Lead {
    label: String,
    figure: String,
    note: String,
}

/// An item with its picture.
struct Score {
    title: String,
    figure: String,
    bar: String,
    histogram: String,
    values: Vec<Bar>,
}

struct Scales<'f> {
    picture: String,
    items: Vec<Scaled<'f>>,
}

struct Scaled<'f> {
    item: &'f Item,
    title: String,
    mean: String,
    median: String,
    top: String,
    not_applicable: String,
}

struct Choice {
    text: String,
    picture: String,
    rows: Vec<(String, String)>,
}

struct Dots<'f> {
    by: &'f ByGroup,
    picture: String,
    rows: Vec<(String, String, String, bool)>,
}

struct Path<'f> {
    series: &'f Series,
    picture: String,
    rows: Vec<(String, String, bool)>,
    slope: String,
}

struct Row {
    text: String,
    cells: [String; 6],
    is_change: bool,
}

/// The text of a cell, and its class where it stands out.
type Residual = (String, &'static str);

struct Cross<'f> {
    crossed: &'f Crossed,
    rows: Vec<(String, Vec<Residual>)>,
    summary: String,
}

impl<'f> Page<'f> {
    fn of(findings: &'f Findings) -> Self {
        let funnel = &findings.funnel.questions;
        let title = format!("How many answered each of {} questions", funnel.len());
        Self {
            findings,
            lead: lead(findings),
            funnel: (!funnel.is_empty()).then(|| charts::funnel(funnel, &title)),
            nps: findings.items.iter().filter_map(score).collect(),
            scales: scales(findings),
            choices: choices(findings),
            numbers: findings.items.iter().filter_map(number).collect(),
            groups: findings.by_group.iter().filter(|by| is_told_by_group(findings, by)).map(|by| dots(findings, by)).collect(),
            trend: findings.trend.iter().filter_map(path).collect(),
            changes: findings.changes.iter().map(change).collect(),
            sides: findings.sides.iter().map(beside).collect(),
            drivers: findings.drivers.as_ref().map(weighed),
            crossed: findings.crossed.iter().map(cross).collect(),
            reliability: findings.reliability.iter().map(reliable).collect(),
            scorecard: findings.scorecard.as_ref().map_or_else(Vec::new, scored),
            method: method::lines(findings),
        }
    }
}

/// Gives what is read first: who took part, the score, and what changed.
fn lead(findings: &Findings) -> Vec<Lead> {
    let funnel = &findings.funnel;
    let answered = funnel.answered.map_or_else(|| format!("fewer than {}", findings.smallest_group), |n| n.to_string());
    let of =
        funnel.invited.map_or_else(|| "how many were invited isn't known".to_owned(), |invited| format!("of {invited} invited"));
    let rate = funnel.rate.map_or_else(|| answered.clone(), percent);
    let note = if funnel.rate.is_some() { format!("{answered} {of}") } else { of };
    let label = if funnel.rate.is_some() { "took part" } else { "answered" };
    let mut lead = vec![Lead { label: label.to_owned(), figure: rate, note }];
    for item in &findings.items {
        let Some(figure) = item.figure.filter(|figure| figure.measured == Measured::Nps) else { continue };
        let note = format!("{}, n = {}", interval(figure.measured, figure.low, figure.high), figure.n);
        lead.push(Lead { label: "Net Promoter Score".to_owned(), figure: value(figure.measured, figure.value), note });
    }
    let many = findings.changes.iter().filter(|change| change.is_change).count();
    if let Some(before) = &findings.compared_with {
        let note = format!("of {} compared with {before}", findings.changes.len());
        lead.push(Lead { label: if many == 1 { "change" } else { "changes" }.to_owned(), figure: many.to_string(), note });
    }
    lead
}

fn score(item: &Item) -> Option<Score> {
    let figure = item.figure.filter(|figure| figure.measured == Measured::Nps)?;
    let among = |codes: std::ops::RangeInclusive<u32>| {
        let of = item.values.iter().filter(|bar| bar.code.parse().is_ok_and(|code| codes.contains(&code)));
        of.map(|bar| bar.count).sum()
    };
    let nps = Nps { detractors: among(0..=6), passives: among(7..=8), promoters: among(9..=10) };
    let parts =
        [("worst", "detractors", nps.detractors), ("neutral", "passives", nps.passives), ("best", "promoters", nps.promoters)];
    let class = |bar: &Bar| match bar.code.parse().unwrap_or(0) {
        0..=6 => "worst",
        7 | 8 => "neutral",
        _ => "best",
    };
    let said = format!("{} detractors, {} passives, {} promoters", nps.detractors, nps.passives, nps.promoters);
    Some(Score {
        title: item.title(),
        figure: estimate(&figure),
        bar: charts::stacked(&parts, &said),
        histogram: charts::histogram(&item.values, &class, &format!("How many gave each point from 0 to 10: {said}")),
        values: item.values.clone(),
    })
}

/// Gives scales by their share at the better end, the best first.
fn scales(findings: &Findings) -> Option<Scales<'_>> {
    let mut items: Vec<&Item> = findings.items.iter().filter(|item| item.top.is_some()).collect();
    items.sort_by(|a, b| share_at_top(b).total_cmp(&share_at_top(a)).then_with(|| a.name.cmp(&b.name)));
    let title = format!("{} scales, those with the most answers at the better end first", items.len());
    let scaled = |item: &&'_ Item| -> Option<(String, String, String, String)> {
        let figure = item.figure.as_ref().map_or_else(String::new, |figure| {
            format!("{} ({})", value(figure.measured, figure.value), interval(figure.measured, figure.low, figure.high))
        });
        let top = item.top.as_ref()?;
        let share = &top.share;
        let top = format!("{} ({}) at {}", percent(share.value), interval(share.measured, share.low, share.high), top.points);
        Some((item.title(), figure, top, item.not_applicable().map_or_else(|| "0 %".to_owned(), percent)))
    };
    let rows = items.iter().filter_map(|item| {
        let (title, mean, top, not_applicable) = scaled(item)?;
        let median = item.median.map_or_else(String::new, |median| decimal(median, 2));
        Some(Scaled { item, title, mean, median, top, not_applicable })
    });
    let is_higher_better = |item: &Item| item.top.as_ref().is_none_or(|top| !top.points.starts_with(&first_code(item)));
    (!items.is_empty()).then(|| Scales { picture: charts::diverging(&items, &is_higher_better, &title), items: rows.collect() })
}

fn first_code(item: &Item) -> String {
    item.values.first().map_or_else(String::new, |bar| format!("{}–", bar.code))
}

fn share_at_top(item: &Item) -> f64 {
    item.top.as_ref().map_or(0.0, |top| top.share.value)
}

/// Gives choices, and the choices of several by question, the most frequent first.
fn choices(findings: &Findings) -> Vec<Choice> {
    let mut told: Vec<Choice> = Vec::new();
    let mut questions: Vec<&str> = Vec::new();
    for item in findings.items.iter().filter(|item| item.n.is_some()) {
        match item.kind {
            "single" => told.push(shares(&item.text, item.values.iter().map(|bar| (words(bar), bar.share, bar.count)).collect())),
            "multi" if !questions.contains(&item.question.as_str()) => {
                questions.push(&item.question);
                let parts = findings.items.iter().filter(|part| part.question == item.question);
                let rows = parts.filter_map(|part| {
                    let taken = part.values.get(1)?;
                    Some((part.part.clone().unwrap_or_default(), taken.share, taken.count))
                });
                told.push(shares(&item.text, rows.collect()));
            }
            "boolean" => {
                told.push(shares(&item.text, item.values.iter().rev().map(|bar| (words(bar), bar.share, bar.count)).collect()))
            }
            _ => {}
        }
    }
    told
}

/// Gives numbers, ranks and the scores of instruments.
fn number(item: &Item) -> Option<(String, String)> {
    let is_number = matches!(item.kind, "number" | "ranking" | "score");
    item.figure.as_ref().filter(|_| is_number).map(|figure| (item.title(), estimate(figure)))
}

fn shares(text: &str, mut rows: Vec<(String, f64, u64)>) -> Choice {
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    let picture = charts::shares(&rows, &format!("How often each was chosen: {text}"));
    let rows = rows.into_iter().map(|(name, share, count)| (name, format!("{} ({count})", percent(share)))).collect();
    Choice { text: text.to_owned(), picture, rows }
}

fn words(bar: &Bar) -> String {
    if bar.label.is_empty() { bar.code.clone() } else { bar.label.clone() }
}

/// Groups are drawn for the score and everything on a scale; for single choices of several only where one differs. Where there are two,
/// they stand side by side instead.
fn is_told_by_group(findings: &Findings, by: &ByGroup) -> bool {
    let is_choice = findings.items.iter().any(|item| item.name == by.item && matches!(item.kind, "multi" | "boolean"));
    let is_pair = by.groups.len() == 2 && findings.sides.iter().any(|sides| sides.grouping == by.grouping);
    !is_pair && (!is_choice || by.groups.iter().any(crate::research::findings::Group::differs))
}

fn dots<'f>(findings: &Findings, by: &'f ByGroup) -> Dots<'f> {
    let whole = findings.items.iter().find(|item| item.name == by.item).and_then(|item| item.figure);
    let hidden = others(by.hidden);
    let mut drawn: Vec<(&str, Option<Estimate>)> = by.groups.iter().map(|group| (group.label.as_str(), group.figure)).collect();
    if by.hidden > 0 {
        drawn.push((&hidden, None));
    }
    let picture = charts::dots(&drawn, whole, &format!("{} by {}, with 95 % intervals", by.text, by.grouping));
    let row = |group: &crate::research::findings::Group| {
        let figure = group.figure.as_ref().map_or_else(|| "not shown: too few answered".to_owned(), estimate);
        let differs = group.difference.as_ref().map_or_else(String::new, |it| {
            let corrected = group.corrected_p.map_or_else(String::new, with_p);
            format!("{} ({}), {} corrected", difference(it), difference_interval(it), corrected)
        });
        (group.label.clone(), figure, differs, group.differs())
    };
    let mut rows: Vec<_> = by.groups.iter().map(row).collect();
    if by.hidden > 0 {
        rows.push((others(by.hidden), "not shown: too few answered".to_owned(), String::new(), false));
    }
    Dots { by, picture, rows }
}

fn path(series: &Series) -> Option<Path<'_>> {
    let picture = charts::trend(series, &format!("{} by wave, with 95 % intervals", series.text))?;
    let row = |point: &crate::research::findings::Point| {
        let figure = point.figure.as_ref().map_or_else(|| "not shown: too few answered".to_owned(), estimate);
        (point.wave.clone(), figure, point.breaks)
    };
    let slope = series.slope.map_or_else(String::new, |slope| {
        format!("{} points a year at the better end, {} (Cochran–Armitage)", decimal(slope.a_year * 100.0, 1), with_p(slope.p))
    });
    Some(Path { series, picture, rows: series.points.iter().map(row).collect(), slope })
}

fn change(change: &crate::research::findings::Change) -> Row {
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

fn cross(crossed: &Crossed) -> Cross<'_> {
    let cell = |share: &f64, residual: &f64| {
        let class = match residual {
            residual if *residual >= 1.96 => "more",
            residual if *residual <= -1.96 => "less",
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
