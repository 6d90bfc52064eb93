//! One self-contained page: charts with their tables, light and dark, to be read on a phone, on paper and by ear. No script.

use askama::Template;

use super::method::{self, Line};
use super::others;
use super::tables::{
    Beside, Cross, Row, Weighed, beside, change, chosen, cross, group_rows, is_told_by_group, number, points, reliable, scored,
    weighed,
};
use crate::research::charts;
use crate::research::figures::{decimal, estimate, hidden_grouping, interval, percent, slope, too_few_comments, value};
use crate::research::findings::{Bar, ByGroup, Findings, Item, Measured, Series};
use crate::statistics::Nps;

/// Gives findings as a page.
pub fn html(findings: &Findings) -> String {
    // Rendering into a string fails only where a filter does, and none is used.
    let page = Page::of(findings).render().unwrap_or_default();
    // A line ends before a figure, not within one.
    ["n = ", "p = ", "g = "].iter().fold(page, |page, part| page.replace(part, &part.replace(' ', "\u{a0}")))
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
    hidden_groupings: Vec<String>,
    trend: Vec<Path<'f>>,
    changes: Vec<Row>,
    sides: Vec<Beside<'f>>,
    drivers: Option<Weighed<'f>>,
    crossed: Vec<Cross<'f>>,
    reliability: Vec<[String; 4]>,
    bounds: Vec<[String; 3]>,
    too_few_comments: String,
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
    slope: Option<String>,
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
            choices: chosen(findings).into_iter().map(|(text, rows)| shares(text, &rows)).collect(),
            numbers: findings.items.iter().filter_map(number).collect(),
            groups: findings.by_group.iter().filter(|by| is_told_by_group(findings, by)).map(|by| dots(findings, by)).collect(),
            hidden_groupings: findings
                .hidden_groupings
                .iter()
                .map(|name| hidden_grouping(name, findings.smallest_group))
                .collect(),
            trend: findings.trend.iter().filter_map(path).collect(),
            changes: findings.changes.iter().map(change).collect(),
            sides: findings.sides.iter().map(beside).collect(),
            drivers: findings.drivers.as_ref().map(weighed),
            crossed: findings.crossed.iter().map(cross).collect(),
            reliability: findings.reliability.iter().map(reliable).collect(),
            bounds: findings.items.iter().filter_map(bounded).collect(),
            too_few_comments: too_few_comments(findings.smallest_comment_group),
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
    let scored = |item: &Item| Some((item.title(), item.figure.filter(|figure| figure.measured == Measured::Nps)?));
    let scores: Vec<_> = findings.items.iter().filter_map(scored).collect();
    for (title, figure) in &scores {
        let note = format!("{}, n = {}", interval(figure.measured, figure.low, figure.high), figure.n);
        let label = if scores.len() == 1 { "Net Promoter Score".to_owned() } else { format!("NPS: {title}") };
        lead.push(Lead { label, figure: value(figure.measured, figure.value), note });
    }
    let many = findings.changes.iter().filter(|change| change.is_change).count();
    if let Some(before) = &findings.compared_with {
        let note = format!("of {} compared with {before}", findings.changes.len());
        lead.push(Lead { label: if many == 1 { "change" } else { "changes" }.to_owned(), figure: many.to_string(), note });
    }
    lead
}

/// Gives an item, its figure, and what that could be had everyone invited answered.
fn bounded(item: &Item) -> Option<[String; 3]> {
    let (figure, [low, high]) = (item.figure?, item.bounds?);
    Some([item.title(), value(figure.measured, figure.value), interval(figure.measured, low, high)])
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

fn dots<'f>(findings: &Findings, by: &'f ByGroup) -> Dots<'f> {
    let whole = findings.items.iter().find(|item| item.name == by.item).and_then(|item| item.figure);
    let hidden = others(by.hidden);
    let mut drawn: Vec<_> = by.groups.iter().map(|group| (group.label.as_str(), group.figure, group.differs())).collect();
    if by.hidden > 0 {
        drawn.push((&hidden, None, false));
    }
    let picture = charts::dots(&drawn, whole, &format!("{} by {}, with 95 % intervals", by.text, by.grouping));
    Dots { by, picture, rows: group_rows(by) }
}

fn path(series: &Series) -> Option<Path<'_>> {
    let picture = charts::trend(series, &format!("{} by wave, with 95 % intervals", series.text))?;
    Some(Path { series, picture, rows: points(series), slope: series.slope.as_ref().map(slope) })
}

fn shares(text: String, rows: &[(String, f64, u64)]) -> Choice {
    let picture = charts::shares(rows, &format!("How often each was chosen: {text}"));
    let rows = rows.iter().map(|(name, share, count)| (name.clone(), format!("{} ({count})", percent(*share)))).collect();
    Choice { text, picture, rows }
}
